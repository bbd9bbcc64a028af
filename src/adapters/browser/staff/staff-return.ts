/** Where to go after signing in: only a page of the desk is taken; all else is its first page. */
export function staffReturn(wanted: string | undefined): string {
  const isDesk = /^\/staff(\/(?!sign-in)[^\\\s]*)?$/u.test(wanted ?? '');
  return isDesk && wanted !== undefined ? wanted : '/staff';
}
