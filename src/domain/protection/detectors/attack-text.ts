import { nothing, suspectsOf, type Detector } from './watched.ts';

/** What texts of attackers look like. Each expression reads a text once: none can be made to take long. */
const signatures: readonly (readonly [string, RegExp])[] = [
  [
    'markup',
    /<\s?(?:script|iframe|svg|img|object|embed)\b|javascript:|\bon(?:error|load|click)\s?=/i,
  ],
  ['template', /\{\{[^{}]{1,80}\}\}|<%[^%]{1,80}%>|#\{[^{}]{1,80}\}/],
  ['jndi', /\$\{(?:jndi|lower|upper|env|sys):/i],
  ['sql', /(?:'|"|\)|;|--)\s{0,9}(?:or|and|union|select|insert|update|delete|drop|exec)\b/i],
  ['path', /(?:\.\.[\\/]){2}|%2e%2e%2f|\/etc\/passwd\b/i],
  ['shell', /[;&|`]\s?(?:cat|curl|wget|bash|sh|nc|powershell)\s/i],
];

/** Longest text that is looked at, in characters. */
const lookedAt = 4_096;

/** The kind of attack a free text looks like; undefined for all others. People may write what they like: it only counts. */
export const attackSign = (text: string): string | undefined => {
  const beginning = text.slice(0, lookedAt);
  return signatures.find(([, expression]) => expression.test(beginning))?.[0];
};

/** The first sign in any text of a message. Looks no deeper than messages may be. */
export function attackSignIn(content: unknown, depth = 16): string | undefined {
  if (typeof content === 'string') return attackSign(content);
  if (typeof content !== 'object' || content === null || depth === 0) return undefined;
  for (const part of Object.values(content)) {
    const sign = attackSignIn(part, depth - 1);
    if (sign !== undefined) return sign;
  }
  return undefined;
}

/** Text that looks like an attack raises suspicion a little and is never blocked. */
export const attackTextDetector = (): Detector => ({
  see: (event) =>
    event.kind === 'text'
      ? [
          {
            detector: 'attack-text',
            target: event.from.customer,
            evidence: `looks like ${event.sign}`,
            suspects: suspectsOf(event.from),
          },
        ]
      : nothing,
});
