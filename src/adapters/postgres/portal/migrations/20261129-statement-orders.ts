/** Statements asked for by e-mail, until they have left. */
export const statementOrdersMigration = `
CREATE TABLE statement_order (
  id uuid PRIMARY KEY,
  customer_id uuid NOT NULL,
  account_id uuid NOT NULL,
  from_day date NOT NULL,
  to_day date NOT NULL,
  locale text NOT NULL CHECK (locale IN ('ru', 'en')),
  ordered_at timestamptz NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  next_at timestamptz NOT NULL
);
CREATE INDEX statement_order_due ON statement_order (next_at);
`;
