import { type ReactNode, useId } from 'react';
import { Loading } from '../parts/loading.tsx';
import { Trouble } from '../parts/trouble.tsx';
import styles from './staff.module.css';

export interface StaffRow {
  readonly id: string;
  readonly cells: readonly ReactNode[];
}

interface StaffTableProps {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly StaffRow[];
  /** Positions of the columns that hold sums. */
  readonly sums?: readonly number[];
}

/** A dense table; on a phone it is moved sideways, by keyboard too. */
export function StaffTable({ title, columns, rows, sums = [] }: StaffTableProps): ReactNode {
  const look = (position: number): string => (sums.includes(position) ? (styles.sum ?? '') : '');
  return (
    <div role="region" aria-label={title} tabIndex={0} className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((column, position) => (
              <th key={column} scope="col" className={look(position)}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, cells }) => (
            <tr key={id}>
              {cells.map((cell, position) => (
                <td key={columns[position]} className={look(position)}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface StaffSectionProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** A part of a page with a heading of its own. */
export function StaffSection({ title, children }: StaffSectionProps): ReactNode {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

interface QueueProps extends StaffTableProps {
  readonly query: {
    readonly isPending: boolean;
    readonly error: unknown;
    readonly refetch: () => Promise<unknown>;
  };
  readonly empty: string;
  readonly more?: ReactNode;
}

/** A table that is on its way, missing, empty or there. */
export function Queue({ query, empty, more, ...table }: QueueProps): ReactNode {
  const retry = (): void => void query.refetch();
  const count = table.rows.length === 0 ? '' : ` · ${String(table.rows.length)}`;
  const isThere = !query.isPending && query.error === null;
  return (
    <StaffSection title={`${table.title}${count}`}>
      {query.error !== null && <Trouble error={query.error} onRetry={retry} />}
      {query.isPending && <Loading lines={['long', 'long']} onRetry={retry} />}
      {isThere && table.rows.length === 0 && <p className={styles.muted}>{empty}</p>}
      {table.rows.length > 0 && <StaffTable {...table} />}
      {more}
    </StaffSection>
  );
}
