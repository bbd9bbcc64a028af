import type { OperationKind } from './operation-filters.ts';

/** Catalogue ids of the kinds of operation. */
export const kindTexts: Readonly<Record<OperationKind, string>> = {
  charge: 'kind.charge',
  payment: 'kind.payment',
  refund: 'kind.refund',
  penalty: 'kind.penalty',
  correction: 'kind.correction',
  transfer: 'kind.transfer',
};
