import type { Case } from './case.ts';
import { happyPaths } from './cases/a-happy-paths.ts';
import { delivery } from './cases/b-delivery.ts';
import { forgeryAndTampering } from './cases/c-forgery.ts';
import { outcomes } from './cases/d-outcomes.ts';
import { time } from './cases/e-time.ts';
import { moneyCases } from './cases/f-money.ts';

/** The cases every payment system is held to, by their numbers. */
export const everyCase: readonly Case[] = [
  ...happyPaths,
  ...delivery,
  ...forgeryAndTampering,
  ...outcomes,
  ...time,
  ...moneyCases,
];
