// My jobs without a network, as a mid-range tablet opens it from what it keeps: from the tap to the first job whose next
// move can be pressed, the median of five, added to target/bench.json. STEWARD is the server, CHROMIUM the browser.
import { createRequire } from "node:module";
import { add, form, inHouse, median } from "./house.mjs";

const { chromium } = createRequire(new URL("../end2end/package.json", import.meta.url))("@playwright/test");
const { CHROMIUM } = process.env;
const RUNS = 5;
const LONGEST = 5 * 60_000;
/** How much slower its processor is than this one: as Lighthouse takes a phone's to be. */
const SLOWER = 4;
const TARGET = 2000;

await inHouse(LONGEST, async (base, signal) => {
  console.log("== My jobs without a network");
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
  signal.addEventListener("abort", () => browser.close());
  try {
    const context = await browser.newContext({ baseURL: base, viewport: { width: 1180, height: 820 }, hasTouch: true });
    await keep(context);
    await context.setOffline(true);
    const runs = [];
    while (runs.length < RUNS) runs.push(await open(context));
    const value = median(runs);
    add("jobs_offline_interactive", value, "ms", TARGET, value <= TARGET);
  } finally {
    await browser.close();
  }
});

/** Signs a technician in, and waits until all is kept that their day needs. */
async function keep(context) {
  const headers = { Accept: "application/json" };
  for (const [endpoint, fields] of [["demo_sign_in", { sign_in: "laochen" }], ["choose_manners", { lang: "en" }]]) {
    const reply = await context.request.post(`/api/people/${endpoint}`, { form: form(fields), headers });
    if (!reply.ok()) throw new Error(`${endpoint}: ${reply.status()} ${await reply.text()}`);
  }
  const page = await context.newPage();
  await page.goto("/staff/jobs");
  await page.getByText("Ready without a connection").waitFor({ timeout: 60_000 });
  const isKept = () => page.evaluate(async () => !!(await caches.match("/shell/staff", { ignoreVary: true })));
  while (!(await isKept())) await page.waitForTimeout(100);
  await page.close();
}

/** Opens it in a tab of its own; the milliseconds until it can be worked with. */
async function open(context) {
  const page = await context.newPage();
  await page.addInitScript(() => {
    // A frame comes when the program has nothing else to do.
    const look = () => {
      const isAlive = document.body?.hasAttribute("data-hydrated") && document.querySelector(".job .moves .button");
      if (isAlive) window.interactiveAt = performance.now();
      else requestAnimationFrame(look);
    };
    look();
  });
  const line = await context.newCDPSession(page);
  await line.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.goto("/staff/jobs");
  const at = await page.waitForFunction(() => window.interactiveAt, undefined, { timeout: 60_000 });
  const millis = await at.jsonValue();
  await page.close();
  return millis;
}
