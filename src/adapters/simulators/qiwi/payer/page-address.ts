import type { Context } from 'koa';
import type { Bill } from '../bill.ts';
import { allowedSources, sourceNamed } from './payer-choices.ts';
import type { PaySource } from './payer-choices.ts';

/** What the shop may add to the address of the payer's page. */
export interface PageAddress {
  /** Where a payer who paid from the wallet goes. Nobody else comes back by it. */
  readonly successUrl: string | undefined;
  readonly sources: readonly PaySource[];
  /** The way to pay that is offered first. */
  readonly first: PaySource;
}

/** Reads the page's address; a filter in the bill and one in the address must both agree to a way to pay. */
export function pageAddress(ctx: Context, { wish }: Bill): PageAddress {
  const byBill = allowedSources(wish.customFields?.['paySourcesFilter']);
  const byAddress = allowedSources(one(ctx, 'allowedPaySources'));
  const both = byBill.filter((source) => byAddress.includes(source));
  const sources = both.length === 0 ? byBill : both;
  const asked = sourceNamed(one(ctx, 'paySource'));
  const first = sources.find((source) => source === asked) ?? sources[0] ?? 'wallet';
  return { successUrl: webAddress(one(ctx, 'successUrl')), sources, first };
}

export function one(ctx: Context, name: string): string | undefined {
  const value = ctx.query[name];
  return typeof value === 'string' ? value : undefined;
}

function webAddress(text: string | undefined): string | undefined {
  return text !== undefined && /^https?:\/\//.test(text) && URL.canParse(text) ? text : undefined;
}
