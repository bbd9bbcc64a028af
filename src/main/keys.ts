import type { ServiceIdentifier } from 'inversify';
import type { Knex } from 'knex';
import type pg from 'pg';
import type { ExportOperations } from '../application/accounts/export-operations.ts';
import type { MakeStatement } from '../application/accounts/make-statement.ts';
import type {
  OrderingTools,
  OrderStatementMail,
} from '../application/accounts/order-statement-mail.ts';
import type { StatementOrders } from '../application/ports/statement-orders.ts';
import type { ShowStatement } from '../application/accounts/show-statement.ts';
import type { SpreadsheetWriter, StatementPrinter } from '../application/ports/statement-files.ts';
import type { FiscalisePayments } from '../application/fiscal/fiscalise-payments.ts';
import type { ReadHistory } from '../application/accounts/read-history.ts';
import type { RefreshAccount } from '../application/accounts/refresh-account.ts';
import type {
  AgreeToAutoPay,
  AutoPayPlaces,
  ShowAutoPayConsent,
} from '../application/autopay/agree-to-autopay.ts';
import type { AutoPayTools, RunDueAutoPays } from '../application/autopay/run-autopay.ts';
import type { ForgetMethod, StopAutoPay } from '../application/autopay/stop-autopay.ts';
import type { PortalPlace, TellOfAutoPay } from '../application/autopay/tell-of-autopay.ts';
import type { AnswerQuestion } from '../application/payments/answer-question.ts';
import type { CancelPayment } from '../application/payments/cancel-payment.ts';
import type { CapturePayment } from '../application/payments/capture-payment.ts';
import type {
  Availability,
  ListPaymentMethods,
} from '../application/payments/list-payment-methods.ts';
import type {
  LookAtDuePayments,
  LookAtPayment,
  LookingNeeds,
} from '../application/payments/look-at-payments.ts';
import type { ReleasePayment } from '../application/payments/release-payment.ts';
import type { ResolveReview } from '../application/payments/resolve-review.ts';
import type {
  PayerFacing,
  SendDuePayments,
  SendPayment,
  SendingNeeds,
} from '../application/payments/send-payment.ts';
import type { SettlePayment } from '../application/payments/settle-payment.ts';
import type { PaymentOffer, StartPayment } from '../application/payments/start-payment.ts';
import type { TakeNotification } from '../application/payments/take-notification.ts';
import type { RememberMethod, TakeProof } from '../application/payments/take-proof.ts';
import type { ReconcileYesterday } from '../application/reconciliation/reconcile-yesterday.ts';
import type { ReconcileDay } from '../application/reconciliation/reconcile-day.ts';
import type { DecideRefund } from '../application/refunds/decide-refund.ts';
import type { RefundRules, RequestRefund } from '../application/refunds/request-refund.ts';
import type { SendDueRefunds, SendRefund } from '../application/refunds/send-refund.ts';
import type { AccountStore } from '../application/ports/account-store.ts';
import type { AutoPayStore } from '../application/ports/autopay-store.ts';
import type { Clock } from '../application/ports/clock.ts';
import type { CustomerStore } from '../application/ports/customer-store.ts';
import type { FiscalStore } from '../application/ports/fiscal-store.ts';
import type { InsideLine } from '../application/ports/inside-line.ts';
import type { Limiter } from '../application/ports/limiter.ts';
import type { Outbox } from '../application/ports/outbox.ts';
import type { PasswordHasher } from '../application/ports/password-hasher.ts';
import type { PaymentDesk } from '../application/ports/payment-desk.ts';
import type { PaymentProvider } from '../application/ports/payment-provider.ts';
import type { PaymentStore } from '../application/ports/payment-store.ts';
import type { Randomness } from '../application/ports/randomness.ts';
import type {
  AmountWriter,
  Company,
  ReceiptPrinter,
} from '../application/ports/receipt-printer.ts';
import type { ReconciliationStore } from '../application/ports/reconciliation-store.ts';
import type { ReceiptKeyStore } from '../application/ports/receipt-key-store.ts';
import type { ReceiptSigner } from '../application/ports/receipt-signer.ts';
import type { ReceiptStore } from '../application/ports/receipt-store.ts';
import type { RefundStore } from '../application/ports/refund-store.ts';
import type { SavedMethodStore } from '../application/ports/saved-method-store.ts';
import type { ProofsOfWork } from '../application/ports/proofs-of-work.ts';
import type { Secrets } from '../application/ports/secrets.ts';
import type { SessionStore } from '../application/ports/session-store.ts';
import type { SignInStore } from '../application/ports/sign-in-store.ts';
import type { SmsSender } from '../application/ports/sms-sender.ts';
import type { Wakeups } from '../application/ports/wakeups.ts';
import type { CheckReceiptDocument } from '../application/receipts/check-receipt-document.ts';
import type { PresentReceipt, ReceiptWording } from '../application/receipts/present-receipt.ts';
import type { SealReceipt } from '../application/receipts/seal-receipt.ts';
import type { ShowReceipt, ShowRefundReceipt } from '../application/receipts/show-receipt.ts';
import type { VerifyReceipt } from '../application/receipts/verify-receipt.ts';
import type { EnterCode } from '../application/sign-in/enter-code.ts';
import type { CodeIssuer } from '../application/sign-in/issue-code.ts';
import type { RecogniseSession } from '../application/sign-in/recognise-session.ts';
import type { ResendCode } from '../application/sign-in/resend-code.ts';
import type { ProveWork } from '../application/sign-in/prove-work.ts';
import type { StartSignIn } from '../application/sign-in/start-sign-in.ts';
import type { SecondFactor } from '../application/ports/second-factor.ts';
import type { StaffStore } from '../application/ports/staff-store.ts';
import type { ActAsStaff } from '../application/staff/act-as-staff.ts';
import type { AddStaff } from '../application/staff/add-staff.ts';
import type { ListDeskMethods } from '../application/staff/list-desk-methods.ts';
import type { RecogniseStaff, SignOutStaff } from '../application/staff/recognise-staff.ts';
import type {
  DecideRefundAsStaff,
  RequestRefundAsStaff,
} from '../application/staff/refund-as-staff.ts';
import type {
  CapturePaymentAsStaff,
  ReleasePaymentAsStaff,
  ResolveReviewAsStaff,
} from '../application/staff/settle-as-staff.ts';
import type { ShowPaymentToStaff } from '../application/staff/show-payment-to-staff.ts';
import type { SignInStaff } from '../application/staff/sign-in-staff.ts';
import type { AuthenticatorCodes } from '../application/authenticator-codes.ts';
import type { Deliver, PublishOutbox } from '../application/publish-outbox.ts';
import type { PaymentMethod } from '../domain/payment-limits.ts';
import type { GuardedProvider } from '../adapters/payment/guarded.ts';
import type { Config } from './config.ts';

const key = <Service>(name: string): ServiceIdentifier<Service> => Symbol.for(`kabinet:${name}`);

/** The name of everything that is plugged together, with its type: a wrong plug does not compile. */
export const keys = {
  config: key<Config>('config'),
  company: key<Company>('company'),
  timeZone: key<string>('timeZone'),
  publicUrl: key<string>('publicUrl'),
  host: key<string>('host'),
  clock: key<Clock>('clock'),
  randomness: key<Randomness>('randomness'),
  secrets: key<Secrets>('secrets'),
  passwords: key<PasswordHasher>('passwords'),
  limiter: key<Limiter>('limiter'),
  pool: key<pg.Pool>('pool'),
  knex: key<Knex>('knex'),
  wakeups: key<Wakeups>('wakeups'),
  signInStore: key<SignInStore>('signInStore'),
  sessionStore: key<SessionStore>('sessionStore'),
  customerStore: key<CustomerStore>('customerStore'),
  accountStore: key<AccountStore>('accountStore'),
  paymentStore: key<PaymentStore>('paymentStore'),
  paymentDesk: key<PaymentDesk>('paymentDesk'),
  refundStore: key<RefundStore>('refundStore'),
  reconciliationStore: key<ReconciliationStore>('reconciliationStore'),
  reconcilingTools: key<{
    readonly take: TakeProof;
    readonly randomness: Randomness;
    readonly clock: Clock;
  }>('reconcilingTools'),
  reconcileDay: key<ReconcileDay>('reconcileDay'),
  reconcileYesterday: key<ReconcileYesterday>('reconcileYesterday'),
  savedMethodStore: key<SavedMethodStore>('savedMethodStore'),
  receiptStore: key<ReceiptStore>('receiptStore'),
  receiptKeyStore: key<ReceiptKeyStore>('receiptKeyStore'),
  receiptSigner: key<ReceiptSigner>('receiptSigner'),
  fiscalStore: key<FiscalStore>('fiscalStore'),
  fiscalisePayments: key<FiscalisePayments>('fiscalisePayments'),
  outbox: key<Outbox>('outbox'),
  insideLine: key<InsideLine>('insideLine'),
  guardedProviders: key<readonly GuardedProvider[]>('guardedProviders'),
  paymentProviders: key<readonly PaymentProvider[]>('paymentProviders'),
  paymentOffer: key<PaymentOffer>('paymentOffer'),
  availability: key<Availability>('availability'),
  sendingNeeds: key<SendingNeeds>('sendingNeeds'),
  lookingNeeds: key<LookingNeeds>('lookingNeeds'),
  refundRules: key<RefundRules>('refundRules'),
  paymentMethods: key<PaymentMethod[]>('paymentMethods'),
  payerFacing: key<PayerFacing>('payerFacing'),
  smsSender: key<SmsSender>('smsSender'),
  printer: key<ReceiptPrinter>('printer'),
  amountWriter: key<AmountWriter>('amountWriter'),
  issueCode: key<CodeIssuer>('issueCode'),
  proofsOfWork: key<ProofsOfWork>('proofsOfWork'),
  proveWork: key<ProveWork>('proveWork'),
  startSignIn: key<StartSignIn>('startSignIn'),
  resendCode: key<ResendCode>('resendCode'),
  enterCode: key<EnterCode>('enterCode'),
  recogniseSession: key<RecogniseSession>('recogniseSession'),
  readHistory: key<ReadHistory>('readHistory'),
  makeStatement: key<MakeStatement>('makeStatement'),
  showStatement: key<ShowStatement>('showStatement'),
  statementOrders: key<StatementOrders>('statementOrders'),
  orderStatementMail: key<OrderStatementMail>('orderStatementMail'),
  orderingTools: key<OrderingTools>('orderingTools'),
  exportOperations: key<ExportOperations>('exportOperations'),
  statementPrinter: key<StatementPrinter>('statementPrinter'),
  spreadsheets: key<SpreadsheetWriter>('spreadsheets'),
  refreshAccount: key<RefreshAccount>('refreshAccount'),
  listPaymentMethods: key<ListPaymentMethods>('listPaymentMethods'),
  startPayment: key<StartPayment>('startPayment'),
  sendPayment: key<SendPayment>('sendPayment'),
  sendDuePayments: key<SendDuePayments>('sendDuePayments'),
  lookAtDuePayments: key<LookAtDuePayments>('lookAtDuePayments'),
  lookAtPayment: key<LookAtPayment>('lookAtPayment'),
  cancelPayment: key<CancelPayment>('cancelPayment'),
  capturePayment: key<CapturePayment>('capturePayment'),
  releasePayment: key<ReleasePayment>('releasePayment'),
  resolveReview: key<ResolveReview>('resolveReview'),
  rememberMethod: key<RememberMethod>('rememberMethod'),
  autoPayStore: key<AutoPayStore>('autoPayStore'),
  autoPayPlaces: key<AutoPayPlaces>('autoPayPlaces'),
  showAutoPayConsent: key<ShowAutoPayConsent>('showAutoPayConsent'),
  agreeToAutoPay: key<AgreeToAutoPay>('agreeToAutoPay'),
  stopAutoPay: key<StopAutoPay>('stopAutoPay'),
  forgetMethod: key<ForgetMethod>('forgetMethod'),
  portalPlace: key<PortalPlace>('portalPlace'),
  autoPayCharging:
    key<Pick<AutoPayTools, 'payments' | 'offer' | 'start' | 'randomness'>>('autoPayCharging'),
  tellOfAutoPay: key<TellOfAutoPay>('tellOfAutoPay'),
  runDueAutoPays: key<RunDueAutoPays>('runDueAutoPays'),
  takeProof: key<TakeProof>('takeProof'),
  answerQuestion: key<AnswerQuestion>('answerQuestion'),
  sendRefund: key<SendRefund>('sendRefund'),
  sendDueRefunds: key<SendDueRefunds>('sendDueRefunds'),
  requestRefund: key<RequestRefund>('requestRefund'),
  decideRefund: key<DecideRefund>('decideRefund'),
  settlePayment: key<SettlePayment>('settlePayment'),
  takeNotification: key<TakeNotification>('takeNotification'),
  sealReceipt: key<SealReceipt>('sealReceipt'),
  receiptWording: key<ReceiptWording>('receiptWording'),
  presentReceipt: key<PresentReceipt>('presentReceipt'),
  showReceipt: key<ShowReceipt>('showReceipt'),
  showRefundReceipt: key<ShowRefundReceipt>('showRefundReceipt'),
  verifyReceipt: key<VerifyReceipt>('verifyReceipt'),
  checkReceiptDocument: key<CheckReceiptDocument>('checkReceiptDocument'),
  deliverSms: key<Deliver>('deliverSms'),
  deliverCommand: key<Deliver>('deliverCommand'),
  publishOutbox: key<PublishOutbox>('publishOutbox'),
  staffStore: key<StaffStore>('staffStore'),
  secondFactor: key<SecondFactor>('secondFactor'),
  staffCodes: key<AuthenticatorCodes>('staffCodes'),
  addStaff: key<AddStaff>('addStaff'),
  signInStaff: key<SignInStaff>('signInStaff'),
  recogniseStaff: key<RecogniseStaff>('recogniseStaff'),
  signOutStaff: key<SignOutStaff>('signOutStaff'),
  actAsStaff: key<ActAsStaff>('actAsStaff'),
  requestRefundAsStaff: key<RequestRefundAsStaff>('requestRefundAsStaff'),
  decideRefundAsStaff: key<DecideRefundAsStaff>('decideRefundAsStaff'),
  resolveReviewAsStaff: key<ResolveReviewAsStaff>('resolveReviewAsStaff'),
  capturePaymentAsStaff: key<CapturePaymentAsStaff>('capturePaymentAsStaff'),
  releasePaymentAsStaff: key<ReleasePaymentAsStaff>('releasePaymentAsStaff'),
  showPaymentToStaff: key<ShowPaymentToStaff>('showPaymentToStaff'),
  listDeskMethods: key<ListDeskMethods>('listDeskMethods'),
} as const;
