import { z } from 'zod';
import { element } from './xml-answer.ts';
import type { Xml } from './xml-answer.ts';
import { XmlProblem, retvals } from './xml-calls.ts';
import type { ShopPurse } from '../shop-purse.ts';

/** What a Keeper's signature looks like; whose it is cannot be told without the Keeper's keys. */
const keeperSign = /^[0-9a-f]{132}$/i;

export const text = z.string().max(255).default('');
export const digits = z.string().regex(/^\d{1,15}$/);

/** What each request of the WMID's interfaces carries. */
export const keeperFields = { reqn: digits, wmid: text, sign: text };

interface KeeperRequest {
  readonly reqn: string;
  readonly wmid: string;
  readonly sign: string;
}

/** Lets in the owner of the purse: with a signature, or with the certificate the settings speak of. */
export function admitOwner({ wmid, sign }: KeeperRequest, purse: ShopPurse): void {
  const isProven = sign === '' ? purse.showsCertificate : keeperSign.test(sign);
  if (!isProven) throw new XmlProblem(retvals.notAllowed, 'sign is wrong or missing');
  if (wmid !== purse.wmid) throw new XmlProblem(retvals.notAllowed, 'wmid may not do this');
}

export const withNumber = ({ reqn }: KeeperRequest): Xml[] => [element('reqn', reqn)];
