#!/bin/sh
# Build the page into the package, where Node 20.19 or later is there; one plain line where it is not, or where its packages
# cannot be had. The program works without: then only the API is served.
set -eu
cd "$(dirname "$0")/../frontend"
fit='const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'
if ! command -v npm >/dev/null 2>&1 || ! node -e "$fit" 2>/dev/null; then
  echo "the page is not built here: it needs Node 20.19 or later"
  exit 0
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! npm ci --loglevel=error >"$log" 2>&1; then
  tail -n 3 "$log" >&2
  echo "the page is not built here: npm could not install its packages"
  exit 0
fi
npm run --silent build >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
