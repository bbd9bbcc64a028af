import type { Container } from 'inversify';
import { fiscalHttp } from '../adapters/fiscal/fiscal-http.ts';
import { vonageSms } from '../adapters/sms/vonage-sms.ts';
import { openKeyRing } from '../adapters/amqp/key-ring.ts';
import { messageReader } from '../adapters/amqp/message-reader.ts';
import { messageWriter } from '../adapters/amqp/message-writer.ts';
import { commandSender, consumeEvents } from '../adapters/amqp/portal-line.ts';
import { fiscalisePayments } from '../application/fiscal/fiscalise-payments.ts';
import { letterMail } from '../adapters/notify/letter-mail.ts';
import type { MailSettings } from '../adapters/notify/mail.ts';
import { pdfPrinter } from '../adapters/pdf/pdf-printer.ts';
import { sendStatementMail } from '../application/accounts/send-statement-mail.ts';
import { sendSms } from '../application/sign-in/send-sms.ts';
import { publishOutbox } from '../application/publish-outbox.ts';
import {
  takeAccountChanged,
  takeCustomerChanged,
} from '../application/accounts/take-inside-events.ts';
import { keys } from './keys.ts';
import { accountsAndReceipts } from './modules/accounts-and-receipts.ts';
import { paymentDesk } from './modules/payment-desk.ts';
import { loop } from './loop.ts';
import { outboxLoop } from './outbox-loop.ts';
import { portalParts } from './portal-parts.ts';
import { runAlone } from './run-alone.ts';
import { starting, type Running, type Started } from './running.ts';
import { reporter, type Surroundings } from './surroundings.ts';

const paymentsEveryMs = 2_000;
const looksEveryMs = 10_000;
const fiscalEveryMs = 5_000;
const reconcileEveryMs = 10 * 60_000;
const lettersEveryMs = 2_000;
const atOnce = 20;

/** Does what the portal promised: codes by SMS, commands to the inside, payments cut short; keeps the projection. */
export const startWorker = (around: Surroundings): Promise<Running> =>
  starting(async (started) => {
    const { config } = around;
    const container = await portalParts(around, 'worker', started);
    const report = reporter(around, 'worker');
    const ring = openKeyRing(config.keysDirectory, 'portal');
    const reader = messageReader(ring);
    const writer = messageWriter(
      ring,
      'portal',
      container.get(keys.clock),
      container.get(keys.randomness),
    );
    const broker = await around.openBroker('portal', 'portal');
    started.add(() => broker.close());

    container.load(paymentDesk, accountsAndReceipts);
    container.bind(keys.smsSender).toConstantValue(vonageSms(config.vonage));
    container
      .bind(keys.deliverSms)
      .toResolvedValue(sendSms, [keys.smsSender, keys.secrets, keys.clock]);
    container.bind(keys.deliverCommand).toConstantValue(commandSender(broker, writer));
    container
      .bind(keys.publishOutbox)
      .toResolvedValue(
        (outbox, sms, command, clock) => publishOutbox(outbox, { sms, command }, clock),
        [keys.outbox, keys.deliverSms, keys.deliverCommand, keys.clock],
      );

    const accounts = container.get(keys.accountStore);
    const customers = container.get(keys.customerStore);
    const clock = container.get(keys.clock);
    const stopEvents = await consumeEvents(
      broker,
      reader,
      {
        customerChanged: takeCustomerChanged(customers),
        accountChanged: takeAccountChanged(accounts, clock),
      },
      report,
    );
    started.add(stopEvents);

    const publish = container.get(keys.publishOutbox);
    const outbox = outboxLoop(publish, container.get(keys.wakeups), report);
    started.add(() => outbox.stop());
    startPaymentLoops(container, started, report);
    startFiscal(container, started, report);
    startReconciliation(container, started, report);
    startStatementMail(container, config.mail, started, report);
    return {};
  });

/** Payments and refunds whose call was cut short, those to be asked about, and auto-pay. */
function startPaymentLoops(
  container: Container,
  started: Started,
  report: (error: unknown) => void,
): void {
  const works = [
    [container.get(keys.sendDuePayments), paymentsEveryMs],
    [container.get(keys.lookAtDuePayments), looksEveryMs],
    [container.get(keys.sendDueRefunds), paymentsEveryMs],
    [container.get(keys.runDueAutoPays), looksEveryMs],
  ] as const;
  for (const [work, everyMs] of works) {
    const running = loop(async () => (await work(atOnce)) === atOnce, everyMs, report);
    started.add(() => running.stop());
  }
}

/** Fiscal receipts, where a register is set. */
function startFiscal(
  container: Container,
  started: Started,
  report: (error: unknown) => void,
): void {
  const { fiscal } = container.get(keys.config);
  if (fiscal === undefined) return;
  container
    .bind(keys.fiscalisePayments)
    .toResolvedValue(
      (fiscals, clock) => fiscalisePayments(fiscals, fiscalHttp(fiscal), fiscal.since, clock),
      [keys.fiscalStore, keys.clock],
    );
  const work = container.get(keys.fiscalisePayments);
  const running = loop(async () => (await work(atOnce)) === atOnce, fiscalEveryMs, report);
  started.add(() => running.stop());
}

/** The daily reconciliation; it leaves the start of the program alone. */
function startReconciliation(
  container: Container,
  started: Started,
  report: (error: unknown) => void,
): void {
  const reconcile = container.get(keys.reconcileYesterday);
  const startedAt = performance.now();
  const running = loop(
    async () => {
      if (performance.now() - startedAt >= reconcileEveryMs) await reconcile();
      return false;
    },
    reconcileEveryMs,
    report,
  );
  started.add(() => running.stop());
}

/** Statements that customers asked for by e-mail, one after the other; none where no mail server is set. */
function startStatementMail(
  container: Container,
  mail: MailSettings | undefined,
  started: Started,
  report: (error: unknown) => void,
): void {
  if (mail === undefined) return;
  const printer = pdfPrinter();
  started.add(() => printer.close());
  const tools = {
    orders: container.get(keys.statementOrders),
    customers: container.get(keys.customerStore),
    printer,
    sender: letterMail(mail),
  };
  const send = sendStatementMail(
    container.get(keys.showStatement),
    tools,
    container.get(keys.clock),
  );
  const running = loop(send, lettersEveryMs, report);
  started.add(() => running.stop());
}

if (import.meta.main) await runAlone('worker', startWorker);
