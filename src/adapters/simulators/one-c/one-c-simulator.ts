import type { IncomingMessage, RequestListener } from 'node:http';
import { parseJson } from '../request-body.ts';
import { refusal, type Answer, type Infobase, type Row } from './infobase.ts';

export interface OneCSimulatorSettings {
  readonly user: string;
  readonly password: string;
  /** Trouble for a call, instead of an answer or after its effect; told of before the infobase sees it. */
  readonly trouble?: (call: string) => 'down' | 'lost' | Answer | undefined;
}

const prefix = '/odata/standard.odata/';
const charset = 'application/json;odata=minimalmetadata;charset=utf-8';

/** The standard REST interface of an infobase, as far as it is written down: OData 3 with JSON, after HTTP Basic. */
export function oneCSimulator(
  infobase: Infobase,
  { user, password, trouble }: OneCSimulatorSettings,
): RequestListener {
  const name = `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
  return (request, response) => {
    const answer = async (): Promise<void> => {
      const [address = '', query = ''] = (request.url ?? '').split('?');
      const path = decodeURIComponent(address);
      const wrong = trouble?.(`${request.method ?? ''} ${path}`);
      if (wrong === 'down') throw new Error('cut off');
      const given = typeof wrong === 'object' ? wrong : undefined;
      const text = await textOf(request);
      const isKnown = request.headers.authorization === name;
      const { status, body } =
        given ?? (isKnown ? answerTo(infobase, request, path, { query, text }) : notKnown);
      if (wrong === 'lost') throw new Error('the answer is lost');
      response.writeHead(status, { 'Content-Type': charset });
      // The platform begins its answers with a byte order mark.
      response.end(body === undefined ? '' : `\uFEFF${JSON.stringify(body)}`);
    };
    answer().catch(() => request.socket.destroy());
  };
}

const notKnown: Answer = { status: 401, body: undefined };

function answerTo(
  infobase: Infobase,
  request: IncomingMessage,
  path: string,
  { query, text }: { readonly query: string; readonly text: string },
): Answer {
  if (!path.startsWith(prefix)) return { status: 404, body: undefined };
  // A plus is a plus here, and stands in no option.
  if (query.includes('+')) return refusal(400, '14', 'Ошибка разбора опции запроса');
  const options = new Map(
    query.split('&').map((part) => {
      const at = part.indexOf('=');
      return [part.slice(0, at), decodeURIComponent(part.slice(at + 1))] as const;
    }),
  );
  const place = path.slice(prefix.length);
  if (request.method === 'GET') return infobase.read(place, options);
  const action = /^([^(]+)\(guid'([^']+)'\)\/Post$/u.exec(place);
  if (action !== null) {
    const [, set = '', ref = ''] = action;
    const version = request.headers['if-match'];
    return infobase.post(set, ref, version);
  }
  const values = parseJson(text);
  const isObject = typeof values === 'object' && values !== null && !Array.isArray(values);
  if (!isObject) return refusal(400, '21', 'Ошибка разбора JSON');
  return infobase.create(place, values as Row);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
