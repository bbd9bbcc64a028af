import assert from 'node:assert/strict';
import { demoInChromium, type DemoBrowser } from '../../support/demo-browser.ts';
import { signInByHand } from '../../support/journey.ts';
import { PortalClient } from '../../support/portal-client.ts';
import { waitFor } from '../../support/processes.ts';

describe('signing in from a network that tried contract after contract', function () {
  this.timeout(180_000);
  let demo: DemoBrowser | undefined;
  before(async function () {
    demo = await demoInChromium(this);
  });
  after(() => demo?.close());

  it('costs work first, for the attacker and for a person, who only waits a little', async () => {
    const { portalUrl, simulatorsUrl } = demo!.place;
    const robot = new PortalClient(portalUrl, simulatorsUrl);
    const tryOne = (contract: number) =>
      robot.post('/api/sign-in', { login: String(contract), password: 'guess' });

    let contract = 9_000_001;
    await waitFor('the demand of work', async () => {
      const { status, body } = await tryOne(contract);
      contract += 1;
      if (status === 200) return false;
      assert.equal(status, 428);
      assert.equal(body['type'], 'urn:kabinet:problem:proof-of-work-required');
      return true;
    });
    const { status, body } = await tryOne(contract);
    assert.equal(status, 428);
    const proof = String(body['challenge']);
    const guessed = { login: String(contract), password: 'guess', proof };
    assert.equal((await robot.post('/api/sign-in', guessed)).status, 428);

    const { page, complaints, look } = await demo!.open('light', 390);
    let tries = 0;
    page.on('response', (response) => {
      if (new URL(response.url()).pathname === '/api/sign-in') tries += 1;
    });
    await signInByHand(page, demo!.place, look);
    assert.ok(tries >= 2);
    assert.deepEqual(complaints, []);
  });
});
