// The resident's pages in Lighthouse, as a mid-range phone sees them (its mobile preset): medians of three runs,
// added to target/bench.json. STEWARD is the server, CHROMIUM the browser.
import { execFile, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const { STEWARD = "target/bin/steward", CHROMIUM } = process.env;
const RUNS = 3;
const LONGEST = 6 * 60_000;
const RESULTS = "target/bench.json";

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stop.abort());
setTimeout(() => stop.abort(), LONGEST).unref();

const data = mkdtempSync(join(tmpdir(), "steward-lighthouse-"));
// Without what is meant for other servers.
const { DATABASE_URL: _url, DATABASE_URL_FILE: _file, RUST_LOG: _log, LOG_JSON: _json, ...env } = process.env;
const server = spawn(STEWARD, ["serve", "--demo", "--host", "127.0.0.1", "--port", "0", "--data", data], {
  stdio: ["ignore", "pipe", "inherit"],
  env,
});
const ended = new Promise((resolve) => server.once("close", resolve).once("error", resolve));
try {
  const base = await readyAt();
  const cookie = await signIn(base);
  await measure(base, cookie);
} finally {
  server.kill("SIGTERM");
  await ended;
  rmSync(data, { recursive: true, force: true });
}

/** The address that the server names when it is ready. */
async function readyAt() {
  for await (const line of createInterface({ input: server.stdout, signal: stop.signal })) {
    const address = /Residents\s+(http:\S+)\//.exec(line)?.[1];
    if (address) return address;
  }
  throw new Error("The server did not start.");
}

/** Calls a server function. */
async function call(base, cookie, endpoint, fields = {}) {
  const reply = await fetch(`${base}/api/${endpoint}`, {
    method: "POST",
    headers: { Accept: "application/json", Cookie: cookie },
    body: new URLSearchParams({ key: randomUUID(), ...fields }),
    signal: stop.signal,
  });
  if (!reply.ok) throw new Error(`${endpoint}: ${reply.status} ${await reply.text()}`);
  return reply;
}

async function signIn(base) {
  const reply = await call(base, "", "people/demo_sign_in", { sign_in: "emma" });
  return reply.headers.getSetCookie().find((line) => line.startsWith("__Host-session=")).split(";")[0];
}

/** Lighthouse's report on a page. */
async function look(url, cookie) {
  const { stdout } = await promisify(execFile)("lighthouse", [
    url,
    "--quiet",
    "--output=json",
    "--only-categories=performance,accessibility,best-practices",
    "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    `--extra-headers=${JSON.stringify({ Cookie: cookie })}`,
    // Asked like this it closes its browser too.
  ], { env: { ...env, CHROME_PATH: CHROMIUM }, maxBuffer: 64 << 20, signal: stop.signal, killSignal: "SIGINT" });
  const { categories, audits, finalDisplayedUrl } = JSON.parse(stdout);
  // A page that sends the visitor elsewhere was not measured.
  if (finalDisplayedUrl !== url) throw new Error(`${url} led to ${finalDisplayedUrl}`);
  const score = (name) => Math.round(categories[name].score * 100);
  const counted = [categories.accessibility, categories["best-practices"]].flatMap((category) => category.auditRefs);
  return {
    performance: score("performance"),
    accessibility: score("accessibility"),
    best_practices: score("best-practices"),
    lcp: audits["largest-contentful-paint"].numericValue,
    cls: audits["cumulative-layout-shift"].numericValue,
    tbt: audits["total-blocking-time"].numericValue,
    failed: counted.filter(({ id, weight }) => weight > 0 && audits[id].score === 0).map(({ id }) => id),
  };
}

async function measure(base, cookie) {
  const { open } = await (await call(base, cookie, "requests/home")).json();
  const { items } = await (await call(base, cookie, "services/catalogue")).json();
  const problem = items.find((item) => item.parent && item.urgency === "normal");
  const pages = { home: "/home", report: `/report/${problem.slug}`, track: `/requests/${open[0].code}` };
  const figures = JSON.parse(readFileSync(RESULTS, "utf8"));
  const scored = { performance: 95, accessibility: 100, best_practices: 100 };
  const timed = { lcp: ["ms", 1800], cls: ["", 0.02], tbt: ["ms", 150] };
  for (const [page, path] of Object.entries(pages)) {
    console.log(`== Lighthouse on ${path}`);
    const runs = [];
    while (runs.length < RUNS) runs.push(await look(base + path, cookie));
    const median = (what) => runs.map((run) => run[what]).sort((a, b) => a - b)[RUNS >> 1];
    const add = (what, unit, target, isMet) => {
      const value = median(what);
      const ok = isMet(value);
      const name = `${page}_${what}`;
      figures[name] = { value, unit, target, ok };
      console.log(`${name.padEnd(30)} ${value.toFixed(2).padStart(9)} ${unit.padEnd(5)}  ${target} ${ok ? "" : "missed"}`);
    };
    for (const [what, target] of Object.entries(scored)) add(what, "score", target, (value) => value >= target);
    for (const [what, [unit, target]] of Object.entries(timed)) add(what, unit, target, (value) => value <= target);
    const failed = [...new Set(runs.flatMap((run) => run.failed))];
    if (failed.length > 0) console.log(`   failed audits: ${failed.join(", ")}`);
    writeFileSync(RESULTS, `${JSON.stringify(figures, null, 2)}\n`);
  }
}
