import type { Secrets } from '../../application/ports/secrets.ts';
import { isId, type OperationId } from '../../domain/ids.ts';
import type { HistoryPlace } from '../../domain/operation.ts';
import { instant } from '../../domain/time.ts';
import { Problem } from './problem.ts';

/** Writes a place in a history as a cursor: sealed, so that nobody builds one. */
export const toCursor = (secrets: Secrets, place: HistoryPlace): string =>
  `${place.postedAt.toString()}.${place.id}.${seal(secrets, place)}`;

/** Reads a cursor we made; anything else is a 422. */
export function fromCursor(secrets: Secrets, text: string): HistoryPlace {
  const [postedAt = '', id = '', sealed = ''] = text.split('.');
  if (!/^-?\d{1,15}$/.test(postedAt) || !isId(id)) throw badCursor();
  const place = { postedAt: instant(Number(postedAt)), id: id as OperationId };
  if (!secrets.matches(sealed, seal(secrets, place))) throw badCursor();
  return place;
}

const seal = (secrets: Secrets, place: HistoryPlace): string =>
  secrets.hashToken(secrets.mac(`cursor|${place.postedAt.toString()}|${place.id}`)).slice(0, 22);

const badCursor = (): Problem =>
  new Problem(422, 'invalid-request', {
    errors: [{ pointer: '/query/after', detail: 'not a cursor of ours' }],
  });
