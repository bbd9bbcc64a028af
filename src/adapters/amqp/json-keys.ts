/** The object a scan of JSON text stands in; undefined inside an array. */
export type KeyPlace = { keyIsNext: boolean; readonly keys: Set<string> } | undefined;

export const openObject = (): KeyPlace => ({ keyIsNext: true, keys: new Set() });

/** Notes a key; answers whether it is the first of its name and harmless. */
export const noteKey = (place: NonNullable<KeyPlace>, key: string): boolean => {
  if (key === '__proto__' || place.keys.has(key)) return false;
  place.keys.add(key);
  return true;
};
