/** The customers of the demo: fixed, documented in README.md, and never in production. */
export const demoPassword = 'demo-Kabinet-2026';
export const demoCustomers = [
  { contract: '7000001', phone: '+79990000001' },
  { contract: '7000002', phone: '+79990000002' },
] as const;
