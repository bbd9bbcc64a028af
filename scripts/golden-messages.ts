import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageKinds } from '../src/adapters/amqp/schemas/message-kinds.ts';
import { everyMessage } from '../test/support/every-message.ts';
import {
  goldenFolder,
  goldenName,
  goldenRing,
  jsonSchemaOf,
} from '../test/support/golden-messages.ts';

// Keeps one message of every version that has none yet. What is kept is never written again: it was sent once.
const rings = {
  portal: goldenRing('portal'),
  gateway: goldenRing('gateway'),
  accounting: goldenRing('accounting'),
};
for (const { name, type, message, reader } of everyMessage(rings)) {
  if (name.endsWith('-forwarded') || name === 'refusal') continue;
  const read = reader.read(message);
  if (!read.ok) throw new Error(`${name} cannot be read: ${read.refusal.why}`);
  const isReply = read.value.messageClass === 'reply';
  const file = join(goldenFolder, goldenName(read.value.dataschema, isReply));
  if (existsSync(file)) continue;
  const golden = {
    dataschema: read.value.dataschema,
    isReply,
    schema: jsonSchemaOf(messageKinds[type], isReply),
    message: { ...message, body: Buffer.from(message.body).toString() },
    data: read.value.data,
  };
  writeFileSync(file, `${JSON.stringify(golden, undefined, 2)}\n`);
  console.log(`${file} written`);
}
