import assert from 'node:assert/strict';
import { readConfig } from '../../src/main/config.ts';

describe('the settings of letters to customers', () => {
  it('send none where no mail server is named', () => {
    assert.equal(readConfig({}).mail, undefined);
    assert.equal(readConfig({ MAIL_HOST: '', MAIL_FROM: 'a@b.cd' }).mail, undefined);
  });

  it('insist on TLS unless told otherwise', () => {
    const from = 'Kabinet <noreply@kabinet.invalid>';
    const usual = { host: 'mail.example', port: 587, security: 'starttls', from };
    assert.deepEqual(readConfig({ MAIL_HOST: 'mail.example' }).mail, usual);
    const all = readConfig({
      MAIL_HOST: 'mail.example',
      MAIL_PORT: '465',
      MAIL_SECURITY: 'tls',
      MAIL_USER: 'kabinet',
      MAIL_PASSWORD: 'open',
      MAIL_FROM: 'a@b.cd',
    }).mail;
    const { host } = usual;
    assert.deepEqual(all, {
      ...{ host, port: 465, security: 'tls', from: 'a@b.cd' },
      ...{ user: 'kabinet', password: 'open' },
    });
  });

  it('name the variable that is wrong', () => {
    assert.throws(() => readConfig({ MAIL_SECURITY: 'ssl' }), /MAIL_SECURITY is wrong/);
    assert.throws(() => readConfig({ MAIL_PORT: '0' }), /MAIL_PORT is wrong/);
  });
});
