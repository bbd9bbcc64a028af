import type { ReactNode } from 'react';
import { useText } from '../i18n/text.ts';
import { Button, type ButtonLook } from '../parts/button.tsx';
import { Notice } from '../parts/notice.tsx';
import type { Act } from './use-act.ts';

interface ActButtonProps {
  readonly act: Act;
  readonly children: ReactNode;
  readonly look?: ButtonLook;
  readonly isDisabled?: boolean;
}

/** A button that does something at once. */
export function ActButton({ act, children, look, isDisabled }: ActButtonProps): ReactNode {
  const text = useText();
  return (
    <Button
      look={look ?? 'plain'}
      onPress={act.start}
      isDisabled={isDisabled ?? false}
      busyText={act.isBusy ? text('staff.acting') : undefined}
    >
      {children}
    </Button>
  );
}

/** Why something was refused. */
export function ActMistake({ act }: { readonly act: Act }): ReactNode {
  return (
    <div role="alert">{act.mistake !== undefined && <Notice look="bad">{act.mistake}</Notice>}</div>
  );
}
