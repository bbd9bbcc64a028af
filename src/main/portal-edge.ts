import type { Container } from 'inversify';
import { sha256 } from '../adapters/amqp/signing.ts';
import { watchEdge } from '../application/edge/watch-edge.ts';
import type { EdgeLine, EdgeWatch } from '../application/ports/edge-watch.ts';
import { second } from '../domain/time.ts';
import { keys } from './keys.ts';
import { loop } from './loop.ts';
import type { Started } from './running.ts';
import { reporter, type Surroundings } from './surroundings.ts';

/** Watches the portal's edge, and tells the gateway once a second of what came; without one, everybody passes. */
export function startEdgeWatch(
  container: Container,
  line: EdgeLine,
  around: Surroundings,
  started: Started,
): EdgeWatch {
  const edge = watchEdge(
    line,
    container.get(keys.secrets),
    container.get(keys.randomness),
    container.get(keys.clock),
    (tokenHash) => sha256(`kabinet session ${tokenHash}`),
  );
  const telling = loop(
    async () => {
      await edge.report();
      return false;
    },
    second,
    reporter(around, 'portal'),
  );
  // Not waited for: a question that is still open ends when the line is closed.
  started.add(() => void telling.stop());
  return edge;
}
