import { type ReactNode, useState } from 'react';
import type { LogoJson } from '../../http/contract/logo-json.ts';
import styles from './company-mark.module.css';

interface CompanyMarkProps {
  readonly logo: LogoJson | undefined;
  readonly place: 'header' | 'slip';
}

/** The company's logo. Its name stands beside it, so it is read out once; nothing where it cannot be had. */
export function CompanyMark({ logo, place }: CompanyMarkProps): ReactNode {
  const [isGone, setIsGone] = useState(false);
  if (logo === undefined || isGone) return null;
  return (
    <img
      src={logo.path}
      width={logo.width}
      height={logo.height}
      alt=""
      className={`${styles.mark ?? ''} ${styles[place] ?? ''}`}
      onError={() => {
        setIsGone(true);
      }}
    />
  );
}
