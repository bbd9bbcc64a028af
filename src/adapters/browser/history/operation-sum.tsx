import type { ReactNode } from 'react';
import type { OperationJson } from '../../http/contract/account-json.ts';
import { useText } from '../i18n/text.ts';
import { isNegative, isPositive } from '../money/money-sum.ts';
import { Amount } from '../parts/amount.tsx';
import { Spoken } from '../parts/announcer.tsx';

/** The sum of an operation: sign, colour, and the word for those who see neither. */
export function OperationSum({ operation }: { readonly operation: OperationJson }): ReactNode {
  const text = useText();
  const { amount } = operation;
  return (
    <>
      {!isPositive(amount) && !isNegative(amount) ? null : (
        <Spoken>{text(isPositive(amount) ? 'operation.in' : 'operation.out')} </Spoken>
      )}
      <Amount money={amount} sign="always" credit={isPositive(amount)} />
    </>
  );
}
