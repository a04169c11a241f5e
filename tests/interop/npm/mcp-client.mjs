// npm's MCP client lists the five tools of `aipass mcp` and calls them all. The test is tests/rust/providers/mcp.rs: it prints
// {"authorization_url": …}, reads the callback as one line, and prints what the tools returned.
//
//   node mcp-client.mjs stdio PROGRAM ARGUMENT…
//   MCP_TOKEN=… node mcp-client.mjs http URL

import { createInterface } from "node:readline";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [kind, target, ...args] = process.argv.slice(2);
const headers = { authorization: `Bearer ${process.env.MCP_TOKEN}` };
const transport =
  kind === "stdio"
    ? new StdioClientTransport({ command: target, args })
    : new StreamableHTTPClientTransport(new URL(target), { requestInit: { headers } });
const client = new Client({ name: "aipass-tests", version: "1.0.0" });
await client.connect(transport);

const callback = new Promise((resolve) => createInterface({ input: process.stdin }).once("line", resolve));
const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
const call = async (name, given) => {
  const { content, structuredContent, isError } = await client.callTool({ name, arguments: given });
  if (isError) throw new Error(`${name}: ${JSON.stringify(content)}`);
  return structuredContent ?? JSON.parse(content[0].text);
};

const tools = (await client.listTools()).tools.map(({ name }) => name);
const redirect_uri = "http://127.0.0.1/callback";
const { client_id } = await call("oauth2_register_client", { redirect_uris: [redirect_uri] });
const begun = await call("oauth2_authorize", { client_id, redirect_uri, scopes: ["openid", "email"] });
say({ authorization_url: begun.authorization_url });
const { handle } = begun;
const signedIn = await call("oauth2_exchange_token", { handle, callback_url: await callback });
const refreshed = await call("oauth2_exchange_token", { handle, grant_type: "refresh_token" });
const valid = await call("oauth2_validate_token", { handle });
const revoked = await call("oauth2_revoke_token", { handle });
const unknown = await client.callTool({ name: "oauth2_validate_token", arguments: { handle } });
say({ tools, signedIn, refreshed, valid, revoked, endedIsError: unknown.isError === true });
await client.close();
process.exit();
