import { useMutation } from '@tanstack/react-query';
import { useId, type ChangeEvent, type ReactNode } from 'react';
import type { ReceiptDocumentCheckJson } from '../../http/contract/receipt-json.ts';
import { Problem } from '../api/problem.ts';
import { checkReceiptFile } from '../api/receipt-calls.ts';
import { useText } from '../i18n/text.ts';
import { Icon } from '../parts/icon.tsx';
import { Loading } from '../parts/loading.tsx';
import { Notice } from '../parts/notice.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { CheckedLines } from './checked-lines.tsx';
import { verdictTexts } from './receipt-words.ts';
import styles from './verify.module.css';

const mostBytes = 16 * 1024;

class NoReceiptFile extends Error {}

async function askAbout(file: File): Promise<ReceiptDocumentCheckJson> {
  if (file.size > mostBytes) throw new NoReceiptFile();
  let document: unknown;
  try {
    document = JSON.parse(await file.text());
  } catch {
    throw new NoReceiptFile();
  }
  return checkReceiptFile(document);
}

/** Checks the signed JSON that is attached to a PDF: every figure of it, not only those a person compares. */
export function CheckFile(): ReactNode {
  const text = useText();
  const id = useId();
  const check = useMutation({ mutationFn: askAbout });
  const choose = ({ target }: ChangeEvent<HTMLInputElement>): void => {
    const file = target.files?.[0];
    if (file !== undefined) check.mutate(file);
    // The same file may be chosen again.
    target.value = '';
  };
  const { error } = check;
  const isNone =
    error instanceof NoReceiptFile || (error instanceof Problem && error.status === 400);
  return (
    <details className={styles.file}>
      <summary>{text('verify.file-title')}</summary>
      <label htmlFor={id}>{text('verify.file-label')}</label>
      <input id={id} type="file" accept="application/json,.json" onChange={choose} />
      {check.isPending && <Loading lines={['long', 'long']} onRetry={check.reset} />}
      {isNone && (
        <div role="alert">
          <Notice look="bad">
            <p>{text('verify.file-none')}</p>
          </Notice>
        </div>
      )}
      {error !== null && !isNone && <Trouble error={error} onRetry={check.reset} />}
      {check.data !== undefined && <Answer check={check.data} />}
    </details>
  );
}

function Answer({ check }: { readonly check: ReceiptDocumentCheckJson }): ReactNode {
  const text = useText();
  if (check.verdict === 'valid') {
    return (
      <>
        <p role="status" className={styles.genuine}>
          <Icon name="check" />
          {text(verdictTexts.valid)}
        </p>
        <CheckedLines receipt={check.receipt} />
      </>
    );
  }
  return (
    <div role="alert">
      <Notice look="bad">
        <p>{text(verdictTexts[check.verdict])}</p>
        {check.verdict === 'altered' && check.changed.length > 0 && (
          <p>{text('verify.file-changed', { members: check.changed.join(', ') })}</p>
        )}
      </Notice>
    </div>
  );
}
