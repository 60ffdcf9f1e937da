// Takes the custom sections (the functions' names) out of a wasm file, in place.
import { readFileSync, writeFileSync } from "node:fs";

const file = process.argv[2];
const wasm = readFileSync(file);
const kept = [wasm.subarray(0, 8)];
for (let at = 8; at < wasm.length; ) {
  const start = at++;
  let size = 0;
  for (let shift = 0, more = true; more; shift += 7) {
    size += (wasm[at] & 0x7f) * 2 ** shift;
    more = wasm[at++] >= 0x80;
  }
  at += size;
  if (wasm[start] !== 0) kept.push(wasm.subarray(start, at));
}
writeFileSync(file, Buffer.concat(kept));
