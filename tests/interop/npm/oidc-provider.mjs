// npm's oidc-provider on a free port of 127.0.0.1, for the tests in tests/rust/providers.
//
//   node oidc-provider.mjs '{"path": "", "parRequired": false, "dpopNonce": false}'
//
// It prints {"issuer": …} once it listens. Each line that it then reads is a request of the test, such as {"do": "state"}, and is
// answered with one line. It ends when its standard input does, so it never outlives the test.

import { generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { createInterface } from "node:readline";

// It writes its notices to standard output, which is the test's.
console.info = console.warn = console.log = console.error;
const { default: Provider, errors } = await import("oidc-provider");

const { path = "", parRequired = false, dpopNonce = false } = JSON.parse(process.argv[2] ?? "{}");

/** Where tokens are for other resources than the provider itself (RFC 8707). It need not exist. */
const resource = "https://api.example.com/";
const code = ["authorization_code", "refresh_token"];
const device = "urn:ietf:params:oauth:grant-type:device_code";
/** An app with a custom scheme, a program with a loopback redirect, a server with a secret. */
const clients = [
  {
    client_id: "app",
    application_type: "native",
    token_endpoint_auth_method: "none",
    redirect_uris: ["one.aipass.test://auth/callback"],
    post_logout_redirect_uris: ["one.aipass.test://signed-out"],
    grant_types: [...code, device],
  },
  {
    client_id: "app-dpop",
    application_type: "native",
    token_endpoint_auth_method: "none",
    redirect_uris: ["one.aipass.test://auth/callback"],
    grant_types: code,
    dpop_bound_access_tokens: true,
  },
  {
    client_id: "program",
    application_type: "native",
    token_endpoint_auth_method: "none",
    redirect_uris: ["http://127.0.0.1/callback"],
    grant_types: [...code, device],
    id_token_signed_response_alg: "ES256",
  },
  {
    client_id: "server",
    client_secret: "a secret: of+a%server",
    redirect_uris: ["https://server.example/callback"],
    grant_types: [...code, "client_credentials"],
  },
  {
    client_id: "server-post",
    client_secret: "another secret: of+a%server",
    token_endpoint_auth_method: "client_secret_post",
    redirect_uris: ["https://server.example/callback"],
    grant_types: [...code, "client_credentials"],
  },
];

const privateKey = (type, options) => generateKeyPairSync(type, options).privateKey.export({ format: "jwk" });
const keys = [
  { ...privateKey("rsa", { modulusLength: 2048 }), kid: "rsa", use: "sig", alg: "RS256" },
  { ...privateKey("ec", { namedCurve: "P-256" }), kid: "ec", use: "sig", alg: "ES256" },
];

/** What the provider keeps: for each kind, an object for each id. */
const kept = new Map();
const kind = (name) => kept.get(name) ?? kept.set(name, new Map()).get(name);

/** A store as the provider asks for it, so that the test can count and expire tokens. */
class Store {
  constructor(name) {
    this.items = kind(name);
  }
  upsert = async (id, item) => void this.items.set(id, { ...item });
  find = async (id) => this.items.get(id);
  findByUid = async (uid) => [...this.items.values()].find((item) => item.uid === uid);
  findByUserCode = async (userCode) => [...this.items.values()].find((item) => item.userCode === userCode);
  destroy = async (id) => void this.items.delete(id);
  consume = async (id) => void (this.items.get(id).consumed = Math.floor(Date.now() / 1000));
  revokeByGrantId = async (grantId) => {
    for (const [id, item] of this.items) if (item.grantId === grantId) this.items.delete(id);
  };
}

const seen = { tokenRequests: 0, refreshes: 0, grantsRevoked: 0, pushed: 0, connections: 0, held: 0 };
/** When token requests are held back for good: "before" they are looked at, or "after" the tokens were issued. */
let hold = null;
const forever = () => new Promise(() => (seen.held += 1));

const server = createServer();
server.on("connection", (socket) => {
  seen.connections += 1;
  socket.once("close", () => (seen.connections -= 1));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${server.address().port}`;
const issuer = `${origin}${path}`;

const provider = new Provider(issuer, {
  adapter: Store,
  clients,
  jwks: { keys },
  cookies: { keys: [randomBytes(32).toString("hex")] },
  enabledJWA: { idTokenSigningAlgValues: ["RS256", "ES256"] },
  claims: { openid: ["sub"], profile: ["name"], email: ["email", "email_verified"] },
  scopes: ["openid", "offline_access", "api:read", "api:write"],
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: "Robin Example", email: "robin@example.com", email_verified: true }),
  }),
  pkce: { required: () => true },
  // Also without offline_access, which is for a browser's consent page.
  issueRefreshToken: (_, client) => client.grantTypeAllowed("refresh_token"),
  rotateRefreshToken: true,
  ttl: { AccessToken: 3600, ClientCredentials: 600, DeviceCode: 600 },
  features: {
    clientCredentials: { enabled: true },
    deviceFlow: { enabled: true },
    dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => dpopNonce },
    introspection: { enabled: true },
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: parRequired },
    registration: { enabled: true },
    registrationManagement: { enabled: true, rotateRegistrationAccessToken: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => undefined,
      getResourceServerInfo: (_, asked) => {
        if (asked !== resource) throw new errors.InvalidTarget();
        return { scope: "api:read api:write", audience: resource, accessTokenTTL: 600, accessTokenFormat: "opaque" };
      },
    },
    revocation: { enabled: true },
    rpInitiatedLogout: { enabled: true },
  },
});
provider.on("grant.revoked", () => (seen.grantsRevoked += 1));
provider.on("pushed_authorization_request.success", () => (seen.pushed += 1));
provider.on("grant.success", ({ oidc }) => (seen.refreshes += oidc.params.grant_type === "refresh_token"));
provider.on("server_error", (_, error) => console.error(error));
provider.use(async (ctx, next) => {
  const isToken = ctx.path === "/token";
  seen.tokenRequests += isToken;
  if (isToken && hold === "before") await forever();
  await next();
  if (isToken && hold === "after") await forever();
});

/** A resource server beside the provider: it takes a live access token, and says whose it is. */
async function user(request, response) {
  const [, token] = /^Bearer (.+)$/.exec(request.headers.authorization ?? "") ?? [];
  const found = token && (await provider.AccessToken.find(token));
  response.setHeader("content-type", "application/json");
  response.statusCode = found ? 200 : 401;
  response.end(JSON.stringify(found ? { login: found.accountId, scope: found.scope, aud: found.aud } : {}));
}

const answer = provider.callback();
const metadata = "/.well-known/oauth-authorization-server";
server.on("request", (request, response) => {
  if (request.url === "/user") return user(request, response);
  if (request.url === `${metadata}${path}`) request.url = metadata; // RFC 8414 3.1
  else if (request.url.startsWith(path)) request.url = request.url.slice(path.length) || "/";
  request.originalUrl = `${path}${request.url}`; // from which it makes the addresses of its own endpoints
  return answer(request, response);
});

const live = (name) => [...kind(name).values()].filter(({ consumed, exp }) => !consumed && exp > Date.now() / 1000).length;
const actions = {
  state: () => ({ ...seen, liveAccess: live("AccessToken"), liveRefresh: live("RefreshToken") }),
  expireAccessTokens: () => kind("AccessToken").clear(),
  endGrants: () => ["AccessToken", "RefreshToken", "Grant"].forEach((name) => kind(name).clear()),
  expireDeviceCodes: () => kind("DeviceCode").forEach((item) => item.error || (item.exp = 1)),
  hold: ({ at }) => (hold = at),
};

const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
say({ issuer });
const lines = createInterface({ input: process.stdin });
lines.on("line", (line) => {
  const asked = JSON.parse(line);
  say(actions[asked.do](asked) ?? {});
});
lines.on("close", () => process.exit());
