import '../../domain/ledger/target.ts';
