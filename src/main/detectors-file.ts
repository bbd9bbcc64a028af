import { z } from 'zod';
import { readSettings } from '../adapters/settings/settings-file.ts';
import { detectorCodes } from '../domain/protection/detector.ts';
import { type DetectionSettings, usualDetection } from '../domain/protection/detectors/settings.ts';

const sequenceRule = z.strictObject({
  step: z.string().min(1).max(80),
  after: z.array(z.string().min(1).max(80)).min(1).max(20),
  withinMs: z.number().positive(),
});
/** Lists, which are taken whole; every other setting has the form of its default. */
const lists: Readonly<Record<string, z.ZodType>> = {
  shadow: z.array(z.enum(detectorCodes)),
  canaries: z.array(z.uuid()).max(10_000),
  operations: z.array(z.string().min(1).max(64)).max(100),
  impossibleSequence: z.array(sequenceRule).max(100),
};

/** The strict schema of what may be set instead of the defaults: the same names, all of them optional. */
const shapeOf = (usual: object): z.ZodType =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(usual).map(([name, value]: [string, unknown]) => {
        const list = lists[name];
        if (list !== undefined) return [name, list.optional()];
        if (typeof value === 'object' && value !== null) return [name, shapeOf(value).optional()];
        return [name, z.number().nonnegative().optional()];
      }),
    ),
  );
const fileShape = shapeOf(usualDetection);

/**
 * Reads the settings of the detectors (JSON); what the file does not name keeps its default. Throws an Error of one
 * sentence that says what is wrong and where.
 */
export const detectionFromFile = (path: string): DetectionSettings =>
  merged(usualDetection, readSettings(path, fileShape)) as DetectionSettings;

/** The settings of the file, or the defaults where none is named. */
export const detectionSettings = (path: string | undefined): DetectionSettings =>
  path === undefined ? usualDetection : detectionFromFile(path);

const merged = (usual: unknown, given: unknown): unknown => {
  if (given === undefined) return usual;
  if (!isPlain(usual) || !isPlain(given)) return given;
  const parts = Object.entries(usual).map(([name, value]) => [name, merged(value, given[name])]);
  return Object.fromEntries(parts) as unknown;
};

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
