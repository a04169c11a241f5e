"""PyPI's oidc-provider-mock on a free port, for the tests in tests/rust/providers.

It prints {"issuer": …} once it listens, and ends when its standard input does, so it never outlives the test.
"""

import json
import os
import sys

import oidc_provider_mock

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
with oidc_provider_mock.run_server_in_thread() as server:
    print(json.dumps({"issuer": f"http://localhost:{server.server_port}"}), flush=True)
    sys.stdin.read()
