import '../../test/target.ts';
