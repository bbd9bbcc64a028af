import assert from 'node:assert/strict';
import { z } from 'zod';
import { claimsSchema } from '../../../src/adapters/amqp/assertion/claims.ts';
import { envelopeSchema } from '../../../src/adapters/amqp/schemas/envelope.ts';
import { kindOf, messageKinds } from '../../../src/adapters/amqp/schemas/message-kinds.ts';

interface Def {
  readonly type: string;
  readonly checks?: readonly {
    readonly _zod: { readonly def: Readonly<Record<string, unknown>> };
  }[];
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly catchall?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly innerType?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
}

/** Every schema inside a schema, with the way to it. */
function* within(schema: z.core.$ZodType, way: string): Generator<readonly [string, Def]> {
  const def = schema._zod.def as unknown as Def;
  yield [way, def];
  for (const [name, field] of Object.entries(def.shape ?? {}))
    yield* within(field, `${way}.${name}`);
  for (const inner of [def.element, def.innerType, ...(def.options ?? [])]) {
    if (inner !== undefined) yield* within(inner, way);
  }
}

const all: readonly (readonly [string, z.core.$ZodType])[] = [
  ['envelope', envelopeSchema],
  ['assertion', claimsSchema],
  ...Object.values(messageKinds).flatMap(({ dataschema, data, reply }) => [
    [dataschema, data] as const,
    ...(reply === undefined ? [] : [[`${dataschema} reply`, reply] as const]),
  ]),
];

/** What a schema lacks to be safe from whoever writes the message. */
const faultsOf = (root: z.core.$ZodType, name: string): string[] =>
  [...within(root, name)].flatMap(([way, def]) => {
    const checks = (def.checks ?? []).map(({ _zod }) => _zod.def);
    switch (def.type) {
      case 'string': {
        const [first] = checks;
        // Only a check that aborts keeps a long text from the pattern behind it.
        const isBounded = first?.['check'] === 'max_length';
        const needsAbort = checks.length > 1;
        return isBounded && (!needsAbort || first['abort'] === true)
          ? []
          : checks.slice(1).every(({ check }) => check === 'min_length') && isBounded
            ? []
            : [`${way}: text without a length that is looked at first`];
      }
      case 'array':
        return checks.some(({ check }) => check === 'max_length')
          ? []
          : [`${way}: list without end`];
      case 'object':
        return def.catchall?._zod.def.type === 'never' ? [] : [`${way}: takes more fields`];
      case 'number':
        return checks.length > 0 ? [] : [`${way}: any number`];
      case 'boolean':
      case 'enum':
      case 'literal':
      case 'optional':
      case 'readonly':
        return [];
      case 'unknown':
        return way === 'envelope.data' ? [] : [`${way}: anything`];
      default:
        return [`${way}: ${def.type} is not looked at here`];
    }
  });

describe('The schemas of messages', () => {
  for (const [name, schema] of all) {
    it(`${name} bounds every text before its pattern, every list and every object`, () => {
      assert.deepEqual(faultsOf(schema, name), []);
    });
  }

  it('would be found out with a fault', () => {
    for (const [schema, count] of [
      [z.string(), 1],
      [z.string().regex(/^a$/), 1],
      [z.string().max(5).regex(/^a$/), 1],
      [z.string().regex(/^a$/).max(5, { abort: true }), 1],
      [z.array(z.string()), 2],
      [z.object({ a: z.number().optional() }), 2],
      [z.strictObject({ a: z.any() }), 1],
      [z.string().max(5, { abort: true }).regex(/^a$/), 0],
    ] as const) {
      assert.equal(faultsOf(schema, 'odd').length, count);
    }
  });

  it('are looked up by type and version', () => {
    for (const [type, kind] of Object.entries(messageKinds)) {
      const { dataschema } = kind;
      assert.equal(kindOf(type as keyof typeof messageKinds, dataschema), kind);
      assert.match(dataschema, new RegExp(`^${type}/\\d+\\.\\d+$`));
    }
    assert.equal(kindOf('ledger.read-account', 'ledger.read-account/9.0'), undefined);
    assert.equal(kindOf('ledger.read-account', 'ledger.record-payment/1.0'), undefined);
  });
});
