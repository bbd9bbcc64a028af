import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePackage } from '../support/debian-package.ts';
import { startFivePrograms, type FivePrograms } from '../support/five-programs.ts';
import { freePort } from '../support/free-port.ts';
import { ensureNginx, startNginx, type TestNginx } from '../support/nginx.ts';
import { waitFor } from '../support/processes.ts';
import { ensureRabbitmq } from '../support/rabbitmq.ts';
import { skipUnless } from '../support/skips.ts';

const demo = ['7000001', 'demo-Kabinet-2026', '+79990000001'] as const;
const settingsOfNginx = readFileSync(
  join(import.meta.dirname, '../../deploy/nginx/kabinet.conf'),
  'utf8',
);

describe('five programs over RabbitMQ and PostgreSQL', function () {
  this.timeout(240_000);
  let five: FivePrograms;
  let nginx: TestNginx | undefined;
  let nginxUrl = '';
  const directory = mkdtempSync(join(tmpdir(), 'kabinet-nginx-'));

  before(async function () {
    skipUnless(this, await ensureRabbitmq());
    skipUnless(this, await ensureNginx());
    skipUnless(this, await ensurePackage('openssl', '/usr/bin/openssl'));
    const port = await freePort();
    nginxUrl = `https://localhost:${String(port)}`;
    // The payment system's notifications come straight to the portal, as from inside a data centre.
    five = await startFivePrograms({ TRUSTED_PROXIES: '1' });
    nginx = await startNginxFor(five, directory, port);
  });
  after(async () => {
    delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    await nginx?.stop();
    await five?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('takes a customer from sign-in to a receipt, and the payment is in the books once', async () => {
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    const customer = five.client(nginxUrl);
    assert.equal((await customer.signIn(...demo)).status, 200);
    const [account] = (await customer.get('/api/accounts')).body.items;
    const started = await customer.pay(account.id, '123450');
    assert.equal(started.status, 201);
    assert.equal(started.body.state, 'pending');
    assert.equal(await customer.control(started.body.id, { outcome: 'pay', times: 3 }), 200);
    const paid = await customer.paymentBecomes(started.body.id, 'succeeded', true);

    const page = (await customer.get(`/api/accounts/${account.id}/operations`)).body.items;
    assert.equal(page.filter((one: { paymentId?: string }) => one.paymentId === paid.id).length, 1);
    const fresh = (await customer.post(`/api/accounts/${account.id}/refresh`, {})).body;
    assert.equal(BigInt(fresh.balance.minor), BigInt(account.balance.minor) + 123450n);
    const pdf = await customer.download(`/api/payments/${paid.id}/receipt.pdf`);
    assert.equal(Buffer.from(pdf.subarray(0, 5)).toString(), '%PDF-');
    const code = paid.receipt.code as string;
    assert.equal((await customer.get(`/api/receipts/${code}`)).body.number, paid.receipt.number);
    const entries = await five.rows(
      'books',
      'SELECT count(*)::int AS n FROM entry WHERE key = $1',
      [`capture:stripe:${paid.id as string}`],
    );
    assert.deepEqual(entries, [{ n: 1 }]);
  });

  it('pushes a posted operation through nginx to the open page', async () => {
    const customer = five.client(nginxUrl);
    const signIn = await customer.signIn(...demo);
    assert.equal(signIn.status, 200);
    const [account] = (await customer.get('/api/accounts')).body.items;
    const heard: string[] = [];
    const stream = request(`${nginxUrl}/api/live`, { headers: { cookie: customer.cookie() } });
    stream.on('response', (response) => {
      response.on('data', (chunk: Buffer) => heard.push(chunk.toString()));
    });
    stream.end();
    const payment = (await customer.pay(account.id, '60000')).body;
    await customer.control(payment.id, { outcome: 'pay' });

    await waitFor('the live event', () => /event: ?operation/.test(heard.join('')));
    stream.destroy();
    assert.match(heard.join(''), new RegExp(payment.id as string));
  });
});

async function startNginxFor(
  five: FivePrograms,
  directory: string,
  port: number,
): Promise<TestNginx> {
  const [certificate, key] = [join(directory, 'certificate.pem'), join(directory, 'key.pem')];
  const subject = ['-subj', '/CN=localhost', '-days', '2'];
  const keyKind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const files = ['-keyout', key, '-out', certificate];
  execFileSync('openssl', ['req', '-x509', ...keyKind, ...subject, ...files], { stdio: 'ignore' });
  const server = settingsOfNginx
    .replaceAll('127.0.0.1:8443', `127.0.0.1:${String(port)}`)
    .replaceAll('127.0.0.1:8080', `127.0.0.1:${String(five.portalPort)}`)
    .replaceAll('/etc/kabinet/tls/certificate.pem', certificate)
    .replaceAll('/etc/kabinet/tls/key.pem', key);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${directory}/${name};`)
    .join('\n');
  const configFile = join(directory, 'nginx.conf');
  writeFileSync(
    configFile,
    `pid ${directory}/nginx.pid;\nerror_log ${directory}/error.log;\nevents {}\n` +
      `http {\naccess_log off;\n${temporary}\n${server}\n}\n`,
  );
  return startNginx({ configFile, prefix: directory, port });
}
