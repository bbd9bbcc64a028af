import { z } from 'zod';
import {
  type EdgeMeasures,
  type EdgeReport,
  edgeReportLimits,
} from '../../../application/ports/edge-watch.ts';
import { measureKinds } from '../../../domain/protection/suspicion.ts';
import { idField, textField, timeField } from './fields.ts';

const countField = z.number().int().nonnegative().max(1_000_000);
const subnetField = textField(48).min(1);
const { rows, tries, fingerprints, documents, measures } = edgeReportLimits;

const rowSchema = z.strictObject({
  subnet: subnetField,
  requests: countField,
  unauthenticated: countField,
  refused: countField,
  tries: z
    .array(z.strictObject({ subject: textField(24).min(1), failed: z.boolean() }))
    .max(tries)
    .readonly(),
  inSequence: countField,
  steps: z.array(textField(80)).max(10).readonly(),
});

const firstFields = {
  rows: z.array(rowSchema).max(rows).readonly(),
  fingerprints: z.array(countField).max(fingerprints).readonly(),
};
/** Query to the gateway itself, as portals of before said it: nothing of documents. */
export const reportEdgeFirstSchema: z.ZodType<EdgeReport> = z.strictObject(firstFields);

const documentsSchema = z.strictObject({
  by: z.enum(['customer', 'operator']),
  id: idField,
  count: countField,
});
/** Query to the gateway itself: what a portal's edge saw. */
export const reportEdgeSchema: z.ZodType<EdgeReport> = z.strictObject({
  ...firstFields,
  documents: z.array(documentsSchema).max(documents).readonly(),
});

/** Its answer: all measures in force. */
export const edgeMeasuresSchema: z.ZodType<EdgeMeasures> = z.strictObject({
  measures: z
    .array(
      z.strictObject({
        on: z.enum(['session', 'customer', 'subnet', 'login']),
        id: textField(64).min(1),
        measure: z.enum(measureKinds),
        until: timeField,
      }),
    )
    .max(measures)
    .readonly(),
});
