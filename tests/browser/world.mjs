// A sandbox, the aipass program and a Chromium, for one test each.

import { spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const program = process.env.AIPASS;
/** Only ends what hangs. */
export const timeout = 180_000;

/** Waits until `look` finds something. */
export async function until(look, what) {
  const end = Date.now() + timeout;
  while (Date.now() < end) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`waited in vain for ${what}`);
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function start(args, env = {}) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ["pipe", "pipe", "pipe"] });
  const run = { child, stdout: "", stderr: "" };
  child.stdout.on("data", (data) => (run.stdout += data));
  child.stderr.on("data", (data) => (run.stderr += data));
  run.ended = new Promise((resolve) => child.once("close", resolve));
  return run;
}

/** Runs `body` in a world of its own, which ends with it. `sandboxArguments` are further ones of `aipass sandbox`. */
export async function world(settings, body, sandboxArguments = []) {
  const folder = await mkdtemp(join(tmpdir(), "aipass-browser-"));
  const sandbox = start(["sandbox", "--port", "0", "--json", "--while-stdin-open", ...sandboxArguments]);
  const line = await until(() => sandbox.stdout.includes("\n") && sandbox.stdout, "the sandbox");
  const { base_url: baseUrl, control_url: controlUrl } = JSON.parse(line);
  const args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
  args.push("--disable-background-networking", "--disable-component-update", "--disable-sync");
  const executablePath = process.env.CHROMIUM;
  const viewport = { width: 390, height: 844 };
  const context = await chromium.launchPersistentContext(join(folder, "chromium"), {
    executablePath,
    args,
    viewport,
    deviceScaleFactor: 2,
    ...settings,
  });
  context.setDefaultTimeout(timeout);
  try {
    await body({ folder, baseUrl, controlUrl, page: await context.newPage(), context });
  } finally {
    await context.close();
    sandbox.child.stdin.end();
    await sandbox.ended;
    await rm(folder, { recursive: true, force: true });
  }
}

/** Registers an app that comes back to a port of this test's own. */
export async function register(baseUrl, clientName) {
  const port = await freePort();
  const redirectUri = `http://127.0.0.1:${port}/callback`;
  const answer = await fetch(`${baseUrl}/api/v1/oauth2/clients`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ clientName, redirectUri, requestedScopes: ["api:access", "profile:read"] }),
  });
  const { data } = await answer.json();
  return { clientId: data.clientId, port, redirectUri };
}

/** `aipass login`, whose system browser is a script that notes the address for the test to open. */
export async function login({ folder, baseUrl }, { clientId, port }) {
  const bin = join(folder, "bin");
  const noted = join(folder, "opened");
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, "xdg-open"), `#!/bin/sh\nprintf %s "$1" > '${noted}.new' && mv '${noted}.new' '${noted}'\n`);
  await chmod(join(bin, "xdg-open"), 0o755);
  const args = ["login", "--base-url", baseUrl, "--client-id", clientId, "--port", `${port}`];
  const env = { AIPASS_HOME: join(folder, "home"), AIPASS_KEYRING: "off", PATH: `${bin}:${process.env.PATH}` };
  const run = start(args, env);
  run.url = await until(() => readFile(noted, "utf8").catch(() => null), "the browser to be opened");
  return run;
}

export const screenshots = process.env.SCREENSHOTS;
