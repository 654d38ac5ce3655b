/** What a script has begun on its stage, and what came of it. */
export interface Watched<On> {
  /** The stage to play on. */
  readonly stage: On;
  /** Calls that have not ended, as `server.exit()`. */
  pending(): readonly string[];
  /** The first error that a call ended with, also where the script has caught it, or has not awaited the call. */
  failed(): { readonly error: unknown } | undefined;
}

/**
 * A stage that takes note of what a script does on it. Most mistakes of a script are a missing `await`: it would end too
 * early, and the harness would end the target, which would be blamed for it.
 */
export function watchStage<On extends object>(given: On): Watched<On> {
  const running = new Set<{ readonly name: string }>();
  const originals = new WeakMap<object, object>();
  let failure: { readonly error: unknown } | undefined;

  function watched(value: unknown, name: string): unknown {
    return typeof value === 'object' && value !== null && !isData(value) ? proxyOf(value, name) : value;
  }

  function proxyOf<Value extends object>(value: Value, name: string): Value {
    const proxy = new Proxy(value, {
      get(target, key) {
        // The getters of a class read private fields: these are the target's, and not the proxy's.
        const found: unknown = Reflect.get(target, key, target);
        const inner = name === '' ? String(key) : `${name}.${String(key)}`;
        return typeof found === 'function' ? calling(target, found as Method, inner) : watched(found, inner);
      },
    });
    originals.set(proxy, value);
    return proxy;
  }

  function calling(self: object, method: Method, name: string): Method {
    return (...args) => {
      try {
        const result = method.apply(
          self,
          args.map((arg) => (typeof arg === 'object' && arg !== null ? (originals.get(arg) ?? arg) : arg)),
        );
        return result instanceof Promise ? awaiting(result, name) : watched(result, name);
      } catch (error) {
        failure ??= { error };
        throw error;
      }
    };
  }

  function awaiting(result: Promise<unknown>, name: string): Promise<unknown> {
    const call = { name: `${name}()` };
    running.add(call);
    const seen = result
      .catch((error: unknown) => {
        failure ??= { error };
        throw error;
      })
      .finally(() => running.delete(call))
      .then((value) => (isPlain(value) ? proxyOf(value as object, call.name) : watched(value, call.name)));
    // It is told by `failed`; a rejection that nobody awaits would end this process.
    seen.catch(() => {});
    return seen;
  }

  return {
    stage: proxyOf(given, ''),
    pending: () => [...running].map(({ name }) => name),
    failed: () => failure,
  };
}

type Method = (this: object, ...args: unknown[]) => unknown;

function isPlain(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Facts, and no players. */
function isData(value: object): boolean {
  return isPlain(value) || Array.isArray(value) || value instanceof Map || value instanceof Set;
}
