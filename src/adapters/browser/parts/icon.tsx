import type { ReactNode } from 'react';
import styles from './icon.module.css';

// One set, 20 px, 1.5 px stroke. Each stands beside a word, so none has a name of its own.
const drawings = {
  home: 'M3 9.5 10 3.500l7 6V16.500h-4.500v-4.500h-5v4.500H3z',
  list: 'M3.500 5.500h13M3.500 10h13M3.500 14.500h8',
  pay: 'M2.500 5.500h15v9.500h-15zM2.500 8.500h15M5.500 12h3',
  leave: 'M12 3.500H4.500v13H12M8.500 10h8.500M14 6.500l3.500 3.500-3.500 3.500',
  refresh: 'M16.500 8A7 7 0 0 0 4 6.500M3.500 3v4h4M3.500 12A7 7 0 0 0 16 13.500M16.500 17v-4h-4',
  print: 'M5.500 7.500v-4.500h9v4.500M5.500 14.500h-3v-7h15v7h-3M5.500 11.500h9v5.500h-9z',
  download: 'M10 3v9.500M6 9l4 4 4-4M3.500 16.500h13',
  clock: 'M10 2.800a7.200 7.200 0 1 0 .01 0M10 6v4.200l2.700 1.800',
  cross: 'M5 5l10 10M15 5 5 15',
  forward: 'M4 10h12M11.500 5.500 16 10l-4.500 4.500',
  search: 'M8.800 3.300a5.500 5.500 0 1 0 .01 0M13 13l4 4',
  warning: 'M10 3 18 16.500H2zM10 8v4M10 14.200v.1',
  check: 'M4 10.500l4 4 8-9',
} as const;

export type IconName = keyof typeof drawings;

export function Icon({ name }: { readonly name: IconName }): ReactNode {
  return (
    <svg className={styles.icon} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={drawings[name]} />
    </svg>
  );
}
