import type {
  CreateCommand,
  Created,
  Outcome,
  PaymentProvider,
} from '../../../application/ports/payment-provider.ts';
import { callDeadlineMs, inTime, isTimeLeft, waitUntil } from '../deadline.ts';
import { unreadable, type Trouble } from '../trouble.ts';
import { statusAnswer } from '../status-answer.ts';
import { asking, done, type Ask, type Told } from './tbank-calls.ts';
import { cancelUnpaid, captureHeld, refundPaid } from './tbank-changes.ts';
import { modeOf, readNotice } from './tbank-notices.ts';
import { look, ordered, query } from './tbank-questions.ts';
import { isKeyTrouble, troubleOfCode } from './tbank-trouble.ts';
import { createdFrom, initRequest } from './tbank-wire.ts';

export interface TbankSettings {
  /** `https://securepay.tinkoff.ru/v2`, or where the simulator is. */
  readonly apiUrl: string;
  /** The terminal; one whose name ends in `DEMO` is for tests, and so is then the whole provider. */
  readonly terminalKey: string;
  /** The terminal's passwords; two while one is being replaced. The first signs what we ask. */
  readonly passwords: readonly [string, ...string[]];
  /** Where the bank tells what happened, unless its cabinet says so. */
  readonly notifyUrl?: string | undefined;
}

/** Cards on the bank's own page (T-Bank internet acquiring). No card number ever comes near us. */
export function tbank(settings: TbankSettings): PaymentProvider {
  const { terminalKey: key, passwords, notifyUrl } = settings;
  const mode = modeOf(key);
  const ask = asking(settings.apiUrl, key, passwords[0]);
  return {
    code: 'tbank',
    mode,
    cancelsOpen: true,
    create: (command, deadlineMs) =>
      inTime(deadlineMs, (until) => create(ask, command, notifyUrl, until)),
    query: (of) => inTime(callDeadlineMs, (until) => query(ask, mode, of, until)),
    look: (ref) => inTime(callDeadlineMs, (until) => look(ask, mode, ref, until)),
    capture: (of, amount) =>
      inTime(callDeadlineMs, (until) => captureHeld(ask, mode, of, amount, until)),
    cancel: (of) => inTime(callDeadlineMs, (until) => cancelUnpaid(ask, mode, of, until)),
    refund: (command) => inTime(callDeadlineMs, (until) => refundPaid(ask, command, until)),
    readNotification: (raw) => readNotice(raw, { key, passwords, mode }),
    answer,
  };
}

/** The bank wants two letters with 200, and comes again for a month after anything else. */
const answer = statusAnswer('OK');

/**
 * Starts the payment. The bank takes an order id once, so there is never a second one; but it tells the address of its
 * page once, too. Where that answer was lost the outcome stays unknown, and a question or the payment's end settles it.
 */
async function create(
  ask: Ask,
  command: CreateCommand,
  notifyUrl: string | undefined,
  until: number,
): Promise<Outcome<Created>> {
  const request = initRequest(command, notifyUrl);
  if (request === undefined) {
    return { tag: 'invalid', why: 'this sum cannot be taken at the provider' };
  }
  const first = await ask('Init', request, waitUntil(until, 0.4));
  const isSure = first.tag === 'yes' || first.tag === 'not-attempted';
  if (isSure || isRefusedAtTheDoor(first)) return startedBy(first, command);

  const known = isTimeLeft(until)
    ? await ordered(ask, command.paymentId, undefined, isLost(first) ? halfWay(until) : until)
    : lost;
  if (known.tag !== 'done') return lost;
  if (known.value !== 'absent') return pageless;
  if (!isLost(first)) return startedBy(first, command);
  if (!isTimeLeft(until)) return lost;
  // Nothing is there yet. Should the first call still arrive, the bank takes only one of the two.
  const second = await ask('Init', request, waitUntil(until));
  return second.tag === 'yes' ? startedBy(second, command) : lost;
}

const lost: Trouble = { tag: 'unknown', why: 'the answer to the call was lost' };
const pageless: Trouble = {
  tag: 'unknown',
  why: 'the payment is there already, and its page is not told again',
};

const isLost = ({ tag }: Told): boolean => tag === 'unknown';
const isRefusedAtTheDoor = (told: Told): boolean => told.tag === 'no' && isKeyTrouble(told.code);
const halfWay = (until: number): number => performance.now() + (until - performance.now()) / 2;

function startedBy(told: Told, command: CreateCommand): Outcome<Created> {
  if (told.tag === 'no') return troubleOfCode(told.code);
  if (told.tag !== 'yes') return told;
  const created = createdFrom(told.answer, command);
  return created === undefined ? unreadable : done(created);
}
