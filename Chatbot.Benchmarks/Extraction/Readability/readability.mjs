// Mozilla's Readability over jsdom, as one would use them on a server: the peer of our extraction.
// node readability.mjs FOLDER ROUNDS: prints the seconds of each round over all pages of the folder, by the clock and of
// processor time, as JSON.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { Readability } from "@mozilla/readability";
import { JSDOM, VirtualConsole } from "jsdom";

const [folder, rounds] = [process.argv[2], Number(process.argv[3])];
const pages = readdirSync(folder).filter((name) => name.endsWith(".html")).sort().map((name) => readFileSync(join(folder, name), "utf8"));
// Style sheets that jsdom cannot read are no matter here.
const quiet = new VirtualConsole();
const seconds = [];
const processor = [];
let characters = 0;
for (let round = 0; round < rounds; round++) {
  const started = performance.now();
  const before = process.cpuUsage();
  for (const html of pages) {
    const { window } = new JSDOM(html, { url: "https://example.org/", virtualConsole: quiet });
    characters += new Readability(window.document).parse()?.textContent.length ?? 0;
    window.close();
    // What a window leaves behind is let go of when the loop turns; of a thousand pages it would be all of Node's memory.
    await new Promise(setImmediate);
  }
  seconds.push((performance.now() - started) / 1000);
  const used = process.cpuUsage(before);
  processor.push((used.user + used.system) / 1e6);
}
console.log(JSON.stringify({ pages: pages.length, seconds, processor, characters }));
