/** Paths of the portal's API that the pages call. A test holds them to the contract's routes. */
export const paths = {
  signIn: '/api/sign-in',
  resendCode: '/api/sign-in/resend',
  enterCode: '/api/sign-in/code',
  signOut: '/api/sign-out',
  me: '/api/me',
  accounts: '/api/accounts',
  account: '/api/accounts/{id}',
  refreshAccount: '/api/accounts/{id}/refresh',
  operations: '/api/accounts/{id}/operations',
  operationsCsv: '/api/accounts/{id}/operations.csv',
  operationsXlsx: '/api/accounts/{id}/operations.xlsx',
  statementPdf: '/api/accounts/{id}/statement.pdf',
  statementCsv: '/api/accounts/{id}/statement.csv',
  statementXlsx: '/api/accounts/{id}/statement.xlsx',
  statementMail: '/api/statement-mail',
  orderStatementMail: '/api/accounts/{id}/statement-mail',
  live: '/api/live',
  paymentMethods: '/api/payment-methods',
  startPayment: '/api/payments',
  payment: '/api/payments/{id}',
  cancelPayment: '/api/payments/{id}/cancel',
  receipt: '/api/payments/{id}/receipt',
  receiptPdf: '/api/payments/{id}/receipt.pdf',
  receiptFile: '/api/payments/{id}/receipt.json',
  refundReceipt: '/api/refunds/{id}/receipt',
  refundReceiptPdf: '/api/refunds/{id}/receipt.pdf',
  refundReceiptFile: '/api/refunds/{id}/receipt.json',
  savedMethods: '/api/saved-methods',
  forgetMethod: '/api/saved-methods/{id}',
  autoPays: '/api/autopay',
  autoPayConsent: '/api/autopay/consent',
  agreeToAutoPay: '/api/autopay',
  stopAutoPay: '/api/autopay/{id}',
  verifyReceipt: '/api/receipts/{code}',
  checkReceiptFile: '/api/receipts/check',
} as const;

/** Fills `{name}` and adds the query; parameters that are undefined are left out. */
export function pathWith(
  path: string,
  parameters: Readonly<Record<string, string>>,
  query: Readonly<Record<string, string | undefined>> = {},
): string {
  const filled = path.replace(/\{(\w+)\}/gu, (_, name: string) =>
    encodeURIComponent(parameters[name] ?? ''),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.set(name, value);
  }
  return search.size === 0 ? filled : `${filled}?${search.toString()}`;
}
