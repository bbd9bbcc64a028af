import { z } from 'zod';
import { operationQuery } from './account-json.ts';

const locale = z.enum(['ru', 'en']).optional().describe('the customer’s own where it is not given');

/** Days in the company’s zone, both in it; a year at most. */
export const statementQuery = z.strictObject({
  from: z.iso.date(),
  to: z.iso.date().describe('inclusive; not in the future'),
  locale,
});

/** Goes to the customer’s own address and no other. */
export const statementMailRequest = z
  .strictObject({ from: z.iso.date(), to: z.iso.date().describe('inclusive'), locale })
  .meta({ id: 'StatementMailRequest' });
/** Where statements would be sent. */
export const statementMailJson = z
  .strictObject({
    isOffered: z.boolean().describe('whether the company sends letters at all'),
    sentTo: z
      .string()
      .optional()
      .describe('the customer’s address, masked; absent where none is known'),
  })
  .meta({ id: 'StatementMail' });
export type StatementMailJson = z.infer<typeof statementMailJson>;
export const statementOrderedJson = z
  .strictObject({ sentTo: z.string().describe('masked') })
  .meta({ id: 'StatementOrdered' });
export type StatementOrderedJson = z.infer<typeof statementOrderedJson>;

/** What narrows the page narrows the file. */
export const operationsFileQuery = operationQuery
  .omit({ after: true, limit: true })
  .extend({ locale });
