// A plan for all needs of a file, in a worker: the page stays responsive, and the work can be cancelled.

import { useEffect, useRef, useState } from "react";
import { type RemoteAllocation, type RemoteMatcher, spawnMatcher } from "lotse/worker";

import offers from "./offers.json";

type State =
  | { readonly kind: "idle" | "cancelled" }
  | { readonly kind: "running"; readonly done: number; readonly total: number }
  | { readonly kind: "planned"; readonly plan: RemoteAllocation }
  | { readonly kind: "failed"; readonly error: unknown };

/** A matcher in a worker, which ends with the component. */
function useWorker(): () => Promise<RemoteMatcher> {
  const worker = useRef<Promise<RemoteMatcher>>(undefined);
  useEffect(
    () => () => {
      worker.current?.then((matcher) => matcher.terminate(), () => {});
      worker.current = undefined;
    },
    [],
  );
  return () => (worker.current ??= spawnMatcher({ offers }));
}

export function Plan() {
  const worker = useWorker();
  const running = useRef<AbortController>(undefined);
  const [state, setState] = useState<State>({ kind: "idle" });

  const start = async (needs: string): Promise<void> => {
    running.current?.abort(); // a new plan replaces the one that is running
    const controller = new AbortController();
    running.current = controller;
    const show = (next: State): void => {
      if (running.current === controller) {
        setState(next);
      }
    };
    const onProgress = (done: number, total: number): void => show({ kind: "running", done, total });
    onProgress(0, 0);
    try {
      const matcher = await worker();
      show({ kind: "planned", plan: await matcher.allocate(needs, { lang: "en", signal: controller.signal, onProgress }) });
    } catch (error) {
      show(controller.signal.aborted ? { kind: "cancelled" } : { kind: "failed", error });
    }
  };

  return (
    <section>
      <h1>One plan for all needs</h1>
      <label>
        Needs, as JSON{" "}
        <input
          type="file"
          accept=".json,.ndjson"
          onChange={async (event) => {
            const file = event.target.files?.[0];
            if (file !== undefined) {
              await start(await file.text());
            }
          }}
        />
      </label>
      <Outcome state={state} onCancel={() => running.current?.abort()} />
    </section>
  );
}

function Outcome({ state, onCancel }: { state: State; onCancel: () => void }) {
  switch (state.kind) {
    case "idle":
      return null;
    case "running":
      return (
        <p>
          <progress {...(state.total > 0 ? { value: state.done, max: state.total } : {})} />
          <button type="button" onClick={onCancel}>
            Cancel
          </button>
        </p>
      );
    case "cancelled":
      return <p role="status">Cancelled.</p>;
    case "failed":
      return <p role="alert">{String(state.error)}</p>;
    case "planned":
      return (
        <>
          <p role="status">
            {state.plan.referrals.length} referrals, {state.plan.unmet.length} unmet needs
          </p>
          <ul id="unmet">
            {state.plan.unmet.slice(0, 20).map(({ need, text }) => (
              <li key={need}>
                {need}: {text}
              </li>
            ))}
          </ul>
        </>
      );
  }
}
