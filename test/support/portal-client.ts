import { randomUUID } from 'node:crypto';
import { waitFor } from './processes.ts';

// What tests read of answers; the contract's own schemas are checked elsewhere.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Json = Record<string, any>;

/** An answer of the portal, with its body read as JSON where there is one. */
export interface Answer {
  readonly status: number;
  readonly body: Json;
  readonly headers: Headers;
}

/** Talks to the portal's API as a browser does: keeps cookies, sends the header that pages send. */
export class PortalClient {
  readonly #portalUrl: string;
  readonly #simulatorsUrl: string;
  readonly #cookies = new Map<string, string>();

  constructor(portalUrl: string, simulatorsUrl: string) {
    this.#portalUrl = portalUrl;
    this.#simulatorsUrl = simulatorsUrl;
  }

  get(path: string): Promise<Answer> {
    return this.#ask('GET', path, undefined, {});
  }

  post(
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    return this.#ask('POST', path, body, headers);
  }

  delete(path: string): Promise<Answer> {
    return this.#ask('DELETE', path, undefined, {});
  }

  /** The bytes of a file the portal serves. */
  async download(path: string): Promise<Uint8Array> {
    const response = await fetch(this.#portalUrl + path, { headers: { cookie: this.cookie() } });
    return new Uint8Array(await response.arrayBuffer());
  }

  /** Signs in with password and the code that arrives on the simulated phone. */
  async signIn(contract: string, password: string, phone: string): Promise<Answer> {
    const seen = await this.#messageCount(phone);
    const attempt = await this.post('/api/sign-in', { login: contract, password });
    if (attempt.status !== 200) return attempt;
    const code = await this.codeAfter(phone, seen);
    return this.post('/api/sign-in/code', { attemptId: attempt.body.attemptId, code });
  }

  /** Waits for the message after the first `seen` ones and reads the code in it. */
  async codeAfter(phone: string, seen: number): Promise<string> {
    await waitFor('the SMS', async () => (await this.#messageCount(phone)) > seen);
    const [newest] = await this.#messages(phone);
    return /\d{6}/.exec(newest?.text ?? '')?.[0] ?? '';
  }

  /** Starts a payment by card; the answer is the payment. */
  pay(accountId: string, minor: string, key: string = randomUUID()): Promise<Answer> {
    const amount = { minor, currency: 'RUB' };
    const headers = { 'Idempotency-Key': key };
    return this.post('/api/payments', { accountId, amount, method: 'bank-card' }, headers);
  }

  /** Tells the simulated payment system what the payer does, once it has the payment: a busy portal sends it late. */
  async control(paymentId: string, order: unknown): Promise<number> {
    const url = `${this.#simulatorsUrl}/control/stripe/payments/${paymentId}`;
    const headers = { 'content-type': 'application/json' };
    let status = 404;
    await waitFor('the payment at the payment system', async () => {
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(order) });
      await response.arrayBuffer();
      ({ status } = response);
      return status !== 404;
    });
    return status;
  }

  /** Waits until the payment is in the state and, when asked, its operation came back from the books. */
  async paymentBecomes(id: string, state: string, posted = false, limitMs?: number): Promise<Json> {
    let last: Json = {};
    const isSo = async (): Promise<boolean> => {
      last = (await this.get(`/api/payments/${id}`)).body;
      return last.state === state && (!posted || last.operationId !== undefined);
    };
    await waitFor(`payment ${state}`, isSo, limitMs);
    return last;
  }

  async #messages(phone: string): Promise<readonly { readonly text: string }[]> {
    const response = await fetch(`${this.#simulatorsUrl}/phone/${phone}/messages.json`);
    return ((await response.json()) as { items: { text: string }[] }).items;
  }

  async #messageCount(phone: string): Promise<number> {
    return (await this.#messages(phone)).length;
  }

  async #ask(
    method: string,
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>>,
  ): Promise<Answer> {
    const response = await fetch(this.#portalUrl + path, {
      method,
      headers: {
        cookie: this.cookie(),
        ...(method === 'GET' ? {} : { 'x-kabinet': '1', 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    const read = (isJson && text !== '' ? JSON.parse(text) : {}) as Json;
    return { status: response.status, body: read, headers: response.headers };
  }

  /** The cookies as a request carries them. */
  cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}
