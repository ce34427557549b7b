/** What the extension makes of the settings; free of VS Code, so that tests need none. */

export interface Settings {
  command: string[];
  languages: string[];
  config: string;
  debounce: number;
  mostFindings: number;
  inlayHints: string;
}

/** Where settings are looked up: `vscode.workspace.getConfiguration("taglint")`. */
export interface Source {
  get<T>(name: string): T | undefined;
}

export const DEFAULTS: Settings = {
  command: ["taglint", "server"],
  languages: ["tagged", "conllu", "plaintext"],
  config: "",
  debounce: 100,
  mostFindings: 500,
  inlayHints: "fixes",
};

export function read(source: Source): Settings {
  const value = <K extends keyof Settings>(name: K): Settings[K] =>
    source.get<Settings[K]>(name) ?? DEFAULTS[name];
  const command = value("command");
  return {
    command: command.length > 0 ? command : DEFAULTS.command,
    languages: value("languages"),
    config: value("config"),
    debounce: value("debounce"),
    mostFindings: value("mostFindings"),
    inlayHints: value("inlayHints"),
  };
}

/** What the server is told: it refuses settings that it does not know. */
export function forServer(settings: Settings): Partial<Settings> {
  const { config, debounce, mostFindings, inlayHints } = settings;
  return { config, debounce, mostFindings, inlayHints };
}

/** Documents on disk and those that were never saved. */
export function selector(settings: Settings): { language: string; scheme: string }[] {
  return settings.languages.flatMap((language) =>
    ["file", "untitled"].map((scheme) => ({ language, scheme })),
  );
}

/** Whether a change takes a new server. */
export function needsRestart(before: Settings, after: Settings): boolean {
  const parts = (settings: Settings) => JSON.stringify([settings.command, settings.languages]);
  return parts(before) !== parts(after);
}

/** What is said when the server does not start. */
export function advice(settings: Settings, error: unknown): string {
  const command = settings.command.join(" ");
  const why = error instanceof Error ? error.message : String(error);
  return (
    `taglint: "${command}" does not start (${why}). ` +
    "Install it with pip install 'taglint[server]', or say where it is in taglint.command."
  );
}
