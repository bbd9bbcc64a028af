import { readStored, writeStored } from '../i18n/locale.ts';

const storageKey = 'kabinet.company';

/** The company's name as this device last learnt it: known on the sign-in page from then on. */
export function companyName(): string | undefined {
  return readStored(storageKey);
}

export function rememberCompany(name: string): void {
  writeStored(storageKey, name);
}
