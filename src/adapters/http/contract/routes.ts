import {
  accountJson,
  accountList,
  operationJson,
  operationPage,
  operationQuery,
} from './account-json.ts';
import {
  paymentJson,
  paymentList,
  paymentMethodList,
  paymentMethodQuery,
  startPaymentRequest,
} from './payment-json.ts';
import { autoPayRoutes } from './autopay-routes.ts';
import { receiptRoutes } from './receipt-routes.ts';
import { route } from './route-contract.ts';
import {
  codeRequest,
  meJson,
  resendRequest,
  signInAttempt,
  signInRequest,
} from './sign-in-json.ts';
import { staffRoutes } from './staff-routes.ts';
import { statementRoutes } from './statement-routes.ts';

/** Every route of the portal's API: the server registers these, the browser calls these, OpenAPI lists these. */
export const routes = {
  signIn: route({
    method: 'POST',
    path: '/api/sign-in',
    access: 'public',
    summary: 'Checks login and password and sends a code by SMS',
    body: signInRequest,
    success: { status: 200, body: signInAttempt },
  }),
  resendCode: route({
    method: 'POST',
    path: '/api/sign-in/resend',
    access: 'public',
    summary: 'Sends a new code in place of the old one',
    body: resendRequest,
    success: { status: 200, body: signInAttempt },
  }),
  enterCode: route({
    method: 'POST',
    path: '/api/sign-in/code',
    access: 'public',
    summary: 'Checks the code and opens a session',
    body: codeRequest,
    success: { status: 200, body: meJson },
  }),
  signOut: route({
    method: 'POST',
    path: '/api/sign-out',
    access: 'public',
    summary: 'Ends the session',
    success: { status: 204 },
  }),
  me: route({
    method: 'GET',
    path: '/api/me',
    access: 'customer',
    summary: 'Who is signed in',
    success: { status: 200, body: meJson },
  }),
  accounts: route({
    method: 'GET',
    path: '/api/accounts',
    access: 'customer',
    summary: 'The customer’s accounts',
    success: { status: 200, body: accountList },
  }),
  account: route({
    method: 'GET',
    path: '/api/accounts/{id}',
    access: 'customer',
    summary: 'One account',
    success: { status: 200, body: accountJson },
  }),
  refreshAccount: route({
    method: 'POST',
    path: '/api/accounts/{id}/refresh',
    access: 'customer',
    summary: 'Asks the inside for fresh figures',
    success: { status: 200, body: accountJson },
  }),
  operations: route({
    method: 'GET',
    path: '/api/accounts/{id}/operations',
    access: 'customer',
    summary: 'Operations of an account, newest first',
    query: operationQuery,
    success: { status: 200, body: operationPage },
  }),
  operation: route({
    method: 'GET',
    path: '/api/operations/{id}',
    access: 'customer',
    summary: 'One operation',
    success: { status: 200, body: operationJson },
  }),
  live: route({
    method: 'GET',
    path: '/api/live',
    access: 'customer',
    summary: 'Server-sent events: operation, payment, reset',
    success: { status: 200, type: 'text/event-stream' },
  }),
  paymentMethods: route({
    method: 'GET',
    path: '/api/payment-methods',
    access: 'customer',
    summary: 'Ways to pay for ?accountId=, with fees for ?amount=',
    query: paymentMethodQuery,
    success: { status: 200, body: paymentMethodList },
  }),
  startPayment: route({
    method: 'POST',
    path: '/api/payments',
    access: 'customer',
    summary: 'Records a wish to pay and creates it at the provider',
    body: startPaymentRequest,
    needsIdempotencyKey: true,
    success: { status: 201, body: paymentJson },
  }),
  payments: route({
    method: 'GET',
    path: '/api/payments',
    access: 'customer',
    summary: 'The customer’s payments, newest first',
    success: { status: 200, body: paymentList },
  }),
  payment: route({
    method: 'GET',
    path: '/api/payments/{id}',
    access: 'customer',
    summary: 'One payment',
    success: { status: 200, body: paymentJson },
  }),
  cancelPayment: route({
    method: 'POST',
    path: '/api/payments/{id}/cancel',
    access: 'customer',
    summary: 'Takes back a payment nobody has paid yet',
    success: { status: 200, body: paymentJson },
  }),
  ...receiptRoutes,
  ...statementRoutes,
  ...autoPayRoutes,
  ...staffRoutes,
} as const;
