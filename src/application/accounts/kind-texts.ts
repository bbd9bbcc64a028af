import type { Texts } from '../../domain/locale.ts';
import type { OperationKind } from '../../domain/operation.ts';

/** Kinds of operation as customers read them in files and on paper; the pages say the same. */
export const kindTexts: Readonly<Record<OperationKind, Texts>> = {
  charge: { ru: 'Начисление', en: 'Charge' },
  payment: { ru: 'Оплата', en: 'Payment' },
  refund: { ru: 'Возврат', en: 'Refund' },
  penalty: { ru: 'Пени', en: 'Late fee' },
  correction: { ru: 'Исправление', en: 'Correction' },
  transfer: { ru: 'Перевод', en: 'Transfer' },
};
