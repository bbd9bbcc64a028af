import { XMLBuilder } from 'fast-xml-parser';
import {
  type BankMovement,
  type BankStatement,
  closingOf,
  type Turnover,
} from '../../../domain/bank-statement.ts';
import { decimalText, money } from '../../../domain/money.ts';
import { isoText } from '../../../domain/time.ts';

/** A statement has balances and is for the books; a notification tells of movements and has none. */
export type CamtKind = 'camt.053' | 'camt.054';

/** ISO 20022, version 08: names of the elements that hold all others. */
export const camtKinds = {
  'camt.053': { root: 'BkToCstmrStmt', part: 'Stmt' },
  'camt.054': { root: 'BkToCstmrDbtCdtNtfctn', part: 'Ntfctn' },
} as const;
const namespaceOf = (kind: CamtKind): string => `urn:iso:std:iso:20022:tech:xsd:${kind}.001.08`;

const longest = { id: 35, name: 140, remittance: 140, account: 34, bic: 35 } as const;
const unnamed = 'NOTPROVIDED';

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@' });

/**
 * Writes a statement as ISO 20022 camt.053.001.08 or camt.054.001.08, one chunk a movement. Texts longer than the
 * standard allows are cut: remittance information after 140 characters, names after 140.
 */
export async function* camtFile(
  kind: CamtKind,
  statement: BankStatement,
  movements: AsyncIterable<BankMovement>,
): AsyncGenerator<Buffer> {
  const { root, part } = camtKinds[kind];
  const { id, madeAt } = statement;
  const messageId = cut(id, longest.id);
  yield Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="${namespaceOf(kind)}"><${root}>` +
      xml({ GrpHdr: { MsgId: messageId, CreDtTm: isoText(madeAt) } }) +
      `<${part}>${xml(head(kind, statement))}\n`,
  );
  for await (const movement of movements) {
    yield Buffer.from(`${xml({ Ntry: entry(statement, movement) })}\n`);
  }
  yield Buffer.from(`</${part}></${root}></Document>\n`);
}

/** The order of elements is the standard's: a schema refuses any other. */
function head(kind: CamtKind, statement: BankStatement): object {
  const { id, madeAt, currency, owner, from, to, turnover } = statement;
  const closing = closingOf(turnover);
  return {
    Id: cut(id, longest.id),
    CreDtTm: isoText(madeAt),
    FrToDt: { FrDtTm: `${from}T00:00:00`, ToDtTm: `${to}T23:59:59` },
    Acct: {
      Id: { Othr: { Id: cut(owner.account, longest.account) } },
      Ccy: currency,
      ...(owner.name === '' ? {} : { Ownr: { Nm: cut(owner.name, longest.name) } }),
    },
    ...(kind === 'camt.053'
      ? {
          Bal: [
            balance('OPBD', statement, turnover.opening, from),
            balance('CLBD', statement, closing, to),
          ],
        }
      : {}),
    TxsSummry: summary(turnover, statement),
  };
}

const amountOf = ({ currency }: BankStatement, minor: bigint) => ({
  '@Ccy': currency,
  '#text': decimalText(money(magnitude(minor), currency)),
});
const magnitude = (minor: bigint): bigint => (minor < 0n ? -minor : minor);
const signOf = (minor: bigint): string => (minor < 0n ? 'DBIT' : 'CRDT');

const balance = (code: string, statement: BankStatement, minor: bigint, day: string): object => ({
  Tp: { CdOrPrtry: { Cd: code } },
  Amt: amountOf(statement, minor),
  CdtDbtInd: signOf(minor),
  Dt: { Dt: day },
});

function summary({ received, spent }: Turnover, { currency }: BankStatement): object {
  const sum = (minor: bigint): string => decimalText(money(magnitude(minor), currency));
  const net = received - spent;
  return {
    TtlNtries: {
      Sum: sum(received + spent),
      TtlNetNtry: { Amt: sum(net), CdtDbtInd: signOf(net) },
    },
  };
}

function entry(statement: BankStatement, movement: BankMovement): object {
  const { number, day, minor, direction, other, purpose } = movement;
  const amount = amountOf(statement, minor);
  const side = direction === 'in' ? 'CRDT' : 'DBIT';
  const reference = cut(number, longest.id);
  return {
    NtryRef: reference,
    Amt: amount,
    CdtDbtInd: side,
    Sts: { Cd: 'BOOK' },
    BookgDt: { Dt: day },
    ValDt: { Dt: day },
    AcctSvcrRef: reference,
    BkTxCd: { Domn: transactionCode[direction] },
    NtryDtls: {
      TxDtls: {
        Refs: { EndToEndId: reference },
        Amt: amount,
        CdtDbtInd: side,
        RltdPties: parties(direction, other),
        ...agent(direction, other),
        ...(purpose === '' ? {} : { RmtInf: { Ustrd: cut(purpose, longest.remittance) } }),
      },
    },
  };
}

/** Payments received and issued, domestic credit transfers. */
const transactionCode = {
  in: { Cd: 'PMNT', Fmly: { Cd: 'RCDT', SubFmlyCd: 'DMCT' } },
  out: { Cd: 'PMNT', Fmly: { Cd: 'ICDT', SubFmlyCd: 'DMCT' } },
} as const;

function parties(direction: BankMovement['direction'], other: BankMovement['other']): object {
  const party = {
    Pty: {
      Nm: cut(other.name, longest.name),
      ...(other.taxNumber === ''
        ? {}
        : { Id: { OrgId: { Othr: { Id: other.taxNumber, SchmeNm: { Cd: 'TXID' } } } } }),
    },
  };
  const account = { Id: { Othr: { Id: cut(other.account, longest.account) } } };
  const hasAccount = other.account !== '';
  return direction === 'in'
    ? { Dbtr: party, ...(hasAccount ? { DbtrAcct: account } : {}) }
    : { Cdtr: party, ...(hasAccount ? { CdtrAcct: account } : {}) };
}

function agent(direction: BankMovement['direction'], { bank, bic }: BankMovement['other']): object {
  if (bank === '' && bic === '') return {};
  const institution = {
    FinInstnId: {
      ...(bic === '' ? {} : { ClrSysMmbId: { MmbId: cut(bic, longest.bic) } }),
      ...(bank === '' ? {} : { Nm: cut(bank, longest.name) }),
    },
  };
  return { RltdAgts: direction === 'in' ? { DbtrAgt: institution } : { CdtrAgt: institution } };
}

/** XML 1.0 has no way to write control characters; an element that must be there is never empty. */
const cut = (text: string, most: number): string => {
  const plain = text.replaceAll(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]+/gu, ' ').trim();
  return plain === '' ? unnamed : [...plain].slice(0, most).join('');
};

const xml = (element: object): string => String(builder.build(element));
