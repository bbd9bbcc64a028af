// Writes the three files of a made-up company, the same for the same seed:
// node scripts/make-company.ts --customers 1000 --operations 50000 --seed 1 --out company
import { createWriteStream, mkdirSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '1000' },
    operations: { type: 'string', default: '50000' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: 'company' },
  },
});
const customerCount = Number(values.customers);
const operationCount = Number(values.operations);

/** mulberry32: small, seeded, good enough for made-up people. */
const dice = (seed: number) => {
  let state = seed >>> 0;
  return (below: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
};
const roll = dice(Number(values.seed));
const pick = <Value>(list: readonly Value[]): Value => {
  const found = list[roll(list.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
};

const firstNames = [
  'Анна',
  'Иван',
  'Мария',
  'Пётр',
  'Ольга',
  'Сергей',
  'Елена',
  'Дмитрий',
] as const;
const lastNames = ['Соколовы', 'Кузнецовы', 'Орловы', 'Лебедевы', 'Морозовы', 'Беловы'] as const;
const firms = [
  'ООО «Ромашка»',
  'АО "Свет, тепло и Ко"',
  'ИП Смирнов',
  'Smith, Jones & Co',
] as const;
const titles = ['Квартира', 'Гараж', 'Дача, ул. Лесная, 5', 'Офис "Север"', 'Кладовая'] as const;
const currencies = ['RUB', 'RUB', 'RUB', 'RUB', 'KZT', 'EUR', 'JPY', 'KWD'] as const;
const digitsOf: Readonly<Record<string, number>> = { JPY: 0, KWD: 3 };
const charges = [
  'Начисление за отопление',
  'Начисление за воду, холодную и горячую',
  'Содержание жилья',
  'Internet "Home 500"',
  'Электроэнергия\nдень 210 кВт·ч, ночь 95 кВт·ч',
  'Вывоз мусора',
] as const;
const payments = [
  'Оплата через банк',
  'Платёж по поручению № 17, без НДС',
  'Bank transfer',
] as const;
const credits = [
  ['payment', payments],
  ['payment', payments],
  ['payment', payments],
  ['refund', ['Возврат переплаты']],
  ['correction', ['Перерасчёт за "недопоставку"']],
] as const;

const cell = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
const amount = (minor: number, digits: number): string => {
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const sign = minor < 0 ? '-' : '';
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
};

const write = async (name: string, header: string, lines: Iterable<readonly string[]>) => {
  const stream = createWriteStream(join(values.out, name));
  stream.write(`${header}\r\n`);
  for (const line of lines) {
    if (!stream.write(`${line.map(cell).join(',')}\r\n`)) await once(stream, 'drain');
  }
  stream.end();
  await finished(stream);
};

const contractOf = (customer: number): string => String(8_000_001 + customer);
function* customers() {
  for (let n = 0; n < customerCount; n += 1) {
    const isFirm = roll(10) === 0;
    const name = isFirm ? pick(firms) : `${pick(firstNames)} ${pick(lastNames)}`;
    const phone = `+79${String(100_000_000 + ((n * 7919) % 190_000_000))}`;
    const email = roll(3) === 0 ? '' : `customer${n}@example.org`;
    yield [contractOf(n), name, phone, email, roll(8) === 0 ? 'en' : 'ru'];
  }
}

const accounts: { readonly number: string; readonly currency: string }[] = [];
function* accountLines() {
  for (let n = 0; n < customerCount; n += 1) {
    const count = 1 + roll(3);
    for (let place = 1; place <= count; place += 1) {
      const number = `${contractOf(n)}-${place}`;
      const currency = pick(currencies);
      accounts.push({ number, currency });
      const day = new Date(Date.UTC(2015, 0, 1 + roll(3_000))).toISOString().slice(0, 10);
      yield [number, contractOf(n), currency, day, pick(titles)];
    }
  }
}

function* operations(): Generator<readonly string[]> {
  const begin = Date.UTC(2024, 0, 1);
  const spanMs = 690 * 86_400_000;
  for (let n = 0; n < operationCount; n += 1) {
    const { number, currency } = accounts[roll(accounts.length)] ?? { number: '', currency: 'RUB' };
    const digits = digitsOf[currency] ?? 2;
    const at = new Date(begin + Math.floor((spanMs * n) / operationCount) + roll(60_000));
    const size = (100 + roll(900_000)) * 10 ** Math.max(0, digits - 2);
    const isCharge = roll(5) < 3;
    const [kind, texts] = isCharge ? (['charge', charges] as const) : pick(credits);
    const text = pick<string>(texts);
    const counterparty = roll(3) === 0 ? pick(firms) : '';
    const sum = amount(isCharge ? -size : size, digits);
    yield [`OP-${n + 1}`, number, at.toISOString(), kind, sum, text, counterparty];
  }
}

mkdirSync(values.out, { recursive: true });
await write('customers.csv', 'contract,name,phone,email,locale', customers());
await write('accounts.csv', 'number,contract,currency,opened_on,title', accountLines());
await write(
  'operations.csv',
  'id,account,posted_at,kind,amount,description,counterparty',
  operations(),
);
console.log(
  `${values.out}: ${customerCount} customers, ${accounts.length} accounts, ${operationCount} operations`,
);
