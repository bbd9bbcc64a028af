import type { Case } from './case.ts';

export type Mark = 'passed' | 'failed' | 'skipped';
const signs: Readonly<Record<Mark, string>> = { passed: '✓', failed: '✗', skipped: '–' };

/** The table provider × case: a row a case, with the names of what a dash stands for below. */
export function drawTable(
  cases: readonly Case[],
  marks: ReadonlyMap<string, ReadonlyMap<number, Mark>>,
): string {
  const codes = [...marks.keys()];
  const width = Math.max(...codes.map((code) => code.length), 6) + 2;
  const head = `${'case'.padEnd(6)}${codes.map((code) => code.padStart(width)).join('')}`;
  const rows = cases.map(({ no, title }) => {
    const cells = codes.map((code) => signs[marks.get(code)?.get(no) ?? 'failed'].padStart(width));
    return `${String(no).padEnd(6)}${cells.join('')}   ${title}`;
  });
  const counts = codes.map((code) => {
    const all = [...(marks.get(code)?.values() ?? [])];
    const count = (mark: Mark) => all.filter((each) => each === mark).length;
    return `${code}: ${String(count('passed'))} passed, ${String(count('failed'))} failed, ${String(count('skipped'))} not its business`;
  });
  return ['', head, ...rows, '', ...counts, '–  its protocol has nothing of the kind'].join('\n');
}
