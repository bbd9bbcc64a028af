// Who may import whom. The name of a rule says what is right, its comment what to do when it fires.
// test/architecture.test.ts proves with test/breaches that every rule bites.

const sharedWords =
  '^src/domain/(result|invariant|ids|time|money|currency|phone-number|locale|desk-session|sms-text)\\.ts$';
const npm = (names) => `(^|/)node_modules/(@types/)?(${names})(/|$)`;

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'domain-imports-nothing',
      comment:
        'The domain is arithmetic: take what you need as an argument instead of importing it.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: '^src/domain/' },
    },
    {
      name: 'protection-knows-shared-words-only',
      comment:
        'The protection sees rates and names, never customers or payments: pass in what it needs, or ' +
        'move what all worlds share to money, time, ids and the like.',
      severity: 'error',
      from: { path: '^src/domain/protection/' },
      to: { path: '^src/domain/', pathNot: ['^src/domain/protection/', sharedWords] },
    },
    {
      name: 'ledger-knows-no-protection',
      comment: 'Double entry is the same under attack: pass in what it needs.',
      severity: 'error',
      from: { path: '^src/domain/ledger/' },
      to: { path: '^src/domain/protection/' },
    },
    {
      name: 'customer-world-stands-alone',
      comment:
        'Flat domain files may not know the ledger or the protection: turn the import round.',
      severity: 'error',
      from: { path: '^src/domain/[^/]+\\.ts$' },
      to: { path: '^src/domain/(ledger|protection)/' },
    },
    {
      name: 'application-imports-domain-only',
      comment: 'Write a port in src/application/ports and let an adapter do it.',
      severity: 'error',
      from: { path: '^src/application/' },
      to: { pathNot: '^src/(application|domain)/' },
    },
    {
      name: 'ports-know-no-use-case',
      comment:
        'A port is spoken by use cases, not the other way: move the shared type to the port or domain.',
      severity: 'error',
      from: { path: '^src/application/ports/' },
      to: { path: '^src/application/', pathNot: '^src/application/ports/' },
    },
    {
      name: 'gateway-knows-no-customer-world',
      comment:
        'The gateway’s use cases import domain/protection, the shared words and the ports, nothing else.',
      severity: 'error',
      from: { path: '^src/application/gateway/' },
      to: {
        path: '^src/',
        pathNot: [
          '^src/application/((gateway|ports)/|authenticator-codes\\.ts$)',
          '^src/domain/protection/',
          sharedWords,
        ],
      },
    },
    {
      name: 'portal-knows-no-ledger-or-protection',
      comment:
        'The portal asks the inside through the gateway; it has no part of the ledger or protection.',
      severity: 'error',
      from: {
        path: '^src/(application/|adapters/http/)',
        pathNot: '^src/application/(gateway|accounting|budgets|ports)/',
      },
      to: { path: '^src/(domain/(ledger|protection)|application/(gateway|accounting|budgets))/' },
    },
    {
      name: 'accounting-knows-no-protection',
      comment: 'Limits and detectors belong to the gateway; accounting trusts its signed messages.',
      severity: 'error',
      from: { path: '^src/application/accounting/' },
      to: { path: '^src/(domain/protection|application/gateway)/' },
    },
    {
      name: 'only-main-wires',
      comment: 'Take what you need as a parameter and let src/main plug it in.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/main/' },
      to: { path: [npm('inversify|reflect-metadata|@inversifyjs/[^/]+'), '^src/main/'] },
    },
    {
      name: 'adapters-are-strangers',
      comment:
        'One outside thing must not know another: meet in a port. (The browser may see the HTTP contract, ' +
        'the in-process broker the envelope of the real one.)',
      severity: 'error',
      from: { path: '^src/adapters/([^/]+)/', pathNot: '^src/adapters/(browser|in-process)/' },
      to: { path: '^src/adapters/', pathNot: '^src/adapters/$1/' },
    },
    {
      name: 'in-process-broker-shares-the-envelope-only',
      comment:
        'Of other adapters the in-process broker may import only amqp’s topology, envelope and schemas.',
      severity: 'error',
      from: { path: '^src/adapters/in-process/' },
      to: {
        path: '^src/adapters/',
        pathNot: '^src/adapters/(in-process/|amqp/(topology|envelope|strict-json|schemas/))',
      },
    },
    {
      name: 'payment-providers-are-strangers',
      comment: 'Copy the few lines, or move them to a file straight in src/adapters/payment.',
      severity: 'error',
      from: { path: '^src/adapters/payment/([^/]+)/' },
      to: {
        path: '^src/adapters/payment/',
        pathNot: ['^src/adapters/payment/$1/', '^src/adapters/payment/[^/]+\\.ts$'],
      },
    },
    {
      name: 'browser-knows-only-the-contract',
      comment: 'Put what the browser needs into src/adapters/http/contract.',
      severity: 'error',
      from: { path: '^src/adapters/browser/' },
      to: { path: '^src/', pathNot: '^src/adapters/(browser|http/contract)/' },
    },
    {
      name: 'browser-has-no-node',
      comment: 'There is no Node in a browser; do it on the server.',
      severity: 'error',
      from: { path: '^src/adapters/browser/', pathNot: '(\\.config|-plugin)\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'contract-stands-alone',
      comment: 'The contract goes to the browser: it imports zod and itself, nothing else.',
      severity: 'error',
      from: { path: '^src/adapters/http/contract/' },
      to: { pathNot: ['^src/adapters/http/contract/', npm('zod')] },
    },
    {
      name: 'simulators-stay-out-of-production',
      comment: 'Only the program of the simulators and the all-in-one start may load a simulator.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot:
          '^src/(adapters/simulators/|main/(simulators|payment-simulators|start)\\.ts$|main/modules/simulators)',
      },
      to: { path: '^src/adapters/simulators/' },
    },
    {
      name: 'sql-only-in-postgres',
      comment: 'Write a store in src/adapters/postgres behind a port.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(adapters/postgres|main)/' },
      to: { path: npm('pg|pg-copy-streams|knex|objection') },
    },
    {
      name: 'amqp-only-in-amqp',
      comment: 'Speak to the broker port; only src/adapters/amqp knows the protocol.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/adapters/amqp/' },
      to: { path: npm('amqplib|amqp-connection-manager') },
    },
    {
      name: 'react-only-in-browser',
      comment: 'Pages live in src/adapters/browser.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/adapters/browser/' },
      to: { path: npm('react|react-dom|react-aria-components|@tanstack/[^/]+|@lingui/[^/]+') },
    },
    {
      name: 'production-packages-only',
      comment: 'Move the package to "dependencies": `npm ci --omit=dev` would not install it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/adapters/browser/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '@types/' },
    },
    {
      name: 'src-never-imports-test',
      comment: 'What the product needs belongs in src.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts)/' },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one, or a third is missing.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolved',
      comment: 'The file or package is not there: mend the path, or add the package.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-orphans',
      comment: 'Nobody imports it and it imports nobody: use it or delete it.',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '/(browser|console)/public/'] },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['[.](css|svg|woff2|po)$', '[.]svg[?]', '^virtual:'] },
    // Without it an `import type` slips through.
    tsPreCompilationDeps: true,
    // Without them packages that only have "exports" (inversify, zod) are not resolved, hence not seen.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'types', 'default'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
};
