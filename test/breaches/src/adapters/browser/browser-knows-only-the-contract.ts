import '../../domain/target.ts';
