import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCertificate } from '../../src/main/webmoney-certificate.ts';

// Made for this test alone; they open nothing.
const cert = `-----BEGIN CERTIFICATE-----
MIIBmDCCAT+gAwIBAgIUKw7EL9k4BXGlQLHHkagjNIvjR4QwCgYIKoZIzj0EAwIw
ITEfMB0GA1UEAwwWV01JRCAxMjM0NTY3ODkwMTIgdGVzdDAgFw0yNjExMjgxMTA2
MzlaGA8yMTI2MTEwNDExMDYzOVowITEfMB0GA1UEAwwWV01JRCAxMjM0NTY3ODkw
MTIgdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABEWSgtE1u6TYQJl9tHZs
r6iUaZYYd6x4OFXSTvqz1V6v4AiXaHAh7HMLyDSocIWxj/iQXCaZyl0H4ZE+bsI7
SJCjUzBRMB0GA1UdDgQWBBQxu/LPPWdFfpenYYfAHyQPDpIV9DAfBgNVHSMEGDAW
gBQxu/LPPWdFfpenYYfAHyQPDpIV9DAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49
BAMCA0cAMEQCIErhL1WpJKdXAdPzvHLZBY2kMMYwipcKOOae+di6L/xRAiBy6ZJ0
9yq5lu+PRR1lelWV5FDZp8FJ24RD5+GYWgfq0A==
-----END CERTIFICATE-----`;
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgrTT4VLzZJLPpGovI
Vi0MGxZ01Tm2N2nya6PJcn31b8ehRANCAARFkoLRNbuk2ECZfbR2bK+olGmWGHes
eDhV0k76s9Ver+AIl2hwIexzC8g0qHCFsY/4kFwmmcpdB+GRPm7CO0iQ
-----END PRIVATE KEY-----`;
const otherKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgnEbl37b6ZxamBizp
yY1fbXavhagT/KpjNyt75/Ce2cOhRANCAARQtVEjR35mcnmkl1WGX/4AOTX9fmrS
uiW67sYoWAzspt2/NClBw/ZeVKXd8bLyAL4dupNAK6tO6+tf/Dyznuwb
-----END PRIVATE KEY-----`;

describe('the certificate of the WMID', () => {
  const place = mkdtempSync(join(tmpdir(), 'kabinet-certificate-'));
  const file = join(place, 'wmid.pem');
  after(() => {
    rmSync(place, { recursive: true, force: true });
  });

  it('is read with its key, in any order and among other texts', () => {
    for (const text of [`${cert}\n${key}\n`, `Bag Attributes\n${key}\n\n${cert}`]) {
      writeFileSync(file, text);
      assert.deepEqual(readCertificate(file), { cert, key });
    }
  });

  it('is refused in one sentence that says what is wrong and nothing of the key', () => {
    const wrong = {
      [`${key}`]: /wmid\.pem, named by WEBMONEY_CERTIFICATE, has no CERTIFICATE in it/,
      [`${cert}`]: /has no PRIVATE KEY in it, or one behind a passphrase/,
      [`${cert}\n${otherKey}`]: /holds a key that is not the certificate’s/,
      [`${cert}\n${key.replace(/\n.{20}/, '\nAAAA')}`]: /that cannot be read/,
    };
    for (const [text, message] of Object.entries(wrong)) {
      writeFileSync(file, text);
      assert.throws(
        () => readCertificate(file),
        (error: Error) => {
          assert.match(error.message, message);
          assert.doesNotMatch(error.message, /BEGIN|MIG|MHc|\n/);
          return true;
        },
      );
    }
    assert.throws(() => readCertificate(join(place, 'none.pem')), /none\.pem.* cannot be read/);
  });
});
