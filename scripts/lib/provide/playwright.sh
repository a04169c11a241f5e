# shellcheck shell=bash
# Installs Chromium, Node.js, and playwright-core, with which tests drive a browser.
# shellcheck source=../playwright.sh
source "$(dirname "${BASH_SOURCE[0]}")/../playwright.sh"

# provide_playwright: what package-lock.json of tests/browser pins.
provide_playwright() {
  if has_playwright; then return; fi
  mkdir -p "$playwright"
  cp tests/browser/package.json tests/browser/package-lock.json "$playwright/"
  if ! npm ci --prefix "$playwright" --no-audit --no-fund --loglevel=error; then
    # shellcheck disable=SC2034 # for the caller to read
    missing="npm cannot install playwright-core"
    return 1
  fi
  cp tests/browser/package-lock.json "$playwright/made-of"
}

# want_browser: all three.
want_browser() {
  want debian chromium chromium
  want debian node nodejs
  want debian npm npm
  want provide_playwright
}
