import { z } from 'zod';
import { problemJson } from './contract/problem-json.ts';
import type { RouteContract } from './contract/route-contract.ts';
import { routes } from './contract/routes.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** Describes the whole API as OpenAPI 3.1, from the same contract the routes are registered by. */
export function openApi(version: string): JsonObject {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [operationId, contract] of Object.entries<RouteContract>(routes)) {
    const path = (paths[contract.path] ??= {});
    path[contract.method.toLowerCase()] = describe(operationId, contract);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Kabinet',
      version,
      description:
        'The personal area of one company. Money is whole smallest units as text; times are UTC. ' +
        'Requests that change something carry the header X-Kabinet: 1.',
    },
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-kabinet' },
        staffSession: { type: 'apiKey', in: 'cookie', name: '__Host-kabinet-staff' },
      },
    },
  };
}

const security = { public: [], customer: [{ session: [] }], staff: [{ staffSession: [] }] };

function describe(operationId: string, contract: RouteContract): JsonObject {
  const { success } = contract;
  const type = success.type ?? 'application/json';
  const schema = success.body === undefined ? undefined : { schema: inline(success.body) };
  const content = success.status === 204 ? {} : { content: { [type]: schema ?? {} } };
  const problem = { 'application/problem+json': { schema: inline(problemJson) } };
  return {
    operationId,
    summary: contract.summary,
    security: [...security[contract.access]],
    parameters: [
      ...pathParameters(contract.path),
      ...queryParameters(contract),
      ...keyHeader(contract),
    ],
    ...(contract.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: inline(contract.body) } },
          },
        }),
    responses: {
      [success.status]: { description: 'Done', ...content },
      default: { description: 'A problem (RFC 9457)', content: problem },
    },
  };
}

const pathParameters = (path: string): JsonObject[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));

function queryParameters(contract: RouteContract): JsonObject[] {
  if (contract.query === undefined) return [];
  const { properties = {} } = z.toJSONSchema(contract.query, { io: 'input' });
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', schema }));
}

const keyHeader = (contract: RouteContract): JsonObject[] =>
  contract.needsIdempotencyKey === true
    ? [{ name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string' } }]
    : [];

/** A schema as it stands in the document: with its own definitions resolved, without the dialect line. */
function inline(schema: z.ZodType): JsonObject {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { reused: 'inline' });
  return rest;
}
