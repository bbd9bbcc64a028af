import Router from '@koa/router';
import type { Context } from 'koa';
import type { z } from 'zod';
import type { SignedInStaff } from '../../application/ports/staff-store.ts';
import type { RecogniseSession } from '../../application/sign-in/recognise-session.ts';
import type { RecogniseStaff } from '../../application/staff/recognise-staff.ts';
import type { Customer } from '../../domain/customer.ts';
import type { Session } from '../../domain/session.ts';
import { isDocument, type RouteContract } from './contract/route-contract.ts';
import type { EdgeGate } from './edge-gate.ts';
import { Problem } from './problem.ts';
import { sessionToken, staffToken } from './session-cookie.ts';

/** Who is signed in. */
export interface SignedIn {
  readonly session: Session;
  readonly customer: Customer;
}
type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** A request that was looked at: right form, and signed in where the route asks it. */
export interface Checked<Contract extends RouteContract> {
  readonly ctx: Context;
  readonly params: Readonly<Record<string, string>>;
  readonly body: Parsed<Contract['body']>;
  readonly query: Parsed<Contract['query']>;
  readonly signedIn: Contract['access'] extends 'customer' ? SignedIn : SignedIn | undefined;
  readonly staff: Contract['access'] extends 'staff' ? SignedInStaff : undefined;
  /** The Idempotency-Key, where the route needs one. */
  readonly key: string;
}

/** Registers routes by their contract: checks come before the route, the answer's status after it. */
export class RouteRegistry {
  readonly router = new Router();
  readonly #recognise: RecogniseSession;
  readonly #recogniseStaff: RecogniseStaff;
  readonly #hashToken: (token: string) => string;
  readonly #gate: EdgeGate;

  constructor(
    recognise: RecogniseSession,
    staff: RecogniseStaff,
    hashToken: (token: string) => string,
    gate: EdgeGate,
  ) {
    this.#recognise = recognise;
    this.#recogniseStaff = staff;
    this.#hashToken = hashToken;
    this.#gate = gate;
  }

  /** The answer is the body as the contract has it; undefined when the route wrote it itself. */
  add<Contract extends RouteContract>(
    contract: Contract,
    serve: (request: Checked<Contract>) => Promise<unknown>,
  ): void {
    const path = contract.path.replaceAll(/\{(\w+)\}/g, ':$1');
    this.router.register(path, [contract.method], async (ctx) => {
      ctx.set('Cache-Control', 'no-store');
      const signedIn = await this.#whoAsks(ctx, contract);
      const staff = contract.access === 'staff' ? await this.#whoOfTheStaff(ctx) : undefined;
      const request = {
        ctx,
        params: ctx.params,
        body: parse(contract.body, ctx.request.body, 'body'),
        query: parse(contract.query, { ...ctx.query }, 'query'),
        signedIn,
        staff,
        key: contract.needsIdempotencyKey === true ? idempotencyKey(ctx) : '',
      } as unknown as Checked<Contract>;
      const answer = await serve(request);
      if (isDocument(contract)) this.#noteDocument(signedIn, staff);
      if (answer === undefined && contract.success.body !== undefined) return;
      ctx.status = contract.success.status;
      if (answer !== undefined) ctx.body = answer;
    });
  }

  async #whoAsks(ctx: Context, contract: RouteContract): Promise<SignedIn | undefined> {
    if (contract.access !== 'customer') {
      if (contract.access !== 'staff') await this.#gate.slow(ctx);
      return undefined;
    }
    const token = sessionToken(ctx);
    const signedIn = token && (await this.#recognise(this.#hashToken(token)));
    if (signedIn === undefined || signedIn === '') {
      await this.#gate.slow(ctx);
      throw new Problem(401, 'not-signed-in');
    }
    const { session, customer } = signedIn;
    const caller = { customer: customer.id, session: session.tokenHash };
    this.#gate.askAgain(caller, session.signedInAt);
    if (isDocument(contract)) this.#gate.admitToDocument(ctx, caller, customer.locale);
    else this.#gate.admit(ctx, caller);
    return signedIn;
  }

  #noteDocument(signedIn: SignedIn | undefined, staff: SignedInStaff | undefined): void {
    if (signedIn !== undefined) this.#gate.fetched('customer', signedIn.customer.id);
    if (staff !== undefined) this.#gate.fetched('operator', staff.person.id);
  }

  async #whoOfTheStaff(ctx: Context): Promise<SignedInStaff> {
    const token = staffToken(ctx);
    const staff = token && (await this.#recogniseStaff(this.#hashToken(token)));
    if (staff === undefined || staff === '') throw new Problem(401, 'not-signed-in');
    return staff;
  }
}

function parse(schema: z.ZodType | undefined, value: unknown, place: string): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.slice(0, 20).map((issue) => ({
    pointer: `/${[place === 'query' ? 'query' : '', ...issue.path.map(String)].filter(Boolean).join('/')}`,
    detail: issue.message,
    code: issue.code,
  }));
  throw new Problem(422, 'invalid-request', { errors });
}

function idempotencyKey(ctx: Context): string {
  const key = ctx.get('Idempotency-Key');
  if (/^[\w-]{16,64}$/.test(key)) return key;
  const detail = 'Idempotency-Key is missing or is not 16 to 64 letters, digits, "-" or "_"';
  throw new Problem(400, 'invalid-request', { detail });
}
