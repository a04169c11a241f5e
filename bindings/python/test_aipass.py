"""The Python module, which is for tests and scripts: that it loads, calls, awaits and raises."""

import asyncio
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


if __name__ == "__main__":
    unittest.main()
