import { type FormEvent, type ReactNode, useState } from 'react';
import { useText } from '../i18n/text.ts';
import { useMoments } from '../i18n/use-moments.ts';
import { Choice } from '../parts/choice.tsx';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { Icon } from '../parts/icon.tsx';
import { DayField } from './day-field.tsx';
import { FilterChips } from './filter-chips.tsx';
import styles from './history.module.css';
import {
  type OperationFilters,
  operationKinds,
  periodDays,
  periodOf,
  periods,
} from './operation-filters.ts';
import { kindTexts } from './operation-words.ts';

interface FilterBarProps {
  readonly filters: OperationFilters;
  readonly onFilter: (filters: OperationFilters) => void;
}

const periodTexts = {
  'this-month': 'period.this-month',
  'last-month': 'period.last-month',
  'this-year': 'period.this-year',
} as const;

/** What to narrow the history to; whatever is on stands below as chips. */
export function FilterBar({ filters, onFilter }: FilterBarProps): ReactNode {
  const text = useText();
  const chooseKind = (value: string): void => {
    onFilter({ ...filters, kind: operationKinds.find((kind) => kind === value) });
  };
  return (
    <div className={styles.filters} role="search" aria-label={text('filter.title')}>
      <div className={styles.filterRow}>
        <SearchForm key={filters.q ?? ''} filters={filters} onFilter={onFilter} />
        <Choice
          label={text('filter.kind')}
          value={filters.kind ?? ''}
          onChange={chooseKind}
          options={[
            { value: '', title: text('filter.any-kind') },
            ...operationKinds.map((kind) => ({ value: kind, title: text(kindTexts[kind]) })),
          ]}
        />
        <PeriodChoice filters={filters} onFilter={onFilter} />
      </div>
      <FilterChips filters={filters} onFilter={onFilter} />
    </div>
  );
}

function PeriodChoice({ filters, onFilter }: FilterBarProps): ReactNode {
  const text = useText();
  const today = useMoments().today();
  const hasDays = filters.from !== undefined || filters.to !== undefined;
  const known = hasDays ? (periodOf(filters, today) ?? 'own') : 'any';
  const [wantsOwn, setWantsOwn] = useState(false);
  const value = wantsOwn ? 'own' : known;
  const choose = (chosen: string): void => {
    const period = periods.find((each) => each === chosen);
    setWantsOwn(chosen === 'own');
    if (period !== undefined) onFilter({ ...filters, ...periodDays(period, today) });
    else if (chosen === 'any') onFilter({ ...filters, from: undefined, to: undefined });
  };
  const setDay = (end: 'from' | 'to', day: string): void => {
    onFilter({ ...filters, [end]: day === '' ? undefined : day });
  };
  return (
    <>
      <Choice
        label={text('filter.period')}
        value={value}
        onChange={choose}
        options={[
          { value: 'any', title: text('period.any') },
          ...periods.map((period) => ({ value: period, title: text(periodTexts[period]) })),
          { value: 'own', title: text('period.own') },
        ]}
      />
      {value === 'own' && (
        <div className={styles.days}>
          <DayField
            label={text('filter.from')}
            day={filters.from}
            onDay={(day) => {
              setDay('from', day);
            }}
          />
          <DayField
            label={text('filter.to')}
            day={filters.to}
            onDay={(day) => {
              setDay('to', day);
            }}
          />
        </div>
      )}
    </>
  );
}

function SearchForm({ filters, onFilter }: FilterBarProps): ReactNode {
  const text = useText();
  const [words, setWords] = useState(filters.q ?? '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onFilter({ ...filters, q: words.trim() === '' ? undefined : words.trim() });
  };
  return (
    <form className={styles.search} onSubmit={submit}>
      <Field
        label={text('filter.words')}
        name="q"
        type="search"
        value={words}
        onChange={setWords}
        maxLength={100}
      />
      <Button type="submit">
        <Icon name="search" />
        {text('filter.find')}
      </Button>
    </form>
  );
}
