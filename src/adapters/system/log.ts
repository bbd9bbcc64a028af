import { pino } from 'pino';
import type { DestinationStream } from 'pino';

/** All that may ever be written to the log. What is not in this list cannot leak. */
export interface LogFields {
  readonly program?: string;
  readonly version?: string;
  readonly port?: number;
  readonly requestId?: string;
  readonly method?: string;
  /** The pattern of the route, never the address with its parameters. */
  readonly route?: string;
  readonly status?: number;
  readonly durationMs?: number;
  readonly outcome?: string;
  readonly reason?: string;
  readonly provider?: string;
  readonly paymentId?: string;
  readonly messageId?: string;
  readonly messageType?: string;
  readonly queue?: string;
  readonly incidentId?: string;
  readonly attempt?: number;
  readonly count?: number;
  readonly error?: unknown;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

/** Writes events as JSON lines. An event is named in kebab-case after what happened: `payment-settled`. */
export interface Log {
  event(name: string, fields?: LogFields, level?: LogLevel): void;
}

/** What remains of an error in the log; other members (SQL parameters, requests) stay out. */
export interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly stack: string | undefined;
}

/**
 * Opens the log of a program. `level` is the least that is written; `to` is standard output unless said.
 * Fields outside the list are dropped, also when a careless caller gets them past the compiler.
 */
export function openLog(level: LogLevel, program: string, to?: DestinationStream): Log {
  // The program is a field like others: in one process many of them write to one log.
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const logger = to === undefined ? pino(options) : pino(options, to);
  return {
    event: (name, fields = {}, importance = 'info') => {
      if (logger.isLevelEnabled(importance)) {
        logger[importance](onlyKnown({ program, ...fields }), name);
      }
    },
  };
}

/** The level LOG_LEVEL asks for, else the usual one of the program. */
export function logLevel(asked: string | undefined, usual: LogLevel): LogLevel {
  return levels.find((level) => level === asked) ?? usual;
}

/** Reduces whatever was thrown to its kind, its sentence and where it happened. */
export function loggedError(error: unknown): LoggedError {
  if (!(error instanceof Error)) {
    return {
      type: typeof error,
      message: 'something that is no error was thrown',
      stack: undefined,
    };
  }
  return { type: error.name, message: error.message, stack: error.stack };
}

const known: Readonly<Record<keyof LogFields, true>> = {
  program: true,
  version: true,
  port: true,
  requestId: true,
  method: true,
  route: true,
  status: true,
  durationMs: true,
  outcome: true,
  reason: true,
  provider: true,
  paymentId: true,
  messageId: true,
  messageType: true,
  queue: true,
  incidentId: true,
  attempt: true,
  count: true,
  error: true,
};

function onlyKnown(fields: LogFields): Record<string, unknown> {
  const entries = Object.entries(fields).filter(([name]) => Object.hasOwn(known, name));
  return Object.fromEntries(
    entries.map(([name, value]) => [name, name === 'error' ? loggedError(value) : value]),
  );
}
