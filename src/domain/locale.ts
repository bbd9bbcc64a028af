/** The languages the product speaks. */
export type Locale = 'ru' | 'en';

/** One text in every language. */
export type Texts = Readonly<Record<Locale, string>>;

export const isLocale = (text: string): text is Locale => text === 'ru' || text === 'en';
