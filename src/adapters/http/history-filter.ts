import type { z } from 'zod';
import type { HistoryFilter } from '../../application/ports/account-store.ts';
import { nextDay, parseDay, startOfDay } from '../../domain/time.ts';
import type { operationQuery } from './contract/account-json.ts';

type Asked = Omit<z.output<typeof operationQuery>, 'after' | 'limit'>;

/** Reads what narrows a history: days begin and end in the company's zone. */
export function toFilter(query: Asked, zone: string): HistoryFilter {
  const from = query.from === undefined ? undefined : parseDay(query.from);
  const to = query.to === undefined ? undefined : parseDay(query.to);
  return {
    ...(from === undefined ? {} : { from: startOfDay(from, zone) }),
    ...(to === undefined ? {} : { before: startOfDay(nextDay(to), zone) }),
    ...(query.kind === undefined ? {} : { kind: query.kind }),
    ...(query.min === undefined ? {} : { min: BigInt(query.min) }),
    ...(query.max === undefined ? {} : { max: BigInt(query.max) }),
    ...(query.q === undefined || query.q === '' ? {} : { text: query.q }),
  };
}
