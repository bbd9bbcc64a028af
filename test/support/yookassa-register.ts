/** Heading of YooKassa's register, as it is read. */
export const registerHeading = [
  ...['Идентификатор платежа', 'Сумма платежа', 'Валюта платежа'],
  ...['Сумма платежа без комиссии', 'Время создания платежа', 'Описание платежа'],
].join(';');

interface Line {
  readonly gross?: string;
  readonly currency?: string;
  readonly net?: string;
  readonly text?: string;
}
/** A payment of 1234.50 as the register has it: at noon, with a fee of 34.50. */
export const lineOf = (ref: string, { gross, currency, net, text }: Line = {}): string =>
  [ref, gross ?? '1234.50', currency ?? 'RUB', net ?? '1200.00', '11.03.2026 12:00:00', text ?? '']
    .map((cell) => `"${cell}"`)
    .join(';');

/** The bytes of a register with these lines. */
export const registerFile = (...lines: string[]): string =>
  `\uFEFF${[registerHeading, ...lines].join('\r\n')}\r\n`;
