import '../../../domain/target.ts';
