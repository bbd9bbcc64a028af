import type { PaymentMethod, Route } from '../../domain/payment-limits.ts';
import type { PaymentProvider } from '../ports/payment-provider.ts';
import type { Availability } from '../payments/list-payment-methods.ts';

/** One configured way to pay, as staff see it. */
export interface DeskMethod {
  readonly method: PaymentMethod;
  /** `off`: the company took it off; `no-provider`: none that serves it is switched on. */
  readonly state: 'on' | 'off' | 'no-provider';
  readonly routes: readonly {
    readonly to: Route;
    /** `rests`: it is down or asked us to wait; `off`: it is not switched on. */
    readonly provides: 'answers' | 'rests' | 'off';
  }[];
}

/** Lists every configured method, also those no payer is offered. */
export const listDeskMethods =
  (
    configured: readonly PaymentMethod[],
    providers: readonly PaymentProvider[],
    isAvailable: Availability,
  ) =>
  (): readonly DeskMethod[] =>
    configured.map((method) => {
      const routes = method.routes.map((to) => {
        const isOn = providers.some(({ code }) => code === to.provider);
        if (!isOn) return { to, provides: 'off' as const };
        return {
          to,
          provides: isAvailable(to.provider) ? ('answers' as const) : ('rests' as const),
        };
      });
      const isServed = routes.some(({ provides }) => provides !== 'off');
      const served = isServed ? 'on' : 'no-provider';
      return { method, routes, state: method.off === undefined ? served : 'off' };
    });
export type ListDeskMethods = ReturnType<typeof listDeskMethods>;
