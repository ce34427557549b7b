import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/node";

import { advice, forServer, needsRestart, read, selector, type Settings } from "./settings";

let client: LanguageClient | undefined;
let settings: Settings;
// Starting and stopping one after the other: a client that is starting cannot be stopped.
let last: Promise<void> = Promise.resolve();

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand("taglint.restart", () => inTurn(restart)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("taglint")) {
        void inTurn(changed);
      }
    }),
  );
  await inTurn(start);
}

export async function deactivate(): Promise<void> {
  await inTurn(stop);
}

function inTurn(work: () => Promise<void>): Promise<void> {
  last = last.then(work, work);
  return last;
}

async function start(): Promise<void> {
  settings = read(vscode.workspace.getConfiguration("taglint"));
  const [command = "", ...args] = settings.command;
  client = new LanguageClient(
    "taglint",
    "taglint",
    { command, args },
    { documentSelector: selector(settings), initializationOptions: forServer(settings) },
  );
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    void vscode.window.showErrorMessage(advice(settings, error));
  }
}

async function stop(): Promise<void> {
  const stopping = client;
  client = undefined;
  await stopping?.stop();
}

async function restart(): Promise<void> {
  await stop();
  await start();
}

async function changed(): Promise<void> {
  const now = read(vscode.workspace.getConfiguration("taglint"));
  if (client === undefined || needsRestart(settings, now)) {
    return restart();
  }
  settings = now;
  await client.sendNotification("workspace/didChangeConfiguration", {
    settings: { taglint: forServer(now) },
  });
}
