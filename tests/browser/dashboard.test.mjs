// The sandbox's dashboard in a real browser: what it shows, what it breaks, and who can use it.

import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { test } from "node:test";
import { foreignPage, readability, screenshots, until, world } from "./world.mjs";

const light = { colorScheme: "light" };
const redirectUri = "myapp://auth/callback";

/** Opens the dashboard, and fails if its page has an error or loads anything from elsewhere. */
async function dashboard(settings, body, sandboxArguments) {
  await world(
    settings,
    async (here) => {
      const { page, baseUrl } = here;
      const errors = [];
      page.on("pageerror", (error) => errors.push(`${error}`));
      page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
      page.on("request", (request) => {
        const url = request.url();
        if (!url.startsWith(`${baseUrl}/`) && url !== "data:,") errors.push(`it loads ${url}`);
      });
      await page.goto(baseUrl);
      await page.getByText(`Connected to ${new URL(baseUrl).host}`).waitFor();
      await body(here);
      assert.deepEqual(errors, []);
    },
    sandboxArguments,
  );
}

const post = (url, body, headers = {}) =>
  fetch(url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) });

/** An app signs in; its tokens. */
async function signIn({ baseUrl, controlUrl }) {
  const codeVerifier = randomBytes(32).toString("base64url");
  const url = new URL(`${baseUrl}/oauth2/authorize`);
  url.search = new URLSearchParams({
    client_id: "client_123",
    redirect_uri: redirectUri,
    response_type: "code",
    scope: "api:access profile:read",
    state: "s",
    code_challenge: createHash("sha256").update(codeVerifier).digest("base64url"),
    code_challenge_method: "S256",
  });
  const { callback } = await (await post(`${controlUrl}/user-agent`, { url, decision: "allow" })).json();
  const code = new URL(callback).searchParams.get("code");
  const exchange = { grantType: "authorization_code", code, codeVerifier, clientId: "client_123", redirectUri };
  return (await post(`${baseUrl}/oauth2/token`, exchange)).json();
}

const chat = ({ baseUrl }, { access_token: token }, more = {}) =>
  post(
    `${baseUrl}/v1/chat/completions`,
    { model: "gpt-5-mini", messages: [{ role: "user", content: "hello" }], ...more },
    { authorization: `Bearer ${token}` },
  );

const rows = (page) => page.getByRole("list", { name: "Requests" }).getByRole("listitem");
const faultSwitch = (page, kind) => page.getByRole("switch", { name: kind, exact: true });
const openAllGroups = (page) =>
  page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));

test("a developer sees what the app does, with timings and costs, and no token", () =>
  dashboard(light, async (here) => {
    const { page } = here;
    await page.getByText("No request yet").waitFor();
    await page.getByText("No app has signed in.").waitFor();
    const tokens = await signIn(here);
    await (await chat(here, tokens)).text();
    const paid = rows(page).filter({ hasText: "POST/v1/chat/completions" });
    await paid.filter({ hasText: /completions200 · [\d.]+ m?s · [\d.]+ k?B · \$0\.\d+ · Receipts · / }).waitFor();
    assert.equal(await rows(page).first().innerText(), await paid.innerText(), "the newest request is the first");
    await page.getByRole("list", { name: "Sessions" }).getByText("signed in").waitFor();
    await page.getByText(/^public · 1 paid call, \$0\.\d+/).waitFor();
    const shown = await page.evaluate(() => document.documentElement.outerHTML);
    for (const secret of [tokens.access_token, tokens.refresh_token]) {
      assert.ok(!shown.includes(secret.slice(0, 16)) && !shown.includes(secret.slice(-12)), "a token is shown");
    }
    // Polite: a screen reader hears of it when it has nothing else to say.
    const news = page.getByRole("status").filter({ hasText: "Latest: POST /v1/chat/completions, 200" });
    await news.waitFor({ state: "attached" });
  }));

test("a stream is under way until it ends, and is charged", () =>
  dashboard(
    light,
    async (here) => {
      const { page, controlUrl } = here;
      const tokens = await signIn(here);
      const leaving = new AbortController();
      const answer = await chat(here, tokens, { stream: true });
      const under = rows(page).filter({ hasText: "200 · under way" });
      await under.filter({ hasText: /\$0\.\d+/ }).waitFor();
      const reader = answer.body.getReader();
      await reader.read();
      await reader.cancel();
      leaving.abort();
      await rows(page).filter({ hasText: "200 · the client left" }).waitFor();
      await until(async () => (await (await fetch(`${controlUrl}/state`)).json()).streams_open === 0, "the stream's end");
    },
    ["--pace", "500"],
  ));

test("a fault that is switched on breaks the app's next call, and switched off no more", () =>
  dashboard(light, async (here) => {
    const { page } = here;
    const tokens = await signIn(here);
    await page.getByLabel("Endpoint").selectOption("chat");
    await page.getByLabel("Number of requests").fill("2");
    await page.getByLabel("status of status").fill("503");
    await faultSwitch(page, "status").check();
    await page.getByText("status (status 503) on chat, for 2 requests is on.").waitFor();
    await page.getByRole("list", { name: "Active" }).getByText("status (status 503) on chat, for 2 requests").waitFor();
    assert.equal((await chat(here, tokens)).status, 503);
    await rows(page).filter({ hasText: /503 · fault: status/ }).waitFor();
    await page.getByRole("list", { name: "Active" }).getByText("for 1 request", { exact: false }).waitFor();
    assert.equal((await chat(here, tokens)).status, 503);
    await page.getByText("None: every request is answered as it should be.").waitFor();
    assert.ok(!(await faultSwitch(page, "status").isChecked()), "a fault that is used up is off");
    assert.equal((await chat(here, tokens)).status, 200);

    await page.getByLabel("Number of requests").fill("");
    await page.getByLabel("Find a fault").fill("html_200");
    await faultSwitch(page, "html_200").check();
    await page.getByText("html_200 on chat is on.").waitFor();
    assert.match(await (await chat(here, tokens)).text(), /<html/i);
    await faultSwitch(page, "html_200").uncheck();
    await page.getByText("html_200 is off.").waitFor();
    assert.equal((await (await chat(here, tokens)).json()).object, "chat.completion");
  }));

test("a fault that is switched on and off at once is off", () =>
  dashboard(light, async (here) => {
    const { page, controlUrl } = here;
    await openAllGroups(page);
    // The page has not heard of the fault yet when it is switched off.
    await faultSwitch(page, "html_200").evaluate((input) => [input, input].forEach((one) => one.click()));
    await page.getByText("html_200 is off.").waitFor();
    assert.deepEqual((await (await fetch(`${controlUrl}/faults`)).json()).active, []);
    await page.getByText("None: every request is answered as it should be.").waitFor();
    assert.ok(!(await faultSwitch(page, "html_200").isChecked()));
  }));

test("every fault has a switch that says what it does, and the switch works", () =>
  dashboard(light, async (here) => {
    const { page, controlUrl } = here;
    const faults = async () => (await fetch(`${controlUrl}/faults`)).json();
    const { kinds, endpoints } = await faults();
    await openAllGroups(page);
    assert.equal(await page.getByRole("switch").count(), kinds.length);
    assert.deepEqual(await page.getByLabel("Endpoint").locator("option").count(), endpoints.length);
    for (const { kind, about } of kinds) {
      const one = faultSwitch(page, kind);
      assert.equal(await one.getAttribute("aria-describedby"), `about-${kind}`);
      assert.equal(await page.locator(`#about-${kind}`).innerText(), about);
      await one.check();
    }
    await until(async () => (await faults()).active.length === kinds.length, "all faults");
    const active = (await faults()).active.map(({ fault }) => fault.kind);
    assert.deepEqual(active.sort(), kinds.map(({ kind }) => kind).sort());
    await page.getByRole("button", { name: "Remove delay (milliseconds 300) on all endpoints" }).click();
    await until(async () => (await faults()).active.length === kinds.length - 1, "one fault less");
    await page.getByRole("button", { name: "Clear all faults" }).click();
    await until(async () => (await faults()).active.length === 0, "no fault");
    await page.getByText("None: every request is answered").waitFor();
  }));

test("the account is changed from the page, and a wrong entry is refused with a reason", () =>
  dashboard(light, async (here) => {
    const { page } = here;
    const tokens = await signIn(here);
    await page.getByLabel("Remaining, US dollars").fill("0.00");
    await page.getByRole("button", { name: "Set the balance" }).click();
    await page.getByText("$0.00 may still be spent.").waitFor();
    assert.equal((await chat(here, tokens)).status, 400);
    await page.getByRole("button", { name: "Expire access tokens" }).click();
    await page.getByText("access token expired, can be refreshed").waitFor();
    assert.equal((await chat(here, tokens)).status, 401);
    await page.getByRole("button", { name: "Withdraw permission" }).click();
    await page.getByRole("list", { name: "Sessions" }).getByText("revoked").waitFor();
    await page.getByRole("button", { name: "Advance the clock" }).click();
    await page.getByText("3,600 s ahead").waitFor();
    await page.getByLabel("milliseconds of delay").fill("");
    await faultSwitch(page, "delay").click();
    await page.getByText("Enter a whole number for milliseconds.").waitFor();
    assert.ok(!(await faultSwitch(page, "delay").isChecked()));
  }));

test("the list can be paused and cleared, and keeps at most 200 requests", () =>
  dashboard(light, async (here) => {
    const { page, baseUrl } = here;
    const ask = async (path) => (await fetch(`${baseUrl}${path}`)).text();
    await ask("/first");
    await rows(page).filter({ hasText: "/first" }).waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    for (let at = 0; at < 210; at += 1) await ask(`/n/${at}`);
    // A balance that is set now is shown after the requests before it were received.
    await page.getByLabel("Remaining, US dollars").fill("1.23");
    await page.getByRole("button", { name: "Set the balance" }).click();
    await page.locator("#balance").getByText("$1.23").first().waitFor();
    assert.equal(await rows(page).filter({ hasText: "/n/" }).count(), 0);
    await page.getByRole("button", { name: "Pause", pressed: true }).click();
    await rows(page).filter({ hasText: "/n/209" }).waitFor();
    assert.equal(await rows(page).count(), 200);
    await page.getByRole("button", { name: "Clear the list" }).click();
    await page.getByText("No request yet").waitFor();
    await ask("/after");
    await rows(page).filter({ hasText: "/after" }).waitFor();
    assert.equal(await rows(page).count(), 1);
  }));

test("the keyboard alone will do, and shows where it is", () =>
  dashboard(light, async (here) => {
    const { page } = here;
    const focused = () =>
      page.evaluate(() => {
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
        const { id, innerText, tagName } = document.activeElement;
        return { name: id || innerText || tagName, outline: outlineStyle === "solid" ? parseFloat(outlineWidth) : 0 };
      });
    await page.keyboard.press("Tab");
    assert.deepEqual(await focused(), { name: "Skip to the faults", outline: 3 });
    await page.keyboard.press("Enter");
    const visited = [];
    for (let steps = 0; steps < 40 && visited.at(-1) !== "fault-delay"; steps += 1) {
      await page.keyboard.press("Tab");
      const { name, outline } = await focused();
      assert.equal(outline, 3, `${name} shows no focus`);
      visited.push(name);
    }
    assert.deepEqual(visited.slice(0, 3), ["fault-endpoint", "fault-times", "fault-filter"]);
    await page.keyboard.press("Space");
    await page.getByText("delay (milliseconds 300) on all endpoints is on.").waitFor();
  }));

/** Fields without a name, ids that stand twice, references to nothing, headings that skip a level, sections without a name. */
function findGaps() {
  const gaps = [];
  for (const field of document.querySelectorAll("input, select, button")) {
    const name = field.getAttribute("aria-label") ?? [...(field.labels ?? [])].map((label) => label.innerText).join("");
    if (!(name || field.innerText).trim()) gaps.push(`no name: ${field.outerHTML}`);
  }
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  gaps.push(...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `twice: ${id}`));
  for (const attribute of ["aria-labelledby", "aria-describedby"]) {
    for (const element of document.querySelectorAll(`[${attribute}]`)) {
      if (!document.getElementById(element.getAttribute(attribute))) gaps.push(`refers to nothing: ${element.outerHTML}`);
    }
  }
  let level = 0;
  for (const { tagName, innerText } of document.querySelectorAll("h1, h2, h3")) {
    if (Number(tagName[1]) > level + 1) gaps.push(`skips a level: ${innerText}`);
    level = Number(tagName[1]);
  }
  gaps.push(...[...document.querySelectorAll("section:not([aria-labelledby])")].map(({ id }) => `no name: ${id}`));
  if (document.querySelectorAll("h1").length !== 1 || document.querySelectorAll("main").length !== 1) gaps.push("landmarks");
  return gaps;
}

for (const colorScheme of ["light", "dark"]) {
  test(`${colorScheme}, wide and on a phone: readable, named, nothing cut off, large enough to touch`, () =>
    dashboard({ colorScheme }, async (here) => {
      const { page, controlUrl } = here;
      const tokens = await signIn(here);
      await (await chat(here, tokens)).text();
      await post(`${controlUrl}/faults`, { endpoint: "chat", fault: { kind: "status", status: 429 } });
      await post(`${controlUrl}/faults`, { endpoint: "token", fault: { kind: "same_access_token" }, times: 2 });
      await chat(here, tokens);
      await rows(page).filter({ hasText: "429 · fault: status" }).waitFor();
      await page.getByRole("button", { name: "Remove status (status 429) on chat" }).waitFor();
      for (const [name, width] of [["phone", 360], ["narrow", 320], ["wide", 1280]]) {
        await page.setViewportSize({ width, height: 800 });
        await page.screenshot({ path: join(screenshots, `dashboard-${name}-${colorScheme}.png`), fullPage: name !== "wide" });
        await openAllGroups(page);
        // WCAG 2.2: 1.4.3 (contrast), 1.4.10 (reflow), 2.5.5 (target size), 3.1.1 (language).
        const seen = await page.evaluate(readability);
        assert.ok(seen.contrast >= 4.5, `contrast is ${seen.contrast}`);
        assert.ok(seen.smallest >= 44, `a control is ${seen.smallest} high`);
        assert.equal(seen.overflow, 0, `at ${width}`);
        assert.equal(seen.lang, "en");
        assert.deepEqual(await page.evaluate(findGaps), []);
        await page.evaluate(() => document.querySelectorAll("details").forEach((at, index) => (at.open = index === 0)));
      }
    }));
}

test("a page of another origin cannot add faults, read the events or frame the dashboard", () =>
  world(light, async ({ page, baseUrl, controlUrl }) => {
    await foreignPage(page, async () => {
      const attempt = (url, options) =>
        page.evaluate(
          ([url, options]) => fetch(url, options).then((answer) => answer.type + answer.status, () => "refused"),
          [url, options],
        );
      const fault = JSON.stringify({ endpoint: "*", fault: { kind: "garbage" } });
      const json = { method: "POST", headers: { "content-type": "application/json" }, body: fault };
      assert.equal(await attempt(`${controlUrl}/faults`, json), "refused");
      await attempt(`${controlUrl}/faults`, { method: "POST", mode: "no-cors", body: fault });
      const heard = await page.evaluate(async (url) => {
        const events = new EventSource(url);
        const outcome = await new Promise((resolve) => {
          events.addEventListener("overview", () => resolve("heard"));
          events.addEventListener("error", () => resolve("refused"));
        });
        events.close();
        return outcome;
      }, `${controlUrl}/events`);
      assert.equal(heard, "refused");
      await page.evaluate(async (url) => {
        const frame = document.createElement("iframe");
        frame.src = url;
        const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
        document.body.append(frame);
        await loaded;
      }, baseUrl);
      assert.ok(!page.frames().some((frame) => frame.url().startsWith(baseUrl)), "it is in a frame");
    });
    const { active } = await (await fetch(`${controlUrl}/faults`)).json();
    assert.deepEqual(active, []);
    // A link to it works from anywhere.
    await foreignPage(page, async () => {
      await page.evaluate((url) => location.assign(url), baseUrl);
      await page.getByText("Connected to").waitFor();
    });
  }));

test("a sandbox that stopped is told, and the page has no error besides", () =>
  world(light, async ({ page, baseUrl, controlUrl }) => {
    const errors = [];
    page.on("pageerror", (error) => errors.push(`${error}`));
    await page.goto(baseUrl);
    await page.getByText("Connected to").waitFor();
    await post(`${controlUrl}/stop`, {});
    await page.getByText("The sandbox does not respond. Trying again…").waitFor();
    await page.getByRole("button", { name: "Expire access tokens" }).click();
    await page.getByText("The sandbox did not respond.").waitFor();
    assert.deepEqual(errors, []);
  }));
