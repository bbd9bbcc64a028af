/** The people who watch the demo's gateway: fixed, documented in README.md, and never in production. */
export const demoWatchers = [
  {
    login: 'igor',
    name: 'Игорь Лебедев',
    password: 'demo-Igor-2026',
    secret: 'NFTW64RAOM2TMYLUMNUGK4RAONSWG4TF',
  },
] as const;
