import manifest from '../../package.json' with { type: 'json' };

/**
 * The version of this Kabinet, as package.json has it: printed by the programs and named in the OpenAPI document.
 */
export const { version } = manifest;
