import type { Change } from "./worker-protocol.js";

/** What has changed since the start: for each offer only what counts, however often it changed. */
export class Changes {
  readonly #byId = new Map<string, Change>();

  update(id: string, offer: string): void {
    this.#byId.set(id, { id, offer });
  }

  remove(id: string): void {
    this.#byId.set(id, { id, removed: true });
  }

  setCapacity(id: string, capacity: string): void {
    this.#byId.set(id, { ...this.#byId.get(id), id, capacity });
  }

  /** All of them, each for another offer. */
  list(): Change[] {
    return [...this.#byId.values()];
  }
}
