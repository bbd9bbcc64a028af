// The bare limit: Koa, a router and one prepared statement. No session, no checks, no headers.
import Router from '@koa/router';
import Koa from 'koa';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env.BARE_DATABASE_URL, max: 10 });
const { rows } = await pool.query<{ customer_id: string; account_id: string }>(
  'SELECT customer_id, account_id FROM operation LIMIT 1',
);
const of = rows[0];
const app = new Koa();
const router = new Router();
router.get('/operations', async (ctx) => {
  const found = await pool.query({
    name: 'bare',
    text: `SELECT * FROM operation WHERE customer_id = $1 AND account_id = $2
      ORDER BY posted_at DESC, id DESC LIMIT 31`,
    values: [of?.customer_id, of?.account_id],
  });
  ctx.body = { items: found.rows };
});
app.use(router.routes());
const server = app.listen(Number(process.env.BARE_PORT), '127.0.0.1', () => {
  console.log('bare: ready');
});
process.on('SIGINT', () => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
});
