import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = '@expo-google-fonts/pt-sans';
const read = (file: string): Buffer =>
  readFileSync(fileURLToPath(import.meta.resolve(`${folder}/${file}`)));

/** PT Sans (SIL Open Font License): Latin, Cyrillic and ₽ in plain TrueType. Read once per thread. */
export const documentFonts = {
  regular: read('400Regular/PTSans_400Regular.ttf'),
  bold: read('700Bold/PTSans_700Bold.ttf'),
} as const;
