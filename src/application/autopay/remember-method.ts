import type { SavedMethodId } from '../../domain/ids.ts';
import type { SavedToken } from '../../domain/payment-claim.ts';
import type { Payment } from '../../domain/payment.ts';
import type { Clock } from '../ports/clock.ts';
import type { Randomness } from '../ports/randomness.ts';
import type { SavedMethodStore } from '../ports/saved-method-store.ts';
import type { Secrets } from '../ports/secrets.ts';

/** What the token of a remembered method is sealed for. */
export const tokenPurpose = 'saved-method';

/** Keeps the method of a paid payment whose payer agreed to it; told twice, it is kept once. */
export const rememberMethod =
  (saved: SavedMethodStore, secrets: Secrets, randomness: Randomness, clock: Clock) =>
  async (payment: Payment, { token, title }: SavedToken): Promise<void> => {
    if (payment.state !== 'succeeded' || !payment.saves) return;
    const { customerId, provider, method, id: paymentId } = payment;
    const id = randomness.id() as SavedMethodId;
    const words = { title: masked(title), paymentId, createdAt: clock.now() };
    const kept = { id, customerId, provider, method, ...words };
    await saved.add(kept, secrets.seal(token, tokenPurpose));
  };

/** Enough of a wallet's or a phone's number to know it by. */
const masked = (title: string): string => title.replaceAll(/\+?\d{3,}(\d{4})\b/g, '•••• $1');

/** The token of the method a payment is charged to; undefined once it is forgotten. */
export const tokenOf =
  (saved: SavedMethodStore, secrets: Secrets) =>
  async ({ savedMethod, customerId }: Payment): Promise<string | undefined> => {
    if (savedMethod === undefined) return undefined;
    const found = await saved.find(savedMethod, customerId);
    return found && secrets.open(found.sealedToken, tokenPurpose);
  };
