import { simulatorsApp } from '../adapters/simulators/simulators-app.ts';
import { readConfig, type Config } from './config.ts';
import { demoStaff } from './demo-staff.ts';
import { demoWatchers } from './demo-watchers.ts';
import { listen } from './listen.ts';
import { paymentSimulatorSettings } from './payment-simulators.ts';
import { untilTold } from './run-alone.ts';
import { starting, type Running } from './running.ts';

/** Stands in for payment systems, the SMS operator and the customers' phones. Never in production. */
export const startSimulators = (config: Config): Promise<Running> =>
  starting(async (started) => {
    if (process.env.NODE_ENV === 'production') {
      throw new Error('simulators do not run in production');
    }
    const { vonage, fiscal, company } = config;
    const simulators = simulatorsApp({
      publicUrl: config.simulatorsUrl,
      ...paymentSimulatorSettings(config),
      authenticator: [...demoStaff, ...demoWatchers],
      ...(fiscal && { fiscal: { token: fiscal.token, timeZone: company.timeZone } }),
      vonage: { apiKey: vonage.apiKey, apiSecret: vonage.apiSecret },
    });
    started.add(() => simulators.close());
    const serve = simulators.app.callback();
    const server = await listen(
      (request, response) => void serve(request, response),
      config.listen,
      config.simulatorsPort,
      'SIMULATORS_PORT',
    );
    started.add(() => server.stop());
    return {};
  });

if (import.meta.main) {
  await untilTold('simulators', async () => {
    const config = readConfig(process.env);
    const running = await startSimulators(config);
    console.log(`kabinet simulators: ready at ${config.simulatorsUrl}`);
    return running;
  });
}
