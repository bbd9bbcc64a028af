import { useLocation } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { useText } from '../i18n/text.ts';
import { companyName } from '../shell/company-name.ts';

interface PageHeadingProps {
  readonly children: ReactNode;
  /** The title of the window; it says when something on the page is wrong. */
  readonly title: string;
  readonly hasMistakes?: boolean;
}

let isFirstPage = true;

/** The one h1 of a page. Coming from another page, focus moves here and the title is read out. */
export function PageHeading({ children, title, hasMistakes }: PageHeadingProps): ReactNode {
  const text = useText();
  const heading = useRef<HTMLHeadingElement>(null);
  const path = useLocation({ select: (location) => location.pathname });

  useEffect(() => {
    if (!isFirstPage) heading.current?.focus({ preventScroll: true });
    isFirstPage = false;
  }, [path]);
  useEffect(() => {
    const mark = hasMistakes === true ? `${text('mistakes.in-title')} ` : '';
    document.title = `${mark}${title} — ${companyName() ?? text('shell.name')}`;
  });

  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
