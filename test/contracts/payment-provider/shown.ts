/** Anything as text for a failure's message, bigints included. */
export const shown = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'bigint' ? `${String(each)}n` : each,
  );
