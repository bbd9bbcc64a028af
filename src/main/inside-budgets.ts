import { statSync } from 'node:fs';
import { type BudgetsEnd, grantSender, hearGateways } from '../adapters/amqp/inside-budgets.ts';
import type { GatewayBeat } from '../application/ports/inside-messages.ts';
import type { MessageWriter } from '../adapters/amqp/message-writer.ts';
import { budgetsFile } from '../adapters/settings/budgets-file.ts';
import { grantBudgets } from '../application/budgets/grant-budgets.ts';
import { usualBudgets } from '../application/budgets/usual-budgets.ts';
import { loop } from './loop.ts';
import type { Running } from './running.ts';

/** How soon a changed file of budgets is noticed. */
const lookEveryMs = 1_000;

/** Grants the gateways what the file of budgets says, and tells them when it is changed. */
export async function startGranting(
  path: string,
  end: BudgetsEnd,
  writer: MessageWriter,
  see: (beat: GatewayBeat) => void,
): Promise<Running> {
  const settings = budgetsFile(path, usualBudgets);
  // A wrong file is told of at the start, not at the first beat.
  await settings.read();
  const granting = grantBudgets(settings, grantSender(end.broker, writer), { now: end.now });
  const stopHearing = await hearGateways(end, granting, see);
  let changedMs = changeOf(path);
  const looking = loop(
    async () => {
      const nowMs = changeOf(path);
      if (nowMs !== changedMs) await granting.announce();
      changedMs = nowMs;
      return false;
    },
    lookEveryMs,
    end.report,
  );
  return {
    stop: async () => {
      await looking.stop();
      await stopHearing();
    },
  };
}

const changeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
