import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { autoPaysQuery, savedMethodsQuery } from '../api/autopay-calls.ts';
import { accountsQuery } from '../api/queries.ts';
import { useText } from '../i18n/text.ts';
import { Empty } from '../parts/empty.tsx';
import { Loading } from '../parts/loading.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { Column, Sheet } from '../parts/sheet.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { AccountAutoPay } from './account-autopay.tsx';
import styles from './autopay.module.css';
import { SavedMethods } from './saved-methods.tsx';

/** Paying without coming here: auto-pay of every account, and the remembered ways to pay it goes by. */
export function AutoPayPage(): ReactNode {
  const text = useText();
  const accounts = useQuery(accountsQuery);
  const methods = useQuery(savedMethodsQuery);
  const autopays = useQuery(autoPaysQuery);
  const asked = [accounts, methods, autopays] as const;
  const retry = (): void => {
    for (const query of asked) void query.refetch();
  };
  const error = asked.find((query) => query.isError)?.error;
  const [list, saved, rules] = [accounts.data?.items, methods.data?.items, autopays.data?.items];
  const isKnown = list !== undefined && saved !== undefined && rules !== undefined;
  return (
    <Column>
      <PageHeading title={text('autopay.title')}>{text('autopay.title')}</PageHeading>
      {error !== undefined && !isKnown && <Trouble error={error} onRetry={retry} />}
      {error === undefined && !isKnown && (
        <Sheet>
          <Loading lines={['medium', 'long', 'long']} onRetry={retry} />
        </Sheet>
      )}
      {isKnown && (
        <>
          <Sheet labelledBy="rules">
            <h2 id="rules">{text('autopay.rules')}</h2>
            <p className={styles.caption}>{text('autopay.intro')}</p>
            {list.length === 0 ? (
              <Empty drawing="envelope">
                <p>{text('home.no-accounts')}</p>
              </Empty>
            ) : (
              <ul className={styles.rows}>
                {list.map((account) => (
                  <AccountAutoPay
                    key={account.id}
                    account={account}
                    autopay={rules.find(({ accountId }) => accountId === account.id)}
                    methods={saved}
                  />
                ))}
              </ul>
            )}
          </Sheet>
          <SavedMethods methods={saved} />
        </>
      )}
    </Column>
  );
}
