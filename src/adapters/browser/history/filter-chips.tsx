import type { ReactNode } from 'react';
import { useText } from '../i18n/text.ts';
import { useMoments } from '../i18n/use-moments.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import styles from './history.module.css';
import { isFiltered, type OperationFilters } from './operation-filters.ts';
import { kindTexts } from './operation-words.ts';

interface FilterChipsProps {
  readonly filters: OperationFilters;
  readonly onFilter: (filters: OperationFilters) => void;
}

/** A single line that says which filters are on; pressing one takes it off. */
export function FilterChips({ filters, onFilter }: FilterChipsProps): ReactNode {
  const text = useText();
  const moments = useMoments();
  if (!isFiltered(filters)) return null;
  const { kind, from, to, q } = filters;
  const chips = [
    { off: { kind: undefined }, title: kind && text(kindTexts[kind]) },
    {
      off: { from: undefined },
      title: from && `${text('filter.from')} ${moments.numericDay(from)}`,
    },
    { off: { to: undefined }, title: to && `${text('filter.to')} ${moments.numericDay(to)}` },
    { off: { q: undefined }, title: q && `«${q}»` },
  ];
  return (
    <div className={styles.chips}>
      {chips.map(
        ({ off, title }) =>
          title !== undefined && (
            <Button
              key={title}
              label={text('filter.take-off', { filter: title })}
              onPress={() => {
                onFilter({ ...filters, ...off });
              }}
            >
              {title}
              <Icon name="cross" />
            </Button>
          ),
      )}
      <Button
        look="quiet"
        onPress={() => {
          onFilter({});
        }}
      >
        {text('filter.clear')}
      </Button>
    </div>
  );
}
