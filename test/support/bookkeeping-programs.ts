import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ensurePackage } from './debian-package.ts';

/** True when both programs are there or could be installed; else the reason. */
export const ensureBookkeeping = async (): Promise<true | string> => {
  const answers = [
    await ensurePackage('hledger', '/usr/bin/hledger'),
    await ensurePackage('ledger', '/usr/bin/ledger'),
  ];
  return answers.find((answer) => answer !== true) ?? true;
};

const run = async (program: string, ...args: readonly string[]): Promise<string> => {
  const env = { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };
  const done = await promisify(execFile)(program, [...args], { env, maxBuffer: 2 ** 28 });
  return done.stdout;
};

/** A balance of one currency on one account, in the currency's smallest unit. */
export type Balances = ReadonlyMap<string, bigint>;

/** Throws with hledger's own words for a journal it does not accept. */
export const hledgerChecks = (file: string): Promise<string> =>
  run('hledger', 'check', '--strict', 'ordereddates', '-f', file);

/** What hledger reads the journal to say: mantissas and places as they stand, so nothing is rounded on the way. */
export async function hledgerBalances(
  file: string,
  digits: (currency: string) => number,
): Promise<Balances> {
  const text = await run(
    'hledger',
    'bal',
    '--flat',
    '--no-elide',
    '--empty',
    '-O',
    'json',
    '-f',
    file,
  );
  // hledger writes mantissas as whole numbers of any size, which JSON.parse would round.
  const exact = text.replaceAll(/"decimalMantissa":\s*(-?[\d.eE+]+)/g, '"decimalMantissa":"$1"');
  const [rows] = JSON.parse(exact) as [
    readonly [string, string, number, readonly HledgerAmount[]][],
  ];
  const balances = new Map<string, bigint>();
  for (const [account, , , amounts] of rows) {
    for (const { acommodity, aquantity } of amounts) {
      const { decimalMantissa, decimalPlaces } = aquantity;
      const scale = digits(acommodity) - decimalPlaces;
      const minor = wholeOf(decimalMantissa);
      if (scale < 0 && minor % 10n ** BigInt(-scale) !== 0n)
        throw new Error(`${account}: ${decimalMantissa}e-${decimalPlaces}`);
      const whole = scale < 0 ? minor / 10n ** BigInt(-scale) : minor * 10n ** BigInt(scale);
      if (whole !== 0n) balances.set(`${account} ${acommodity}`, whole);
    }
  }
  return balances;
}

/** A whole number that may be written as `-1.25e20`. */
function wholeOf(text: string): bigint {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]\+?(\d+))?$/.exec(text) ?? [];
  const zeros = Number(exponent) - fraction.length;
  if (whole === '' || zeros < 0) throw new Error(`${text} is no whole number`);
  return BigInt(`${sign}${whole}${fraction}${'0'.repeat(zeros)}`);
}

interface HledgerAmount {
  readonly acommodity: string;
  readonly aquantity: { readonly decimalMantissa: string; readonly decimalPlaces: number };
}

/** What ledger reads the journal to say, in its pedantic mode. */
export async function ledgerBalances(file: string): Promise<Balances> {
  const text = await run(
    'ledger',
    '--pedantic',
    '-f',
    file,
    'reg',
    '--format',
    '%(account)|%(amount)\n',
  );
  const balances = new Map<string, bigint>();
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const [account = '', amount = ''] = line.split('|');
    const [, sign = '', number = '', currency = ''] =
      /^(-?)([\d.,]+) ([A-Z]{3})$/.exec(amount.trim()) ?? [];
    const minor = BigInt(number.replaceAll(/[.,]/g, '')) * (sign === '-' ? -1n : 1n);
    const key = `${account} ${currency}`;
    balances.set(key, (balances.get(key) ?? 0n) + minor);
  }
  return new Map([...balances].filter(([, minor]) => minor !== 0n));
}
