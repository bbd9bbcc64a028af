import type { Migration } from '../../migrate-database.ts';

/** How many short messages told of incidents on a day. */
export const smsSpending: Migration = {
  name: '20261128-sms-spending',
  up: `
    CREATE TABLE sms_spending (
      day date PRIMARY KEY,
      segments integer NOT NULL CHECK (segments >= 0)
    );
  `,
};
