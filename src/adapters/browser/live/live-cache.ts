import type {
  AccountJson,
  LiveOperationJson,
  OperationJson,
  OperationPageJson,
} from '../../http/contract/account-json.ts';

export interface OperationPages {
  readonly pages: readonly OperationPageJson[];
  readonly pageParams: readonly unknown[];
}

/** Puts a new operation where its time belongs (newest first); a known one is replaced. */
export function withOperation(
  page: OperationPageJson,
  operation: OperationJson,
): OperationPageJson {
  const others = page.items.filter((known) => known.id !== operation.id);
  const older = others.findIndex((known) => known.postedAt <= operation.postedAt);
  const place = older < 0 ? others.length : older;
  return { ...page, items: [...others.slice(0, place), operation, ...others.slice(place)] };
}

/**
 * The same for a history loaded page by page. An operation older than all that is loaded is left
 * for its own page, or it would stand there twice later.
 */
export function withOperationInPages<Pages extends OperationPages>(
  history: Pages,
  operation: OperationJson,
): Pages {
  const known = history.pages.some((page) => page.items.some(({ id }) => id === operation.id));
  if (known) {
    const pages = history.pages.map((page) => replaced(page, operation));
    return { ...history, pages };
  }
  const place = history.pages.findIndex((page) => {
    const last = page.items.at(-1);
    return page.next === undefined || (last !== undefined && last.postedAt <= operation.postedAt);
  });
  const pages = history.pages.map((page, position) =>
    position === place ? withOperation(page, operation) : page,
  );
  return { ...history, pages };
}

/** Takes newer figures of an account; older ones, delivered late, change nothing. */
export function withAccount(
  list: { readonly items: readonly AccountJson[] },
  account: AccountJson,
): { readonly items: readonly AccountJson[] } {
  return { items: list.items.map((known) => newerAccount(known, account)) };
}

export function newerAccount(known: AccountJson, told: AccountJson): AccountJson {
  return known.id === told.id && told.asOf >= known.asOf ? told : known;
}

/** Reads a live event; whatever is not one of ours is nothing. */
export function readLiveOperation(text: string): LiveOperationJson | undefined {
  const event = parsed(text);
  const isWhole = typeof event === 'object' && event !== null;
  return isWhole && 'operation' in event && 'account' in event
    ? (event as LiveOperationJson)
    : undefined;
}

export function readLivePaymentId(text: string): string | undefined {
  const event = parsed(text);
  const isWhole = typeof event === 'object' && event !== null && 'paymentId' in event;
  return isWhole && typeof event.paymentId === 'string' ? event.paymentId : undefined;
}

function replaced(page: OperationPageJson, operation: OperationJson): OperationPageJson {
  const items = page.items.map((known) => (known.id === operation.id ? operation : known));
  return { ...page, items };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
