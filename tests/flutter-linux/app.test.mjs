// The Flutter app for Linux, with its own window, a keyring and a real browser, against a sandbox.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { createInterface } from "node:readline";
import { timeout, until, world } from "./world.mjs";

const { BUILD_APP, ENTER, SESSION, SCREENSHOTS, REDIRECT_URI } = process.env;

async function run(program, args) {
  const child = spawn(program, args, { stdio: ["ignore", "inherit", "inherit"] });
  const status = await new Promise((resolve) => child.once("close", resolve));
  assert.equal(status, 0, `${program} failed`);
}

/** The app in a session of its own. Each call is a command of screen.py. */
async function session(folder) {
  const noted = join(folder, "opened");
  await mkdir(join(folder, "bin"), { recursive: true });
  const browser = join(folder, "bin", "xdg-open");
  await writeFile(browser, `#!/bin/sh\nprintf %s "$1" > '${noted}.new' && mv '${noted}.new' '${noted}'\n`);
  await chmod(browser, 0o755);
  const child = spawn(ENTER, [SESSION, folder], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise((resolve) => child.once("close", resolve));
  child.stdin.on("error", () => {}); // of a session that has ended: its next command says so
  return {
    async do(...command) {
      child.stdin.write(`${JSON.stringify(command)}\n`);
      const { value, done } = await lines.next();
      assert.ok(!done, "the session ended");
      const answer = JSON.parse(value);
      assert.equal(answer.error, undefined);
      return answer.value;
    },
    /** The address that the app opened in the browser. */
    async opened() {
      const url = await until(() => readFile(noted, "utf8").catch(() => null), "the browser to be opened");
      await rm(noted);
      return url;
    },
    async end() {
      child.stdin.end();
      const hanging = setTimeout(() => child.kill("SIGKILL"), timeout);
      await ended;
      clearTimeout(hanging);
    },
  };
}

test("a user signs in in the browser, scans a receipt, sees its items and verdict, gets an answer about it, tops up, and is still signed in after a restart", () =>
  world(
    { colorScheme: "light" },
    async ({ folder, baseUrl, controlUrl, page }) => {
      const control = async (path, body) => {
        const headers = { "content-type": "application/json" };
        const answer = await fetch(`${controlUrl}/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
        assert.ok(answer.ok, `${path}: ${answer.status}`);
      };
      await run(BUILD_APP, [`--SANDBOX=${baseUrl}`]);
      const app = await session(folder);
      try {
        await app.do("start");
        await app.do("screenshot", join(SCREENSHOTS, "1-signed-out.png"));
        await app.do("press", "Sign in with AI Pass");
        await page.goto(await app.opened());
        await page.getByRole("button", { name: "Allow" }).click();
        await page.getByRole("heading", { name: "Back to the app" }).waitFor();
        await app.do("wait", "Scan a receipt");
        await app.do("wait", "Balance: ");

        await app.do("press", "Scan a receipt");
        for (const field of ["Foxglove Books", "39.24\u00a0GBP", "Merchant", "Category"]) await app.do("wait", field);
        // What a screen reader says of the verdict, of items, and of the tax.
        for (const said of ["The amounts add up.", "The Salt Road, ", "10.99\u00a0GBP", "Greeting Card, ", "3.25\u00a0GBP"])
          await app.do("wait", said);
        for (const said of ["VAT 20%", "6.54\u00a0GBP", "This scan cost "]) await app.do("wait", said);
        await app.do("screenshot", join(SCREENSHOTS, "2-receipt.png"));

        await app.do("press", "Ask");
        await app.do("wait", "language model"); // the sandbox's answer
        await app.do("screenshot", join(SCREENSHOTS, "3-answer.png"));

        await control("budget", { remaining: "0.00" });
        await app.do("press", "Scan a receipt");
        await app.do("wait", "Your balance is used up");
        await app.do("screenshot", join(SCREENSHOTS, "4-top-up.png"));
        await app.do("press", "Top up (10.00\u00a0USD)");
        await app.do("wait", "The page is open in your browser");
        assert.match(await app.opened(), /^http/);
        await control("budget", { remaining: "10.00" });
        await app.do("press", "Try again");
        await app.do("wait", "Foxglove Books"); // the refused request was sent again

        // The session is in a sealed file, and its key in the keyring.
        await app.do("stop");
        await app.do("start");
        await app.do("wait", "Scan a receipt");
        await app.do("press", "Sign out");
        await app.do("wait", "Sign in with AI Pass");
      } catch (failure) {
        await app.do("screenshot", join(SCREENSHOTS, "failure.png")).catch(() => {});
        const log = await readFile(join(folder, "app.log"), "utf8").catch(() => "none");
        throw new Error(`${failure.message}\nthe app's log: ${log}`);
      } finally {
        await app.end();
      }
    },
    ["--redirect-uri", REDIRECT_URI],
  ));
