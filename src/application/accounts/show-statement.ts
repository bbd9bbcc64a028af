import type { Customer } from '../../domain/customer.ts';
import type { AccountId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { StatementPeriod } from '../../domain/statement.ts';
import type { Clock } from '../ports/clock.ts';
import type { Company } from '../ports/receipt-printer.ts';
import type { StatementView } from '../ports/statement-files.ts';
import { mostOperations, type MakeStatement, type StatementRefusal } from './make-statement.ts';

/** What a file may be, and how many operations of it: a page of paper takes longer than a row. */
export const statementForms = { pdf: 3_000, csv: mostOperations, xlsx: mostOperations } as const;
export type StatementForm = keyof typeof statementForms;

/** Puts together everything a customer's statement shows in a form. */
export const showStatement =
  (make: MakeStatement, company: Company, clock: Clock) =>
  async (
    accountId: AccountId,
    customer: Customer,
    period: StatementPeriod,
    form: StatementForm,
  ): Promise<Result<StatementView, StatementRefusal>> => {
    const most = statementForms[form];
    const made = await make({ customerId: customer.id, accountId, period, most });
    if (!made.ok) return made;
    const holder = { name: customer.name, contract: customer.contract };
    return ok({ company, holder, statement: made.value, madeAt: clock.now() });
  };
export type ShowStatement = ReturnType<typeof showStatement>;
