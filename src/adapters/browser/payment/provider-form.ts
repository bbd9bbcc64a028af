import type { PaymentJson } from '../../http/contract/payment-json.ts';

export type Redirect = NonNullable<PaymentJson['redirect']>;

/** Sends the payer to the provider in this tab: a plain navigation, or a form where one is demanded. */
export function leaveForProvider(redirect: Redirect): void {
  if (redirect.kind === 'get') {
    window.location.assign(webAddress(redirect.url));
    return;
  }
  const form = document.createElement('form');
  form.method = 'post';
  form.action = webAddress(redirect.action);
  for (const [name, value] of redirect.fields) {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
  form.remove();
}

// An address from outside must lead to a web page, never run a script.
function webAddress(address: string): string {
  const url = new URL(address, window.location.href);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new Error(`a provider's page cannot have the scheme ${url.protocol}`);
  }
  return url.href;
}
