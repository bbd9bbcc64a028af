import type { Context } from 'mocha';

/**
 * Leaves the running suite (or test) out because something is missing on this machine, and says why.
 * In continuous integration nothing may be left out: there it fails instead.
 */
export const skip = (context: Context, reason: string): never => {
  if (process.env['CI'] === 'true') throw new Error(`nothing may be skipped here, but ${reason}`);
  console.log(`  skipped: ${reason}`);
  return context.skip();
};

/** Skips unless the thing is available; takes what `ensurePackage` answers: true or the reason. */
export const skipUnless = (context: Context, available: true | string): void => {
  if (available !== true) skip(context, available);
};
