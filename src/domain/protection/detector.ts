/** `S1`: people are told at once · `S2`: within a minute · `S3`: in the hourly digest · `S4`: in the daily report. */
export type Severity = 'S1' | 'S2' | 'S3' | 'S4';

/** What watches for trouble, and how grave one sighting of it is unless the detector says otherwise. */
export const usualSeverity = {
  /** An id that exists only to be stolen was used. */
  canary: 'S1',
  'foreign-object': 'S3',
  /** Ids are tried one after another, before sign-in. */
  enumeration: 'S2',
  /** Failures on one customer from many subnets. */
  'many-sources': 'S2',
  'credential-stuffing': 'S1',
  'bad-signature': 'S1',
  replay: 'S1',
  'bad-schema': 'S2',
  'bad-reply': 'S2',
  /** More traffic than usual, of the usual kind. */
  'flash-crowd': 'S2',
  /** More traffic than usual, of another kind. */
  flood: 'S1',
  'slow-ramp': 'S3',
  /** One customer or operator collects documents. */
  harvest: 'S2',
  'impossible-sequence': 'S3',
  'cost-hog': 'S3',
  'grant-exhausted': 'S2',
  'grant-late': 'S2',
  'connector-silent': 'S2',
  'gateway-silent': 'S1',
  'dead-letter': 'S2',
  'clock-skew': 'S2',
  'audit-break': 'S2',
  /** More incidents at once than people can read; it stands for all of them. */
  storm: 'S1',
  /** Raised every day to prove that people can be reached. */
  drill: 'S4',
  /** Free text that looks like an attack; never blocked. */
  'attack-text': 'S4',
  /** No more short messages about incidents today. */
  'sms-limit': 'S2',
} as const satisfies Readonly<Record<string, Severity>>;

export type DetectorCode = keyof typeof usualSeverity;
export const detectorCodes = Object.keys(usualSeverity) as DetectorCode[];
