import type pg from 'pg';

/** One thing that happened to a customer, for the open pages. */
export interface FeedItem {
  readonly kind: 'operation' | 'payment' | 'reset';
  readonly ref: string | undefined;
  readonly detail: string | undefined;
}

/** Adds to a customer's feed in the transaction of what it tells of; the pages hear of it once that commits. */
export async function addToFeed(
  client: pg.ClientBase,
  customerId: string,
  items: readonly FeedItem[],
): Promise<void> {
  if (items.length === 0) return;
  await client.query({
    name: 'feed-add',
    text: `WITH grown AS (
        INSERT INTO feed_end (customer_id, seq) VALUES ($1, $2)
        ON CONFLICT (customer_id) DO UPDATE SET seq = feed_end.seq + $2 RETURNING seq
      ), told AS (SELECT pg_notify('live', $1::text))
      INSERT INTO feed (customer_id, seq, kind, ref, detail)
      SELECT $1, grown.seq - $2 + item.n, item.kind, item.ref, item.detail
      FROM grown, told, unnest($3::text[], $4::uuid[], $5::text[])
        WITH ORDINALITY AS item (kind, ref, detail, n)`,
    values: [
      customerId,
      items.length,
      items.map((item) => item.kind),
      items.map((item) => item.ref ?? null),
      items.map((item) => item.detail ?? null),
    ],
  });
}
