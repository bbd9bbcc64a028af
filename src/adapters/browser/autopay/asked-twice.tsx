import { type ReactNode, useState } from 'react';
import { useText } from '../i18n/text.ts';
import { Button } from '../parts/button.tsx';
import { Notice } from '../parts/notice.tsx';
import styles from './autopay.module.css';
import { useChange } from './use-change.ts';

interface AskedTwiceProps {
  /** The button, and what it asks before it does anything. */
  readonly word: string;
  readonly question: string;
  readonly yes: string;
  readonly no: string;
  /** Names the button apart from others of the same word. */
  readonly label: string;
  readonly work: () => Promise<unknown>;
}

/** Something that is not easily undone: asked about in place before it is done. */
export function AskedTwice(props: AskedTwiceProps): ReactNode {
  const { word, question, yes, no, label, work } = props;
  const text = useText();
  const [isAsking, setAsking] = useState(false);
  const change = useChange(work);
  if (!isAsking) {
    return (
      <Button
        look="quiet"
        label={label}
        onPress={() => {
          setAsking(true);
        }}
      >
        {word}
      </Button>
    );
  }
  return (
    <div role="alert" className={styles.question}>
      <p>{question}</p>
      <div className={styles.buttons}>
        <Button onPress={change.start} busyText={change.isBusy ? text('autopay.busy') : undefined}>
          {yes}
        </Button>
        <Button
          look="quiet"
          onPress={() => {
            setAsking(false);
          }}
        >
          {no}
        </Button>
      </div>
      {change.mistake !== undefined && <Notice look="bad">{change.mistake}</Notice>}
    </div>
  );
}
