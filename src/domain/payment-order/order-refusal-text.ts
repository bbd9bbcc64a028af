import type { Texts } from '../locale.ts';
import type { BankDetailsRefusal } from './bank-details.ts';
import type { ReadOrderRefusal } from './read-order.ts';
import type { WriteOrderRefusal } from './write-order.ts';

/** Why there is no payment order, with the place and what to do, for who keeps the company's settings. */
export function orderRefusalText(
  refusal: WriteOrderRefusal | ReadOrderRefusal | BankDetailsRefusal,
): Texts {
  switch (refusal.reason) {
    case 'field-missing':
      return {
        ru: `${refusal.field}: нет значения, а без него банк платёж не примет; укажите его`,
        en: `${refusal.field} is missing, and no bank takes the order without it; give it`,
      };
    case 'field-too-long':
      return {
        ru: `${refusal.field}: знаков ${String(refusal.length)}, можно до ${String(refusal.most)}; сократите`,
        en: `${refusal.field} has ${String(refusal.length)} characters of ${String(refusal.most)} at most; shorten it`,
      };
    case 'field-malformed':
      return {
        ru: `${refusal.field}: нужно другое: ${refusal.wanted[0]}`,
        en: `${refusal.field} must be ${refusal.wanted[1]}`,
      };
    case 'letter-unknown':
      return {
        ru: `${refusal.field}: знака «${refusal.letter}» нет в кодировке; возьмите UTF-8 или замените его`,
        en: `${refusal.field}: the code page has no “${refusal.letter}”; take UTF-8 or another letter`,
      };
    case 'mandatory-fields-too-long':
      return {
        ru: `обязательные поля: байт ${String(refusal.bytes)}, можно до ${String(refusal.most)}; сократите названия или возьмите windows-1251`,
        en: `the mandatory fields take ${String(refusal.bytes)} bytes of ${String(refusal.most)}; shorten the names or take windows-1251`,
      };
    case 'no-separator-left':
      return {
        ru: 'в значениях есть все знаки, которыми можно разделять поля; уберите хотя бы «|»',
        en: 'the values have every character that could stand between fields; remove at least “|”',
      };
    case 'key-wrong':
      return {
        ru: `${refusal.field}: контрольный ключ не подходит к БИК; сверьте счёт и БИК`,
        en: `${refusal.field} has a key that does not fit the BIC; compare both with the bank’s papers`,
      };
    default:
      return readRefusalText(refusal);
  }
}

function readRefusalText(refusal: Exclude<ReadOrderRefusal, WriteOrderRefusal>): Texts {
  switch (refusal.reason) {
    case 'not-a-payment-order':
      return {
        ru: 'это не платёжный QR-код: он начинается с ST и цифр; снимите другой',
        en: 'this is no payment QR code, which begins with ST and digits; take another',
      };
    case 'version-unknown':
      return {
        ru: `версия ${refusal.version} неизвестна, читается 0001`,
        en: `version ${refusal.version} is unknown; 0001 can be read`,
      };
    case 'code-page-unknown':
      return {
        ru: `кодировка ${refusal.digit} неизвестна, читаются 1, 2 и 3`,
        en: `code page ${refusal.digit} is unknown; 1, 2 and 3 can be read`,
      };
    case 'not-in-its-code-page':
      return {
        ru: `байты не в кодировке ${refusal.codePage}, которую называет код; снимите его ещё раз`,
        en: `the bytes are not in code page ${refusal.codePage}, which the code names; take it again`,
      };
    case 'pair-without-name':
      return {
        ru: `поле ${String(refusal.position)}: «${refusal.pair}» — нет имени и знака =`,
        en: `field ${String(refusal.position)}: “${refusal.pair}” has no name before =`,
      };
    case 'field-said-twice':
      return {
        ru: `${refusal.field}: сказано дважды и по-разному; спросите у получателя`,
        en: `${refusal.field} is said twice, differently; ask the payee`,
      };
  }
}
