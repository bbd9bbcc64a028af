import { z } from 'zod';
import { readSettings, wrongSettings } from '../adapters/settings/settings-file.ts';
import { isCurrency, type Currency } from '../domain/currency.ts';
import { compare, isPositive, parseDecimal, type Money } from '../domain/money.ts';
import type { PaymentMethod, Route } from '../domain/payment-limits.ts';
import { parseRate } from '../domain/quote.ts';
import { providerCodes } from './payment-settings.ts';

const texts = z.strictObject({ ru: z.string().min(1), en: z.string().min(1) });
const currency = z.custom<Currency>(
  (text) => typeof text === 'string' && isCurrency(text),
  'is no currency of ours',
);
const routeShape = z.strictObject({
  provider: z.enum(providerCodes),
  as: z.string().min(1).optional(),
  currency,
  min: z.string(),
  max: z.string(),
  holds: z.boolean().optional(),
  /** Where the provider takes another currency: how many of its units one of ours is. */
  rate: z.strictObject({ to: currency, value: z.string() }).optional(),
});
const methodShape = z.strictObject({
  code: z.string().regex(/^[a-z0-9-]{1,40}$/),
  title: texts,
  marks: z.array(z.string()).default([]),
  speed: z.enum(['at-once', 'days']).default('at-once'),
  fee: z.strictObject({ percent: z.string().regex(/^\d{1,2}(\.\d{1,2})?$/) }).optional(),
  canBeSaved: z.boolean().optional(),
  off: texts.optional(),
  routes: z.array(routeShape).min(1),
});
const fileShape = z.array(methodShape).min(1);

/** Reads the methods of a file (JSON); throws an Error of one sentence that says what is wrong and where. */
export function methodsFromFile(path: string): PaymentMethod[] {
  const methods = readSettings(path, fileShape);
  const codes = methods.map(({ code }) => code);
  const twice = codes.find((code, at) => codes.indexOf(code) !== at);
  if (twice !== undefined) throw wrongSettings(path, `the method ${twice} is there twice`);
  return methods.map((method) => {
    const { fee, canBeSaved, off, routes, ...facts } = method;
    return {
      ...facts,
      ...(fee !== undefined && { fee: { basisPoints: basisPoints(fee.percent) } }),
      ...(canBeSaved !== undefined && { canBeSaved }),
      ...(off !== undefined && { off }),
      routes: routes.map((route) => toRoute(path, method.code, route)),
    };
  });
}

const basisPoints = (percent: string): number => {
  const [whole = '0', fraction = ''] = percent.split('.');
  return Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
};

function toRoute(path: string, method: string, given: z.output<typeof routeShape>): Route {
  const { provider, as, holds, currency: of, rate } = given;
  const sum = (name: 'min' | 'max'): Money => {
    const read = parseDecimal(given[name], of);
    if (read === undefined) {
      throw wrongSettings(path, `${name} of ${method} is no sum of ${of}: ${given[name]}`);
    }
    return read;
  };
  const quoted = rate && parseRate(of, rate.to, rate.value);
  if (rate !== undefined && quoted === undefined) {
    throw wrongSettings(path, `rate of ${method} is no rate: ${rate.value}`);
  }
  const [min, max] = [sum('min'), sum('max')];
  if (!isPositive(min)) throw wrongSettings(path, `min of ${method} is not above zero`);
  if (compare(min, max) > 0) throw wrongSettings(path, `min of ${method} is above its max`);
  return {
    provider,
    min,
    max,
    ...(as !== undefined && { as }),
    ...(holds !== undefined && { holds }),
    ...(quoted !== undefined && { rate: quoted }),
  };
}
