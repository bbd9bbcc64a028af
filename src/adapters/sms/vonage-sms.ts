import type { SMS } from '@vonage/sms';
import type { SmsOutcome, SmsSender } from '../../application/ports/sms-sender.ts';
import type { PhoneNumber } from '../../domain/phone-number.ts';
import { isGsmText } from '../../domain/sms-text.ts';
import {
  type AnsweredPart,
  outcomeOfBreak,
  outcomeOfHttp,
  outcomeOfParts,
} from './vonage-sms-wire.ts';

export interface VonageSettings {
  /** `https://rest.nexmo.com`, or where the simulator is. No slash at the end. */
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** Up to 11 letters and digits, or a number. */
  readonly from: string;
}

/** The package has no limit of its own. */
const usualTimeoutMs = 5_000;
/** A code that comes later is of no use: the operator drops it. */
const usefulMs = 300_000;
const longestReference = 40;

/**
 * Short messages through Vonage's SMS API and its official package. The package's errors carry our credentials,
 * the phone number and the text: none ever leaves this file. Throws an Error of one sentence when the variable
 * DEBUG would make the package print them.
 */
export function vonageSms(settings: VonageSettings, timeoutMs = usualTimeoutMs): SmsSender {
  if (/(^|[\s,])(\*|vonage)/.test(process.env['DEBUG'] ?? '')) {
    throw new Error('DEBUG must not include vonage (or *): it prints codes and credentials');
  }
  let opened: Promise<SMS> | undefined;
  return {
    send: async (to, text, reference) => {
      opened ??= openPackage(settings, timeoutMs);
      return send(await opened, settings.from, to, { text, reference });
    },
  };
}

async function send(
  sms: SMS,
  from: string,
  to: PhoneNumber,
  { text, reference }: { readonly text: string; readonly reference: string },
): Promise<SmsOutcome> {
  const { TypeEnum } = await import('@vonage/sms');
  try {
    const answer = await sms.send({
      from,
      to: to.slice(1),
      text,
      type: isGsmText(text) ? TypeEnum.TEXT : TypeEnum.UNICODE,
      ttl: usefulMs,
      clientRef: reference.slice(0, longestReference),
    });
    return outcomeOfParts(partsOf(answer));
  } catch (error) {
    return outcomeOfError(error);
  }
}

/** Takes out of an error what may be told; the error itself ends here. */
function outcomeOfError(error: unknown): SmsOutcome {
  const response = memberOf(error, 'response');
  if (response instanceof Response) {
    void response.body?.cancel().catch(() => undefined);
    return outcomeOfHttp(response.status, response.headers.get('retry-after') ?? undefined);
  }
  const parts = partsOf(response);
  if (parts.length > 0) return outcomeOfParts(parts);
  const code = memberOf(memberOf(error, 'cause'), 'code') ?? memberOf(error, 'code');
  return outcomeOfBreak(typeof code === 'string' ? code : '');
}

function partsOf(answer: unknown): readonly AnsweredPart[] {
  const messages = memberOf(answer, 'messages');
  if (!Array.isArray(messages)) return [];
  return messages.map((part: unknown) => ({
    status: memberOf(part, 'status'),
    messageId: memberOf(part, 'message-id') ?? memberOf(part, 'messageId'),
    errorText: memberOf(part, 'error-text') ?? memberOf(part, 'errorText'),
  }));
}

function memberOf(thing: unknown, name: string): unknown {
  if (typeof thing !== 'object' || thing === null) return undefined;
  return Reflect.get(thing, name);
}

/** Loaded when the first text leaves: it brings some fifty packages. */
async function openPackage(settings: VonageSettings, timeoutMs: number): Promise<SMS> {
  const [{ Auth }, { SMS: Sender }] = await Promise.all([
    import('@vonage/auth'),
    import('@vonage/sms'),
  ]);
  const { apiKey, apiSecret, url } = settings;
  return new Sender(new Auth({ apiKey, apiSecret }), { restHost: url, timeout: timeoutMs });
}
