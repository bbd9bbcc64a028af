import { Agent, request } from 'node:http';

/** One closed load: how many answers with status 200 came in a time, and how fast. */
export interface Load {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const connections = 8;

/** Asks one address over a few kept connections for so long; anything but 200 is an error. */
export async function load(
  url: string,
  headers: Readonly<Record<string, string>>,
  ms: number,
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  const end = performance.now() + ms;
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      const start = performance.now();
      await ask(url, headers, agent);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor((times.length - 1) * share)] ?? 0;
  return { perSecond: (times.length * 1_000) / ms, p50Ms: at(0.5), p99Ms: at(0.99) };
}

const ask = (url: string, headers: Readonly<Record<string, string>>, agent: Agent): Promise<void> =>
  new Promise((resolve, reject) => {
    request(url, { agent, headers }, (response) => {
      response.resume();
      response.on('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${url} answered ${String(response.statusCode)}`));
      });
    })
      .on('error', reject)
      .end();
  });

export const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
