declare module '*.po' {
  import type { Messages } from '@lingui/core';
  /** The catalogue, compiled by Lingui's Vite plug-in. */
  export const messages: Messages;
}
