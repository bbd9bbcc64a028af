import '../protection/target.ts';
