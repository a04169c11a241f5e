// The consent page and `aipass login`, in a real browser at a phone's width.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { foreignPage, login, readability, register, screenshots, world } from "./world.mjs";

const light = { colorScheme: "light" };

test("the page says who asks for what, Allow leads back to the app, and the program is signed in", () =>
  world(light, async (here) => {
    const { page, baseUrl } = here;
    const app = await register(baseUrl, "Beleg & Söhne <b>");
    const run = await login(here, app);
    await page.goto(run.url);
    assert.equal(await page.title(), "Allow Beleg & Söhne <b>? – AI Pass sandbox");
    const text = await page.getByRole("main").innerText();
    for (const words of [
      "Beleg & Söhne <b> wants to use your AI Pass",
      "Robin Example, robin@example.com",
      "Use AI models and pay for them from your balance",
      "See your name and email address",
      app.redirectUri,
    ]) {
      assert.ok(text.includes(words), `${words} is not in ${text}`);
    }
    await page.getByRole("button", { name: "Allow" }).click();
    await page.getByRole("heading", { name: "Back to the app" }).waitFor();
    assert.equal(await run.ended, 0, run.stderr);
    assert.match(run.stdout, /^Signed in as Robin Example/);
  }));

test("Deny leads back to the app too, which says so with status 3", () =>
  world(light, async (here) => {
    const run = await login(here, await register(here.baseUrl, "Receipts"));
    await here.page.goto(run.url);
    await here.page.getByRole("button", { name: "Deny" }).click();
    await here.page.getByRole("heading", { name: "Back to the app" }).waitFor();
    assert.equal(await run.ended, 3);
    assert.match(run.stderr, /Access was denied/);
  }));

test("the keyboard alone will do, and shows where it is", () =>
  world(light, async (here) => {
    const { page } = here;
    const run = await login(here, await register(here.baseUrl, "Receipts"));
    await page.goto(run.url);
    const focused = () =>
      page.evaluate(() => {
        const { innerText } = document.activeElement;
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
        return { innerText, outline: outlineStyle === "solid" ? parseFloat(outlineWidth) : 0 };
      });
    await page.keyboard.press("Tab");
    assert.deepEqual(await focused(), { innerText: "Allow", outline: 3 });
    await page.keyboard.press("Tab");
    assert.deepEqual(await focused(), { innerText: "Deny", outline: 3 });
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Back to the app" }).waitFor();
    assert.equal(await run.ended, 0, run.stderr);
  }));

for (const colorScheme of ["light", "dark"]) {
  test(`on a phone, ${colorScheme}: readable, nothing cut off, buttons large enough`, () =>
    world({ colorScheme }, async ({ page, baseUrl }) => {
      const app = await register(baseUrl, "Receipts");
      const query = new URLSearchParams({
        client_id: app.clientId,
        redirect_uri: app.redirectUri,
        response_type: "code",
        scope: "api:access profile:read",
        state: "s",
        code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        code_challenge_method: "S256",
      });
      const look = async (name, search) => {
        await page.goto(`${baseUrl}/oauth2/authorize?${search}`);
        await page.screenshot({ path: join(screenshots, `${name}-${colorScheme}.png`), fullPage: true });
        const seen = await page.evaluate(readability);
        // WCAG 2.2: 1.4.3 (contrast), 1.4.10 (reflow), 2.5.5 (target size), 3.1.1 (language).
        assert.ok(seen.contrast >= 4.5, `contrast is ${seen.contrast}`);
        assert.ok(seen.smallest >= 44, `a button is ${seen.smallest} high`);
        assert.equal(seen.overflow, 0);
        assert.equal(seen.lang, "en");
      };
      await look("consent", query);
      await page.setViewportSize({ width: 320, height: 640 });
      await look("consent-narrow", query);
      query.set("redirect_uri", "https://evil.example/a-long-address-that-nobody-registered");
      await look("refused", query);
      assert.ok(page.url().startsWith(baseUrl), "a refusal leads nowhere");
      assert.match(await page.getByRole("main").innerText(), /address that is not registered/);
    }));
}

test("a page of another origin cannot drive the sandbox, frame its pages or read from it", () =>
  world(light, ({ page, baseUrl, controlUrl }) =>
    foreignPage(page, async () => {
      const attempt = (url, options) =>
        page.evaluate(
          ([url, options]) => fetch(url, options).then((answer) => answer.type + answer.status, () => "refused"),
          [url, options],
        );
      const json = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
      assert.equal(await attempt(`${controlUrl}/stop`, json), "refused");
      assert.equal(await attempt(`${controlUrl}/state`, {}), "refused");
      await attempt(`${controlUrl}/stop`, { method: "POST", mode: "no-cors", body: "{}" });
      assert.equal(await attempt(`${baseUrl}/v1/models`, {}), "refused");
      const state = await fetch(`${controlUrl}/state`);
      assert.equal(state.status, 200, "it still runs");
      const framed = await page.evaluate(async (url) => {
        const frame = document.createElement("iframe");
        frame.src = url;
        const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
        document.body.append(frame);
        await loaded;
        return frame.contentDocument === null;
      }, `${baseUrl}/oauth2/authorize`);
      assert.ok(framed, "what the frame shows is out of reach");
      assert.ok(!page.frames().some((frame) => frame.url().startsWith(baseUrl)), "and is no page of the sandbox");
    })));

// wire: CORS is open on the token endpoint
test("an app in a browser may use the token endpoint and the metadata", () =>
  world(light, ({ page, baseUrl }) =>
    foreignPage(page, async () => {
      const answer = await page.evaluate(async (url) => {
        const body = JSON.stringify({ grantType: "refresh_token", refreshToken: "none", clientId: "client_123" });
        const headers = { "content-type": "application/json" };
        const token = await fetch(`${url}/oauth2/token`, { method: "POST", headers, body });
        const metadata = await fetch(`${url}/.well-known/oauth-authorization-server`);
        return { error: (await token.json()).error, issuer: (await metadata.json()).issuer };
      }, baseUrl);
      assert.deepEqual(answer, { error: "invalid_grant", issuer: baseUrl });
    })));
