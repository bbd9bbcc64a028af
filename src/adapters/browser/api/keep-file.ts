import type { ServedFile } from './call.ts';

const keptMs = 60_000;

/** Has the browser keep a file, as if a link to it had been followed. */
export function keepFile({ blob, name }: ServedFile): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Some browsers read the file only after a moment.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, keptMs);
}
