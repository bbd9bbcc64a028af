import type { ProviderNames } from './names.ts';

/** Where lines go: below the imports, or before a line (the end of a list) that follows another one (its beginning). */
export type Place = 'imports' | { readonly after: string; readonly before: string };

/** Lines that one of the lists of providers needs. */
export interface Insertion {
  readonly file: string;
  readonly place: Place;
  readonly lines: string;
}

/** Everywhere a provider is listed. */
export const insertionsFor = (names: ProviderNames): readonly Insertion[] => [
  ...forTheKit(names),
  ...forTheAdapter(names),
  ...forTheSimulator(names),
  {
    file: 'src/main/payment-methods.ts',
    place: { after: 'const ownMethods', before: '];' },
    lines: `  {
    code: '${names.kebab}',
    title: { ru: '${names.title}', en: '${names.title}' },
    marks: [],
    speed: 'at-once',
    routes: to('${names.kebab}', range('RUB', 1_00n, 15_000_00n)),
  },`,
  },
];

const forTheKit = ({ kebab, camel }: ProviderNames): Insertion[] => {
  const file = 'test/contracts/payment-provider/every-system.ts';
  return [
    {
      ...{ file, place: 'imports' },
      lines: `import { ${camel}System } from './systems/${kebab}.ts';`,
    },
    {
      ...{ file, lines: `  ${camel}System,` },
      place: { after: 'export const everySystem', before: '];' },
    },
  ];
};

const forTheAdapter = ({ kebab, camel, screaming }: ProviderNames): Insertion[] => {
  const adapters = 'src/main/provider-adapters.ts';
  const settings = 'src/main/payment-settings.ts';
  const key = kebab.includes('-') ? `'${kebab}'` : kebab;
  return [
    {
      ...{ file: adapters, place: 'imports' },
      lines: `import { ${camel} } from '../adapters/payment/${kebab}/${kebab}.ts';`,
    },
    {
      ...{ file: adapters, lines: `  ${key}: (set) => ${camel}(set.${camel}),` },
      place: { after: 'export const providerAdapters', before: '};' },
    },
    {
      ...{ file: settings, lines: `  '${kebab}',` },
      place: { after: 'export const providerCodes', before: '] as const;' },
    },
    {
      file: settings,
      place: { after: 'export const paymentEnvironment', before: '});' },
      lines: `  ${screaming}_API_URL: url.optional(),
  /** The first is used; notifications may be signed with each of them. */
  ${screaming}_SECRET_KEYS: first.default(['kabinet-demo-${kebab}']),
  ${screaming}_MODE: mode.default('test'),`,
    },
    {
      file: settings,
      place: { after: 'export function paymentSettings', before: '  };' },
      lines: `    ${camel}: {
      apiUrl: set.${screaming}_API_URL ?? \`\${simulatorsUrl}/${kebab}\`,
      secretKey: set.${screaming}_SECRET_KEYS[0],
      retiredKeys: set.${screaming}_SECRET_KEYS.slice(1),
      mode: set.${screaming}_MODE,
    },`,
    },
  ];
};

const forTheSimulator = ({ kebab, camel, pascal, title }: ProviderNames): Insertion[] => {
  const file = 'src/adapters/simulators/payment-simulators.ts';
  return [
    {
      ...{ file, place: 'imports' },
      lines: `import { ${camel}Simulator, type ${pascal}SimulatorSettings } from './${kebab}/${kebab}-simulator.ts';`,
    },
    {
      ...{ file, lines: `  readonly ${camel}?: ${pascal}SimulatorSettings;` },
      place: { after: 'export interface PaymentSimulators', before: '}' },
    },
    {
      file,
      place: { after: 'export function paymentSimulators', before: '  return standIns;' },
      lines: `  if (shops.${camel}) {
    ${camel}Simulator(router, shops.${camel}, world);
    add('${kebab}', '${title}', 'payments under /${kebab}/payments');
  }`,
    },
    {
      file: 'src/main/payment-simulators.ts',
      place: { after: 'export function paymentSimulatorSettings', before: '  };' },
      lines: `    ${camel}: { secretKey: payments.${camel}.secretKey, notifyUrl: notifyUrl('${kebab}') },`,
    },
  ];
};

/** The text with the lines at their place; undefined where that is not to be found for certain. */
export function inserted(text: string, place: Place, lines: string): string | undefined {
  const all = text.split('\n');
  const at = place === 'imports' ? belowImports(all) : endOfList(all, place);
  return at < 0 ? undefined : all.toSpliced(at, 0, lines).join('\n');
}

const belowImports = (all: readonly string[]): number => {
  const last = all.findLastIndex((line) => /^(import |\} from ').*';$/.test(line));
  return last < 0 ? last : last + 1;
};

function endOfList(all: readonly string[], place: Exclude<Place, 'imports'>): number {
  const begins = all.flatMap((line, at) => (line.startsWith(place.after) ? [at] : []));
  const [begin] = begins;
  return begin === undefined || begins.length > 1 ? -1 : all.indexOf(place.before, begin + 1);
}
