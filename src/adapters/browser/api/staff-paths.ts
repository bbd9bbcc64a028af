/** Paths of the staff's API that the pages call. A test holds them to the contract's routes. */
export const staffPaths = {
  signIn: '/api/staff/sign-in',
  signOut: '/api/staff/sign-out',
  me: '/api/staff/me',
  payments: '/api/staff/payments',
  payment: '/api/staff/payments/{id}',
  requestRefund: '/api/staff/payments/{id}/refunds',
  decideRefund: '/api/staff/refunds/{id}/decision',
  resolveReview: '/api/staff/payments/{id}/review',
  capturePayment: '/api/staff/payments/{id}/capture',
  releasePayment: '/api/staff/payments/{id}/release',
  refunds: '/api/staff/refunds',
  notifications: '/api/staff/notifications',
  reconciliations: '/api/staff/reconciliations',
  reconciliation: '/api/staff/reconciliations/{id}',
  reconciliationCsv: '/api/staff/reconciliations/{id}.csv',
  methods: '/api/staff/methods',
} as const;
