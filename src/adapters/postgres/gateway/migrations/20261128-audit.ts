import type { Migration } from '../../migrate-database.ts';

/** The audit log: rows are only ever added. */
export const audit: Migration = {
  name: '20261128-audit',
  up: `
    CREATE TABLE audit_record (
      seq bigint PRIMARY KEY,
      at_ms bigint NOT NULL,
      kind text NOT NULL,
      who text NOT NULL,
      what text NOT NULL,
      previous text NOT NULL,
      digest text NOT NULL
    );
    CREATE TABLE audit_head (
      seq bigint PRIMARY KEY,
      at_ms bigint NOT NULL,
      digest text NOT NULL,
      kid text NOT NULL,
      signature text NOT NULL
    );
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'the audit log is append-only: % is never changed', TG_TABLE_NAME;
    END $$;
    CREATE TRIGGER audit_record_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_record
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER audit_head_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_head
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  `,
};
