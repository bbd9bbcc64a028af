import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { XMLParser } from 'fast-xml-parser';
import { rateLimited, troubleOfError, type Trouble } from '../trouble.ts';

/** A client certificate of the WMID, as PEM texts. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

const longestAnswer = 1_000_000;
// Numbers stay texts: leading zeros and digits beyond 2^53 are theirs to have.
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
});

/** Posts one XML request; answers the parsed document. Entities are not expanded and no DOCTYPE is read. */
export async function askXml(
  url: string,
  xml: string,
  deadlineMs: number,
  certificate?: Certificate,
): Promise<{ readonly tag: 'done'; readonly value: unknown } | Trouble> {
  try {
    const { status, bytes } = await post(url, xml, deadlineMs, certificate);
    if (status === 429) return rateLimited();
    if (status !== 200) return { tag: 'unknown', why: `the provider answered ${String(status)}` };
    const text = decoded(bytes);
    if (/<!DOCTYPE/i.test(text)) return { tag: 'unknown', why: 'the answer is not to be trusted' };
    return { tag: 'done', value: parser.parse(text) as unknown };
  } catch (error) {
    return troubleOfError(error);
  }
}

/** One element of a request. */
export const element = (name: string, content: string): string => `<${name}>${content}</${name}>`;

/** Text as it may stand in an element. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function decoded(bytes: Buffer): string {
  const head = bytes.subarray(0, 100).toString('latin1');
  const encoding = /encoding="(windows-1251|utf-8)"/i.exec(head)?.[1] ?? 'windows-1251';
  return new TextDecoder(encoding).decode(bytes);
}

function post(
  url: string,
  xml: string,
  deadlineMs: number,
  certificate: Certificate | undefined,
): Promise<{ readonly status: number; readonly bytes: Buffer }> {
  const isPlain = url.startsWith('http:');
  const options = {
    method: 'POST',
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    signal: AbortSignal.timeout(deadlineMs),
    ...(isPlain ? {} : certificate),
  };
  return new Promise((resolve, reject) => {
    const send = isPlain ? httpRequest : httpsRequest;
    const asking = send(url, options, (answer) => {
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > longestAnswer) answer.destroy(new Error('the answer is too long'));
        chunks.push(chunk);
      });
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, bytes: Buffer.concat(chunks) });
      });
      answer.on('error', reject);
    });
    asking.on('error', reject);
    asking.end(xml, 'utf8');
  });
}
