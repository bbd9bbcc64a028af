import assert from 'node:assert/strict';
import { byTurn } from '../../src/main/by-turn.ts';
import { waitFor } from '../support/processes.ts';

describe('Serving by turn', () => {
  const given = () => {
    const world = { answer: false as boolean | Error, serving: 0, began: 0, reports: 0 };
    const running = byTurn(
      {
        isOurs: async () => {
          if (world.answer instanceof Error) throw world.answer;
          return world.answer;
        },
      },
      async () => {
        world.serving += 1;
        world.began += 1;
        return async () => {
          world.serving -= 1;
        };
      },
      () => {
        world.reports += 1;
      },
    );
    return { world, running };
  };

  it('begins with the turn, ends with it, and begins again', async () => {
    const { world, running } = given();
    world.answer = true;
    await waitFor('the beginning', () => world.serving === 1);
    world.answer = false;
    await waitFor('the end', () => world.serving === 0);
    world.answer = true;
    await waitFor('the second beginning', () => world.serving === 1);
    await running.stop();

    assert.deepEqual({ ...world }, { answer: true, serving: 0, began: 2, reports: 0 });
  });

  it('goes on for a while when nobody can tell, and says so once', async () => {
    const { world, running } = given();
    world.answer = true;
    await waitFor('the beginning', () => world.serving === 1);
    world.answer = new Error('away');
    await waitFor('the report', () => world.reports > 0);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    assert.deepEqual([world.serving, world.reports], [1, 1]);
    await running.stop();
    assert.equal(world.serving, 0);
  });
});
