import type { CloseAccountRefusal } from '../../application/ports/ledger.ts';
import { decimalText } from '../../domain/money.ts';

/** Why an account cannot be closed, and what has to be done first. */
export function closeAccountText(account: string, refusal: CloseAccountRefusal): string {
  switch (refusal.reason) {
    case 'account-unknown':
      return `there is no account ${account}`;
    case 'holds-open':
      return `account ${account} has money held (${refusal.key}); capture it or let it go first`;
    case 'not-empty': {
      const { balance, promised } = refusal;
      const refund =
        promised.minor === 0n ? '' : ` and ${decimalText(promised)} promised as a refund`;
      return `account ${account} stands at ${decimalText(balance)} ${balance.currency}${refund}; only one that stands at nothing is closed`;
    }
  }
}
