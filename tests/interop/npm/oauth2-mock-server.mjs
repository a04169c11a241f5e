// npm's oauth2-mock-server on a free port of 127.0.0.1, with faults, for the tests in tests/rust/providers.
//
//   node oauth2-mock-server.mjs
//
// It prints {"issuer": …} once it listens. Each line that it then reads is a request of the test, such as
// {"do": "fault", "name": "algNone"}, and is answered with one line. A fault takes the place of the one before it. It ends when its
// standard input does, so it never outlives the test.

import { createHmac, createPublicKey, createSign, generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { OAuth2Issuer, OAuth2Service } from "oauth2-mock-server";

const issuer = new OAuth2Issuer();
let key = await issuer.keys.generate("RS256");
const service = new OAuth2Service(issuer);

const base64 = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
/** A token's parts, as they are or changed, signed with another key or by another algorithm. */
const signed = (token, header, sign) => {
  const [head, payload] = token.split(".").map((part) => Buffer.from(part, "base64url").toString());
  const text = `${base64({ ...JSON.parse(head), ...header })}.${base64(payload)}`;
  return `${text}.${sign(text)}`;
};
const bySha256 = (privateKey) => (text) => createSign("sha256").update(text).sign(privateKey, "base64url");
const publicKey = (format) => createPublicKey({ key, format: "jwk" }).export(format);
const byHmac = (secret) => (text) => createHmac("sha256", secret).update(text).digest("base64url");
const now = () => Math.floor(Date.now() / 1000);
const big = "x".repeat(4 * 1024 * 1024);
const ok = (body, type = "application/json") => ({ status: 200, type, body });

/** What changes the claims of the id_token before it is signed. */
const claims = {
  wrongIssuer: { iss: "https://evil.example" },
  issuerWithSlash: ({ iss }) => ({ iss: `${iss}/` }),
  noIssuer: { iss: undefined },
  wrongAudience: { aud: "another-app" },
  emptyAudience: { aud: [] },
  noAudience: { aud: undefined },
  numberAudience: { aud: 7 },
  twoAudiencesOtherParty: ({ aud }) => ({ aud: [aud, "another-app"], azp: "another-app" }),
  otherParty: { azp: "another-app" },
  wrongNonce: { nonce: "another" },
  noNonce: { nonce: undefined },
  expired: () => ({ iat: now() - 7200, nbf: undefined, exp: now() - 3600 }),
  noExpiry: { exp: undefined },
  textExpiry: { exp: "tomorrow" },
  fromTheFuture: () => ({ iat: now() + 86_400, exp: now() + 90_000 }),
  noSubject: { sub: undefined },
  emptySubject: { sub: "" },
  // None of these is a fault.
  listAudience: ({ aud }) => ({ aud: [aud], azp: aud }),
  unknownClaims: { wild: { deep: [1, null, "x"] }, exp_hint: -1 },
  expiredJustNow: () => ({ exp: now() - 1 }),
};

/** What takes the place of the signed id_token. */
const idTokens = {
  strangersKey: (token) => signed(token, {}, bySha256(stranger)),
  unknownKeyId: (token) => signed(token, { kid: "unknown" }, bySha256(stranger)),
  algNone: (token) => signed(token, { alg: "none" }, () => ""),
  algNoneWithSignature: (token) => signed(token, { alg: "None" }, bySha256(stranger)),
  hmacWithPublicKey: (token) =>
    signed(token, { alg: "HS256" }, byHmac(publicKey({ type: "spki", format: "pem" }))),
  hmacWithPublicKeyDer: (token) =>
    signed(token, { alg: "HS256" }, byHmac(publicKey({ type: "spki", format: "der" }))),
  hmacWithModulus: (token) => signed(token, { alg: "HS256" }, byHmac(key.n)),
  otherAlgorithm: (token) => signed(token, { alg: "ES256" }, bySha256(stranger)),
  keyInHeader: (token) => {
    const jwk = createPublicKey(stranger).export({ format: "jwk" });
    return signed(token, { jwk, kid: undefined }, bySha256(stranger));
  },
  keyAddressInHeader: (token) =>
    signed(token, { jku: "http://127.0.0.1:1/jwks", kid: undefined }, bySha256(stranger)),
  criticalHeader: (token) => signed(token, { crit: ["b64"], b64: true }, bySha256(stranger)),
  brokenSignature: (token) => token.replace(/\.[^.]*$/, `.${"A".repeat(342)}`),
  noSignature: (token) => token.replace(/\.[^.]*$/, "."),
  changedClaim: (token) => {
    const [head, payload, signature] = token.split(".");
    const text = Buffer.from(payload, "base64url").toString().replace("johndoe", "janedoe");
    return `${head}.${base64(text)}.${signature}`;
  },
  twoParts: (token) => token.split(".").slice(0, 2).join("."),
  fiveParts: (token) => `${token}.${token.split(".")[0]}.x`,
  noJson: () => `${base64("hello")}.${base64("world")}.x`,
  noBase64: () => "!!!.???.***",
  empty: () => "",
  number: () => 7,
  object: () => ({ alg: "none" }),
  huge: (token) => token + big,
  absent: () => undefined,
};

const many = (count) => Array.from({ length: count }, (_, index) => ({ kty: "RSA", kid: `k${index}`, n: "AQAB", e: "AQAB" }));
const keySet = (keys) => ok(JSON.stringify({ keys }));
/** What takes the place of the key set. */
const keySets = {
  keysAreHtml: () => ok("<html>", "text/html"),
  keysAreEmpty: () => keySet([]),
  keysAreNoList: () => ok('{"keys":{"kty":"RSA"}}'),
  keysAreHuge: () => ok(`{"keys":[],"x":"${big}"}`),
  keysAreDeep: () => ok(`{"keys":${"[".repeat(100_000)}`),
  keysAreBroken: () => ({ status: 500, type: "text/plain", body: "oops" }),
  keysLeadElsewhere: () => ({ status: 302, type: "text/plain", body: "", location: "http://169.254.169.254/jwks" }),
  keyIsForEncryption: () => keySet(issuer.keys.toJSON().map((jwk) => ({ ...jwk, use: "enc" }))),
  keyIsWeak: () => keySet(issuer.keys.toJSON().map((jwk) => ({ ...jwk, n: jwk.n.slice(0, 86) }))),
  keysAreTooMany: () => keySet(many(50_000)),
  // None of these is a fault.
  keysBesideUnknownOnes: () =>
    keySet([{ kty: "AKP", kid: "new", alg: "ML-DSA-44", pub: "x" }, { kty: 7 }, null, ...many(5), ...issuer.keys.toJSON()]),
};

/** What takes the place of the token response. */
const tokens = {
  tokensAreHtml: () => ok("<html>", "text/html"),
  tokensAreNothing: () => ok(""),
  tokensAreAList: () => ok("[1,2]"),
  tokensAreCutOff: () => ok('{"access_token":"a'),
  tokensAreAnError: () => ok('{"error":"invalid_grant"}'),
  tokensAreBroken: () => ({ status: 500, type: "text/html", body: "<html>" }),
  tokensAreHuge: () => ok(`{"x":"${big}","access_token":"a"}`),
  tokensLeadElsewhere: () => ({ status: 307, type: "text/plain", body: "", location: "http://169.254.169.254/token" }),
};

const described = (changes) => {
  const at = (path) => `${issuer.url}${path}`;
  const right = { issuer: issuer.url, authorization_endpoint: at("/authorize"), token_endpoint: at("/token") };
  return ok(JSON.stringify({ ...right, response_types_supported: ["code"], ...changes }));
};
/** What takes the place of the metadata. */
const metadata = {
  metadataIsHtml: () => ok("<html>", "text/html"),
  metadataIsAList: () => ok("[]"),
  metadataIsHuge: () => described({ x: big }),
  metadataIsDeep: () => ok(`{"x":${"[".repeat(100_000)}`),
  metadataIsBroken: () => ({ status: 500, type: "text/plain", body: "oops" }),
  metadataLeadsElsewhere: () => ({ status: 302, type: "text/plain", body: "", location: "http://169.254.169.254/" }),
  metadataOfAnother: () => described({ issuer: "https://evil.example" }),
  metadataOfNobody: () => described({ issuer: undefined }),
  metadataWithoutTokenEndpoint: () => described({ token_endpoint: undefined }),
  metadataInClear: () => described({ token_endpoint: "http://evil.example/token" }),
  metadataWithOddAddress: () => described({ authorization_endpoint: "javascript:alert(1)" }),
  metadataWithoutCode: () => described({ response_types_supported: ["token"] }),
  metadataWithPlainPkce: () => described({ code_challenge_methods_supported: ["plain"] }),
  metadataWithTextForFlag: () => described({ authorization_response_iss_parameter_supported: "yes" }),
};

/** What takes the place of userinfo. */
const userinfo = {
  otherUser: { sub: "janedoe" },
  noUser: { name: "John" },
};

let fault = null;
service.on("beforeTokenSigning", ({ payload }) => {
  const change = claims[fault];
  if (change && payload.aud) Object.assign(payload, typeof change === "function" ? change(payload) : change);
});
service.on("beforeResponse", ({ body }) => {
  if (idTokens[fault]) body.id_token = idTokens[fault](body.id_token);
});
service.on("beforeUserinfo", (response) => {
  if (userinfo[fault]) response.body = userinfo[fault];
});

const responses = { "/jwks": keySets, "/token": tokens, "/.well-known/openid-configuration": metadata };
const seen = { keyRequests: 0 };
const server = createServer((request, response) => {
  seen.keyRequests += request.url === "/jwks";
  const instead = responses[request.url]?.[fault];
  if (!instead) return service.requestHandler(request, response);
  const { status, type, body, location } = instead();
  response.writeHead(status, { "content-type": type, ...(location && { location }) }).end(body);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
issuer.url = `http://127.0.0.1:${server.address().port}`;

const actions = {
  state: () => seen,
  faults: () => ({
    signIn: [claims, idTokens, keySets, tokens].flatMap(Object.keys),
    metadata: Object.keys(metadata),
  }),
  fault: ({ name }) => {
    const known = [claims, idTokens, keySets, tokens, metadata, userinfo].some((faults) => name in faults);
    if (!known && name !== null) throw new Error(`there is no fault ${name}`);
    fault = name;
  },
  /** New keys, and the old ones are gone. */
  rotateKeys: async () => {
    key = await issuer.keys.generate("RS256", { kid: `key-${now()}` });
    issuer.keys.toJSON = () => [{ ...publicKey({ format: "jwk" }), kid: key.kid, alg: "RS256", use: "sig" }];
    issuer.keys.get = () => key;
  },
};
const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
say({ issuer: issuer.url });
const lines = createInterface({ input: process.stdin });
lines.on("line", async (line) => {
  const asked = JSON.parse(line);
  say((await actions[asked.do](asked)) ?? {});
});
lines.on("close", () => process.exit());
