import { fileURLToPath } from 'node:url';
import { lingui } from '@lingui/vite-plugin';
import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));

/**
 * Builds the browser application into `dist/browser`. Nothing inline is made (no data: assets, no
 * module-preload script), so the page runs under `script-src 'self'; style-src 'self'`.
 */
export default defineConfig({
  root: here,
  plugins: [
    { ...optimizeLocales.vite({ locales: ['ru-RU', 'en-US'] }), enforce: 'pre' },
    react(),
    lingui({
      configPath: `${here}lingui.config.ts`,
      failOnMissing: true,
      failOnCompileError: true,
    }),
  ],
  build: {
    outDir: fileURLToPath(new URL('../../../dist/browser', import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What every page needs in one file that changes rarely; a page's own code stays apart.
        codeSplitting: {
          groups: [
            {
              name: 'framework',
              test: /node_modules\/(?:react|react-dom|scheduler|@tanstack|@lingui)\//,
            },
          ],
        },
      },
    },
  },
});
