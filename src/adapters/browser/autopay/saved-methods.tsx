import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { SavedMethodJson } from '../../http/contract/autopay-json.ts';
import { forgetMethod } from '../api/autopay-calls.ts';
import { dayOf } from '../history/day-groups.ts';
import { useText } from '../i18n/text.ts';
import { useMoments, useTimeZone } from '../i18n/use-moments.ts';
import { buttonClass } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { AskedTwice } from './asked-twice.tsx';
import styles from './autopay.module.css';

/** Ways to pay that payment systems remember, and how to have them forgotten. */
export function SavedMethods({
  methods,
}: {
  readonly methods: readonly SavedMethodJson[];
}): ReactNode {
  const text = useText();
  const moments = useMoments();
  const zone = useTimeZone();
  return (
    <Sheet labelledBy="saved-methods">
      <h2 id="saved-methods">{text('methods.title')}</h2>
      {methods.length === 0 ? (
        <Empty drawing="envelope">
          <p>{text('methods.none')}</p>
          <Link to="/pay" className={buttonClass('plain')}>
            {text('shell.pay')}
          </Link>
        </Empty>
      ) : (
        <ul className={styles.rows}>
          {methods.map(({ id, title, createdAt }) => (
            <li key={id} className={styles.row}>
              <div>
                <p className={styles.name}>{title}</p>
                <p className={styles.caption}>
                  {text('methods.since', { date: moments.day(dayOf(createdAt, zone)) })}
                </p>
              </div>
              <AskedTwice
                word={text('methods.forget')}
                label={`${text('methods.forget')}: ${title}`}
                question={text('methods.forget.sure', { title })}
                yes={text('methods.forget.yes')}
                no={text('methods.forget.no')}
                work={() => forgetMethod(id)}
              />
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  );
}
