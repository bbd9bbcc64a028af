import { ContainerModule } from 'inversify';
import { answerQuestion } from '../../application/payments/answer-question.ts';
import { takeNotification } from '../../application/payments/take-notification.ts';
import { takeProof } from '../../application/payments/take-proof.ts';
import { keys } from '../keys.ts';

/** What is done with the word of payment systems. */
export const notifications = new ContainerModule(({ bind }) => {
  bind(keys.takeProof).toResolvedValue(takeProof, [
    keys.settlePayment,
    keys.rememberMethod,
    keys.randomness,
  ]);
  bind(keys.answerQuestion).toResolvedValue(answerQuestion, [
    keys.paymentStore,
    keys.paymentDesk,
    keys.clock,
  ]);
  bind(keys.takeNotification).toResolvedValue(takeNotification, [
    keys.paymentStore,
    keys.takeProof,
    keys.answerQuestion,
    keys.secrets,
    keys.clock,
  ]);
});
