import { rateLimited, secondsOf, type Trouble } from '../trouble.ts';

/** The bill, or the refund, is not there. */
export const notFoundCode = 'api.invoice.not.found';

/** What an answer beside 200 means. `code` is QIWI's own; without it something else has answered in its place. */
export function troubleOfStatus(
  status: number,
  code: string | undefined,
  retryAfter: string | null,
): Trouble {
  switch (status) {
    case 429:
      return rateLimited(secondsOf(retryAfter));
    case 401:
    case 403:
      return {
        ...{ tag: 'not-attempted', why: `the provider does not take our key (${String(status)})` },
      };
    case 400:
    case 404:
    case 405:
    case 406:
    case 415:
      return code === undefined || isTheirs(code) ? unclear(status) : refused(code);
    default:
      return unclear(status);
  }
}

/** Trouble of their own, whatever status it comes with. */
const isTheirs = (code: string): boolean => code === 'default' || code.startsWith('internal.');

const unclear = (status: number): Trouble => ({
  ...{ tag: 'unknown', why: `the provider answered ${String(status)}` },
});

/** Its code only, never its sentences: those may quote what was sent. */
const refused = (code: string): Trouble => ({
  tag: 'invalid',
  why: `the provider does not take the request (${/^[a-z.]+$/.test(code) ? code : 'no code'})`,
});
