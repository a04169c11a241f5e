package one.aipass.mobile

import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory
import org.junit.jupiter.api.Timeout
import java.io.File
import java.math.BigDecimal
import java.net.URI
import kotlin.time.Clock
import kotlin.time.Duration
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.nanoseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.Instant

/** Native types, there and back. */
@Timeout(600)
class ValuesTest {
    private fun <T> roundTrip(
        converter: FfiConverterRustBuffer<T>,
        value: T,
    ) = dynamicTest("$value") { assertEquals(value, converter.lift(converter.lower(value))) }

    @TestFactory
    fun `values are the same on both sides of a buffer`(): List<DynamicTest> =
        listOf(
            roundTrip(FfiConverterOptionalTypeDecimal, BigDecimal("0.10")),
            roundTrip(FfiConverterOptionalTypeDecimal, BigDecimal("-79228162514264337593543950335")),
            roundTrip(FfiConverterOptionalTypeDecimal, null),
            roundTrip(FfiConverterOptionalTypeUrl, URI("https://[::1]:8443/a%7Cb?c=%5B#d")),
            roundTrip(FfiConverterOptionalTypeNaiveDate, CalendarDate(2024, 2, 29)),
            roundTrip(FfiConverterOptionalDuration, 1.days + 999_999_999.nanoseconds),
            roundTrip(FfiConverterOptionalDuration, Duration.ZERO),
            roundTrip(FfiConverterOptionalDuration, Duration.INFINITE),
            roundTrip(FfiConverterTimestamp, Instant.parse("1969-12-31T23:59:58.999999999Z")),
            roundTrip(FfiConverterTimestamp, Instant.fromEpochSeconds(-86_400)),
            roundTrip(FfiConverterTimestamp, Instant.parse("1969-07-20T20:17:40.25Z")),
            roundTrip(FfiConverterTimestamp, Instant.parse("2026-11-21T15:34:24.123456789Z")),
            roundTrip(FfiConverterMapStringString, mapOf("größe" to "⅔ 😀")),
        )

    @Test
    fun `every setting arrives in Rust and comes back`() {
        val config = Config()
        assertEquals(10.minutes, config.totalTimeout)
        assertEquals(null, config.appName)
        val provider = Provider.aiPass(URI("http://127.0.0.1:8414"))
        assertEquals(URI("http://127.0.0.1:8414/oauth2/token"), provider.tokenEndpoint)
        assertEquals(URI("https://aipass.one/oauth2/v1"), Provider.aiPass().modelApi)
        val custom =
            Provider.custom(
                "https://id.example",
                URI("https://id.example/a?b=%7C"),
                URI("https://id.example/t"),
            )
        assertEquals(URI("https://id.example/a?b=%7C"), custom.authorizationEndpoint)
        assertEquals(null, custom.modelApi)
    }

    @Test
    fun `a duration is what Rust takes it for`() =
        sandboxed { sandbox ->
            val before = Clock.System.now()
            val request = sandbox.client(config = Config().copy(signInTimeout = 3.minutes)).beginSignIn()
            val (earliest, latest) = before + 3.minutes to Clock.System.now() + 3.minutes
            assertTrue(request.expiresAt in earliest - 1.seconds..latest + 1.seconds, "${request.expiresAt}")
        }

    @Test
    fun `a negative duration is none`() =
        sandboxed { sandbox ->
            val buffer = FfiConverterOptionalDuration.lower((-1).seconds)
            assertEquals(Duration.ZERO, FfiConverterOptionalDuration.lift(buffer))
            assertTrue(sandbox.signedIn().accessToken((-1).nanoseconds).isNotEmpty())
        }

    @Test
    fun `an endless duration is a limit that never passes`() =
        sandboxed { sandbox ->
            val config = Config().copy(totalTimeout = Duration.INFINITE, idleTimeout = Duration.INFINITE)
            val ai = sandbox.client(config = config)
            ai.completeSignIn(sandbox.decide(ai.beginSignIn().url, "allow"))
            assertTrue(ai.accessToken(Duration.INFINITE).isNotEmpty())
            assertTrue(ai.models().isNotEmpty())
        }

    // P7
    @Test
    fun `a receipt has exact figures, and a photo may be bytes or a file`() =
        sandboxed { sandbox ->
            val ai = sandbox.signedIn()
            val photo = File(ROOT, "sandbox/recorded/bookshop.jpg")
            val receipt = ai.scanReceipt(photo)
            assertEquals(BigDecimal("39.24"), receipt.amount)
            assertEquals(CalendarDate(2026, 9, 19), receipt.date)
            assertEquals("Foxglove Books", receipt.merchant)
            assertEquals(receipt.amount, ai.scanReceipt(photo.readBytes()).amount)
            assertEquals(BigDecimal("10.00").compareTo(ai.refreshBalance().maxBudget), 0)
        }

    // P14
    @Test
    fun `a receipt that the user corrected is judged again`() =
        sandboxed { sandbox ->
            val receipt = sandbox.signedIn().scanReceipt(File(ROOT, "sandbox/recorded/bookshop.jpg"))
            assertEquals(ReceiptVerdict.Agrees, receipt.verdict)
            val wrong = receipt.copy(amount = receipt.amount!! + BigDecimal("0.30")).judged("en-GB")
            assertTrue(wrong.verdict is ReceiptVerdict.Off, "${wrong.verdict}")
            assertEquals(ReceiptVerdict.Agrees, wrong.copy(amount = receipt.amount).judged("en-GB").verdict)
        }

    @Test
    fun `a sign-in that is printed shows no query`() {
        val request = SignInRequest(URI("https://id.example/authorize?state=s3cret#f"), Instant.fromEpochSeconds(0))
        assertEquals(
            "SignInRequest(url=https://id.example/authorize, expiresAt=1970-01-01T00:00:00Z)",
            request.toString(),
        )
    }

    @Test
    fun `options and messages reach the provider`() =
        sandboxed { sandbox ->
            val options = SignInOptions(loginHint = "ada@example.com", extraParameters = mapOf("ui_locales" to "de-AT"))
            val query =
                sandbox
                    .client()
                    .beginSignIn(options)
                    .url.query
            assertTrue("login_hint=ada@example.com" in query && "ui_locales=de-AT" in query, query)
            val said =
                listOf(Message.system("Be brief."), Message.user("Hello"), Message.assistant("Hi"), Message.user("Bye"))
            val answer = sandbox.signedIn().chat(ChatRequest(said).copy(maxTokens = 50u))
            assertEquals(FinishReason.Stop, answer.finishReason)
            assertTrue(runBlocking { sandbox.signedIn().models() }.isNotEmpty())
        }

    @Test
    fun `diagnostics name the library and hold no token`() =
        sandboxed { sandbox ->
            val ai = sandbox.signedIn()
            val token = ai.accessToken(60.seconds)
            val diagnostics = ai.diagnostics()
            assertEquals("0.1.0", diagnostics.libraryVersion)
            assertEquals("SignedIn", diagnostics.session)
            assertTrue(diagnostics.log.isNotEmpty() && token !in diagnostics.toString())
            assertTrue(ai.isCallback("myapp://auth/callback?code=1") && !ai.isCallback("myapp://elsewhere"))
        }
}
