import { z } from 'zod';
import { longestNote, mostCanaries } from '../../application/canaries/change-canaries.ts';
import type { CanarySettings } from '../../application/ports/canary-settings.ts';
import { isId } from '../../domain/ids.ts';
import { readSettingsIfAny, writeSettings } from './settings-file.ts';

const note = z
  .string()
  .max(longestNote, `has a note of more than ${String(longestNote)} characters`);

const file = z.record(z.string(), note).superRefine((canaries, context) => {
  const ids = Object.keys(canaries);
  const wrong = ids.find((id) => !isId(id));
  if (wrong !== undefined) {
    const message = 'is no account id: a UUID in lower case';
    context.addIssue({ code: 'custom', path: [wrong], message });
  }
  if (ids.length > mostCanaries) {
    context.addIssue({ code: 'custom', message: `has more than ${String(mostCanaries)} canaries` });
  }
});

/** Canaries in a JSON file, a note by each id. It may be edited by hand; throws an Error of one sentence that says what is wrong. */
export const canariesFile = (path: string): CanarySettings => ({
  read: () =>
    new Promise((resolve) => {
      const named = readSettingsIfAny(path, file) ?? {};
      resolve(Object.entries(named).map(([id, note]) => ({ id, note })));
    }),
  keep: (canaries) =>
    new Promise((resolve) => {
      readSettingsIfAny(path, file);
      writeSettings(path, Object.fromEntries(canaries.map(({ id, note }) => [id, note])));
      resolve();
    }),
});
