import '../payments/target.ts';
