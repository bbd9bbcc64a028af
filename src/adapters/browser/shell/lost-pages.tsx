import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useText } from '../i18n/text.ts';
import { Button, buttonClass } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { PlainShell } from './plain-shell.tsx';

/** One page for what is not there and what is not yours: nobody learns which. */
export function NotFound(): ReactNode {
  const text = useText();
  return (
    <Sheet>
      <PageHeading title={text('lost.title')}>{text('lost.title')}</PageHeading>
      <Empty drawing="magnifier">
        <p>{text('lost.text')}</p>
        <Link to="/" className={buttonClass('main')}>
          {text('lost.home')}
        </Link>
      </Empty>
    </Sheet>
  );
}

/** An address that leads nowhere. */
export function NotFoundPage(): ReactNode {
  return (
    <PlainShell>
      <NotFound />
    </PlainShell>
  );
}

/** The page itself broke: say what that means for money, offer to open it again. */
export function BrokenPage({ reset }: ErrorComponentProps): ReactNode {
  const text = useText();
  const reload = (): void => {
    reset();
    window.location.reload();
  };
  return (
    <Sheet>
      <PageHeading title={text('broken.title')}>{text('broken.title')}</PageHeading>
      <p>{text('broken.text')}</p>
      <div>
        <Button look="main" onPress={reload}>
          {text('broken.reload')}
        </Button>
      </div>
    </Sheet>
  );
}
