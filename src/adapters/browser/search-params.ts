type Search = Readonly<Record<string, unknown>>;

/** Reads the address's query as plain text: a search for `007` stays `007`. */
export function readSearch(query: string): Record<string, unknown> {
  return Object.fromEntries(new URLSearchParams(query));
}

/** Writes it back, leaving out what is not set. */
export function writeSearch(search: Search): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === 'string' && value !== '') query.set(name, value);
  }
  return query.size === 0 ? '' : `?${query.toString()}`;
}

/** One parameter of the address, if it is there. */
export function textParam(search: Search, name: string): string | undefined {
  const value = search[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
