/* Opens corpora in VS Code, compares the problems with those of the command line, applies fixes,
   saves, and compares the bytes. Started by in_vscode.sh. */

import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const { TOOLS, TAGLINT, CHROMIUM = "/usr/bin/chromium" } = process.env;
const { chromium } = createRequire(join(TOOLS, "package.json"))("playwright-core");
const CODE_SERVER = join(TOOLS, "node_modules", ".bin", "code-server");
const EXAMPLES = resolve("..", "..", "examples");
const ENOUGH = 60_000;
const SEED = process.env.TAGLINT_SEED ?? "";

const home = mkdtempSync(join(tmpdir(), "taglint-vscode-"));
const folder = join(home, "corpus");
mkdirSync(folder);
const flags = ["--user-data-dir", join(home, "data"), "--extensions-dir", join(home, "extensions")];

function settings(values) {
  mkdirSync(join(home, "data", "User"), { recursive: true });
  writeFileSync(
    join(home, "data", "User", "settings.json"),
    JSON.stringify({
      "taglint.command": [TAGLINT, "server"],
      "workbench.startupEditor": "none",
      "security.workspace.trust.enabled": false,
      "editor.accessibilitySupport": "off",
      "files.autoSave": "off",
      "chat.disableAIFeatures": true,
      ...values,
    }),
  );
}

/** Findings and fixed bytes by the command line. */
function byCommandLine(name, ...fix) {
  const aside = mkdtempSync(join(home, "aside-"));
  cpSync(join(folder, name), join(aside, name));
  const run = (...more) =>
    spawnSync(TAGLINT, ["check", "-q", "--output-format", "jsonl", ...more, name], { cwd: aside });
  const lines = run().stdout.toString("utf-8").split("\n").filter(Boolean);
  run("--fix", ...fix);
  return { found: lines.map((line) => JSON.parse(line)), fixed: readFileSync(join(aside, name)) };
}

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

async function started(port) {
  const server = spawn(
    CODE_SERVER,
    ["--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-telemetry",
     "--disable-update-check", ...flags, folder],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let log = "";
  for (const stream of [server.stdout, server.stderr]) {
    stream.on("data", (data) => (log += data));
  }
  for (let tries = 0; tries < 300; tries++) {
    if (log.includes("HTTP server listening")) {
      return server;
    }
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`code-server does not start:\n${log}`);
}

async function command(page, title) {
  await page.keyboard.press("F1");
  const input = page.locator(".quick-input-widget input").first();
  await input.waitFor();
  await input.fill(`>${title}`);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first().waitFor();
  await page.keyboard.press("Enter");
}

async function open(page, name) {
  await page.keyboard.press("Control+P");
  const input = page.locator(".quick-input-widget input").first();
  await input.waitFor();
  await input.fill(name);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".tab.active", { hasText: name }).waitFor();
}

/** The texts of the problems in sight, once there are so many in all. */
async function problems(page, count) {
  const badge = page.locator(".markers-panel .monaco-list-row .monaco-count-badge").first();
  const total = async () => ((await badge.count()) ? Number(await badge.textContent()) : 0);
  for (const end = Date.now() + ENOUGH; (await total()) !== count; ) {
    assert.ok(Date.now() < end, `${await total()} problems, not ${count}`);
    await page.waitForTimeout(200);
  }
  return page
    .locator(".markers-panel .monaco-list-row .marker-icon")
    .evaluateAll((icons) => icons.map((icon) => icon.closest(".monaco-list-row").textContent));
}

/** Closes all editors, changed or not: what is open has problems. */
async function closed(page) {
  await command(page, "File: Revert File");
  await command(page, "View: Close All Editors");
  await page.locator(".tab").first().waitFor({ state: "detached" });
  await problems(page, 0);
}

async function saved(page, name, before) {
  await page.keyboard.press("Control+S");
  for (const end = Date.now() + ENOUGH; Date.now() < end; ) {
    const bytes = readFileSync(join(folder, name));
    if (!bytes.equals(before)) {
      return bytes;
    }
    await page.waitForTimeout(100);
  }
  throw new Error(`${name} was not saved`);
}

async function showsAndFixes(page, name, fix, ...flags) {
  const before = readFileSync(join(folder, name));
  const { found, fixed } = byCommandLine(name, ...flags);
  await open(page, name);
  const shown = await problems(page, found.length);
  assert.ok(shown.length >= Math.min(found.length, 5));
  for (const text of shown) {
    assert.ok(
      found.some(({ code, message }) => text.includes(message) && text.includes(code)),
      `the command line does not find: ${text}`,
    );
  }
  await page.locator(".editor-instance .view-lines").first().click();
  await page.keyboard.press("Control+Home");
  await fix(page);
  await page.locator(".tab.active.dirty").waitFor({ timeout: ENOUGH });
  assert.deepEqual(await saved(page, name, before), fixed);
  console.log(`ok ${name}: ${found.length} problems as on the command line, fixed and saved alike`);
}

async function fixAllSafe(page) {
  await command(page, "Fix All");
}

async function fixAllUnsafe(page) {
  await command(page, "Source Action...");
  const item = page.locator(".action-widget .monaco-list-row", { hasText: "changes of annotation" });
  await item.waitFor({ timeout: ENOUGH });
  await item.click();
}

async function quickFix(page) {
  await command(page, "Go to Next Problem (Error, Warning, Info)");
  await page.keyboard.press("Control+.");
  const item = page.locator(".action-widget .monaco-list-row", { hasText: "(safe)" }).first();
  await item.waitFor({ timeout: ENOUGH });
  await item.click();
}

async function ignores(page, name) {
  await open(page, name);
  await page.locator(".editor-instance .view-lines").first().click();
  await page.keyboard.press("Control+Home");
  await command(page, "Go to Next Problem (Error, Warning, Info)");
  await page.keyboard.press("Control+.");
  const item = page.locator(".action-widget .monaco-list-row", { hasText: "with a reason" }).first();
  await item.waitFor({ timeout: ENOUGH });
  await item.click();
  const input = page.locator(".quick-input-widget input").first();
  await input.waitFor({ timeout: ENOUGH });
  await input.fill("so printed");
  await page.keyboard.press("Enter");
  await problems(page, 0);
  const written = readFileSync(join(folder, ".taglint-ignore.yaml"), "utf-8");
  assert.match(written, /rules: \[TOK004\]\n.*\n  reason: "so printed"\n/);
  rmSync(join(folder, ".taglint-ignore.yaml"));
  console.log(`ok ${name}: a finding is ignored with the reason that was asked for`);
}

async function hovers(page, name, text) {
  await open(page, name);
  await page.locator(".editor-instance .view-lines").first().click();
  await page.keyboard.press("Control+Home");
  await command(page, "Show or Focus Hover");
  const hover = page.locator(".monaco-hover:not(.hidden)", { hasText: text }).first();
  await hover.waitFor({ timeout: ENOUGH });
  console.log(`ok ${name}: hover shows ${text}`);
}

async function completes(page, name) {
  await open(page, name);
  await page.locator(".editor-instance .view-lines").first().click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("风/");
  const item = page.locator(".suggest-widget .monaco-list-row").first();
  await item.waitFor({ timeout: ENOUGH });
  assert.match(await item.textContent(), /^n/);
  await page.keyboard.press("Escape");
  console.log(`ok ${name}: completion proposes the word's own tag first`);
}

async function colours(page, name) {
  await open(page, name);
  const classes = () =>
    page.locator(".editor-instance .view-line span > span").evaluateAll((spans) =>
      [...new Set(spans.map((span) => span.className))].length,
    );
  for (const end = Date.now() + ENOUGH; (await classes()) < 3; ) {
    assert.ok(Date.now() < end, "words are not coloured");
    await page.waitForTimeout(200);
  }
  console.log(`ok ${name}: words are coloured`);
}

async function main() {
  for (const name of ["weather.txt", "notes.txt"]) {
    cpSync(join(EXAMPLES, name), join(folder, name));
  }
  cpSync(join(EXAMPLES, "weather.txt"), join(folder, "tagged.pos"));
  writeFileSync(join(folder, "one.txt"), "今天/t  下／v  雨/n  。/w\n");
  if (SEED) {
    cpSync(SEED, join(folder, "seed.txt"));
  }
  settings({ "[plaintext]": { "editor.semanticHighlighting.enabled": true } });
  execFileSync(CODE_SERVER, [...flags, "--install-extension", resolve("dist", "taglint.vsix")]);
  const port = await freePort();
  const server = await started(port);
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking",
           "--disable-component-update", "--disable-sync", "--no-first-run"],
  });
  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
  page.setDefaultTimeout(ENOUGH);
  try {
    await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}`);
    await page.locator(".monaco-workbench").waitFor();
    await open(page, "weather.txt");
    await command(page, "Problems: Focus on Problems View");
    await colours(page, "weather.txt");
    await hovers(page, "weather.txt", "时间词");
    await showsAndFixes(page, "weather.txt", fixAllSafe);
    await closed(page);
    await ignores(page, "one.txt");
    await problems(page, 1);
    await showsAndFixes(page, "one.txt", quickFix);
    await closed(page);
    await showsAndFixes(page, "notes.txt", fixAllUnsafe, "--unsafe-fixes");
    await closed(page);
    await completes(page, "tagged.pos");
    await closed(page);
    if (SEED) {
      await showsAndFixes(page, "seed.txt", fixAllUnsafe, "--unsafe-fixes");
    }
  } catch (error) {
    if (process.env.SCREENSHOT) {
      await page.screenshot({ path: process.env.SCREENSHOT });
    }
    throw error;
  } finally {
    await browser.close();
    server.kill();
    if (!process.env.KEEP) {
      rmSync(home, { recursive: true, force: true });
    }
  }
}

await main();
