import type { ReactNode } from 'react';
import { useNews } from '../live/live-provider.tsx';
import type { DayGroup } from './day-groups.ts';
import { DayName, DayTotal } from './day-title.tsx';
import styles from './history.module.css';
import { OperationName } from './operation-name.tsx';
import { OperationSum } from './operation-sum.tsx';

interface DayCardsProps {
  readonly groups: readonly DayGroup[];
  readonly withTotals: boolean;
}

/** Operations day by day as rows of two lines: phones, and the home page. */
export function DayCards({ groups, withTotals }: DayCardsProps): ReactNode {
  const isNew = useNews();
  return (
    <div>
      {groups.map((group) => (
        <section key={group.day} className={styles.day}>
          <h3 className={withTotals ? styles.dayTitleSticky : styles.dayTitle}>
            <DayName day={group.day} />
            {withTotals && group.totals !== undefined && <DayTotal group={group} />}
          </h3>
          <ul>
            {group.operations.map((operation) => (
              <li
                key={operation.id}
                className={isNew(operation.id) ? `${styles.row} ${styles.fresh}` : styles.row}
              >
                <OperationName operation={operation} isNew={isNew(operation.id)} />
                <span className={styles.sum}>
                  <OperationSum operation={operation} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
