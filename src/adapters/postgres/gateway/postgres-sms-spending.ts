import type pg from 'pg';
import type { SmsSpending } from '../../../application/ports/sms-spending.ts';
import type { CalendarDay } from '../../../domain/time.ts';
import { ask } from '../ask.ts';

/** The sums of days in the gateway's database: one statement each, so that gateways share one limit. */
export class PostgresSmsSpending implements SmsSpending {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async take(day: CalendarDay, segments: number, limit: number): Promise<boolean> {
    const { rowCount } = await ask(this.#pool, {
      name: 'take-sms',
      text: `INSERT INTO sms_spending AS held (day, segments)
        SELECT $1::date, $2::integer WHERE $2::integer <= $3::integer
        ON CONFLICT (day) DO UPDATE SET segments = held.segments + $2
          WHERE held.segments + $2 <= $3`,
      values: [day, segments, limit],
    });
    return rowCount === 1;
  }

  async giveBack(day: CalendarDay, segments: number): Promise<void> {
    await ask(this.#pool, {
      name: 'give-sms-back',
      text: 'UPDATE sms_spending SET segments = greatest(0, segments - $2) WHERE day = $1::date',
      values: [day, segments],
    });
  }
}
