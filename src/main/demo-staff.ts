/** The staff of the demo: fixed, documented in README.md, and never in production. */
export const demoStaff = [
  {
    login: 'vera',
    name: 'Вера Соколова',
    roles: ['cashier', 'approver'],
    password: 'demo-Vera-2026',
    secret: 'KNUW24DMMUQHG2LNMUQHG2LNMUQHG2LN',
  },
  {
    login: 'boris',
    name: 'Борис Орлов',
    roles: ['cashier', 'approver'],
    password: 'demo-Boris-2026',
    secret: 'MJXXE2LTEBXXE3DPOYQGEZLFMVZXIYLU',
  },
] as const;
