interface Watch {
  readonly items: readonly unknown[];
  readonly onLook: () => void;
}

const watches = new WeakMap<object, Watch>();
/** What only makes another list of it: whoever looks into that one is noticed there. */
const derived: ReadonlySet<PropertyKey> = new Set(['filter', 'map', 'flatMap']);

/**
 * The same list, which tells when somebody looks into it. A value that was found without a look does not depend on what the
 * list holds, nor on what it lacks.
 */
export function watched<Item>(items: readonly Item[], onLook: () => void): readonly Item[] {
  const list = new Proxy(items, {
    get(target, key) {
      if (derived.has(key)) {
        const make = key as 'filter';
        return (use: (item: Item) => boolean) => watched(target[make](use), onLook);
      }
      onLook();
      return Reflect.get(target, key);
    },
    has(target, key) {
      onLook();
      return Reflect.has(target, key);
    },
    ownKeys(target) {
      onLook();
      return Reflect.ownKeys(target);
    },
  });
  watches.set(list, { items, onLook });
  return list;
}

/** One list after the other, watched where one of them is: to put them together is not to look into them. */
export function joined<Item>(...lists: readonly (readonly Item[])[]): readonly Item[] {
  const items = lists.flatMap((list) => (watches.get(list)?.items ?? list) as readonly Item[]);
  const watch = lists.flatMap((list) => watches.get(list) ?? [])[0];
  return watch ? watched(items, watch.onLook) : items;
}
