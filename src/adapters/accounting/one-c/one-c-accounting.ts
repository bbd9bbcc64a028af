import type { AccountingSystem } from '../../../application/ports/accounting-system.ts';
import { postedElsewhere, type ElsewhereSurroundings } from '../posted-elsewhere.ts';
import { oneCCatalogs } from './one-c-catalogs.ts';
import { documentPoster } from './one-c-documents.ts';
import type { OneCTalk } from './one-c-talk.ts';

/** 1C:Enterprise as the company’s accounting, by its standard REST interface; `taxNumber` finds the organisation. */
export function oneCAccounting(
  talk: OneCTalk,
  taxNumber: string,
  around: ElsewhereSurroundings,
): AccountingSystem {
  const { zone, mayPost = async () => undefined } = around;
  const catalogs = oneCCatalogs(talk, taxNumber, mayPost);
  return postedElsewhere(
    { source: '1c', post: documentPoster(talk, catalogs, { zone, mayPost }) },
    around,
  );
}
