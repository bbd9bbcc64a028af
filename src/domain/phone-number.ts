import type { Brand } from './ids.ts';

/** E.164 with the plus: `+79990000001`. Made by the parser at the edge, which knows the world's number plans. */
export type PhoneNumber = Brand<string, 'PhoneNumber'>;

export const isPhoneNumber = (text: string): text is PhoneNumber => /^\+[1-9]\d{6,14}$/.test(text);

/** For logs and support: `+7******01`. */
export function maskPhone(phone: PhoneNumber): string {
  return `${phone.slice(0, 2)}${'*'.repeat(phone.length - 4)}${phone.slice(-2)}`;
}
