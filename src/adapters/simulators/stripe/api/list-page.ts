import type { RequestForm } from './request-form.ts';
import { invalidRequest } from './stripe-problem.ts';

export interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly hasMore: boolean;
}

/** The parameters every list takes. */
export const pageParameters: readonly RegExp[] = [
  /^(limit|starting_after)$/,
  /^created(\[(gt|gte|lt|lte)\])?$/,
];

/** One page of what the query asks for; `things` are those that fit it otherwise, newest first. */
export function listPage<Item extends { readonly id: string; readonly created: number }>(
  things: readonly Item[],
  query: RequestForm,
  name: string,
): ListPage<Item> {
  const limit = query.whole('limit') ?? 10;
  if (limit < 1 || limit > 100) throw invalidRequest('limit must be from 1 to 100', 'limit');
  const isCreatedThen = createdFilter(query);
  const matching = things.filter(({ created }) => isCreatedThen(created));
  const after = query.text('starting_after');
  const from = after === undefined ? 0 : matching.findIndex(({ id }) => id === after) + 1;
  if (after !== undefined && from === 0) {
    throw invalidRequest(`No such ${name}: '${after}'`, 'starting_after');
  }
  return { items: matching.slice(from, from + limit), hasMore: matching.length > from + limit };
}

function createdFilter(query: RequestForm): (created: number) => boolean {
  const at = query.whole('created');
  const above = query.whole('created[gt]') ?? -1;
  const from = query.whole('created[gte]') ?? 0;
  const to = query.whole('created[lte]') ?? Infinity;
  const below = query.whole('created[lt]') ?? Infinity;
  return (created) =>
    (at === undefined || created === at) &&
    created > above &&
    created >= from &&
    created <= to &&
    created < below;
}
