#!/usr/bin/env bash
# Checks, tests, bundles and packages the extension: dist/taglint.vsix. Needs Node.js 20 or later.
set -euo pipefail
cd "$(dirname "$0")"
npm ci --no-audit --no-fund --ignore-scripts
npm run check
npm test
npm run bundle
npm run package
