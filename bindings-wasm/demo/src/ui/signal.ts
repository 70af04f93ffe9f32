/** A value that notifies its subscribers when it changes. */
export class Signal<Value> {
  #value: Value;
  readonly #subscribers = new Set<(value: Value) => void>();

  constructor(value: Value) {
    this.#value = value;
  }

  get value(): Value {
    return this.#value;
  }

  set value(value: Value) {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const subscriber of [...this.#subscribers]) subscriber(value);
  }

  /** Calls `subscriber` at every later change, until the abort signal ends the subscription. */
  subscribe(subscriber: (value: Value) => void, until?: AbortSignal): void {
    if (until?.aborted) return;
    this.#subscribers.add(subscriber);
    until?.addEventListener("abort", () => this.#subscribers.delete(subscriber), { once: true });
  }
}
