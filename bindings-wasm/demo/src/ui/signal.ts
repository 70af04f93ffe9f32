/** A value that tells who watches it when it changes. */
export class Cell<Value> {
  #value: Value;
  readonly #watchers = new Set<(value: Value) => void>();

  constructor(value: Value) {
    this.#value = value;
  }

  get value(): Value {
    return this.#value;
  }

  set value(value: Value) {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const watcher of [...this.#watchers]) watcher(value);
  }

  /** Calls from now on at every change, until the signal says stop. */
  watch(watcher: (value: Value) => void, until?: AbortSignal): void {
    if (until?.aborted) return;
    this.#watchers.add(watcher);
    until?.addEventListener("abort", () => this.#watchers.delete(watcher), { once: true });
  }
}
