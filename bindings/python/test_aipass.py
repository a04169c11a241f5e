"""The Python module, which is for tests and scripts: that it loads, calls, awaits and raises."""

import asyncio
import os
import subprocess
import sys
import tempfile
import unittest

import aipass


class Bindings(unittest.TestCase):
    def client(self, **settings):
        return aipass.AiPass(client_id="client_123", redirect_uri="myapp://auth/callback", **settings)

    def test_a_sign_in_begins_without_a_network(self):
        async def begin():
            return await self.client().begin_sign_in(aipass.SignInOptions())

        request = asyncio.run(begin())
        self.assertTrue(str(request.url).startswith("https://aipass.one/oauth2/authorize?client_id=client_123&"))

    # A3
    def test_a_forged_callback_is_an_error_with_its_fields(self):
        async def complete():
            await self.client().complete_sign_in("myapp://auth/callback?code=stolen&state=guessed")

        with self.assertRaises(aipass.Error.InvalidCallback) as raised:
            asyncio.run(complete())
        self.assertEqual(raised.exception.kind, aipass.CallbackErrorKind.UNKNOWN_STATE)

    def test_a_setting_that_cannot_work_is_named(self):
        with self.assertRaises(aipass.Error.InvalidInput) as raised:
            aipass.AiPass(client_id="", redirect_uri="myapp://auth/callback")
        self.assertEqual(raised.exception.input, "client_id")

    # G12
    def test_only_a_debug_build_may_speak_to_the_local_network_in_clear(self):
        config = aipass.default_config()
        config.insecure_development_hosts = ["192.168.1.20"]
        lan = aipass.ai_pass_provider_at("http://192.168.1.20:8414")
        self.client(provider=lan, config=config, debug_build=True)
        with self.assertRaises(aipass.Error.InvalidInput) as raised:
            self.client(provider=lan, config=config)
        self.assertEqual(raised.exception.input, "insecure_development_hosts")
        self.client(provider=aipass.ai_pass_provider_at("http://127.0.0.1:8414"))

    def test_a_store_written_in_python_keeps_the_session(self):
        class Store(aipass.SessionStore):
            def __init__(self):
                self.entries = {}

            def load(self, key):
                return self.entries.get(key)

            def compare_and_swap(self, key, expected_version, bytes):
                version = (expected_version or 0) + 1
                self.entries[key] = aipass.StoredSession(bytes=bytes, version=version)
                return version

            def delete(self, key):
                self.entries.pop(key, None)

        async def begin(store):
            ai = self.client(store=store)
            await ai.begin_sign_in(aipass.SignInOptions())
            return await ai.session_state()

        store = Store()
        self.assertTrue(asyncio.run(begin(store)).is_signing_in())
        self.assertEqual(len(store.entries), 1)

    # S3, W3: a library's thread is in the store when the program ends. The interpreter must wait for it.
    def test_the_interpreter_ends_cleanly_while_the_library_calls_into_it(self):
        with tempfile.TemporaryDirectory() as folder:
            entered = os.path.join(folder, "entered")
            program = [sys.executable, "-B", "-c", LEAVES_A_CALL_UNDER_WAY, entered]
            for _ in range(5):
                ended = subprocess.run(program, capture_output=True, text=True, timeout=300)
                self.assertTrue(os.path.exists(entered), "the store was not called: " + ended.stderr)
                self.assertEqual((ended.returncode, ended.stderr), (0, ""))
                os.remove(entered)

    def test_no_call_is_possible_after_the_end(self):
        ended = subprocess.run([sys.executable, "-B", "-c", CALLS_AFTER_THE_END], capture_output=True, text=True)
        self.assertEqual((ended.returncode, ended.stdout, ended.stderr), (0, "shut_down\n", ""))


LEAVES_A_CALL_UNDER_WAY = """
import asyncio, datetime, os, sys, time
import aipass

class Store(aipass.SessionStore):
    def load(self, key):
        open(sys.argv[1], "w").close()
        time.sleep(0.02)
        return None

    def compare_and_swap(self, key, expected_version, bytes):
        return 1

    def delete(self, key):
        pass

# The interpreter takes its time to end, and the store comes back meanwhile.
class TakesTime:
    def __del__(self, sleep=time.sleep):
        sleep(0.6)

takes_time = TakesTime()

async def main():
    ai = aipass.AiPass(client_id="client_123", redirect_uri="myapp://auth/callback", store=Store())
    call = asyncio.ensure_future(ai.access_token(datetime.timedelta()))
    while not os.path.exists(sys.argv[1]):
        await asyncio.sleep(0.001)
    call.cancel()

asyncio.run(main())
"""

CALLS_AFTER_THE_END = """
import asyncio
import aipass

async def main():
    aipass.shut_down()
    try:
        await aipass.AiPass(client_id="c", redirect_uri="myapp://a").begin_sign_in(aipass.SignInOptions())
    except aipass.Error.Other as error:
        print(error.code)

asyncio.run(main())
"""

if __name__ == "__main__":
    unittest.main()
