import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { type StatementForm as Form, statementFile, statementForms } from '../api/file-calls.ts';
import { keepFile } from '../api/keep-file.ts';
import { useLocale, useText } from '../i18n/text.ts';
import { useMoments } from '../i18n/use-moments.ts';
import { Announcer } from '../parts/announcer.tsx';
import { Button } from '../parts/button.tsx';
import { Choice } from '../parts/choice.tsx';
import { Icon } from '../parts/icon.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { DayField } from './day-field.tsx';
import { FileTrouble } from './file-trouble.tsx';
import styles from './history.module.css';
import { StatementMail } from './statement-mail.tsx';
import { type Days, statementDays, statementPeriods } from './statement-periods.ts';

const periodTexts = {
  'this-month': 'period.this-month',
  'last-month': 'period.last-month',
  'this-quarter': 'period.this-quarter',
  'last-quarter': 'period.last-quarter',
  'this-year': 'period.this-year',
  'last-year': 'period.last-year',
} as const;
const formTexts: Readonly<Record<Form, string>> = {
  pdf: 'statement.pdf',
  xlsx: 'statement.xlsx',
  csv: 'statement.csv',
};

/** A statement of the account over any period, as a file to keep. */
export function StatementForm({ accountId }: { readonly accountId: string }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const today = useMoments().today();
  const [period, setPeriod] = useState<string>('this-month');
  const [own, setOwn] = useState<Days>();
  const [form, setForm] = useState<Form>('pdf');
  const named = statementPeriods.find((each) => each === period);
  const days = named === undefined ? own : statementDays(named, today);
  const fetching = useMutation({
    mutationFn: (wanted: Days) => statementFile(accountId, form, { ...wanted, locale }),
    onSuccess: keepFile,
  });
  const choosePeriod = (chosen: string): void => {
    fetching.reset();
    // Own days begin with those that were chosen last.
    if (chosen === 'own') setOwn(days);
    setPeriod(chosen);
  };
  const setDay = (end: 'from' | 'to', day: string): void => {
    fetching.reset();
    setOwn({ from: own?.from ?? today, to: own?.to ?? today, [end]: day });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (days !== undefined && !fetching.isPending) fetching.mutate(days);
  };
  return (
    <Sheet labelledBy="statement">
      <h2 id="statement">{text('statement.title')}</h2>
      <form className={styles.statement} onSubmit={submit} noValidate>
        <Choice
          label={text('filter.period')}
          value={period}
          onChange={choosePeriod}
          options={[
            ...statementPeriods.map((each) => ({ value: each, title: text(periodTexts[each]) })),
            { value: 'own', title: text('period.own') },
          ]}
        />
        <Choice
          label={text('statement.form')}
          value={form}
          onChange={(chosen) => {
            fetching.reset();
            setForm(statementForms.find((each) => each === chosen) ?? 'pdf');
          }}
          options={statementForms.map((each) => ({ value: each, title: text(formTexts[each]) }))}
        />
        {period === 'own' && (
          <div className={styles.days}>
            <DayField
              label={text('filter.from')}
              day={own?.from}
              most={today}
              onDay={(day) => {
                setDay('from', day);
              }}
            />
            <DayField
              label={text('filter.to')}
              day={own?.to}
              most={today}
              onDay={(day) => {
                setDay('to', day);
              }}
            />
          </div>
        )}
        <Button type="submit" busyText={fetching.isPending ? text('statement.making') : undefined}>
          <Icon name="download" />
          {text('statement.download')}
        </Button>
      </form>
      {/* Another period is another wish. */}
      <StatementMail
        key={`${days?.from ?? ''} ${days?.to ?? ''}`}
        accountId={accountId}
        days={days}
      />
      {fetching.isError && <FileTrouble error={fetching.error} />}
      <Announcer text={fetching.isSuccess ? text('statement.ready') : ''} />
    </Sheet>
  );
}
