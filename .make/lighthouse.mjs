// The resident's pages in Lighthouse, as a mid-range phone sees them (its mobile preset): medians of three runs,
// added to target/bench.json. STEWARD is the server, CHROMIUM the browser.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { add, env, form, inHouse, median } from "./house.mjs";

const { CHROMIUM } = process.env;
const RUNS = 3;
const LONGEST = 6 * 60_000;

await inHouse(LONGEST, async (base, signal) => {
  /** Calls a server function. */
  const call = async (cookie, endpoint, fields) => {
    const headers = { Accept: "application/json", Cookie: cookie };
    const reply = await fetch(`${base}/api/${endpoint}`, { method: "POST", headers, body: new URLSearchParams(form(fields)), signal });
    if (!reply.ok) throw new Error(`${endpoint}: ${reply.status} ${await reply.text()}`);
    return reply;
  };
  const entered = await call("", "people/demo_sign_in", { sign_in: "emma" });
  const cookie = entered.headers.getSetCookie().find((line) => line.startsWith("__Host-session=")).split(";")[0];
  const { open } = await (await call(cookie, "requests/home")).json();
  const { items } = await (await call(cookie, "services/catalogue")).json();
  const problem = items.find((item) => item.parent && item.urgency === "normal");
  const pages = { home: "/home", report: `/report/${problem.slug}`, track: `/requests/${open[0].code}` };
  for (const [page, path] of Object.entries(pages)) {
    console.log(`== Lighthouse on ${path}`);
    await measure(page, base + path, cookie, signal);
  }
});

/** Lighthouse's report on a page. */
async function look(url, cookie, signal) {
  const { stdout } = await promisify(execFile)("lighthouse", [
    url,
    "--quiet",
    "--output=json",
    "--only-categories=performance,accessibility,best-practices",
    "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    `--extra-headers=${JSON.stringify({ Cookie: cookie })}`,
    // Asked like this it closes its browser too.
  ], { env: { ...env, CHROME_PATH: CHROMIUM }, maxBuffer: 64 << 20, signal, killSignal: "SIGINT" });
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

async function measure(page, url, cookie, signal) {
  const scored = { performance: 95, accessibility: 100, best_practices: 100 };
  const timed = { lcp: ["ms", 1800], cls: ["", 0.02], tbt: ["ms", 150] };
  const runs = [];
  while (runs.length < RUNS) runs.push(await look(url, cookie, signal));
  const of = (what) => median(runs.map((run) => run[what]));
  for (const [what, target] of Object.entries(scored)) add(`${page}_${what}`, of(what), "score", target, of(what) >= target);
  for (const [what, [unit, target]] of Object.entries(timed)) add(`${page}_${what}`, of(what), unit, target, of(what) <= target);
  const failed = [...new Set(runs.flatMap((run) => run.failed))];
  if (failed.length > 0) console.log(`   failed audits: ${failed.join(", ")}`);
}
