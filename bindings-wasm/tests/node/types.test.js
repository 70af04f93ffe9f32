// The types: they compile in all kinds of programs, contain no `any`, and match the input and output of the core.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { LotseError, Matcher, Vocabulary, criterionLabel, ready, wire } from "lotse";

import { cases } from "../shared/cases.js";
import { NEEDS, OFFERS } from "../shared/incident.js";
import { ADDITIONS, AS_OF, NEED, OFFER, POLICY } from "../shared/records.js";
import { installed, project } from "../shared/project.js";
import { declared } from "./declared.js";

await ready();

const sources = fileURLToPath(new URL("../types/", import.meta.url));
const folder = join(project, "types");
const tsc = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));
const STRICT = ["--noEmit", "--strict", "--skipLibCheck", "false", "--target", "es2022", "--pretty", "false"];
const STRICTER = ["--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--noPropertyAccessFromIndexSignature"];
const BROWSER = ["--lib", "es2022,dom", "--types", ""];
const BUNDLER = ["--module", "esnext", "--moduleResolution", "bundler", ...BROWSER];
const ALONE = ["--lib", "es2022", "--types", ""]; // neither the types of Node nor those of browsers

/** Compiles files and returns the errors, one line each. */
function compile(files, ...options) {
  try {
    execFileSync(process.execPath, [tsc, ...STRICT, ...options, ...files], { cwd: folder, encoding: "utf8" });
    return [];
  } catch (failure) {
    assert.ok(failure.stdout, failure);
    return failure.stdout.trim().split("\n");
  }
}

before(() => {
  mkdirSync(folder, { recursive: true });
  for (const name of ["module.mts", "common.cts", "bundled.ts"]) {
    copyFileSync(join(sources, "consumer.ts"), join(folder, name));
  }
  for (const name of ["wrong.ts", "worker.ts", "imported.ts", "unions.ts", "node-worker.ts", "import.ts"]) {
    copyFileSync(join(sources, name), join(folder, name));
  }
  const plan = new Matcher({ offers: OFFERS, asOf: AS_OF }).allocate(NEEDS).toJSON();
  const request = { offers: OFFERS.slice(0, 2), needs: NEEDS.slice(0, 2), policy: POLICY, as_of: AS_OF, lang: "de" };
  const files = { needs: [...NEEDS, NEED], offers: [...OFFERS, OFFER], plan, policy: POLICY, request, vocabulary: ADDITIONS };
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(content));
  }
});

test("the types compile for ES modules in Node", () => {
  assert.deepEqual(compile(["module.mts"], "--module", "nodenext", ...ALONE), []);
  assert.deepEqual(compile(["module.mts"], "--module", "node16", ...STRICTER, ...BROWSER), []);
});

test("the types compile for CommonJS in Node", () => {
  assert.deepEqual(compile(["common.cts"], "--module", "nodenext", ...ALONE), []);
  // Before Node 22 an ES module cannot be required, so these types must not be those of one.
  assert.deepEqual(compile(["common.cts"], "--module", "node16", ...ALONE), []);
});

test("the worker of Node needs no types of browsers", () => {
  const NODE = ["--lib", "es2022", "--types", "node", "--typeRoots", fileURLToPath(new URL("../../node_modules/@types", import.meta.url))];
  assert.deepEqual(compile(["node-worker.ts"], "--module", "esnext", "--moduleResolution", "bundler", ...NODE), []);
});

test("the types compile for bundlers and browsers", () => {
  assert.deepEqual(compile(["bundled.ts", "worker.ts"], ...BUNDLER, ...STRICTER), []);
});

test("files may be imported in browsers", () => {
  const iterable = BUNDLER.map((option) => option.replace("es2022,dom", "es2022,dom,dom.iterable"));
  assert.deepEqual(compile(["import.ts"], ...iterable, ...STRICTER), []);
});

test("records may be imported as JSON files", () => {
  assert.deepEqual(compile(["imported.ts"], ...BUNDLER, ...STRICTER, "--resolveJsonModule"), []);
});

test("reasons and codes decide which facts there are", () => {
  assert.deepEqual(compile(["unions.ts"], ...BUNDLER, ...STRICTER), []);
});

test("the facts of each code are those that the core declares", () => {
  const table = readFileSync(new URL("../../../core/src/model/reason_codes.rs", import.meta.url), "utf8");
  const rows = [...table.matchAll(/^ {4}\("([\w.]+)", &\[(.*)\]\),$/gm)].filter(([, code]) => !code.startsWith("unmet."));
  assert.ok(rows.length > 90, `${rows.length} codes`);
  const program = rows.map(([, code, names], index) => {
    const type = `${code.startsWith("change.") ? "ChangeFacts" : "FindingFacts"}["${code}"]`;
    const known = [...names.matchAll(/"\w+"/g), ...[...names.matchAll(/"(\w+)"/g)].map(([, name]) => `"${name}_more"`), '"more"'];
    const others = `Exclude<keyof ${type}, ${known.join(" | ")}>`;
    return `export const v${index}: [${names}] extends (keyof ${type})[] ? ([${others}] extends [never] ? true : ${others}) : "lacks" = true;`;
  });
  const codes = (prefix) => rows.map(([, code]) => code).filter((code) => code.startsWith("change.") === (prefix === "Change"));
  for (const prefix of ["Finding", "Change"]) {
    const union = codes(prefix).map((code) => `"${code}"`).join(" | ");
    program.push(`export const all${prefix}: [keyof ${prefix}Facts] extends [${union}] ? true : false = true;`);
  }
  writeFileSync(join(folder, "facts.ts"), `import type { ChangeFacts, FindingFacts } from "lotse";\n${program.join("\n")}\n`);
  assert.deepEqual(compile(["facts.ts"], ...BUNDLER), []);
});

test("invalid uses do not compile", () => {
  assert.deepEqual(compile(["wrong.ts"], ...BUNDLER), []);
});

const declarations = () =>
  readdirSync(installed, { recursive: true, encoding: "utf8" }).filter((name) => /\.d\.[cm]?ts$/.test(name));

test("no type is `any`", () => {
  assert.ok(declarations().length > 0);
  for (const name of declarations()) {
    const code = readFileSync(join(installed, name), "utf8").replace(/\/\*[^]*?\*\/|\/\/.*|"[^"]*"/g, "");
    assert.doesNotMatch(code, /\bany\b/, name);
  }
});

// Golden cases as literals of the types: a field that a type lacks or misspells does not compile.

const REQUESTS = {
  rank: ["RankRequest", "RankResponse"],
  explain: ["ExplainRequest", "ExplainResponse"],
  diagnose: ["DiagnoseRequest", "DiagnoseResponse"],
  allocate: ["AllocateRequest", "AllocateResponse"],
  report: ["AllocateRequest", "Report"],
  check: ["Dataset", "CheckReport"],
  resolve: ["ResolveRequest", "ResolveResponse"],
};

// Cases of empty values that mean absent; the types are stricter.
const NOT_TYPED = [
  "check-sees-through-an-empty-list",
  "empty-on-a-need-is-absent",
  "empty-on-an-offer-is-absent",
  "empty-parts-are-absent",
  "empty-in-a-request",
];

// Combinations that no golden case has.
const MORE = [{ op: "diagnose", input: { offers: [], needs: [], lang: "de" } }];

// The invalid input of a check need not match the types.
const right = ({ op, input }) => op !== "check" || wire.check(input).errors.length === 0;
const good = [...cases.filter(({ name, want }) => want !== undefined && !NOT_TYPED.includes(name)), ...MORE];

/** Returns one row of a table for each set of fields. */
function someRows(table) {
  if (typeof table !== "object") return table; // the home country
  return Array.isArray(table)
    ? [...new Map(table.map((row) => [typeof row === "object" ? Object.keys(row).join() : "text", row])).values()]
    : Object.fromEntries(Object.entries(table).slice(0, 9));
}

/** Returns a plan's evaluation under the defaults, and its difference from an empty plan of the same needs. */
function planLiterals({ input }) {
  const { offers, needs = [], policy, vocabulary, as_of: asOf = "2026-11-23" } = input;
  const matcher = new Matcher({ offers, policy, vocabulary, asOf });
  const plan = matcher.allocate(needs);
  const none = new Matcher({ vocabulary, asOf }).allocate(needs);
  return [["Evaluation", matcher.withPolicy({}).evaluate(needs, plan)], ["PlanDiff", plan.diff(none)], ["PlanDiff", none.diff(plan)]];
}

function literals() {
  const typed = good.flatMap(({ op, input }) => {
    const [request, response] = REQUESTS[op];
    return [...(right({ op, input }) ? [[request, input]] : []), [response, wire[op](input)]];
  });
  const offered = good.filter((golden) => golden.input.offers?.length > 0 && right(golden));
  const offers = offered.flatMap(({ input: { offers, policy, vocabulary, as_of: asOf = "2026-11-23" } }) =>
    new Matcher({ offers, policy, vocabulary, asOf }).offers(),
  );
  const tables = Object.entries(new Vocabulary().tables()).map(([name, table]) => [name, someRows(table)]);
  const plans = good.filter(({ op }) => op === "allocate").flatMap(planLiterals);
  const policy = { language: { comprehension: [{ from: "uk", to: "ru", degree: 0.5 }] } };
  return [
    ...typed,
    ...offers.map((offer) => ["Offer", offer]),
    ...plans,
    ["VocabularyAdditions", Object.fromEntries(tables)],
    ...["Policy", "EffectivePolicy"].map((type) => [type, new Matcher({ policy }).policy()]),
  ];
}

function writeRecords() {
  const lines = new Set(literals().map(([type, value]) => `: ${type} = ${JSON.stringify(value)};`));
  const names = [...new Set([...lines].map((line) => line.match(/\w+/)[0]))];
  const text = [...lines].map((line, index) => `export const v${index}${line}`).join("\n");
  writeFileSync(join(folder, "records.ts"), `import type { ${names.join(", ")} } from "lotse";\n${text}\n`);
}

test("the types match the input and output of the core", () => {
  assert.ok(good.length > 400, `${good.length} cases`);
  writeRecords();
  assert.deepEqual(compile(["records.ts"], ...BUNDLER).slice(0, 20), []);
});

// A declared field that no literal has might be misspelt or not exist.
test("each field of the types of records, requests and responses occurs in a literal", () => {
  const files = declarations().filter((name) => /(records|requests|responses)\.d\.ts$/.test(name));
  assert.equal(files.length, 3, `${files}`);
  const types = declared(files.map((name) => readFileSync(join(installed, name), "utf8")));
  for (const [type, value] of literals()) {
    types.note(value, type);
  }
  assert.ok(types.all().length > 180, `${types.all().length} fields`);
  assert.deepEqual(types.all().filter((name) => !types.seen.has(name)), []);
});

/** Returns the values that the core allows, from the hint of its error. */
function allowedValues(call) {
  try {
    call();
  } catch (thrown) {
    assert.ok(thrown instanceof LotseError, thrown);
    return (thrown.hint ?? "").replace(/^one of /, "").split(", ").sort();
  }
  return assert.fail("nothing was thrown");
}

test("the unions of string literals match the core", () => {
  const matcher = new Matcher();
  const wrong = "xyz";
  const rejections = {
    Criterion: () => criterionLabel(wrong),
    DeliveryFormat: () => matcher.rank({ id: "n-1", formats: [wrong] }),
    Gender: () => matcher.rank({ id: "n-1", gender: wrong }),
    LanguageMode: () => matcher.update({ id: "o-1", languages: [{ tag: "de", how: wrong }] }),
    CodeKind: () => new Vocabulary().resolve("x", { kind: wrong }),
    Lang: () => matcher.rank({ id: "n-1" }, { lang: wrong }),
    LanguageLevel: () => matcher.rank({ id: "n-1", languages: [{ tag: "de", level: wrong }] }),
    MoveMode: () => matcher.allocate([], { moves: wrong }),
    OnUnknown: () => new Matcher({ policy: { rules: { age: { unknown: wrong } } } }),
    Priority: () => matcher.rank({ id: "n-1", priority: wrong }),
    Rule: () => new Matcher({ policy: { rules: { age: wrong } } }),
    CapacityState: () => matcher.update({ id: "o-1", capacity: { state: wrong } }),
  };
  const text = declarations().filter((name) => name.endsWith("records.d.ts"));
  const records = readFileSync(join(installed, text[0]), "utf8");
  for (const [name, call] of Object.entries(rejections)) {
    const [, union] = records.match(new RegExp(`export type ${name} =([^;]*);`)) ?? [];
    const typed = [...(union ?? "").matchAll(/"([^"]*)"/g)].map(([, word]) => word).sort();
    assert.deepEqual(typed, allowedValues(call), name);
  }
});
