import { z } from 'zod';
import { join } from 'node:path';
import type { Money } from '../domain/money.ts';
import type { BankDetails } from '../domain/payment-order/bank-details.ts';
import { dataDirectory } from './database-urls.ts';
import {
  accountingEnvironment,
  accountingSettings,
  type AccountingSettings,
} from './accounting-settings.ts';
import { bankEnvironment, bankSettings } from './bank-settings.ts';
import { fiscalEnvironment, fiscalSettings, type FiscalSet } from './fiscal-settings.ts';
import { mailEnvironment, mailSettings } from './mail-settings.ts';
import type { MailSettings } from '../adapters/notify/mail.ts';
import { paymentEnvironment, paymentSettings, type PaymentSettings } from './payment-settings.ts';

/** Of the demo company, drawn by us: demo-logo.svg beside it is its source. */
const demoLogoFile = join(import.meta.dirname, 'demo-logo.png');

const port = z.coerce.number().int().min(0).max(65_535);
const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/$/, ''));

/** Everything that can be set from outside, with the values of the demo where nothing is set. */
const environment = z.object({
  PORT: port.default(8080),
  SIMULATORS_PORT: port.default(8090),
  METRICS_PORT: port.default(9464),
  GATEWAY_CONSOLE_PORT: port.default(8091),
  LISTEN: z.string().default('127.0.0.1'),
  PUBLIC_URL: url.optional(),
  SIMULATORS_URL: url.optional(),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(5).default(0),
  KABINET_KEYS: z.string().optional(),
  PORTAL_INSTANCE: z.enum(['portal-1', 'portal-2', 'portal-3', 'portal-4']).default('portal-1'),
  GATEWAY_INSTANCE: z
    .enum(['gateway-1', 'gateway-2', 'gateway-3', 'gateway-4'])
    .default('gateway-1'),
  BUDGETS_FILE: z.string().optional(),
  CANARIES_FILE: z.string().optional(),
  SETTLEMENTS_FILE: z.string().optional(),
  EXPORTS_FILE: z.string().optional(),
  AMQP_URL: z.url({ protocol: /^amqps?$/ }).optional(),
  NOTICES_FILE: z.string().optional(),
  INSIDE_NOTICES_FILE: z.string().optional(),
  ...paymentEnvironment.shape,
  ...accountingEnvironment.shape,
  ...fiscalEnvironment.shape,
  ...bankEnvironment.shape,
  ...mailEnvironment.shape,
  VONAGE_URL: url.optional(),
  VONAGE_API_KEY: z.string().default('kabinet'),
  VONAGE_API_SECRET: z.string().default('kabinet-demo-secret'),
  SMS_FROM: z.string().max(11).default('Kabinet'),
  COMPANY_NAME: z.string().optional(),
  COMPANY_LEGAL_NAME: z.string().default('ООО «Ромашка»'),
  COMPANY_TAX_NUMBER: z.string().default('7700000000'),
  COMPANY_ADDRESS: z.string().default('101000, Москва, ул. Примерная, 1'),
  COMPANY_SUPPORT: z.string().default('8 800 000-00-00, help@example.ru'),
  COMPANY_LOGO_FILE: z.string().optional(),
  COMPANY_TEXTS_FILE: z.string().optional(),
  TIME_ZONE: z.string().default('Europe/Moscow'),
  DETECTORS_FILE: z.string().optional(),
});

/** The settings of every program; each takes what it needs. */
export interface Config {
  readonly dataDirectory: string;
  readonly keysDirectory: string;
  readonly browserDirectory: string;
  readonly listen: string;
  readonly port: number;
  readonly simulatorsPort: number;
  readonly metricsPort: number;
  /** Of the pages for people who watch the gateway. */
  readonly consolePort: number;
  readonly publicUrl: string;
  readonly simulatorsUrl: string;
  readonly proxies: number;
  readonly portalInstance: string;
  readonly gatewayInstance: string;
  /** Where the inside keeps what it grants. */
  readonly budgetsFile: string;
  /** Where the inside keeps the ids that nobody has. */
  readonly canariesFile: string;
  /** How transfers of payment systems are told in a bank's statement. */
  readonly settlementsFile: string;
  /** What other programs get of the books every day, and where; nothing without it. */
  readonly exportsFile: string | undefined;
  readonly amqpUrl: string | undefined;
  /** People and channels of the inside, who are told when a gateway falls silent. */
  readonly insideNoticesFile: string | undefined;
  /** People and channels who are told of incidents. */
  readonly noticesFile: string | undefined;
  /** Settings of the gateway’s detectors that differ from the usual ones. */
  readonly detectorsFile: string | undefined;
  readonly payments: PaymentSettings;
  readonly accounting: AccountingSettings;
  /** What one person may let pass of differences, by currency and day. */
  readonly toleratedADay: readonly Money[];
  /** Absent where bills cannot be paid by transfer. */
  readonly bank: BankDetails | undefined;
  /** Absent where no fiscal receipts are made. */
  readonly fiscal: FiscalSet | undefined;
  readonly vonage: {
    readonly url: string;
    readonly apiKey: string;
    readonly apiSecret: string;
    readonly from: string;
  };
  /** Letters to customers; absent where none are sent. */
  readonly mail: MailSettings | undefined;
  readonly company: {
    readonly name: string;
    readonly legalName: string;
    readonly taxNumber: string;
    readonly address: string;
    readonly support: string;
    readonly timeZone: string;
  };
  /** The company's picture on pages and documents; the demo company has one of its own. */
  readonly logoFile: string | undefined;
  /** What the company says of its own at the end of documents. */
  readonly textsFile: string | undefined;
}

/** Reads the settings; throws an Error of one sentence that names the variable which is wrong. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`${issue?.path.join('.') ?? 'a setting'} is wrong: ${issue?.message ?? ''}`);
  }
  const set = parsed.data;
  const data = dataDirectory(env);
  const publicUrl = set.PUBLIC_URL ?? `http://localhost:${String(set.PORT)}`;
  const simulatorsUrl = set.SIMULATORS_URL ?? `http://localhost:${String(set.SIMULATORS_PORT)}`;
  return {
    dataDirectory: data,
    keysDirectory: set.KABINET_KEYS ?? join(data, 'keys'),
    browserDirectory: join(import.meta.dirname, '../../dist/browser'),
    listen: set.LISTEN,
    port: set.PORT,
    simulatorsPort: set.SIMULATORS_PORT,
    metricsPort: set.METRICS_PORT,
    consolePort: set.GATEWAY_CONSOLE_PORT,
    publicUrl,
    simulatorsUrl,
    proxies: set.TRUSTED_PROXIES,
    portalInstance: set.PORTAL_INSTANCE,
    gatewayInstance: set.GATEWAY_INSTANCE,
    budgetsFile: set.BUDGETS_FILE ?? join(data, 'budgets.json'),
    canariesFile: set.CANARIES_FILE ?? join(data, 'canaries.json'),
    settlementsFile: set.SETTLEMENTS_FILE ?? join(data, 'settlements.json'),
    exportsFile: set.EXPORTS_FILE,
    amqpUrl: set.AMQP_URL,
    noticesFile: set.NOTICES_FILE,
    insideNoticesFile: set.INSIDE_NOTICES_FILE,
    detectorsFile: set.DETECTORS_FILE,
    payments: paymentSettings(set, simulatorsUrl),
    accounting: accountingSettings(set, set.COMPANY_TAX_NUMBER),
    toleratedADay: set.TOLERATED_A_DAY,
    fiscal: fiscalSettings(set, { publicUrl, simulatorsUrl, timeZone: set.TIME_ZONE }),
    vonage: {
      url: set.VONAGE_URL ?? simulatorsUrl,
      apiKey: set.VONAGE_API_KEY,
      apiSecret: set.VONAGE_API_SECRET,
      from: set.SMS_FROM,
    },
    mail: mailSettings(set),
    company: company(set),
    logoFile: set.COMPANY_LOGO_FILE ?? (set.COMPANY_NAME === undefined ? demoLogoFile : undefined),
    textsFile: set.COMPANY_TEXTS_FILE,
    bank: bankSettings(set, company(set)),
  };
}

const company = (set: z.output<typeof environment>): Config['company'] => ({
  name: set.COMPANY_NAME ?? 'Ромашка',
  legalName: set.COMPANY_LEGAL_NAME,
  taxNumber: set.COMPANY_TAX_NUMBER,
  address: set.COMPANY_ADDRESS,
  support: set.COMPANY_SUPPORT,
  timeZone: set.TIME_ZONE,
});
