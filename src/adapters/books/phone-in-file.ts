import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { isPhoneNumber, type PhoneNumber } from '../../domain/phone-number.ts';

/** Companies write the numbers of their own country without its code. */
const homeCountry = 'RU';

/** Reads a phone number as people write it, `8 (999) 000-00-01`; undefined for what nobody can be called at. */
export function readPhone(text: string): PhoneNumber | undefined {
  if (text.length > 40) return undefined;
  const found = parsePhoneNumberFromString(text, homeCountry);
  if (found === undefined || !found.isValid() || found.ext !== undefined) return undefined;
  return isPhoneNumber(found.number) ? found.number : undefined;
}
