import { ok, refused, type Result } from '../../domain/result.ts';
import { normaliseLogin } from '../../domain/sign-in.ts';
import { subnetOf } from '../edge/subnet.ts';
import type { Limiter } from '../ports/limiter.ts';
import type { ProofsOfWork } from '../ports/proofs-of-work.ts';
import type { Secrets } from '../ports/secrets.ts';

export interface ProveWorkRequest {
  readonly login: string;
  readonly address: string;
  /** Absent at the first try. */
  readonly proof: string | undefined;
}
export interface ProveWorkRefusal {
  readonly reason: 'proof-of-work-required';
  /** To be answered, and sent with the same login from the same network. */
  readonly challenge: string;
}

/**
 * Asks for work before a password is looked at. A proof is good for one try of one login from one network: whoever
 * tries a list of them pays for each, and nobody can have the work done by others.
 */
export const proveWork =
  (proofs: ProofsOfWork, secrets: Pick<Secrets, 'mac'>, limiter: Limiter) =>
  async (request: ProveWorkRequest): Promise<Result<undefined, ProveWorkRefusal>> => {
    const { login, address, proof } = request;
    const purpose = secrets.mac(`sign-in work ${subnetOf(address)} ${normaliseLogin(login)}`);
    const name = proof === undefined ? undefined : await proofs.proven(purpose, proof);
    if (name !== undefined && (await limiter.spend('work-proof', name)).allowed) {
      return ok(undefined);
    }
    return refused({
      reason: 'proof-of-work-required',
      challenge: await proofs.challenge(purpose),
    });
  };
export type ProveWork = ReturnType<typeof proveWork>;
