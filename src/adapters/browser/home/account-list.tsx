import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AccountJson } from '../../http/contract/account-json.ts';
import { useText } from '../i18n/text.ts';
import { isPositive } from '../money/money-sum.ts';
import { Amount } from '../parts/amount.tsx';
import { AsOf } from '../parts/as-of.tsx';
import { Sheet } from '../parts/sheet.tsx';
import styles from './home.module.css';

/** Every account with its balance and when that was true. */
export function AccountList({
  accounts,
}: {
  readonly accounts: readonly AccountJson[];
}): ReactNode {
  const text = useText();
  return (
    <Sheet labelledBy="accounts">
      <h2 id="accounts">{text('home.accounts')}</h2>
      <ul className={styles.accounts}>
        {accounts.map((account) => (
          <li key={account.id} className={styles.account}>
            <div className={styles.accountName}>
              <Link to="/accounts/$id" params={{ id: account.id }} className={styles.rowLink ?? ''}>
                {account.title}
              </Link>
              <span className={styles.muted}>{account.number}</span>
            </div>
            <div className={styles.accountSum}>
              <Amount money={account.balance} credit={isPositive(account.balance)} />
              <AsOf instant={account.asOf} />
            </div>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
