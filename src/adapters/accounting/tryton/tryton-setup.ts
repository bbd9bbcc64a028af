import type { TrytonCall } from './tryton-talk.ts';

/** What a fresh book is made with. */
export interface TrytonBook {
  readonly company: string;
  readonly firstYear: number;
  readonly lastYear: number;
}

const rouble = {
  name: 'Rouble',
  symbol: '₽',
  code: 'RUB',
  numeric_code: '643',
  digits: 2,
  rounding: { __class__: 'Decimal', decimal: '0.01' },
};

/**
 * Makes an empty book ready once: currency, company, chart of accounts and years. The user who calls becomes a user
 * of the company, so its next session sees it.
 */
export async function setUpTryton(call: TrytonCall, book: TrytonBook): Promise<void> {
  const create = async (model: string, values: unknown): Promise<number> => {
    const [id] = (await call(`model.${model}.create`, [values])) as number[];
    if (id === undefined) throw new Error(`Tryton has made no ${model}`);
    return id;
  };
  const currency = await create('currency.currency', rouble);
  const others = [
    { ...rouble, name: 'Euro', symbol: '€', code: 'EUR', numeric_code: '978' },
    { ...rouble, name: 'US Dollar', symbol: '$', code: 'USD', numeric_code: '840' },
    { ...rouble, name: 'Tenge', symbol: '₸', code: 'KZT', numeric_code: '398' },
    whole({ ...rouble, name: 'Yen', symbol: '¥', code: 'JPY', numeric_code: '392' }, 0, '1'),
    whole({ ...rouble, name: 'Kuwaiti Dinar', code: 'KWD', numeric_code: '414' }, 3, '0.001'),
  ];
  for (const other of others) await create('currency.currency', other);
  const party = await create('party.party', { name: book.company });
  const company = await create('company.company', { party, currency });
  const users = [['login', '=', 'admin']];
  const [user] = (await call('model.res.user.search', users, 0, 1, null)) as [number];
  await call('model.res.user.write', [user], { companies: [['add', [company]]], company });
  await createChart(call, company);
  await createYears(create, call, company, book);
}

const whole = (currency: typeof rouble, digits: number, rounding: string) => ({
  ...currency,
  digits,
  rounding: { __class__: 'Decimal', decimal: rounding },
});

async function createChart(call: TrytonCall, company: number): Promise<void> {
  const [template] = (await call(
    'model.ir.model.data.search_read',
    [
      ['module', '=', 'account'],
      ['fs_id', '=', 'account_template_root_en'],
    ],
    0,
    1,
    null,
    ['db_id'],
  )) as [{ readonly db_id: number }];
  const [session] = (await call('wizard.account.create_chart.create')) as [number];
  const account = { company, account_template: template.db_id };
  await call('wizard.account.create_chart.execute', session, { account }, 'create_account');
  const kind = async (field: string) => {
    const domain = [
      ['company', '=', company],
      [field, '=', true],
    ];
    const ids = (await call('model.account.account.search', domain, 0, 1, null)) as number[];
    return ids[0];
  };
  const properties = {
    company,
    account_receivable: await kind('type.receivable'),
    account_payable: await kind('type.payable'),
  };
  const forms = { account, properties };
  await call('wizard.account.create_chart.execute', session, forms, 'create_properties');
  await call('wizard.account.create_chart.delete', session);
}

async function createYears(
  create: (model: string, values: unknown) => Promise<number>,
  call: TrytonCall,
  company: number,
  { firstYear, lastYear }: TrytonBook,
): Promise<void> {
  const types = [['name', '=', 'Account Move']];
  const [type] = (await call('model.ir.sequence.type.search', types, 0, 1, null)) as [number];
  const date = (year: number, month: number, day: number) => ({
    __class__: 'date',
    ...{ year, month, day },
  });
  for (let year = firstYear; year <= lastYear; year += 1) {
    const name = String(year);
    const sequence = await create('ir.sequence', {
      name: `Moves of ${name}`,
      sequence_type: type,
      company,
    });
    const fiscal = await create('account.fiscalyear', {
      name,
      company,
      start_date: date(year, 1, 1),
      end_date: date(year, 12, 31),
      post_move_sequence: sequence,
    });
    await call('model.account.fiscalyear.create_period', [fiscal]);
  }
}
