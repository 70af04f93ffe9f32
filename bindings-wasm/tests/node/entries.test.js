// The entries of the package in Node: import and require, inline, slim, the worker, and the file.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Worker } from "node:worker_threads";

import * as lotse from "lotse";

import { NEEDS, OFFERS } from "../shared/incident.js";
import { AS_OF, NEED, OFFER } from "../shared/records.js";
import { installed, project, projectRequire } from "../shared/project.js";

const OPTIONS = { offers: [OFFER], asOf: AS_OF };
const score = (entry) => new entry.Matcher(OPTIONS).rank(NEED)[0].score;

/** Runs Node in the project and returns its output. */
function node(...args) {
  return execFileSync(process.execPath, args, { cwd: project, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

test("import and require share one instance", async () => {
  const required = projectRequire("lotse");
  const names = Object.keys(lotse).filter((name) => name !== "default");
  assert.deepEqual(Object.keys(required).filter((name) => name !== "default").sort(), names.sort());
  for (const name of names.filter((name) => name !== "wire")) {
    assert.equal(required[name], lotse[name], name);
  }
  for (const [name, operation] of Object.entries(lotse.wire)) {
    assert.equal(required.wire[name], operation, name);
  }
  await lotse.ready();
  assert.equal(score(required), 0.9275);
});

test("Node needs no ready()", () => {
  const request = JSON.stringify({ offers: [OFFER], needs: [NEED], as_of: AS_OF });
  const show = `console.log(lotse.version(), lotse.wire.rank(${JSON.stringify(request)}).rankings[0].matches[0].score)`;
  assert.equal(node("--input-type=module", "-e", `import * as lotse from "lotse"; ${show}`), "0.1.0 0.9275\n");
  assert.equal(node("-e", `const lotse = require("lotse"); ${show}`), "0.1.0 0.9275\n");
  const matcher = `console.log(new Matcher(${JSON.stringify(OPTIONS)}).size, new Vocabulary().contains("language", "de"))`;
  assert.equal(node("-e", `const { Matcher, Vocabulary } = require("lotse"); ${matcher}`), "1 true\n");
});

test("ready() may be called at any time, with or without a source", async () => {
  const bytes = readFileSync(projectRequire.resolve("lotse/lotse.wasm"));
  await Promise.all([lotse.ready(), lotse.ready(bytes)]);
  assert.equal(await lotse.ready(), undefined);
  assert.equal(score(lotse), 0.9275);
});

test("loading does not change the process", () => {
  const script = `
    const before = Object.keys(globalThis).join();
    const listeners = process.eventNames().join();
    const { Matcher } = require("lotse");
    new Matcher(${JSON.stringify(OPTIONS)}).rank(${JSON.stringify(NEED)});
    console.log(before === Object.keys(globalThis).join(), listeners === process.eventNames().join());`;
  assert.equal(node("-e", script), "true true\n");
});

test("inline needs no file and no ready()", async () => {
  const inline = await import("lotse/inline");
  assert.equal(score(inline), 0.9275);
  assert.equal(await inline.ready(), undefined);
  assert.deepEqual(Object.keys(inline).sort(), Object.keys(lotse).sort());
  const request = { offers: OFFERS, needs: NEEDS, as_of: AS_OF };
  assert.deepEqual(inline.wire.rank(request), lotse.wire.rank(request));
  assert.equal(projectRequire("lotse/inline").version(), lotse.version());
});

test("all entries share the error class and one instance", async () => {
  const entries = await Promise.all(["inline", "slim", "worker"].map((name) => import(`lotse/${name}`)));
  for (const entry of [...entries, ...["inline", "slim", "worker"].map((name) => projectRequire(`lotse/${name}`))]) {
    assert.equal(entry.LotseError, lotse.LotseError);
  }
  assert.equal(entries[1].version(), lotse.version()); // loaded by `lotse`
});

test("the licences of all dependencies are included", () => {
  const licences = readFileSync(join(installed, "LICENSE-THIRD-PARTY"), "utf8");
  for (const name of ["Unicode", "GeoBasis-DE", "serde_json", "jiff", "strsim", "wasm-bindgen", "libm"]) {
    assert.ok(licences.includes(name), name);
  }
});

test("slim explains how to load the module, and works afterwards", () => {
  // In a process of its own, because entries share one instance.
  const script = `
    import assert from "node:assert/strict";
    import { readFileSync } from "node:fs";
    import * as slim from "lotse/slim";
    const uses = [
      () => slim.version(),
      () => new slim.Matcher(),
      () => new slim.Vocabulary(),
      () => slim.check({}),
      () => slim.criterionLabel("help"),
      ...Object.values(slim.wire).map((operation) => () => operation({})),
    ];
    for (const use of uses) {
      assert.throws(use, (thrown) => {
        assert.ok(thrown instanceof Error && !(thrown instanceof slim.LotseError), String(thrown));
        assert.match(thrown.message, /ready\\(/);
        return true;
      });
    }
    await assert.rejects(slim.ready(), Error);
    await assert.rejects(slim.ready(new Uint8Array([0, 1, 2])), WebAssembly.CompileError);
    await assert.rejects(slim.ready(Promise.reject(new Error("own"))), /own/);
    const bytes = readFileSync(${JSON.stringify(projectRequire.resolve("lotse/lotse.wasm"))});
    await Promise.all([slim.ready(bytes), slim.ready(bytes)]);
    await slim.ready();
    const matcher = new slim.Matcher(${JSON.stringify(OPTIONS)});
    console.log(matcher.rank(${JSON.stringify(NEED)})[0].score);`;
  assert.equal(node("--input-type=module", "-e", script), "0.9275\n");
});

for (const form of ["bytes", "buffer", "module", "response"]) {
  test(`slim accepts the module as ${form}`, () => {
    const script = `
      import { readFileSync } from "node:fs";
      import { ready, version } from "lotse/slim";
      const file = readFileSync(${JSON.stringify(projectRequire.resolve("lotse/lotse.wasm"))});
      const bytes = new Uint8Array(file);
      const response = () => new Response(bytes, { headers: { "content-type": "application/wasm" } });
      await ready({
        bytes: () => bytes,
        buffer: () => bytes.buffer,
        module: () => new WebAssembly.Module(bytes),
        response: () => Promise.resolve(response()),
      }["${form}"]());
      console.log(version());`;
    assert.equal(node("--input-type=module", "-e", script), "0.1.0\n");
  });
}

test("the worker entry starts a worker of Node, which may be given", async () => {
  const { spawnMatcher } = await import("lotse/worker");
  assert.equal(typeof globalThis.Worker, "undefined");
  const script = projectRequire.resolve("lotse/worker-script.cjs");
  const bytes = readFileSync(projectRequire.resolve("lotse/lotse.wasm"));
  const worker = () => new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: 64 } });
  for (const options of [{}, { worker }, { module: bytes }, { worker, module: bytes }]) {
    const matcher = await spawnMatcher(OPTIONS, options);
    assert.equal((await matcher.rank(NEED))[0].score, 0.9275);
    matcher.terminate();
  }
});

test("a worker that cannot be started or crashes is an error that says so", async () => {
  const { spawnMatcher } = await import("lotse/worker");
  const failing = (code) => spawnMatcher(OPTIONS, { worker: () => new Worker(code, { eval: true }) });
  await assert.rejects(spawnMatcher(OPTIONS, { worker: () => new Worker("/none.cjs") }), /could not be started: Cannot find module/);
  await assert.rejects(failing("throw new Error('own')"), /the worker of lotse could not be started: own/);
  await assert.rejects(failing("throw undefined"), /the worker of lotse could not be started/);
  await assert.rejects(failing("process.exit(3)"), /could not be started: it ended with exit code 3/);
});

test("no internal file can be imported", () => {
  for (const name of ["lotse/dist/node.cjs", "lotse/pkg/lotse.js", "lotse/js/index.ts"]) {
    assert.throws(() => projectRequire.resolve(name), { code: "ERR_PACKAGE_PATH_NOT_EXPORTED" });
  }
});

test("the package contains its entries and no other files", () => {
  const entries = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  const targets = [];
  const visit = (value) => {
    if (typeof value === "string") {
      targets.push(value);
      return;
    }
    // Compilers take the first matching condition, so types must be first.
    const keys = Object.keys(value);
    assert.ok(!keys.includes("types") || keys[0] === "types", `${keys}`);
    Object.values(value).forEach(visit);
  };
  visit(entries.exports);
  for (const target of targets) {
    assert.ok(readFileSync(join(installed, target)).length > 0, target);
  }
  assert.equal(entries.dependencies, undefined);
  assert.equal(entries.scripts?.postinstall ?? entries.scripts?.install ?? entries.scripts?.preinstall, undefined);
  const files = execFileSync("find", [".", "-type", "f"], { cwd: installed, encoding: "utf8" }).trim().split("\n");
  const unwanted = files.filter((file) => /\.(rs|tsbuildinfo|map)$|tests|demo|node_modules|\.npmrc/.test(file));
  assert.deepEqual(unwanted, []);
  for (const name of ["LICENSE-MIT", "LICENSE-APACHE", "README.md"]) {
    assert.ok(files.some((file) => file.endsWith(name)), name);
  }
});

test("no lock file names a registry", () => {
  for (const path of ["../../package-lock.json", "../package-lock.json", "../../binaryen/package-lock.json"]) {
    assert.doesNotMatch(readFileSync(new URL(path, import.meta.url), "utf8"), /"resolved": "http/, path);
  }
});

test("unreachable matchers are freed", async () => {
  const script = `
    const memories = [];
    const { Instance } = WebAssembly;
    WebAssembly.Instance = class extends Instance {
      constructor(...args) { super(...args); memories.push(this.exports.memory); }
    };
    const { Matcher } = require("lotse");
    const offers = ${JSON.stringify(JSON.stringify(OFFERS))};
    const size = () => memories[0].buffer.byteLength;
    const rounds = async (count) => {
      for (let round = 0; round < count; round += 1) {
        new Matcher({ offers });
        if (round % 20 === 0) {
          gc();
          await new Promise((resolve) => setTimeout(resolve, 0));
        }
      }
    };
    (async () => {
      await rounds(100);
      const before = size();
      await rounds(400);
      console.log(memories.length, size() <= before * 1.5);
    })();`;
  assert.equal(node("--expose-gc", "-e", script), "1 true\n");
});
