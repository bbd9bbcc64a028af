import { BankFileRefused } from '../../../application/ports/bank-file.ts';

export interface Line {
  /** Counted from 1. */
  readonly number: number;
  readonly text: string;
}

/** Enough for the key that names the encoding. */
const headBytes = 4_096;
/** A line that is longer is no line of this format. */
const longestLine = 16_384;

const pages: Readonly<Record<string, string>> = { windows: 'windows-1251', dos: 'ibm866' };

/**
 * The lines of a file, as many at once as come together, in the encoding it declares, or in UTF-8 where it really is
 * that: programs write UTF-8 and declare `Windows` all the same. Lines have to be taken before more are asked for.
 */
export async function* clientBankLines(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Iterable<Line>> {
  let decoder: TextDecoder | undefined;
  let held: Uint8Array = new Uint8Array();
  let rest = '';
  let number = 0;
  const linesOf = function* (text: string, isLast: boolean): Generator<Line> {
    const lines = (rest + text).split('\n');
    rest = isLast ? '' : (lines.pop() ?? '');
    if (rest.length > longestLine) throw tooLong(number + 1);
    for (const line of lines) {
      number += 1;
      if (line.length > longestLine) throw tooLong(number);
      yield { number, text: line.replace(/\r$/, '') };
    }
  };
  const decoded = (bytes: Uint8Array, stream: boolean): string => {
    try {
      return decoder?.decode(bytes, { stream }) ?? '';
    } catch {
      throw new BankFileRefused('unknown-encoding', number + 1, 'here the text is UTF-8 no more');
    }
  };
  for await (const chunk of chunks) {
    if (decoder !== undefined) {
      yield linesOf(decoded(chunk, true), false);
      continue;
    }
    held = Buffer.concat([held, chunk]);
    if (held.length < headBytes) continue;
    decoder = decoderOf(held);
    yield linesOf(decoded(held, true), false);
  }
  decoder ??= decoderOf(held);
  const end = number === 0 && rest === '' ? decoded(held, false) : decoded(new Uint8Array(), false);
  yield linesOf(end, true);
}

const tooLong = (line: number): BankFileRefused =>
  new BankFileRefused('too-long', line, `more than ${String(longestLine)} characters`);

function decoderOf(head: Uint8Array): TextDecoder {
  if (isUtf8Head(head)) return new TextDecoder('utf-8', { fatal: true });
  // The key is looked for in both pages: they write it in different bytes.
  for (const [name, page] of Object.entries(pages)) {
    const text = new TextDecoder(page).decode(head);
    const declared = /^Кодировка=(.*?)\r?$/m.exec(text)?.[1]?.trim().toLowerCase();
    if (declared === name) return new TextDecoder(page);
    if (declared !== undefined && pages[declared] === undefined) {
      throw new BankFileRefused(
        'unknown-encoding',
        lineOf(text, 'Кодировка='),
        `the encoding ${declared} is neither Windows nor DOS`,
      );
    }
  }
  throw new BankFileRefused('unknown-encoding', 1, 'the file says nothing of its encoding');
}

/** A head may end in the middle of a character. */
function isUtf8Head(head: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

const lineOf = (text: string, key: string): number =>
  text.slice(0, text.indexOf(key)).split('\n').length;
