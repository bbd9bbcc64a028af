import { isDeepStrictEqual } from 'node:util';

export type JsonSchema = Readonly<Record<string, unknown>>;

const fieldsOf = (schema: JsonSchema): Readonly<Record<string, JsonSchema>> =>
  (schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
const requiredOf = (schema: JsonSchema): readonly string[] =>
  (schema['required'] ?? []) as readonly string[];
const without = (schema: JsonSchema, names: readonly string[]): JsonSchema =>
  Object.fromEntries(Object.entries(schema).filter(([name]) => !names.includes(name)));

/** What a new minor may not do to an answer: it may gain optional fields, at any depth, and nothing else. */
export const breakingInReply = (older: JsonSchema, newer: JsonSchema, way = 'data'): string[] => {
  const structural = ['properties', 'required', 'items'];
  const changes: string[] = [];
  if (!isDeepStrictEqual(without(older, structural), without(newer, structural))) {
    changes.push(`${way}: other rules`);
  }
  if (!isDeepStrictEqual(requiredOf(older).toSorted(), requiredOf(newer).toSorted())) {
    changes.push(`${way}: other required fields`);
  }
  for (const [name, field] of Object.entries(fieldsOf(older))) {
    const now = fieldsOf(newer)[name];
    if (now === undefined) changes.push(`${way}.${name}: gone`);
    else changes.push(...breakingInReply(field, now, `${way}.${name}`));
  }
  const [items, newItems] = [older['items'], newer['items']] as (JsonSchema | undefined)[];
  if (items !== undefined && newItems !== undefined) {
    changes.push(...breakingInReply(items, newItems, `${way}[]`));
  } else if (items !== newItems) changes.push(`${way}: other items`);
  return changes;
};

/** What a new minor may not do to what is asked or told: nothing at all changes there. */
export const breakingInRequest = (older: JsonSchema, newer: JsonSchema): string[] =>
  isDeepStrictEqual(older, newer) ? [] : ['data: a request changes with a new major only'];
