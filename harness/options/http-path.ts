import { shown, UsageError } from '../errors.js';

/** The path of a request, as it stands in the request line. */
export function parseHttpPath(option: string, value: string): string {
  // Anything but visible ASCII would end or break the request line (RFC 9112 §3).
  if (/^\/[\x21-\x7e]*$/.test(value) && !value.includes('#')) return value;
  throw new UsageError({
    option,
    expected: 'a path that starts with / and is percent-encoded',
    given: shown(value),
    fix: fixFor(value),
  });
}

function fixFor(value: string): string {
  if (URL.canParse(value) && value.includes('://')) return `write ${new URL(value).pathname}`;
  const path = value.startsWith('/') ? value : `/${value}`;
  const { pathname, search } = new URL(path, 'http://localhost');
  return `write ${pathname}${search}`;
}
