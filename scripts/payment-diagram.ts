import { paymentMoves } from '../src/domain/payment-moves.ts';

const place = /(<!-- payment-moves -->\n)[\s\S]*?(<!-- \/payment-moves -->)/;

/** The text with the payment states drawn anew, from the table of moves, between its two marks. */
export function paymentDiagram(text: string): string {
  const moves = paymentMoves.map(({ from, to, because }) => `  ${from} --> ${to}: ${because}`);
  const drawing = [
    '',
    '```mermaid',
    'stateDiagram-v2',
    '  [*] --> created',
    ...moves,
    '```',
    '',
    '',
  ];
  return text.replace(place, (_, begin: string, end: string) => begin + drawing.join('\n') + end);
}
