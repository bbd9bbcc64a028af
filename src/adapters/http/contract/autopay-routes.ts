import {
  autoPayJson,
  autoPayList,
  autoPayRequest,
  consentJson,
  consentQuery,
  savedMethodList,
} from './autopay-json.ts';
import { route } from './route-contract.ts';

/** Remembered ways to pay, and auto-pay by them. */
export const autoPayRoutes = {
  savedMethods: route({
    method: 'GET',
    path: '/api/saved-methods',
    access: 'customer',
    summary: 'Ways to pay that payment systems remember for the customer',
    success: { status: 200, body: savedMethodList },
  }),
  forgetMethod: route({
    method: 'DELETE',
    path: '/api/saved-methods/{id}',
    access: 'customer',
    summary: 'Forgets a remembered way to pay and ends auto-pay by it',
    success: { status: 204 },
  }),
  autoPays: route({
    method: 'GET',
    path: '/api/autopay',
    access: 'customer',
    summary: 'Auto-pay of the customer’s accounts',
    success: { status: 200, body: autoPayList },
  }),
  autoPayConsent: route({
    method: 'GET',
    path: '/api/autopay/consent',
    access: 'customer',
    summary: 'The words to agree to for these settings',
    query: consentQuery,
    success: { status: 200, body: consentJson },
  }),
  agreeToAutoPay: route({
    method: 'POST',
    path: '/api/autopay',
    access: 'customer',
    summary: 'Turns auto-pay of an account on, or changes it',
    body: autoPayRequest,
    success: { status: 200, body: autoPayJson },
  }),
  stopAutoPay: route({
    method: 'DELETE',
    path: '/api/autopay/{id}',
    access: 'customer',
    summary: 'Turns auto-pay of an account off',
    success: { status: 204 },
  }),
} as const;
