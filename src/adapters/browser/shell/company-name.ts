import type { LogoJson } from '../../http/contract/logo-json.ts';
import { readStored, writeStored } from '../i18n/locale.ts';

const storageKey = 'kabinet.company';
const logoKey = 'kabinet.company-logo';

/** The company's name as this device last learnt it: known on the sign-in page from then on. */
export function companyName(): string | undefined {
  return readStored(storageKey);
}

/** Its logo, in the same way. */
export function companyLogo(): LogoJson | undefined {
  const [path, width, height] = readStored(logoKey)?.split(' ') ?? [];
  if (path === undefined || !path.startsWith('/')) return undefined;
  return { path, width: Number(width), height: Number(height) };
}

export function rememberCompany(name: string, logo: LogoJson | undefined): void {
  writeStored(storageKey, name);
  writeStored(logoKey, logo && `${logo.path} ${String(logo.width)} ${String(logo.height)}`);
}
