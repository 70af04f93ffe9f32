// The worker that reads and checks files, so that large ones do not block the page.

import {
  check,
  ready,
  type CheckReport,
  type ErrorDetail,
  type Need,
  type Offer,
  type Policy,
  type VocabularyAdditions,
} from "lotse";
import { detectFormat, type FormatError, type WireRequest } from "./detect-format.js";
import { validateRequest } from "./validate-request.js";

export interface ImportRequest {
  files: File[];
  /** The current records; they stay if the files have only offers or only needs. */
  offers: readonly Offer[];
  needs: readonly Need[];
  policy: Policy;
  vocabulary: VocabularyAdditions | null;
  asOf: string;
}

interface FileError {
  file: string;
  error: FormatError | "tooLarge";
}

/** An error or a warning with the name of its file, or `null` if it is about no single record of a file. */
export interface FileDetail extends ErrorDetail {
  file: string | null;
}

export interface ImportResult {
  offers: Offer[];
  needs: Need[];
  request: WireRequest | null;
  fileErrors: FileError[];
  errors: FileDetail[];
  warnings: FileDetail[];
}

/** A record with its position in its file. */
interface FileRecord<T> {
  record: T;
  file: string;
  index: number;
}

type WorkerMessage = { module: WebAssembly.Module } | { request: ImportRequest; id: number };

const MAX_FILE_BYTES = 64 * 1024 * 1024;
let module: WebAssembly.Module | undefined;

self.onmessage = async ({ data }: MessageEvent<WorkerMessage>) => {
  if ("module" in data) {
    module = data.module;
    return;
  }
  try {
    await ready(module);
    postMessage({ id: data.id, result: await importRecords(data.request) });
  } catch {
    postMessage({ id: data.id, result: null });
  }
};

async function importRecords(importRequest: ImportRequest): Promise<ImportResult> {
  const fileErrors: FileError[] = [];
  const offers: FileRecord<Offer>[] = [];
  const needs: FileRecord<Need>[] = [];
  let request: WireRequest | null = null;
  for (const file of importRequest.files) {
    if (file.size > MAX_FILE_BYTES) {
      fileErrors.push({ file: file.name, error: "tooLarge" });
      continue;
    }
    const detected = detectFormat(file.name, await file.text());
    if (typeof detected === "string") {
      fileErrors.push({ file: file.name, error: detected });
      continue;
    }
    // One by one: a call with as many arguments as a large file has records overflows the stack.
    for (const [index, record] of detected.offers.entries()) offers.push({ record, file: file.name, index });
    for (const [index, record] of detected.needs.entries()) needs.push({ record, file: file.name, index });
    request = detected.request ?? request;
  }
  const records = {
    offers: offers.length > 0 ? offers.map(({ record }) => record) : [...importRequest.offers],
    needs: needs.length > 0 ? needs.map(({ record }) => record) : [...importRequest.needs],
  };
  const report = checkRecords(importRequest, records, request);
  const locate = (detail: ErrorDetail): FileDetail => locateInFile(detail, { offers, needs });
  const errors = [...report.errors, ...(request ? validateRequest(request, records) : [])];
  return { ...records, request, fileErrors, errors: errors.map(locate), warnings: report.warnings.map(locate) };
}

function checkRecords(
  { policy, vocabulary, asOf }: ImportRequest,
  { offers, needs }: { offers: Offer[]; needs: Need[] },
  request: WireRequest | null,
): CheckReport {
  return check({
    offers,
    needs,
    policy: request?.policy ?? policy,
    asOf: request?.as_of ?? asOf,
    vocabulary: request?.vocabulary ?? vocabulary,
  });
}

/** Replaces the index in the concatenated list by the one in the file. */
function locateInFile(
  detail: ErrorDetail,
  lists: Record<"offers" | "needs", readonly { file: string; index: number }[]>,
): FileDetail {
  const match = /^(offers|needs)\[(\d+)\]/.exec(detail.path);
  const origin = match && lists[match[1] as "offers" | "needs"][Number(match[2])];
  if (!match || !origin) return { ...detail, file: null };
  const path = `${match[1]}[${origin.index}]${detail.path.slice(match[0].length)}`;
  return { ...detail, path, file: origin.file };
}
