import assert from 'node:assert/strict';
import { subnetOf } from '../../../src/application/edge/subnet.ts';

describe('The network of a client', () => {
  it('is /24 of IPv4, also inside IPv6, and /56 of IPv6', () => {
    for (const [address, subnet] of [
      ['192.0.2.77', '192.0.2.0/24'],
      ['::ffff:192.0.2.77', '192.0.2.0/24'],
      ['2001:db8:1:ff42:1:2:3:4', '2001:db8:1:ff00::/56'],
      ['2001:DB8::1', '2001:db8:0:0::/56'],
      ['fe80::1%eth0', 'fe80:0:0:0::/56'],
      ['::1', '0:0:0:0::/56'],
      ['64:ff9b::192.0.2.33', '64:ff9b:0:0::/56'],
      ['1:2:3:4:5:6:7::', '1:2:3:0::/56'],
      ['', 'unknown'],
      ['nobody', 'unknown'],
    ] as const) {
      assert.equal(subnetOf(address), subnet, address);
    }
  });
});
