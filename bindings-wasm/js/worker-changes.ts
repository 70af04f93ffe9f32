import type { OfferChange } from "./worker-protocol.js";

/**
 * The changes since the matcher was created, to be replayed in a new worker. For each offer only the net change is
 * kept, so the memory is bounded by the number of offers.
 */
export class OfferChanges {
  readonly #byId: Map<string, OfferChange>;

  constructor(changes: readonly OfferChange[] = []) {
    this.#byId = new Map(changes.map((change) => [change.id, change]));
  }

  update(id: string, offer: string): void {
    this.#byId.set(id, { id, offer });
  }

  remove(id: string): void {
    this.#byId.set(id, { id, removed: true });
  }

  setCapacity(id: string, capacity: string): void {
    this.#byId.set(id, { ...this.#byId.get(id), id, capacity });
  }

  /** Returns the net changes, each of another offer. */
  list(): OfferChange[] {
    return [...this.#byId.values()];
  }
}
