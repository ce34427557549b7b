import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { advice, DEFAULTS, forServer, needsRestart, read, selector } from "../src/settings";

const manifest = JSON.parse(readFileSync("package.json", "utf-8"));
const properties: Record<string, { default: unknown }> =
  manifest.contributes.configuration.properties;

function source(values: Record<string, unknown>) {
  return { get: <T>(name: string) => values[name] as T | undefined };
}

test("the manifest has the settings and their defaults", () => {
  const declared = Object.entries(properties).map(([name, { default: value }]) => [
    name.replace("taglint.", ""),
    value,
  ]);
  assert.deepEqual(Object.fromEntries(declared), DEFAULTS);
});

test("what is not set has its default", () => {
  assert.deepEqual(read(source({})), DEFAULTS);
  assert.equal(read(source({ inlayHints: "off" })).inlayHints, "off");
  assert.deepEqual(read(source({ command: [] })).command, DEFAULTS.command);
});

test("the server is told what it knows and nothing else", () => {
  assert.deepEqual(Object.keys(forServer(DEFAULTS)).sort(), [
    "config",
    "debounce",
    "inlayHints",
    "mostFindings",
  ]);
});

test("saved and unsaved documents of the languages are served", () => {
  assert.deepEqual(selector({ ...DEFAULTS, languages: ["tagged"] }), [
    { language: "tagged", scheme: "file" },
    { language: "tagged", scheme: "untitled" },
  ]);
});

test("another command takes another server, another setting does not", () => {
  assert.ok(needsRestart(DEFAULTS, { ...DEFAULTS, command: ["other"] }));
  assert.ok(needsRestart(DEFAULTS, { ...DEFAULTS, languages: [] }));
  assert.ok(!needsRestart(DEFAULTS, { ...DEFAULTS, debounce: 5 }));
});

test("a server that does not start is explained", () => {
  assert.match(advice(DEFAULTS, new Error("ENOENT")), /"taglint server".*ENOENT.*pip install/);
});

test("every language of the default selector can be had", () => {
  const own = manifest.contributes.languages.map((item: { id: string }) => item.id);
  assert.deepEqual(
    DEFAULTS.languages.filter((name) => !own.includes(name)),
    ["plaintext"],
  );
});
