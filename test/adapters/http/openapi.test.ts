import assert from 'node:assert/strict';
import { routes } from '../../../src/adapters/http/contract/routes.ts';
import { openApi } from '../../../src/adapters/http/openapi.ts';

interface Described {
  readonly operationId: string;
  readonly security: readonly unknown[];
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: unknown;
}
const paths = () => openApi('1.2.3').paths as Record<string, Record<string, Described>>;

describe('the OpenAPI document', () => {
  it('lists every route of the contract, and nothing else', () => {
    const described = Object.entries(paths()).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const contracts = Object.values(routes).map(({ method, path }) => `${method} ${path}`);

    assert.deepEqual(described.toSorted(), contracts.toSorted());
  });

  it('asks for a session exactly where a customer or somebody of the staff must be signed in', () => {
    for (const contract of Object.values(routes)) {
      const { security } = paths()[contract.path]![contract.method.toLowerCase()]!;
      const schemes = { public: [], customer: ['session'], staff: ['staffSession'] };
      const asked = security.flatMap((one) => Object.keys(one as object));
      assert.deepEqual(asked, schemes[contract.access], contract.path);
    }
  });

  it('names path parameters, queries and the key of what moves money', () => {
    const names = (path: string, method: string) =>
      paths()[path]![method]!.parameters.map((one) => `${one.in}:${one.name}`);

    assert.deepEqual(names('/api/payments', 'post'), ['header:Idempotency-Key']);
    const history = names('/api/accounts/{id}/operations', 'get');
    assert.equal(history[0], 'path:id');
    assert.ok(history.includes('query:after') && history.includes('query:limit'));
  });

  it('can be written as JSON and refers to nothing outside', () => {
    const text = JSON.stringify(openApi('1.2.3'));
    assert.doesNotMatch(text, /"\$ref":"(?!#)/);
    assert.match(text, /"openapi":"3\.1\.0"/);
  });
});
