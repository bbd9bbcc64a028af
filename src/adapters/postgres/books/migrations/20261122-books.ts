import { outboxTable } from '../../postgres-outbox.ts';
import type { Migration } from '../../migrate-database.ts';

const customersAndAccounts = `
  CREATE TABLE customer (
    id uuid PRIMARY KEY,
    contract text NOT NULL UNIQUE,
    name text NOT NULL,
    phone text NOT NULL,
    email text,
    locale text NOT NULL CHECK (locale IN ('ru', 'en')),
    version bigint NOT NULL
  );

  CREATE TABLE account (
    customer_id uuid NOT NULL REFERENCES customer,
    id uuid NOT NULL,
    number text NOT NULL UNIQUE,
    currency char(3) NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    title text NOT NULL,
    opened_on date NOT NULL,
    balance bigint NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (customer_id, id)
  );

  -- What the customer sees of the ledger. The id is that of the entry behind it. No foreign key: rows are written
  -- from an account that was just read, and a million checks would double the time of an import.
  CREATE TABLE operation (
    customer_id uuid NOT NULL,
    account_id uuid NOT NULL,
    posted_at timestamptz NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    amount bigint NOT NULL CHECK (amount <> 0),
    currency char(3) NOT NULL,
    description text NOT NULL,
    counterparty text,
    payment_id uuid,
    PRIMARY KEY (customer_id, account_id, posted_at, id)
  );
`;

const ledger = `
  CREATE TABLE entry (
    customer_id uuid NOT NULL,
    id uuid NOT NULL,
    key text NOT NULL UNIQUE,
    kind text NOT NULL,
    effective_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    memo text NOT NULL,
    PRIMARY KEY (customer_id, id)
  );

  CREATE TABLE posting (
    customer_id uuid NOT NULL,
    entry_id uuid NOT NULL,
    line smallint NOT NULL,
    ledger_account text NOT NULL,
    side text NOT NULL CHECK (side IN ('debit', 'credit')),
    amount bigint NOT NULL CHECK (amount > 0),
    currency char(3) NOT NULL,
    PRIMARY KEY (customer_id, entry_id, line)
  );

  CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'the ledger is append-only: correct % by another entry', TG_TABLE_NAME;
  END $$;
  CREATE TRIGGER entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER posting_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON posting
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;

/**
 * Every entry balances at commit. A queued check per row would cost a bulk load minutes, so a load says
 * \`SET LOCAL books.bulk_load = 'on'\` and proves the whole set in one query instead (see company-posting.ts).
 */
const balanceCheck = `
  CREATE FUNCTION check_entry_balance() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    checked uuid := CASE TG_TABLE_NAME
      WHEN 'entry' THEN (to_jsonb(NEW) ->> 'id')::uuid
      ELSE (to_jsonb(NEW) ->> 'entry_id')::uuid END;
  BEGIN
    IF NOT EXISTS (SELECT 1 FROM entry WHERE customer_id = NEW.customer_id AND id = checked) THEN
      RAISE EXCEPTION 'postings without entry %', checked USING ERRCODE = 'check_violation';
    END IF;
    IF (SELECT count(*) < 2 FROM posting WHERE customer_id = NEW.customer_id AND entry_id = checked)
      OR EXISTS (
        SELECT 1 FROM posting WHERE customer_id = NEW.customer_id AND entry_id = checked
        GROUP BY currency
        HAVING sum(CASE side WHEN 'debit' THEN amount ELSE -amount END) <> 0)
    THEN
      RAISE EXCEPTION 'entry % is out of balance', checked USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER entry_balances AFTER INSERT ON entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (current_setting('books.bulk_load', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION check_entry_balance();
  CREATE CONSTRAINT TRIGGER posting_balances AFTER INSERT ON posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (current_setting('books.bulk_load', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION check_entry_balance();
`;

const messages = `
  CREATE TABLE inbox (
    source text NOT NULL,
    idempotency_key text NOT NULL,
    customer_id uuid NOT NULL,
    request_hash text NOT NULL,
    result text NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (source, idempotency_key)
  );
`;

/**
 * Ids made from the company's own, the same at every import. They are mixed with a secret of this database,
 * because contract numbers are few enough to be guessed from a bare hash.
 */
const pseudonyms = `
  CREATE TABLE pseudonym_secret (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    secret bytea NOT NULL
  );
  INSERT INTO pseudonym_secret (secret)
    VALUES (sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));

  -- One expression, and STABLE as convert_to is, so that the planner puts it in line.
  CREATE FUNCTION company_uuid(secret bytea, thing text, id text) RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT overlay(overlay(
      substr(encode(sha256(secret || convert_to(thing || ':' || id, 'UTF8')), 'hex'), 1, 32)
      PLACING '8' FROM 13) PLACING '8' FROM 17)::uuid
  $$;
`;

/** The books: customers, accounts, the append-only double-entry ledger, inbox and outbox. */
export const books: Migration = {
  name: '20261122-books',
  up: [customersAndAccounts, ledger, balanceCheck, messages, pseudonyms, outboxTable].join('\n'),
};
