import { type ReactNode, useSyncExternalStore } from 'react';
import { useText } from '../i18n/text.ts';
import styles from './shell.module.css';

/** Whether the device believes it has a network. */
export function useOnline(): boolean {
  return useSyncExternalStore(subscribe, () => navigator.onLine);
}

/** Says that figures may be old and payments must wait, while there is no network. */
export function OfflineBanner(): ReactNode {
  const text = useText();
  const isOnline = useOnline();
  return (
    <div role="status" className={styles.offlinePlace}>
      {!isOnline && <p className={styles.offline}>{text('shell.offline')}</p>}
    </div>
  );
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}
