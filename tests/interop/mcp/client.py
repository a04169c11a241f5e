"""PyPI's MCP client lists the five tools of `aipass mcp` and calls them all. The test is tests/rust/providers/mcp.rs: it prints
{"authorization_url": …}, reads the callback as one line, and prints what the tools returned.

    client.py stdio PROGRAM ARGUMENT…
"""

import asyncio
import json
import sys

from mcp import Client, StdioServerParameters, stdio_client

REDIRECT_URI = "http://127.0.0.1/callback"


def say(what):
    print(json.dumps(what), flush=True)


async def main(program, arguments):
    async with Client(stdio_client(StdioServerParameters(command=program, args=arguments))) as client:

        async def call(name, **given):
            result = await client.call_tool(name, given)
            if result.is_error:
                raise RuntimeError(f"{name}: {result.content}")
            return result.structured_content or json.loads(result.content[0].text)

        tools = [tool.name for tool in (await client.list_tools()).tools]
        client_id = (await call("oauth2_register_client", redirect_uris=[REDIRECT_URI]))["client_id"]
        scopes = ["openid", "email"]
        begun = await call("oauth2_authorize", client_id=client_id, redirect_uri=REDIRECT_URI, scopes=scopes)
        handle = begun["handle"]
        say({"authorization_url": begun["authorization_url"]})
        callback = (await asyncio.to_thread(sys.stdin.readline)).strip()
        signed_in = await call("oauth2_exchange_token", handle=handle, callback_url=callback)
        refreshed = await call("oauth2_exchange_token", handle=handle, grant_type="refresh_token")
        valid = await call("oauth2_validate_token", handle=handle)
        revoked = await call("oauth2_revoke_token", handle=handle)
        unknown = await client.call_tool("oauth2_validate_token", {"handle": handle})
        say(
            {
                "tools": tools,
                "signedIn": signed_in,
                "refreshed": refreshed,
                "valid": valid,
                "revoked": revoked,
                "endedIsError": unknown.is_error,
            }
        )


asyncio.run(main(sys.argv[2], sys.argv[3:]))
