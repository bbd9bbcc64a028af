import type { Context } from 'koa';
import type { ZodType } from 'zod';

const BODY_LIMIT_BYTES = 256 * 1024;

/** Reads the whole body as UTF-8; answers 413 above 256 KiB. */
export async function readText(ctx: Context): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of ctx.req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT_BYTES) ctx.throw(413, 'the body is larger than 256 KiB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Reads a JSON body of the given shape; answers 400 with a JSON reason when it is anything else. */
export async function readJson<T>(ctx: Context, shape: ZodType<T>): Promise<T | undefined> {
  const text = await readText(ctx);
  const parsed = shape.safeParse(parseJson(text === '' ? '{}' : text));
  if (parsed.success) return parsed.data;

  const issue = parsed.error.issues[0];
  ctx.status = 400;
  ctx.body = { error: `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'is not valid'}` };
  return undefined;
}

/** Parses JSON; undefined when the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Cuts the connection without an answer, as a broken network does. */
export function cutConnection(ctx: Context): void {
  ctx.respond = false;
  ctx.req.socket.destroy();
}
