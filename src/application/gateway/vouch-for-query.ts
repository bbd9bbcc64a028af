import { ok, refused, type Result } from '../../domain/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { AssertionReader } from '../ports/customer-assertions.ts';
import { type Envelope, isForGateway } from '../ports/envelope.ts';
import type { AdmitRefusal } from './admit-message.ts';

/**
 * Looks at who a query is asked for: somebody signed in now, its subject, and an owner of the account it names. The
 * portal cannot say so by itself. Answers the query with what was asserted; commands, and what is asked of the gateway
 * itself, come without a customer present.
 */
export const vouchForQuery =
  (assertions: AssertionReader, clock: Clock) =>
  async (query: Envelope): Promise<Result<Envelope, AdmitRefusal>> => {
    if (query.messageClass !== 'query' || isForGateway(query.type)) return ok(query);
    if (query.assertionToken === undefined) return refused({ reason: 'not-asserted' });

    const read = await assertions.read(query.assertionToken, clock.now());
    if (!read.ok) {
      return refused({ reason: read.refusal === 'expired' ? 'assertion-expired' : 'not-asserted' });
    }
    const assertion = read.value;
    const account = accountIn(query.data);
    if (assertion.customerId !== query.subject) return refused({ reason: 'foreign-object' });
    if (account !== undefined && !assertion.accounts.some((own) => own === account)) {
      return refused({ reason: 'foreign-object' });
    }
    return ok({ ...query, assertion });
  };
export type VouchForQuery = ReturnType<typeof vouchForQuery>;

const accountIn = (data: unknown): unknown =>
  typeof data === 'object' && data !== null && 'accountId' in data ? data.accountId : undefined;
