// A plan for all needs of a file, in a worker: the page stays responsive, and the work can be cancelled.

import { LotseError, type UnmetNeed } from "lotse";
import { spawnMatcher } from "lotse/worker";

import offers from "./offers.json";

interface Parts {
  progress: HTMLProgressElement;
  cancel: HTMLButtonElement;
  status: Element;
  unmet: Element;
}

const worker = spawnMatcher({ offers });
let running = new AbortController();

/** Plans for the needs of a JSON text. A new plan cancels the one that is running. */
export async function plan(needs: string, { progress, cancel, status, unmet }: Parts): Promise<void> {
  running.abort();
  const controller = new AbortController();
  running = controller;
  cancel.onclick = () => controller.abort();
  progress.hidden = cancel.hidden = false;
  progress.removeAttribute("value"); // until the amount of work is known
  unmet.replaceChildren();
  status.textContent = "";
  const onProgress = (done: number, total: number): void => {
    if (total > 0) {
      progress.max = total;
      progress.value = done;
    }
  };
  try {
    const result = await (await worker).allocate(needs, { lang: "en", signal: controller.signal, onProgress });
    const proof = result.certificate.optimal ? "no better plan exists" : "a better plan may exist";
    status.textContent = `${result.referrals.length} referrals, ${result.unmet.length} unmet needs; ${proof}.`;
    unmet.replaceChildren(...result.unmet.slice(0, 20).map(line));
  } catch (error) {
    if (running === controller) {
      status.textContent = controller.signal.aborted ? "Cancelled." : describe(error);
    }
  } finally {
    if (running === controller) {
      progress.hidden = cancel.hidden = true;
    }
  }
}

function line(unmet: UnmetNeed): Element {
  const item = document.createElement("li");
  // Each reason has its own facts.
  const hint = unmet.reason === "no_offer" ? unmet.facts.diagnosis.near_misses[0]?.changes[0]?.text : undefined;
  item.textContent = [`${unmet.need}: ${unmet.text}`, hint].filter(Boolean).join(" ");
  return item;
}

function describe(error: unknown): string {
  if (error instanceof LotseError) {
    return error.errors.map(({ path, message }) => `${path}: ${message}`).join("\n");
  }
  return String(error);
}
