import './ledger/target.ts';
