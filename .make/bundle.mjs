// Makes few files of the many chunks into which the splitter cuts the browser's code, and compresses the site.
// The splitter gives every set of pages that share something a file of its own: hundreds. Each repeats
// its types, starts its compression anew and costs a request; joined, the pages' code weighs half.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";

const site = process.env.LEPTOS_SITE_ROOT;
const hashes = process.argv[2];
const folder = join(site, "pkg");
const at = (name) => join(folder, name);
const read = (name) => readFileSync(at(name), "utf8");

/** What one more file costs, in bytes: its types, a colder compression, a request. */
const FILE = 5000;
/** The part of a chunk that all chunks repeat: types and imports. */
const REPEATED = 700;
/** How much of a chunk's code is left of it after compression. */
const SQUEEZED = 0.23;
/** The pages that count more, or less, than the others when chunks are joined. */
const WEIGHT = { home: 300, gallery: 0.01 };

const names = readdirSync(folder);
const own = names.filter((name) => name.startsWith("split_"));
const [script, program] = [/^steward\.[^.]*\.js$/, /^steward\.[^.]*\.wasm$/].map((form) => names.find((name) => form.test(name)));
const loader = names.find((name) => /^__wasm_split\..*\.js$/.test(name));
const manifest = names.find((name) => /^__wasm_split_manifest\..*\.json$/.test(name));
const pages = JSON.parse(read(manifest));

const groups = join_chunks();
const temporary = mkdtempSync(join(tmpdir(), "bundle-"));
await write_groups();
rewrite_manifest();
rewrite_loader();
await slim();
rmSync(temporary, { recursive: true });
rename_all();
await compress();

/** Joins, two by two, the groups of chunks that cost the pages the least together. */
function join_chunks() {
  // Sets of pages as the bits of a number of any length, and what the pages of each set weigh together.
  const bit = new Map(Object.keys(pages).map((page, i) => [page, 1n << BigInt(i)]));
  const weights = new Map();
  const weight = (set) => {
    if (!weights.has(set)) {
      const within = [...bit].filter(([, bit]) => set & bit);
      weights.set(set, within.reduce((sum, [page]) => sum + (WEIGHT[page] ?? 1), 0));
    }
    return weights.get(set);
  };
  const cost = (set, size) => weight(set) * (size * SQUEEZED + FILE);

  const users = new Map();
  for (const [page, parts] of Object.entries(pages)) {
    for (const part of parts.filter((part) => part.startsWith("chunk_"))) {
      users.set(part, (users.get(part) ?? 0n) | bit.get(page));
    }
  }
  const groups = [...users].map(([chunk, set]) => {
    const size = Math.max(0, statSync(at(`${chunk}.wasm`)).size - REPEATED);
    return { chunks: [chunk], set, size, cost: cost(set, size) };
  });
  const gain = (a, b) => a.cost + b.cost - cost(a.set | b.set, a.size + b.size);
  // Each group knows with which other it is best joined; only what a join has changed is looked at again.
  const look = (group) => {
    group.best = { gain: 0 };
    for (const other of groups) if (other !== group) consider(group, other);
  };
  const consider = (group, other) => {
    const both = gain(group, other);
    if (both > group.best.gain) group.best = { gain: both, other };
  };
  groups.forEach(look);
  for (;;) {
    const into = groups.reduce((best, group) => (group.best.gain > best.best.gain ? group : best));
    if (into.best.gain === 0) return groups;
    const joined = into.best.other;
    groups.splice(groups.indexOf(joined), 1);
    into.chunks.push(...joined.chunks);
    into.set |= joined.set;
    into.size += joined.size;
    into.cost = cost(into.set, into.size);
    look(into);
    for (const group of groups.filter((group) => group !== into)) {
      if ([into, joined].includes(group.best.other)) look(group);
      else consider(group, into);
    }
  }
}

/** Each group and each page's own part, through the optimiser. */
async function write_groups() {
  // Chunks know each other only by what the main module shares with them; imported once for all of a group.
  const imports = (chunk) => imported(readFileSync(at(`${chunk}.wasm`))).length;
  const chunks = groups.flatMap((group) => group.chunks);
  const fullest = chunks.reduce((most, chunk) => (imports(chunk) > imports(most) ? chunk : most));
  const text = await binaryen("wasm-dis", at(`${fullest}.wasm`), "-o", "-");
  const shared = [...text.matchAll(/^ \(import "__wasm_split" ("[^"]+") \((\w+) \S+ (.*)\)\)$/gm)];
  const main = join(temporary, "main.wat");
  const lines = shared.map(([, name, kind, type]) => `(${kind} (export ${name}) (import "main" ${name}) ${type})`);
  writeFileSync(main, `(module ${lines.join("\n")})`);

  const tasks = [
    ...groups.map((group, i) => async () => {
      const joined = join(temporary, `${i}.wasm`);
      const modules = group.chunks.flatMap((chunk) => [at(`${chunk}.wasm`), chunk]);
      await binaryen("wasm-merge", main, "__wasm_split", ...modules, "-o", joined);
      await binaryen("wasm-opt", "-Oz", joined, "-o", joined);
      const foreign = imported(readFileSync(joined)).find(({ module }) => module !== "main");
      if (foreign) throw new Error(`${group.chunks} import ${foreign.module}.${foreign.name}, which ${fullest} does not`);
      group.name = `bundle_${i}.${hash(readFileSync(joined))}`;
      writeFileSync(at(`${group.name}.wasm`), readFileSync(joined));
    }),
    ...own.map((name) => () => binaryen("wasm-opt", "-Oz", at(name), "-o", at(name))),
  ];
  await Promise.all(Array.from({ length: availableParallelism() }, async () => {
    for (let task; (task = tasks.shift()); ) await task();
  }));
  groups.flatMap((group) => group.chunks).forEach((chunk) => rmSync(at(`${chunk}.wasm`)));
}

/** The server reads here what a page needs, to have it fetched early. */
function rewrite_manifest() {
  const bundled = (parts) => [
    ...parts.filter((part) => !part.startsWith("chunk_")),
    ...groups.filter((group) => parts.some((part) => group.chunks.includes(part))).map((group) => group.name),
  ];
  const after = Object.fromEntries(Object.entries(pages).map(([page, parts]) => [page, bundled(parts)]));
  writeFileSync(at(manifest), JSON.stringify(after));
}

/** The splitter's own loader, with the groups in place of their chunks. */
function rewrite_loader() {
  const number = (chunk) => /^chunk_(\d+)/.exec(chunk)[1];
  const of_chunk = new Map(groups.flatMap((group, i) => group.chunks.map((chunk) => [number(chunk), i])));
  const load = ({ name }, i) => `const __bundle_${i} = makeLoad(() => {
    const src = fetch(new URL("./${name}.wasm", import.meta.url));
    return async ({ __wasm_split: main }) => (WebAssembly.instantiateStreaming(src, { main }));
}, []);`;
  const chunk_loader = /\/\*[^*]*\*\/\nconst __chunk_\d+ = makeLoad\([^]*?\n, \[\]\);\n/;
  const before = read(loader);
  const at_first = before.search(chunk_loader);
  const rest = before.replaceAll(new RegExp(chunk_loader, "g"), "");
  const after = `${rest.slice(0, at_first)}${groups.map(load).join("\n")}\n${rest.slice(at_first)}`
    .replaceAll(/\[__chunk_[^\]]*\]/g, (chunks) => {
      const used = new Set([...chunks.matchAll(/__chunk_(\d+)/g)].map(([, n]) => of_chunk.get(n)));
      return `[${[...used].map((i) => `__bundle_${i}`).join(", ")}]`;
    });
  if (after.includes("__chunk_")) throw new Error(`${loader} has a form that bundle.mjs does not know`);
  writeFileSync(at(loader), after);
}

/**
 * What script and program call each other, short: three hundred names with a hash in each do not compress. And without
 * the streams that a library exports and nobody here makes.
 */
async function slim() {
  const text = await binaryen("wasm-dis", at(program), "-o", "-");
  const unused = /^ \(export "(?:__wbg_)?intounderlying.*\n/gm;
  const classes = /export class IntoUnderlying[^]*?(?=export function hydrate)/;
  const called = /"(__wbg_\w+|_ZN\w+)"/g;
  let glue = read(script);
  if (!unused.test(text) || !classes.test(glue)) throw new Error(`${script} has a form that bundle.mjs does not know`);
  const rest = text.replaceAll(unused, "");
  const short = new Map([...new Set([...rest.matchAll(called)].map(([, name]) => name))].map((name, i) => [name, `$${i.toString(36)}`]));
  glue = glue.replace(classes, "").replaceAll(/\b(__wbg_\w+|_ZN\w+)\b/g, (name) => short.get(name) ?? name);
  writeFileSync(at(script), glue);
  const slimmed = join(temporary, "program.wat");
  writeFileSync(slimmed, rest.replaceAll(called, (_, name) => `"${short.get(name)}"`));
  // Everybody loads it first: another turn, with its branches laid out anew, is worth a kilobyte.
  await binaryen("wasm-opt", "-Oz", "--flatten", "--rereloop", "-Oz", "-Oz", slimmed, "-o", at(program));
}

/** Browsers keep a file for ever by its name: whatever changed is named anew, by what is in it. */
function rename_all() {
  const files = { manifest, loader, script, program };
  const rename = (name, now) => {
    const [, before] = /\.([^.]+)\.\w+$/.exec(name);
    // Names keep their length, for some stand in wasm.
    if (now.length !== before.length) throw new Error(`${name} is not named by a hash`);
    const renamed = name.replace(before, now);
    renameSync(at(name), at(renamed));
    for (const key in files) if (files[key] === name) files[key] = renamed;
    for (const file of [...Object.values(files).map(at), hashes]) {
      const text = readFileSync(file, "latin1");
      if (text.includes(before)) writeFileSync(file, text.replaceAll(before, now), "latin1");
    }
  };
  const content = (name) => hash(readFileSync(at(name)));
  for (const name of own) rename(name, content(name));
  rename(files.manifest, content(files.manifest));
  // These three name each other, so that none can be named last: together they stand for what each of them is.
  const last = ["loader", "script", "program"];
  const together = last.map((key) => content(files[key])).join();
  for (const key of last) rename(files[key], hash(key + together));
}

/** Every file of the site a second and a third time, as browsers take it. */
async function compress() {
  const files = readdirSync(site, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  await Promise.all(files.map(async (file) => {
    // Older than 20.12, Node calls it `path`.
    const path = join(file.parentPath ?? file.path, file.name);
    const content = readFileSync(path);
    writeFileSync(`${path}.br`, await promisify(brotliCompress)(content));
    writeFileSync(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
  }));
}

async function binaryen(tool, ...args) {
  const features = ["--enable-bulk-memory", "--enable-nontrapping-float-to-int", "--enable-sign-ext", "--enable-mutable-globals", "--enable-reference-types", "--enable-multivalue"];
  const { stdout } = await promisify(execFile)(join(process.env.TOOLS, "npm/node_modules/.bin", tool), [...features, ...args], { maxBuffer: 2 ** 28 });
  return stdout;
}

function imported(wasm) {
  return WebAssembly.Module.imports(new WebAssembly.Module(wasm));
}

/** As long as the hashes that the build gives its files. Ten signs tell versions apart; more of them, in a hundred names that every browser loads first, would not compress. */
function hash(content) {
  return createHash("md5").update(content).digest("base64url").slice(0, 10).padEnd(22, "-");
}
