import '../alpha/target.ts';
