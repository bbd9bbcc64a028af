/** A message the operator takes, or why not: the operator's status number and its words. */
export type SmsRequest = AcceptableSms | SmsRefusal;

export interface AcceptableSms {
  readonly status: '0';
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly type: 'text' | 'unicode' | 'binary';
  readonly clientRef: string | undefined;
  readonly accountRef: string | undefined;
}

export interface SmsRefusal {
  readonly status: string;
  readonly errorText: string;
}

export type Fields = ReadonlyMap<string, string>;

const types = ['text', 'unicode', 'binary'] as const;

/** Checks the fields in the operator's order: what is missing (2), then what is wrong. */
export function readSmsRequest(fields: Fields): SmsRequest {
  const type = types.find((each) => each === (fields.get('type') ?? 'text'));
  if (type === undefined) return refuse('3', 'Invalid value for param: type');
  const needed = ['to', 'from', ...(type === 'binary' ? ['body', 'udh'] : ['text'])];
  const missing = needed.find((name) => !fields.get(name));
  if (missing !== undefined) return refuse('2', `Missing ${missing} param`);

  const wrong = checks.find(([name, isFine]) => {
    const value = fields.get(name);
    return value !== undefined && !isFine(value);
  });
  if (wrong !== undefined) return refuse(wrong[2], `${wrong[3]}: ${wrong[0]}`);
  return {
    status: '0',
    from: fields.get('from') ?? '',
    to: fields.get('to') ?? '',
    text: fields.get('text') ?? '',
    type,
    clientRef: fields.get('client-ref'),
    accountRef: fields.get('account-ref'),
  };
}

type Check = readonly [
  field: string,
  isFine: (value: string) => boolean,
  status: string,
  words: string,
];

const checks: readonly Check[] = [
  ['to', (to) => /^\d{7,15}$/.test(to), '3', 'Invalid value for param'],
  ['ttl', (ttl) => isWithin(ttl, 20_000, 604_800_000), '3', 'Invalid value for param'],
  ['message-class', (flash) => isWithin(flash, 0, 3), '3', 'Invalid value for param'],
  ['client-ref', (ref) => ref.length <= 40, '3', 'Invalid value for param'],
  ['status-report-req', (is) => /^(true|false|0|1)$/.test(is), '3', 'Invalid value for param'],
  ['callback', (url) => /^https?:/.test(url) && URL.canParse(url), '23', 'Invalid callback URL'],
  ['text', (text) => text.length <= 3_200, '12', 'Message too long'],
  ['from', isSender, '15', 'Illegal sender address - rejected'],
  // No country's code begins with a zero.
  ['to', (to) => !to.startsWith('0'), '6', 'Unroutable message - rejected'],
];

function isSender(from: string): boolean {
  return /^\d{1,15}$/.test(from) || /^[A-Za-z0-9._-]{1,11}$/.test(from);
}

function isWithin(text: string, least: number, most: number): boolean {
  return /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;
}

function refuse(status: string, errorText: string): SmsRefusal {
  return { status, errorText };
}
