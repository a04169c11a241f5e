// A sandbox, the aipass program and a Chromium, for one test each.

import { spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
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

/** The least contrast between a text and what is behind it, and what does not fit or is too small to touch. */
export function readability() {
  const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const parse = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = ([r, g, b]) =>
    0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  let contrast = Infinity;
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own) continue;
    const pair = [parse(getComputedStyle(element).color), behind(element)].map(luminance).sort((a, b) => b - a);
    contrast = Math.min(contrast, (pair[0] + 0.05) / (pair[1] + 0.05));
  }
  const touched = "button, select, summary, input:not([type=checkbox]):not([type=hidden]), .switch";
  const heights = [...document.querySelectorAll(touched)]
    .filter((control) => control.checkVisibility())
    .map((control) => control.getBoundingClientRect().height);
  const { scrollWidth, clientWidth, lang } = document.documentElement;
  return { contrast, smallest: Math.min(...heights), overflow: scrollWidth - clientWidth, lang };
}

/** A web page of another origin. */
export async function foreignPage(page, body) {
  const server = createHttpServer((_, answer) => answer.setHeader("content-type", "text/html").end("<p>evil</p>"));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await body();
  } finally {
    server.close();
  }
}
