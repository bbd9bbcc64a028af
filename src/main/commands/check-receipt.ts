import { z } from 'zod';
import canonicalize from 'canonicalize';
import { readFileSync } from 'node:fs';
import { isSealedBy } from '../../adapters/system/receipt-signer.ts';

const key = z.object({
  kid: z.string(),
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
});
const receiptFile = z.object({
  content: z.record(z.string(), z.unknown()),
  key,
  signature: z.string(),
});
const keySet = z.object({ keys: z.array(key) });

/** What a file is worth: one sentence, and whether it may be believed. */
export interface FileVerdict {
  readonly isGenuine: boolean;
  readonly sentence: string;
}

/** Checks the signed JSON of a receipt against a set of keys; throws with a sentence for files that are none. */
export function checkReceipt(file: string, keysFile: string): FileVerdict {
  const {
    content,
    key: named,
    signature,
  } = read(file, receiptFile, 'the signed JSON of a receipt');
  const { keys } = read(keysFile, keySet, 'a set of receipt keys');
  const trusted = keys.find(({ kid }) => kid === named.kid);
  if (trusted === undefined) {
    const sentence = `${file}: signed with key ${named.kid}, which is not in ${keysFile}`;
    return { isGenuine: false, sentence };
  }
  const text = canonicalize(content) ?? '';
  const seal = { content: text, kid: named.kid, signature };
  if (!isSealedBy(seal, trusted)) {
    const sentence = `${file}: altered, the signature of key ${named.kid} does not fit it`;
    return { isGenuine: false, sentence };
  }
  const number = String(content['number']);
  return { isGenuine: true, sentence: `${file}: genuine, receipt ${number}, key ${named.kid}` };
}

function read<Form>(path: string, form: z.ZodType<Form>, what: string): Form {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Error(`${path} cannot be read`, { cause });
  }
  try {
    return form.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`${path} is not ${what}`, { cause });
  }
}
