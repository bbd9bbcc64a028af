/** Where to go after signing in. Only a path of this very site is taken; all else is the home page. */
export function returnPath(wanted: unknown): string {
  if (typeof wanted !== 'string') return '/';
  const isLocal = /^\/(?![/\\])[^\\\s]*$/u.test(wanted);
  return isLocal && !wanted.startsWith('/sign-in') ? wanted : '/';
}
