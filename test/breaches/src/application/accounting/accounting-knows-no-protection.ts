import '../../domain/protection/target.ts';
