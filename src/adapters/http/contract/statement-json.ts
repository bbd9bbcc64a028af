import { z } from 'zod';
import { operationQuery } from './account-json.ts';

const locale = z.enum(['ru', 'en']).optional().describe('the customer’s own where it is not given');

/** Days in the company’s zone, both in it; a year at most. */
export const statementQuery = z.strictObject({
  from: z.iso.date(),
  to: z.iso.date().describe('inclusive; not in the future'),
  locale,
});

/** What narrows the page narrows the file. */
export const operationsFileQuery = operationQuery
  .omit({ after: true, limit: true })
  .extend({ locale });
