import type { Container } from 'inversify';
import { portalApp, type PortalNeeds } from '../adapters/http/portal-app.ts';
import { assertionIssuer } from '../adapters/amqp/assertion/assertion-issuer.ts';
import { openOwnKey } from '../adapters/amqp/own-key.ts';
import { openKeyRing } from '../adapters/amqp/key-ring.ts';
import { messageReader } from '../adapters/amqp/message-reader.ts';
import { messageWriter } from '../adapters/amqp/message-writer.ts';
import { openPortalQuestions } from '../adapters/amqp/portal-line.ts';
import { pdfPrinter } from '../adapters/pdf/pdf-printer.ts';
import { qrPicture } from '../adapters/pdf/qr-squares.ts';
import { spreadsheetFiles } from '../adapters/spreadsheets/spreadsheet-files.ts';
import { cryptoRandomness } from '../adapters/system/crypto-randomness.ts';
import { systemClock } from '../adapters/system/system-clock.ts';
import type { Config } from './config.ts';
import { keys } from './keys.ts';
import { listen } from './listen.ts';
import { accountsAndReceipts } from './modules/accounts-and-receipts.ts';
import { paymentDesk } from './modules/payment-desk.ts';
import { signIn } from './modules/sign-in.ts';
import { staff } from './modules/staff.ts';
import { startEdgeWatch } from './portal-edge.ts';
import { portalParts } from './portal-parts.ts';
import { runAlone } from './run-alone.ts';
import { starting, type Running, type Started } from './running.ts';
import { staffNeeds } from './staff-needs.ts';
import { statementNeeds } from './statement-needs.ts';
import { reporter, type Surroundings } from './surroundings.ts';
import { version } from './version.ts';

/** Serves customers and takes payment systems' notifications. */
export const startPortal = (around: Surroundings): Promise<Running> =>
  starting(async (started) => {
    const container = await portalParts(around, 'portal', started);
    const printer = pdfPrinter();
    started.add(() => printer.close());
    container.bind(keys.printer).toConstantValue(printer);
    container.bind(keys.statementPrinter).toConstantValue(printer);
    container.bind(keys.spreadsheets).toConstantValue(spreadsheetFiles());
    const line = await openInsideLine(container, around, started);
    container.bind(keys.insideLine).toConstantValue(line);
    container.load(signIn, paymentDesk, staff, accountsAndReceipts);

    const { config } = around;
    const streams = new Set<() => void>();
    const app = portalApp(
      { ...config, version, formOrigins: formOrigins(config) },
      {
        ...portalNeeds(container, around, streams),
        edge: startEdgeWatch(container, line, around, started),
      },
    );
    const serve = app.callback();
    const server = await listen(
      (request, response) => void serve(request, response),
      config.listen,
      config.port,
      'PORT',
    );
    started.add(async () => {
      const closed = server.stop();
      for (const end of streams) end();
      await closed;
    });
    return {};
  });

async function openInsideLine(container: Container, around: Surroundings, started: Started) {
  const accounts = container.get(keys.accountStore);
  const identity = openOwnKey(around.config.keysDirectory, 'identity');
  const ring = openKeyRing(around.config.keysDirectory, 'portal');
  const broker = await around.openBroker('portal', 'portal');
  started.add(() => broker.close());
  const line = await openPortalQuestions(
    {
      broker,
      reader: messageReader(ring),
      writer: messageWriter(ring, around.config.portalInstance, systemClock, cryptoRandomness()),
      assertions: assertionIssuer(
        identity,
        async (customer) => (await accounts.list(customer)).map(({ id }) => id),
        systemClock,
      ),
      clock: systemClock,
      instance: around.config.portalInstance,
    },
    reporter(around, 'portal'),
  );
  started.add(() => line.close());
  return line;
}

/** Asks the container for all the HTTP side needs; nobody else ever sees the container. */
export function portalNeeds(
  container: Container,
  around: Surroundings,
  streams: Set<() => void>,
): Omit<PortalNeeds, 'edge'> {
  const sessions = container.get(keys.sessionStore);
  const pool = container.get(keys.pool);
  const company = container.get(keys.company);
  return {
    ...staffNeeds(container),
    ...statementNeeds(container, around.config),
    proveWork: container.get(keys.proveWork),
    startSignIn: container.get(keys.startSignIn),
    resendCode: container.get(keys.resendCode),
    enterCode: container.get(keys.enterCode),
    recogniseSession: container.get(keys.recogniseSession),
    sessions,
    secrets: container.get(keys.secrets),
    randomness: container.get(keys.randomness),
    company,
    accounts: container.get(keys.accountStore),
    readHistory: container.get(keys.readHistory),
    refreshAccount: container.get(keys.refreshAccount),
    timeZone: container.get(keys.timeZone),
    wakeups: container.get(keys.wakeups),
    isSignedIn: async (tokenHash) => (await sessions.find(tokenHash)) !== undefined,
    streams,
    listPaymentMethods: container.get(keys.listPaymentMethods),
    startPayment: container.get(keys.startPayment),
    sendPayment: container.get(keys.sendPayment),
    cancelPayment: container.get(keys.cancelPayment),
    lookAtPayment: container.get(keys.lookAtPayment),
    payments: container.get(keys.paymentStore),
    savedMethods: container.get(keys.savedMethodStore),
    autopays: container.get(keys.autoPayStore),
    showAutoPayConsent: container.get(keys.showAutoPayConsent),
    agreeToAutoPay: container.get(keys.agreeToAutoPay),
    stopAutoPay: container.get(keys.stopAutoPay),
    forgetMethod: container.get(keys.forgetMethod),
    ...receiptNeeds(container, company),
    takeNotification: container.get(keys.takeNotification),
    providers: container.get(keys.paymentProviders),
    count: (provider, result) => {
      around.metrics.notification(provider, result);
    },
    checks: { database: async () => (await pool.query('SELECT 1')).rowCount === 1 },
    report: reporter(around, 'portal'),
    observe: (line) => {
      around.metrics.request(line);
    },
  };
}

/** Payment systems that take the payer by a form posted from our page. */
function formOrigins({ payments }: Config): string[] {
  const targets = [
    ...(payments.enabled.includes('webmoney') ? [payments.webmoney.formUrl] : []),
    ...(payments.enabled.includes('yoomoney-quickpay') ? [payments.yoomoney.formUrl] : []),
  ];
  return [...new Set(targets.map((target) => new URL(target).origin))];
}

/** Receipts, as pages and as files, and their public check. */
const receiptNeeds = (container: Container, company: Config['company']) => ({
  receipts: container.get(keys.receiptStore),
  showReceipt: container.get(keys.showReceipt),
  showRefundReceipt: container.get(keys.showRefundReceipt),
  verifyReceipt: container.get(keys.verifyReceipt),
  checkReceiptDocument: container.get(keys.checkReceiptDocument),
  receiptSigner: container.get(keys.receiptSigner),
  qrPicture,
  printer: container.get(keys.printer),
  issuer: { payee: company.legalName, timeZone: company.timeZone },
});

if (import.meta.main) await runAlone('portal', startPortal);
