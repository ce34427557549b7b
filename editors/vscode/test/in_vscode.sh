#!/usr/bin/env bash
# Tests the extension in VS Code itself: code-server, driven by Chromium. Run it once per change of
# the extension; it takes minutes and 1 GB. Needs `taglint` (TAGLINT, or on the path), Node.js,
# Chromium, a C++ compiler, make, pkg-config and the headers of krb5, libsecret and xkbfile:
#
#   apt-get install chromium g++ make pkg-config libkrb5-dev libsecret-1-dev libxkbfile-dev
#
# In TOOLS (default: .vscode-test) it keeps what it installs.
set -euo pipefail
cd "$(dirname "$0")/.."
TOOLS=$(realpath -m "${TOOLS:-.vscode-test}")
TAGLINT=$(command -v "${TAGLINT:-taglint}")
export TAGLINT TOOLS

install() { npm install --prefix "$TOOLS" --no-audit --no-fund --no-save "$@"; }

mkdir -p "$TOOLS"
if [ ! -x "$TOOLS/node_modules/.bin/code-server" ]; then
  [ -f "$TOOLS/package.json" ] || echo '{"private": true}' >"$TOOLS/package.json"
  # code-server wants this Node.js and compiles modules for it; newer npm runs no install scripts.
  install node@24 npm@10
  PATH="$TOOLS/node_modules/.bin:$TOOLS/node_modules/node/bin:$PATH"
  install node@24 npm@10 code-server@4.139.1 playwright-core@1
fi
PATH="$TOOLS/node_modules/node/bin:$PATH"

[ -n "${SKIP_BUILD:-}" ] || bash build.sh
node test/in_vscode.mjs
