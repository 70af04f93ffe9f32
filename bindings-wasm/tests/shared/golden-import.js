// Runs a case of an import and compares its result, in Node and in the page; see tests/golden/import/README.md.

import { same } from "./golden.js";

function ensure(holds, message) {
  if (!holds) {
    throw new Error(message);
  }
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** Returns the message of the first difference, or `undefined` if `want` is a subset. */
function difference(got, want, path) {
  if (isObject(want)) {
    if (!isObject(got)) return `${path}: not an object`;
    for (const [key, value] of Object.entries(want)) {
      const found = key in got ? difference(got[key], value, `${path}.${key}`) : `${path}.${key}: missing`;
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (Array.isArray(want)) {
    if (!Array.isArray(got)) return `${path}: not a list`;
    for (const item of want.filter(isObject)) {
      if (!got.some((other) => difference(other, item, "") === undefined)) return `${path}: lacks ${JSON.stringify(item)}`;
    }
    if (want.length > 0 && isObject(want[0])) return undefined;
    return JSON.stringify(got) === JSON.stringify(want) ? undefined : `${path}: ${JSON.stringify(got)}, wanted ${JSON.stringify(want)}`;
  }
  return got === want ? undefined : `${path}: ${JSON.stringify(got)}, wanted ${JSON.stringify(want)}`;
}

/** The files of a case, as programs give them. */
export function filesOf({ files }) {
  return files.map(({ name, base64 }) => ({ name, bytes: Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0)) }));
}

/** Runs a case by `importOffers` or `importNeeds` of an entry or of a matcher in a worker. */
function runCase(golden, importer) {
  const { records, as_of: asOf, ...others } = golden.options;
  const options = { asOf, ...others, mapping: golden.mapping, vocabulary: golden.vocabulary };
  return records === "offers"
    ? importer.importOffers(filesOf(golden), options)
    : importer.importNeeds(filesOf(golden), options);
}

/** Asserts the equations that hold for every report. */
function balance({ report, questions }, count) {
  const { read, used, merged, left_out: leftOut, added, produced } = report.records;
  ensure(read === used + merged + leftOut && produced === used + added && produced === count, "records do not add up");
  for (const column of report.columns) {
    const { parts, understood, assumed, asked, no_value: noValue, lost } = column;
    ensure(parts === understood + assumed + asked + noValue + lost, `${column.column}: parts do not add up`);
  }
  ensure(report.questions === questions.length, "questions do not add up");
}

/** Returns a record without what it has by default, which cases may leave out. */
function shortened({ people, priority, languages, ...others }) {
  const short = (language) => {
    const { tag, how, level } = typeof language === "string" ? { tag: language } : language;
    return (how === undefined || how === "spoken") && level === undefined ? tag : language;
  };
  return {
    ...others,
    ...(languages && { languages: languages.map(short) }),
    ...(people !== undefined && people !== 1 && { people }),
    ...(priority !== undefined && priority !== "routine" && { priority }),
  };
}

/** Asserts that the result is that of the case. */
export function judgeImport({ options, want, report: expected }, result) {
  const records = result[options.records];
  ensure(records.length === want.length, `${records.length} records, wanted ${want.length}`);
  want.forEach((record, index) => same(shortened(records[index]), shortened(record), `records[${index}]`));
  const { questions, absent = [], ...report } = expected;
  const found = difference(result.report, report, "report");
  ensure(found === undefined, found);
  if (questions !== undefined) {
    const asked = difference(result.questions, questions, "questions");
    ensure(asked === undefined, asked);
    ensure(questions.length > 0 || result.questions.length === 0, `asks ${result.questions.map(({ id }) => id)}`);
  }
  const all = JSON.stringify([result.report, result.questions, result.mapping, records]);
  for (const text of absent) {
    ensure(!all.includes(text), `${text} occurs`);
  }
  balance(result, records.length);
}

/** Runs a case and asserts that its result is right, or the error that it ends in. */
export async function checkCase(golden, importer) {
  if (golden.rejects === null) {
    judgeImport(golden, await runCase(golden, importer));
    return;
  }
  const error = await runCase(golden, importer).then(() => undefined, (error) => error);
  ensure(error instanceof importer.LotseError && error.code === golden.rejects, `${error}, wanted ${golden.rejects}`);
}
