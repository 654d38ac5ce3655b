/** Why the tests could not be loaded: Vitest is not installed with this package, and may not be there. */
export function withoutVitest(error: unknown): unknown {
  const { code, message = '' } = error as { readonly code?: string; readonly message?: string };
  if (code !== 'ERR_MODULE_NOT_FOUND' || !message.includes("package 'vitest'")) return error;
  return new Error(
    'signal-conformance/vitest needs Vitest 3.2 or later, which is not installed; run `npm install --save-dev vitest`, or use `conform()` of signal-conformance',
    { cause: error },
  );
}
