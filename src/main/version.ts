import manifest from '../../package.json' with { type: 'json' };

/** The version of this Kabinet. */
export const { version } = manifest;
