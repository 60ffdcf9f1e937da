// What a browser downloads, brotli-compressed, against the limits of the project. Exits 1 beyond them; with
// --json it only says how much, for `make bench`.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const limits = { home: 260, page: 40, css: 15 };
const folder = join(process.env.LEPTOS_SITE_ROOT ?? "target/site", "pkg");
const names = readdirSync(folder);
const kb = (some) => some.reduce((sum, name) => sum + statSync(join(folder, `${name}.br`)).size / 1024, 0);

// Split wasm: one part a lazy page, and chunks that pages share; the manifest lists both for each page.
const isPart = (name) => /^(split|bundle)_.*\.wasm$/.test(name);
const css = names.filter((name) => name.endsWith(".css"));
const base = names.filter((name) => /\.(wasm|js)$/.test(name) && !isPart(name));
const manifest = names.find((name) => /^__wasm_split_manifest.*\.json$/.test(name));
const pages = manifest ? Object.entries(JSON.parse(readFileSync(join(folder, manifest), "utf8"))) : [];
const weighed = pages.map(([page, parts]) => ({
  page,
  own: kb(parts.filter((part) => part.startsWith("split_")).map((part) => `${part}.wasm`)),
  all: kb(parts.map((part) => `${part}.wasm`)),
}));
const most = (by, some) => some.reduce((most, one) => (one[by] > most[by] ? one : most), { page: "none", own: 0, all: 0 });

if (process.argv.includes("--json")) {
  const parts = (...which) => pages.filter(([page]) => which.includes(page)).flatMap(([, parts]) => parts);
  const weigh = (parts) => kb([...new Set(parts)].map((part) => `${part}.wasm`));
  const atHome = parts("home");
  // What another page of the resident's adds to what the home has brought.
  const further = ["requests", "track", "what", "report", "me", "book", "week", "booking"].map((part) => weigh(parts(part).filter((part) => !atHome.includes(part))));
  console.log(JSON.stringify({
    wasm: kb(base.filter((name) => name.endsWith(".wasm"))),
    js: kb(base.filter((name) => name.endsWith(".js"))),
    css: kb(css),
    home: kb(base) + weigh(atHome),
    further: Math.max(...further),
    matter: kb(base) + weigh(parts("staff", "queue", "matter")),
  }));
  process.exit();
}

let failed = 0;
const check = (what, size, limit) => {
  const ok = size > 0 && size <= limit;
  failed += ok ? 0 : 1;
  console.log(`${ok ? "ok  " : "FAIL"} ${what}: ${size.toFixed(1)} KB of ${limit} KB`);
};
// The part that holds the resident's home; without it there is nothing to weigh, and the check fails.
const home = weighed.find(({ page }) => page === "home") ?? { page: "no resident home", all: NaN };
const heaviest = most("own", weighed);
check(`first load, base ${kb(base).toFixed(1)} KB and ${home.page}`, kb(base) + home.all, limits.home);
check(`largest own part of ${weighed.length} pages (${heaviest.page})`, heaviest.own, limits.page);
check("CSS", kb(css), limits.css);
process.exit(failed === 0 ? 0 : 1);
