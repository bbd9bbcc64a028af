import { readdirSync, readFileSync } from 'node:fs';

/** Processor time in clock ticks, of which a second has a hundred. */
export interface CpuTime {
  /** Of this process and all below it, the ended ones as well. */
  readonly own: number;
  /** Of the whole machine, and how much of it there was. */
  readonly busy: number;
  readonly total: number;
}

export const ticksPerSecond = 100;

/** Reads what was used so far. */
export function cpuTime(): CpuTime {
  const [, ...fields] = (readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '').split(/ +/);
  const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, ...more] = fields.map(Number);
  // The last two are contained in the first two; what others took of our processors (steal) is not ours to judge.
  const interrupts = (more[0] ?? 0) + (more[1] ?? 0);
  const busy = user + nice + system + interrupts;
  return { own: ownTicks(), busy, total: busy + idle + wait };
}

/** What was used between two readings: ticks of our own, and the share of the machine that others had. */
export const usedBetween = (before: CpuTime, after: CpuTime) => {
  const own = after.own - before.own;
  const foreign = after.busy - before.busy - own;
  return { own, foreignShare: Math.max(0, foreign) / Math.max(1, after.total - before.total) };
};

interface Process {
  readonly parent: number;
  readonly ticks: number;
}

function ownTicks(): number {
  const all = new Map<number, Process>();
  for (const name of readdirSync('/proc')) {
    const process = /^\d+$/.test(name) ? processAt(name) : undefined;
    if (process !== undefined) all.set(Number(name), process);
  }
  let ticks = 0;
  for (const [pid, each] of all) if (isBelow(pid, all)) ticks += each.ticks;
  return ticks;
}

function isBelow(pid: number, all: ReadonlyMap<number, Process>): boolean {
  for (let at = pid; at > 1; at = all.get(at)?.parent ?? 0) if (at === process.pid) return true;
  return false;
}

function processAt(pid: string): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name may hold spaces; the fields after its closing bracket do not.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [parent = 0] = fields.slice(1);
    return { parent, ticks: fields.slice(11, 15).reduce((sum, each) => sum + each, 0) };
  } catch {
    return undefined;
  }
}
