// For what is measured in a browser: the demo estate behind a server of its own, and the file of figures.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const { STEWARD = "target/bin/steward" } = process.env;
const RESULTS = "target/bench.json";

// Without what is meant for other servers.
const { DATABASE_URL: _url, DATABASE_URL_FILE: _file, RUST_LOG: _log, LOG_JSON: _json, ...env } = process.env;
export { env };

/** Measures at the address of a fresh server, for so many milliseconds at most; ends the server however that ends. */
export async function inHouse(longest, measure) {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stop.abort());
  setTimeout(() => stop.abort(), longest).unref();
  const data = mkdtempSync(join(tmpdir(), "steward-house-"));
  // Browsers keep the sign-in cookie over plain HTTP on localhost alone.
  const server = spawn(STEWARD, ["serve", "--demo", "--host", "localhost", "--port", "0", "--data", data], {
    stdio: ["ignore", "pipe", "inherit"],
    env,
  });
  const ended = new Promise((resolve) => server.once("close", resolve).once("error", resolve));
  try {
    await measure(await readyAt(server, stop.signal), stop.signal);
  } finally {
    server.kill("SIGTERM");
    await ended;
    rmSync(data, { recursive: true, force: true });
  }
}

/** The address that the server names when it is ready. */
async function readyAt(server, signal) {
  for await (const line of createInterface({ input: server.stdout, signal })) {
    const address = /Residents\s+(http:\S+)\//.exec(line)?.[1];
    if (address) return address;
  }
  throw new Error("The server did not start.");
}

/** The body of a form. */
export const form = (fields = {}) => ({ key: randomUUID(), ...fields });

/** The middle one. */
export const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Adds a figure to the others, and prints it. */
export function add(name, value, unit, target, ok) {
  const figures = JSON.parse(readFileSync(RESULTS, "utf8"));
  figures[name] = { value, unit, target, ok };
  writeFileSync(RESULTS, `${JSON.stringify(figures, null, 2)}\n`);
  console.log(`${name.padEnd(30)} ${value.toFixed(2).padStart(9)} ${unit.padEnd(5)}  ${target} ${ok ? "" : "missed"}`);
}
