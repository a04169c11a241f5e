# shellcheck shell=bash
# Finds playwright-core, in a copy of tests/browser, so that what npm installs never stands in the checkout.

playwright=$CARGO_TARGET_DIR/browser

# has_playwright: whether what package-lock.json pins is there. Where it is not, it fails and leaves the reason in $missing.
has_playwright() {
  cmp -s tests/browser/package-lock.json "$playwright/made-of" || lacks "playwright-core is not installed" browser
}
