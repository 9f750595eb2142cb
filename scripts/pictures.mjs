// node scripts/pictures.mjs SERVER FOLDER: what pictures.sh wants pictured. The browser is driven by the tests' Playwright.
import { createRequire } from "node:module";

const [server, folder] = process.argv.slice(2);
const { chromium } = createRequire(import.meta.url)("../Chatbot.Tests/bin/Release/net10.0/.playwright/package");

for (let tries = 0; ; tries++) {
  if (await fetch(`${server}/health`).then((reply) => reply.ok, () => false)) break;
  if (tries === 240) throw new Error(`${server} does not answer.`);
  await new Promise((resolve) => setTimeout(resolve, 500));
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
try {
  const page = await browser.newPage({ baseURL: server, locale: "en-US", colorScheme: "light", viewport: { width: 1280, height: 860 } });
  await page.goto("/admin/login");
  await page.fill("input[autocomplete=username]", "admin");
  await page.fill("input[type=password]", process.env.PICTURES_PASSWORD ?? "");
  await page.click("main button");
  await page.waitForURL("**/admin");
  const headers = { "X-Requested-With": "pictures" };
  await page.request.put("/api/knowledge-bases/default", { headers, data: { title: "Lindenau am See", settings: {} } });
  const { items: [site] } = await (await page.request.get("/api/sites")).json();
  await page.request.patch(`/api/sites/${site.id}`, { headers, data: { name: "Lindenau" } });

  await page.goto("/");
  await page.fill("#question", "How much is the penalty when I register my address too late?");
  await page.keyboard.press("Enter");
  await page.locator(".turn .tools").waitFor();
  await page.screenshot({ path: `${folder}/chat.png` });

  await page.goto(`/admin/sites/${site.id}`);
  await page.screenshot({ path: `${folder}/admin.png` });
} finally {
  await browser.close();
}
