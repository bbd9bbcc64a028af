import { SingleBar } from 'cli-progress';

/** Shows how far an import is: a bar on a terminal, a plain line every two seconds elsewhere. */
export interface ImportProgress {
  bytes(count: number): void;
  step(sentence: string): void;
  stop(): void;
}

const lineEveryMs = 2_000;

export const importProgress = (output: NodeJS.WriteStream, totalBytes: number): ImportProgress =>
  output.isTTY ? progressBar(output, totalBytes) : progressLines(output, totalBytes);

function progressBar(output: NodeJS.WriteStream, totalBytes: number): ImportProgress {
  const bar = new SingleBar({
    format: 'reading {bar} {percentage} %  {duration_formatted}  {step}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    stream: output,
  });
  bar.start(totalBytes, 0, { step: '' });
  return {
    bytes: (count) => {
      bar.increment(count);
    },
    step: (step) => {
      bar.update({ step });
    },
    stop: () => {
      bar.stop();
    },
  };
}

function progressLines(output: NodeJS.WriteStream, totalBytes: number): ImportProgress {
  const begin = performance.now();
  let readBytes = 0;
  let steps = 0;
  const say = (text: string): void => {
    const seconds = ((performance.now() - begin) / 1_000).toFixed(1);
    output.write(`${seconds.padStart(6)} s  ${text}\n`);
  };
  const timer = setInterval(() => {
    const percent = Math.floor((100 * readBytes) / Math.max(1, totalBytes));
    say(steps === 0 ? `read ${String(percent)} %` : 'working');
  }, lineEveryMs);
  return {
    bytes: (count) => {
      readBytes += count;
    },
    step: (sentence) => {
      steps += 1;
      say(sentence);
      timer.refresh();
    },
    stop: () => {
      clearInterval(timer);
    },
  };
}
