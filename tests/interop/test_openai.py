"""OpenAI's own client against `aipass sandbox`: the sandbox is as compatible as it says."""

import base64
import hashlib
import io
import json
import math
import os
import struct
import subprocess
import unittest
import urllib.parse
import urllib.request
import zlib

import openai

VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHAT_MODEL = "gpt-4o-mini"
PNG = b"\x89PNG\r\n\x1a\n"


def png(width, height):
    """A grey picture."""

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return PNG + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def size(picture):
    """Width and height of a PNG."""
    assert picture.startswith(PNG)
    return struct.unpack(">II", picture[16:24])


def post(url, body):
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=180) as answer:
        return json.load(answer)


class Sandbox:
    """A sandbox process of its own, and a session in it."""

    def __init__(self, *arguments):
        command = [os.environ["AIPASS_PROGRAM"], "sandbox", "--port", "0", "--json", "--while-stdin-open", *arguments]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        where = json.loads(self.process.stdout.readline())
        self.url, self.control_url = where["base_url"], where["control_url"]
        self.client = openai.OpenAI(
            base_url=f"{self.url}/oauth2/v1", api_key=self.sign_in(where), max_retries=0, timeout=180
        )

    def sign_in(self, where):
        client = {"client_id": where["client_id"], "redirect_uri": where["redirect_uri"]}
        challenge = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
        query = urllib.parse.urlencode(
            {
                **client,
                "response_type": "code",
                "scope": "api:access",
                "state": "as-long-as-a-state-should-be",
                "code_challenge": challenge,
                "code_challenge_method": "S256",
            }
        )
        page = f"{self.url}/oauth2/authorize?{query}"
        callback = self.control("user-agent", {"url": page, "decision": "allow"})["callback"]
        code = urllib.parse.parse_qs(urllib.parse.urlsplit(callback).query)["code"][0]
        exchange = {
            "grantType": "authorization_code",
            "code": code,
            "codeVerifier": VERIFIER,
            "clientId": where["client_id"],
            "redirectUri": where["redirect_uri"],
        }
        return post(f"{self.url}/oauth2/token", exchange)["access_token"]

    def control(self, operation, body):
        return post(f"{self.control_url}/{operation}", body)

    def stop(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(timeout=180)


class OpenAiClient(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sandbox = Sandbox()
        cls.client = cls.sandbox.client

    @classmethod
    def tearDownClass(cls):
        cls.client.close()
        cls.sandbox.stop()

    def chat(self, text, **more):
        return self.client.chat.completions.create(
            model=CHAT_MODEL, messages=[{"role": "user", "content": text}], **more
        )

    def test_models_are_listed_and_looked_up(self):
        self.assertIn(CHAT_MODEL, [model.id for model in self.client.models.list()])
        self.assertEqual(self.client.models.retrieve(CHAT_MODEL).owned_by, "openai")

    def test_a_chat_is_answered_with_its_usage(self):
        answer = self.chat('{"amount": 12.40, "currency": "EUR"}', n=2, logprobs=True, top_logprobs=2, seed=1)
        self.assertEqual([choice.message.content for choice in answer.choices], ["You paid 12.40 EUR."] * 2)
        self.assertEqual(answer.choices[0].logprobs.content[0].top_logprobs[0].token, "You ")
        self.assertEqual(answer.usage.total_tokens, answer.usage.prompt_tokens + answer.usage.completion_tokens)
        self.assertEqual(answer.usage.prompt_tokens_details.cached_tokens, 0)

    def test_a_stream_has_the_same_words_and_its_usage(self):
        chunks = list(self.chat('{"amount": 12.40}', stream=True, stream_options={"include_usage": True}))
        words = [choice.delta.content or "" for chunk in chunks for choice in chunk.choices]
        self.assertEqual("".join(words), "You paid 12.40.")
        self.assertGreater(chunks[-1].usage.completion_tokens, 0)

    def test_a_tool_is_called_whole_and_streamed(self):
        parameters = {"type": "object", "properties": {"city": {"type": "string"}}}
        tools = [{"type": "function", "function": {"name": "get_weather", "parameters": parameters}}]
        call = self.chat("Paris?", tools=tools, tool_choice="required").choices[0].message.tool_calls[0]
        self.assertEqual((call.function.name, json.loads(call.function.arguments)), ("get_weather", {"city": "Paris?"}))
        with self.client.chat.completions.stream(
            model=CHAT_MODEL, messages=[{"role": "user", "content": "Paris?"}], tools=tools, tool_choice="required"
        ) as stream:
            streamed = stream.get_final_completion().choices[0].message.tool_calls[0]
        self.assertEqual(streamed.function.arguments, call.function.arguments)

    def test_json_has_the_schema_asked_for(self):
        schema = {"type": "object", "properties": {"stars": {"type": "integer"}}}
        wanted = {"type": "json_schema", "json_schema": {"name": "review", "schema": schema}}
        self.assertEqual(json.loads(self.chat("How good?", response_format=wanted).choices[0].message.content), {"stars": 1})
        answer = self.chat("How good?", response_format={"type": "json_object"}).choices[0].message.content
        self.assertIn("answer", json.loads(answer))

    def test_a_photo_is_looked_at(self):
        with open("sandbox/recorded/cafe.jpg", "rb") as photo:
            url = "data:image/jpeg;base64," + base64.b64encode(photo.read()).decode()
        parts = [{"type": "text", "text": "JSON, please"}, {"type": "image_url", "image_url": {"url": url}}]
        answer = self.chat(parts)
        self.assertEqual(answer.model, "recorded/cafe")
        self.assertIn("merchant", json.loads(answer.choices[0].message.content))

    def test_embeddings_are_the_same_as_floats_and_as_base64(self):
        def embed(**more):
            answer = self.client.embeddings.create(model="text-embedding-3-small", input=["tea", "coffee"], **more)
            return [entry.embedding for entry in answer.data]

        # Without a format, the client asks for base64 and decodes it.
        decoded, floats = embed(), embed(encoding_format="float")
        self.assertTrue(all(math.isclose(a, b, abs_tol=1e-6) for a, b in zip(decoded[1], floats[1], strict=True)))
        self.assertEqual(len(embed(dimensions=8)[0]), 8)

    def test_pictures_are_made_edited_and_varied(self):
        made = self.client.images.generate(model="imagen4/preview/ultra", prompt="A city", size="64x32", n=2)
        with urllib.request.urlopen(made.data[1].url, timeout=180) as answer:
            self.assertEqual(size(answer.read()), (64, 32))
        images = [("a.png", png(40, 20)), ("b.png", png(10, 10))]
        edited = self.client.images.edit(
            model="gpt-image-1", image=images, prompt="Warmer"
        )
        self.assertEqual(size(base64.b64decode(edited.data[0].b64_json)), (40, 20))
        varied = self.client.images.create_variation(
            model="dall-e-2", image=("a.png", png(40, 20)), response_format="b64_json"
        )
        self.assertEqual(size(base64.b64decode(varied.data[0].b64_json)), (40, 20))

    def test_speech_comes_back_as_its_text(self):
        text = "Two coffees, please."
        for response_format in ["wav", "mp3"]:
            speech = self.client.audio.speech.create(
                model="tts-1", voice="nova", input=text, response_format=response_format
            )
            recording = (f"speech.{response_format}", speech.read())
            heard = self.client.audio.transcriptions.create(model="whisper-1", file=recording)
            self.assertEqual(heard.text, text)
        verbose = self.client.audio.transcriptions.create(
            model="whisper-1",
            file=recording,
            response_format="verbose_json",
            timestamp_granularities=["word", "segment"],
        )
        self.assertEqual((verbose.words[0].word, verbose.segments[0].text), ("Two", text))
        subtitles = self.client.audio.transcriptions.create(model="whisper-1", file=recording, response_format="vtt")
        self.assertTrue(subtitles.startswith("WEBVTT"))

    def test_speech_is_streamed(self):
        with self.client.audio.speech.with_streaming_response.create(
            model="tts-1", voice="nova", input="Hello", response_format="pcm"
        ) as response:
            # Five characters of 60 ms, at 24,000 samples of two bytes a second.
            self.assertEqual(sum(len(piece) for piece in response.iter_bytes()), 5 * 1440 * 2)

    def test_a_video_is_made_remixed_and_fetched(self):
        video = self.client.videos.create(model="sora-2", prompt="A city", seconds="4", size="720x1280")
        self.assertEqual(video.status, "queued")
        self.sandbox.control("advance-clock", {"seconds": 4})
        self.assertEqual(self.client.videos.retrieve(video.id).status, "completed")
        self.assertEqual(self.client.videos.download_content(video.id).read()[4:8], b"ftyp")
        remix = self.client.videos.remix(video.id, prompt="By night")
        self.assertEqual(remix.remixed_from_video_id, video.id)

    def test_what_is_wrong_is_told_apart(self):
        with self.assertRaises(openai.AuthenticationError):
            self.client.with_options(api_key="sandbox_at_wrong").models.list()
        with self.assertRaises(openai.NotFoundError):
            self.client.models.retrieve("no-such-model")
        with self.assertRaises(openai.BadRequestError) as raised:
            self.client.chat.completions.create(model="no-such-model", messages=[{"role": "user", "content": "Hello"}])
        self.assertEqual(raised.exception.type, "invalid_request_error")
        fault = {"kind": "status", "status": 429, "headers": {"retry-after": "1"}}
        self.sandbox.control("faults", {"endpoint": "chat", "fault": fault, "times": 1})
        with self.assertRaises(openai.RateLimitError):
            self.chat("Hello")
        self.sandbox.control("faults", {"endpoint": "chat", "fault": {"kind": "status", "status": 500}, "times": 1})
        with self.assertRaises(openai.InternalServerError):
            self.chat("Hello")

    def test_an_empty_budget_says_so(self):
        self.sandbox.control("budget", {"remaining": "0"})
        try:
            with self.assertRaises(openai.BadRequestError) as raised:
                self.chat("Hello")
            self.assertEqual(raised.exception.type, "budget_exceeded")
        finally:
            self.sandbox.control("budget", {"remaining": "10"})


if __name__ == "__main__":
    unittest.main()
