import * as vscode from "vscode";
import { type ExecuteCommandSignature, LanguageClient } from "vscode-languageclient/node";

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
    {
      documentSelector: selector(settings),
      initializationOptions: forServer(settings),
      middleware: { executeCommand: withReason },
    },
  );
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    void vscode.window.showErrorMessage(advice(settings, error));
  }
}

/** Asks for the reason where a finding is to be ignored. */
async function withReason(
  command: string,
  args: unknown[],
  next: ExecuteCommandSignature,
): Promise<unknown> {
  if (command !== "taglint.ignore" || args.length > 1) {
    return next(command, args);
  }
  const reason = await vscode.window.showInputBox({
    title: "taglint",
    prompt: "Why is this to be ignored?",
    ignoreFocusOut: true,
  });
  return reason === undefined ? undefined : next(command, [...args, reason]);
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
