// SPDX-License-Identifier: Apache-2.0
// node report_check.mjs REPORT.html NODE_MODULES CHROMIUM: opens the report from disk with the network blocked. Prints one line
// a check; exit code 1 when one does not hold. .ci/full runs it.
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [report, modules, executablePath] = process.argv.slice(2);
const { chromium } = createRequire(modules + "/")("playwright-core");
const browser = await chromium.launch({ executablePath, args: process.getuid() === 0 ? ["--no-sandbox"] : [] });
let failed = 0;
function check(holds, words) {
  console.log((holds ? "holds   " : "FAILS   ") + words);
  if (!holds) failed++;
}

async function opened(file, options, hash = "") {
  const context = await browser.newContext({ offline: true, viewport: { width: 1200, height: 1000 }, ...options });
  const page = await context.newPage(), said = [], asked = [];
  page.on("console", (message) => { if (message.type() === "error" || message.type() === "warning") said.push(message.text()); });
  page.on("pageerror", (error) => said.push(error.message));
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(pathToFileURL(file).href + hash);
  return { page, said, asked };
}
const inked = (canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let colours = new Set();
  for (let at = 0; at < data.length; at += 4) if (data[at + 3] > 0) colours.add(data[at] * 65536 + data[at + 1] * 256 + data[at + 2]);
  return colours.size;
};
const shown = (page) => page.locator("details.scenario:visible").count();

const { page, said, asked } = await opened(report, {});
const total = await page.locator("details.scenario").count();
const checked = page.waitForFunction(() => document.documentElement.dataset.checked);
const name = await page.locator("figure").first().evaluate((figure) => figure.closest("details").id);
check((await page.locator("canvas").count()) === 0 || !(await page.locator(`[id="${name}"]`).evaluate((one) => one.open)), "a plot that nobody sees is not drawn");
await page.evaluate((id) => { location.hash = id; }, name);
const figure = page.locator(`[id="${name}"] figure`).first();
await figure.scrollIntoViewIfNeeded();
await figure.locator("canvas").first().waitFor();
await page.waitForFunction(() => document.querySelector("figure.live canvas"));
const colours = await figure.locator("canvas").first().evaluate(inked);
check(colours > 10, `the plot of ${name} is drawn: ${colours} colours`);
check(!(await figure.locator("svg").isVisible()), "its printed picture is hidden on the screen");
const range = () => figure.locator(".zoom span").textContent();
const before = await range();
await figure.getByRole("button", { name: "whole run" }).click();
const pixels = await figure.locator("canvas").first().evaluate((canvas) => canvas.toDataURL());
await figure.getByRole("button", { name: "moment" }).click();
check((await figure.locator("canvas").first().evaluate((canvas) => canvas.toDataURL())) !== pixels && (await range()) === before, "the plot zooms out and back");
await checked;
check(await page.locator("#undecoded").isHidden(), "all data is decoded");

await page.locator("#search").fill(name);
check((await shown(page)) >= 1 && (await shown(page)) < Math.max(total, 2), `the text filter leaves ${await shown(page)} of ${total}`);
check(page.url().includes("text=" + name), "the address remembers the filter");
await page.locator("#search").fill("");
await page.locator("#word").selectOption("failed");
const not_passed = await page.locator("details.scenario:is(.r-fail,.r-error,.r-conditional_fail)").count();
check((await shown(page)) === not_passed, `the filter "failed" shows ${not_passed}`);
await page.locator("#word").selectOption("");
check((await shown(page)) === total, "without a filter all are there");
const again = await opened(report, {}, "#?show=holes");
check((await again.page.locator("#word").inputValue()) === "holes", "an address sets the filter");
check(said.length === 0 && again.said.length === 0, "the console is silent " + said.concat(again.said).join("; "));
check(asked.every((url) => url.startsWith("file:") && url.split("#")[0] === asked[0].split("#")[0]), "nothing else is fetched");

const plain = await opened(report, { javaScriptEnabled: false });
check((await plain.page.locator("details.scenario").count()) === total, "without JavaScript every scenario is there");
check(await plain.page.locator(".filter").isHidden(), "… without controls that do nothing");
await plain.page.locator(`[id="${name}"] > summary`).click();
const open = await plain.page.locator(`[id="${name}"]`).evaluate((one) => one.open);
check(open ? await plain.page.locator(`[id="${name}"] svg`).first().isVisible() : await plain.page.locator(`[id="${name}"] > summary`).isVisible(), "… and its picture");

const damaged = report.replace(/\.html$/, ".damaged.html");
writeFileSync(damaged, readFileSync(report, "utf8").replace(/data-plot="(.{60})..../, 'data-plot="$1AAAA'));
const broken = await opened(damaged, {});
await broken.page.waitForFunction(() => document.documentElement.dataset.checked);
check(await broken.page.locator("#undecoded").isVisible(), "damaged data is said in red: " + (await broken.page.locator("#undecoded li").first().textContent()));

await browser.close();
process.exit(failed ? 1 : 0);
