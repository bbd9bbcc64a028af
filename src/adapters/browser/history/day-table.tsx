import type { ReactNode } from 'react';
import { useText } from '../i18n/text.ts';
import { useNews } from '../live/live-provider.tsx';
import { Spoken } from '../parts/announcer.tsx';
import type { DayGroup } from './day-groups.ts';
import { DayName, DayTotal } from './day-title.tsx';
import styles from './history.module.css';
import { OperationName } from './operation-name.tsx';
import { OperationSum } from './operation-sum.tsx';

/** Operations as a table; the day with its total stays in sight while its rows pass. */
export function DayTable({ groups }: { readonly groups: readonly DayGroup[] }): ReactNode {
  const text = useText();
  const isNew = useNews();
  return (
    <table className={styles.table}>
      <caption>
        <Spoken>{text('history.title')}</Spoken>
      </caption>
      <thead>
        <tr>
          <th scope="col">{text('history.day')}</th>
          <th scope="col">{text('history.what')}</th>
          <th scope="col" className={styles.sumCell}>
            {text('history.sum')}
          </th>
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group.day}>
          {group.operations.map((operation, position) => (
            <tr key={operation.id} className={isNew(operation.id) ? styles.fresh : ''}>
              {position === 0 && (
                <th scope="rowgroup" rowSpan={group.operations.length} className={styles.dayCell}>
                  <div className={styles.daySticky}>
                    <DayName day={group.day} />
                    {group.totals !== undefined && <DayTotal group={group} />}
                  </div>
                </th>
              )}
              <td>
                <OperationName operation={operation} isNew={isNew(operation.id)} />
              </td>
              <td className={styles.sumCell}>
                <OperationSum operation={operation} />
              </td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}
