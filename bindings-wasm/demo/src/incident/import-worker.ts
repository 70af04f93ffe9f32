// A worker that reads files and checks them, so that the page stays quick while they are large.

import { check, ready, type VocabularyAdditions, type CheckReport, type ErrorDetail, type Need, type Offer, type Policy } from "lotse";
import { checkOrder } from "./validate-request.js";
import { recognise, type Refusal, type WireRequest } from "./detect-format.js";

export interface ReadOrder {
  files: File[];
  /** What stays where the files bring only offers or only needs. */
  offers: readonly Offer[];
  needs: readonly Need[];
  policy: Policy;
  vocabulary: VocabularyAdditions | null;
  asOf: string;
}

interface FileProblem {
  file: string;
  refusal: Refusal | "tooLarge";
}

/** A detail with the file that it is about. */
export interface Placed extends ErrorDetail {
  file: string | null;
}

export interface ReadAnswer {
  offers: Offer[];
  needs: Need[];
  request: WireRequest | null;
  problems: FileProblem[];
  errors: Placed[];
  warnings: Placed[];
}

const LARGEST = 64 * 1024 * 1024;
let module: WebAssembly.Module | undefined;

self.onmessage = async ({ data }: MessageEvent<{ module: WebAssembly.Module } | { order: ReadOrder; id: number }>) => {
  if ("module" in data) {
    module = data.module;
    return;
  }
  try {
    await ready(module);
    postMessage({ id: data.id, answer: await read(data.order) });
  } catch {
    postMessage({ id: data.id, answer: null });
  }
};

async function read(order: ReadOrder): Promise<ReadAnswer> {
  const problems: FileProblem[] = [];
  const offers: { record: Offer; file: string; index: number }[] = [];
  const needs: { record: Need; file: string; index: number }[] = [];
  let request: WireRequest | null = null;
  for (const file of order.files) {
    if (file.size > LARGEST) {
      problems.push({ file: file.name, refusal: "tooLarge" });
      continue;
    }
    const found = recognise(file.name, await file.text());
    if (typeof found === "string") {
      problems.push({ file: file.name, refusal: found });
      continue;
    }
    offers.push(...found.offers.map((record, index) => ({ record, file: file.name, index })));
    needs.push(...found.needs.map((record, index) => ({ record, file: file.name, index })));
    request = found.request ?? request;
  }
  const all = {
    offers: offers.length > 0 ? offers.map(({ record }) => record) : [...order.offers],
    needs: needs.length > 0 ? needs.map(({ record }) => record) : [...order.needs],
  };
  const answer = checked(order, all, request);
  const place = (detail: ErrorDetail): Placed => placed(detail, { offers, needs });
  const errors = [...answer.errors, ...(request ? checkOrder(request, all) : [])];
  return { ...all, request, problems, errors: errors.map(place), warnings: answer.warnings.map(place) };
}

function checked(
  order: ReadOrder,
  { offers, needs }: { offers: Offer[]; needs: Need[] },
  request: WireRequest | null,
): CheckReport {
  const vocabulary = request?.vocabulary ?? order.vocabulary;
  return check({
    offers,
    needs,
    policy: request?.policy ?? order.policy,
    asOf: request?.as_of ?? order.asOf,
    vocabulary,
  });
}

/** Tells the place in the file, since the lists of several files were put together. */
function placed(detail: ErrorDetail, lists: Record<"offers" | "needs", { file: string; index: number }[]>): Placed {
  const at = /^(offers|needs)\[(\d+)\]/.exec(detail.path);
  const origin = at && lists[at[1] as "offers" | "needs"][Number(at[2])];
  if (!at || !origin) return { ...detail, file: null };
  return { ...detail, path: `${at[1]}[${origin.index}]${detail.path.slice(at[0].length)}`, file: origin.file };
}
