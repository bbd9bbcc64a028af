/**
 * Turns what PostgreSQL or the system wrote about a failure into one sentence that says what to do.
 * The original stays in `cause`.
 */
export const explainTrouble = (cause: unknown, directory: string): Error => {
  const text = cause instanceof Error ? cause.message : String(cause);
  const known = sentences.find(([sign]) => sign.test(text));
  const sentence = known?.[1](directory) ?? `PostgreSQL did not start: ${lastWords(text)}`;
  return new Error(sentence, { cause });
};

type Sentence = (directory: string) => string;

const sentences: readonly (readonly [RegExp, Sentence])[] = [
  [
    /No space left on device|ENOSPC|EDQUOT|Disk quota exceeded/,
    (directory) => `the disk that holds ${directory} is full; free some space and start again`,
  ],
  [
    /Read-only file system|EROFS|EACCES|EPERM|Permission denied/,
    (directory) => `${directory} cannot be written; allow it or choose another place for the data`,
  ],
  [
    /incompatible with (this version|server)|initialized by PostgreSQL version/,
    (directory) =>
      `the data in ${directory} were made by another version of PostgreSQL; ` +
      'start the Kabinet that made them, or begin anew with --fresh',
  ],
];

/** The line that matters: what PostgreSQL calls FATAL or an error, else the last one. */
const lastWords = (text: string): string => {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const named = lines.findLast((line) => /FATAL|PANIC|error:/.test(line));
  return (named ?? lines.at(-1) ?? 'it left no message').trim().slice(0, 300);
};
