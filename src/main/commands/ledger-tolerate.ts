import type {
  TolerateRefusal,
  Tolerated,
} from '../../application/accounting/tolerate-difference.ts';
import type { Tolerance } from '../../domain/ledger/tolerance.ts';
import { decimalText } from '../../domain/money.ts';
import { isoText } from '../../domain/time.ts';

/** What became of a case, in one sentence. */
export function toleratedText({ tolerance, posting }: Tolerated): string {
  const { caseId, state } = tolerance;
  switch (state.tag) {
    case 'waiting':
      return `case ${caseId} waits for a second person: it is above what one may let pass a day (TOLERATED_A_DAY)`;
    case 'declined':
      return `case ${caseId} is closed: declined by ${state.by}, nothing is booked`;
    case 'agreed': {
      const who =
        state.by === undefined ? tolerance.askedBy : `${tolerance.askedBy} and ${state.by}`;
      const again = posting === 'repeated' ? 'booked before' : 'booked';
      return `case ${caseId} is closed: ${sumText(tolerance)} let pass by ${who}, ${again} as diff:${caseId}`;
    }
  }
}

/** A case of the list, in one line. */
export const toleranceRow = (tolerance: Tolerance): string => {
  const { caseId, provider, askedBy, askedAt, reason, state } = tolerance;
  const by = 'by' in state && state.by !== undefined ? ` by ${state.by}` : '';
  return `${caseId}  ${provider}  ${sumText(tolerance)}  ${state.tag}${by}  asked by ${askedBy} ${isoText(askedAt)}: ${reason}`;
};

/** Why a word about a case was not taken. */
export function tolerateRefusalText(caseId: string, refusal: TolerateRefusal): string {
  switch (refusal.reason) {
    case 'case-unknown':
      return `nobody has asked about case ${caseId}; ask with --amount, --currency, --provider and --reason`;
    case 'case-closed':
      return `case ${caseId} is closed (${refusal.as}); what was decided stays`;
    case 'asked-otherwise':
      return `${refusal.by} has asked for another sum in case ${caseId}; decline that first and take another case`;
    case 'same-person':
      return 'somebody else has to agree: nobody approves their own';
    case 'nothing-to-tolerate':
      return 'a difference of nothing needs no tolerance';
    default:
      return `the ledger refuses it: ${refusal.reason}`;
  }
}

const sumText = ({ amount }: Tolerance): string => `${decimalText(amount)} ${amount.currency}`;
