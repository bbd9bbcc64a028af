import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { operationsFile, type SpreadsheetForm } from '../api/file-calls.ts';
import { keepFile } from '../api/keep-file.ts';
import { useLocale, useText } from '../i18n/text.ts';
import { Announcer } from '../parts/announcer.tsx';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { FileTrouble } from './file-trouble.tsx';
import styles from './history.module.css';
import type { OperationFilters } from './operation-filters.ts';

interface ExportButtonsProps {
  readonly accountId: string;
  readonly filters: OperationFilters;
}

/** The operations that are shown, all of them, as a file for a spreadsheet. */
export function ExportButtons({ accountId, filters }: ExportButtonsProps): ReactNode {
  const text = useText();
  const locale = useLocale();
  const fetching = useMutation({
    mutationFn: (form: SpreadsheetForm) => operationsFile(accountId, form, { ...filters, locale }),
    onSuccess: keepFile,
  });
  const button = (form: SpreadsheetForm, title: string): ReactNode => {
    const isBusy = fetching.isPending && fetching.variables === form;
    return (
      <Button
        look="quiet"
        busyText={isBusy ? text('statement.making') : undefined}
        onPress={() => {
          if (!fetching.isPending) fetching.mutate(form);
        }}
      >
        <Icon name="download" />
        {title}
      </Button>
    );
  };
  return (
    <>
      <div className={styles.exports} role="group" aria-label={text('export.title')}>
        {button('xlsx', text('export.xlsx'))}
        {button('csv', text('export.csv'))}
      </div>
      {fetching.isError && <FileTrouble error={fetching.error} />}
      <Announcer text={fetching.isSuccess ? text('statement.ready') : ''} />
    </>
  );
}
