// Signs in at npm's oidc-provider with a real browser, as a person does: its login page, its consent page. The redirect that follows
// leads to the program that listens for it. It runs beside playwright-core.
//
//   CHROMIUM=… node browse.mjs AUTHORIZATION_URL REDIRECT_URI

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [url, redirectUri] = process.argv.slice(2);
const profile = await mkdtemp(join(tmpdir(), "aipass-providers-"));
const args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
args.push("--disable-background-networking", "--disable-component-update", "--disable-sync");
const context = await chromium.launchPersistentContext(profile, { executablePath: process.env.CHROMIUM, args });
try {
  context.setDefaultTimeout(60_000);
  // The pages name a font of another host, which a test must not ask for.
  await context.route((to) => to.hostname !== "127.0.0.1", (route) => route.abort());
  const page = await context.newPage();
  await page.goto(url);
  await page.getByPlaceholder("Enter any login").fill("robin");
  await page.getByPlaceholder("and password").fill("a password");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL((to) => to.href.startsWith(redirectUri));
} finally {
  await context.close();
  await rm(profile, { recursive: true, force: true });
}
