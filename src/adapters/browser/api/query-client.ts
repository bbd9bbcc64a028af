import { QueryCache, QueryClient, MutationCache } from '@tanstack/react-query';
import { Problem } from './problem.ts';

const readRetries = 2;

/** The cache of server state. `onSignedOut` is called whenever any answer says "not signed in". */
export function makeQueryClient(onSignedOut: () => void): QueryClient {
  const notice = (error: unknown): void => {
    if (error instanceof Problem && error.reason === 'not-signed-in') onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError: notice }),
    mutationCache: new MutationCache({ onError: notice }),
    defaultOptions: {
      queries: { staleTime: 10_000, retry: isWorthRetrying, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

// A refusal will be the same next time; an outage may pass.
function isWorthRetrying(failures: number, error: unknown): boolean {
  const isRefusal = error instanceof Problem && error.status < 500;
  return !isRefusal && failures < readRetries;
}
