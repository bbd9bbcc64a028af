import { type Instant, second } from '../../domain/time.ts';

/** A gateway that was not heard for so long is taken for dead, or cut off. */
export const silentMs = 30 * second;

/** The inside's watch over the gateways: the zone in between may be what is down, so nobody there can tell. */
export interface GatewayWatch {
  heard(instance: string, now: Instant): void;
  /** Who has fallen silent since the last call: each is named once, until it is heard again. */
  silent(now: Instant): readonly string[];
}

/** `any`: no gateway at all was heard since we began. */
export const watchGateways = (beganAt: Instant): GatewayWatch => {
  const heardAt = new Map<string, Instant>([['any', beganAt]]);
  const named = new Set<string>();
  return {
    heard: (instance, now) => {
      heardAt.delete('any');
      heardAt.set(instance, now);
      named.delete(instance);
    },
    silent: (now) => {
      const quiet = [...heardAt].filter(
        ([instance, at]) => now - at >= silentMs && !named.has(instance),
      );
      for (const [instance] of quiet) named.add(instance);
      return quiet.map(([instance]) => instance);
    },
  };
};
