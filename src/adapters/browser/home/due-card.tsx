import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AccountJson } from '../../http/contract/account-json.ts';
import { useText } from '../i18n/text.ts';
import { isPositive, sumByCurrency } from '../money/money-sum.ts';
import { Amount } from '../parts/amount.tsx';
import { buttonClass } from '../parts/button.tsx';
import { Sheet } from '../parts/sheet.tsx';
import styles from './home.module.css';

/** What is to pay now, over all accounts, and the one filled button of the page. */
export function DueCard({ accounts }: { readonly accounts: readonly AccountJson[] }): ReactNode {
  const text = useText();
  const owing = accounts.filter((account) => isPositive(account.due));
  const [only] = owing;
  const isOne = owing.length === 1;
  return (
    <Sheet labelledBy="due">
      <div className={styles.due}>
        <div>
          <h2 id="due" className={styles.dueTitle}>
            {text(owing.length === 0 ? 'home.nothing-due' : 'home.due')}
          </h2>
          {owing.length === 0 ? (
            <p className={styles.allPaid}>{text('home.all-paid')}</p>
          ) : (
            sumByCurrency(owing.map((account) => account.due)).map((sum) => (
              <p key={sum.currency}>
                <Amount money={sum} size="hero" />
              </p>
            ))
          )}
          {isOne && only !== undefined && (
            <p className={styles.muted}>
              {only.title} · {only.number}
            </p>
          )}
        </div>
        <Link
          to="/pay"
          search={{ account: isOne ? only?.id : undefined }}
          className={`${buttonClass(owing.length === 0 ? 'plain' : 'main')} ${styles.payButton}`}
        >
          {text(owing.length === 0 ? 'home.top-up' : 'home.pay')}
        </Link>
      </div>
      {owing.length > 1 && <DueParts owing={owing} />}
    </Sheet>
  );
}

function DueParts({ owing }: { readonly owing: readonly AccountJson[] }): ReactNode {
  const text = useText();
  return (
    <details className={styles.parts}>
      <summary>{text('home.due-parts')}</summary>
      <ul>
        {owing.map((account) => (
          <li key={account.id}>
            <Link to="/pay" search={{ account: account.id }}>
              {account.title} · {account.number}
            </Link>
            <Amount money={account.due} />
          </li>
        ))}
      </ul>
    </details>
  );
}
