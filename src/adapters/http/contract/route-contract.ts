import type { z } from 'zod';

/** One route of the HTTP surface. `{name}` in the path is a parameter. */
export interface RouteContract {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly summary: string;
  /** Who may ask; customers and staff have sessions of their own, and neither opens the other's routes. */
  readonly access: 'public' | 'customer' | 'staff';
  readonly body?: z.ZodType;
  readonly query?: z.ZodType;
  readonly success: { readonly status: number; readonly body?: z.ZodType; readonly type?: string };
  readonly needsIdempotencyKey?: boolean;
  /** It gives out a file by another way than its answer. */
  readonly givesDocument?: boolean;
}

/** Whether it gives out a file, which people keep and thieves collect. A stream that stays open is none. */
export const isDocument = ({ success: { type }, givesDocument }: RouteContract): boolean =>
  givesDocument === true || (type !== undefined && type !== 'text/event-stream');

export const route = <R extends RouteContract>(contract: R): R => contract;
