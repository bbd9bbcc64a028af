import '../adapters/simulators/alpha/target.ts';
