import { defineConfig } from '@lingui/cli';

/** PO files are what translators edit; the Vite plug-in compiles them at build time. */
export default defineConfig({
  locales: ['ru', 'en'],
  sourceLocale: 'ru',
  fallbackLocales: false,
  catalogs: [{ path: '<rootDir>/i18n/locales/{locale}', include: ['<rootDir>'] }],
});
