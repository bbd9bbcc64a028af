import type { Migration } from '../../migrate-database.ts';

/**
 * Why an account was closed; and the two locks of closing as functions of the owner, so that a program which may only add
 * to the books can take them.
 */
export const accountClosing: Migration = {
  name: '20261129-account-closing',
  up: `
  ALTER TABLE closed_ledger_account ADD COLUMN reason text NOT NULL DEFAULT '';

  CREATE FUNCTION stop_writers() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  BEGIN
    LOCK TABLE entry IN SHARE MODE;
  END $$;
  CREATE FUNCTION stop_holders() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  BEGIN
    LOCK TABLE hold IN SHARE MODE;
  END $$;
  REVOKE EXECUTE ON FUNCTION stop_writers(), stop_holders() FROM PUBLIC;
`,
};
