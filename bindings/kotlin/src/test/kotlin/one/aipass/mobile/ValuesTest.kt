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
import java.time.Duration
import java.time.Instant
import java.time.LocalDate
import java.time.temporal.ChronoUnit.MINUTES

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
            roundTrip(FfiConverterOptionalTypeNaiveDate, LocalDate.of(2024, 2, 29)),
            roundTrip(FfiConverterOptionalDuration, Duration.ofSeconds(86_400, 999_999_999)),
            roundTrip(FfiConverterTimestamp, Instant.parse("1969-07-20T20:17:40.25Z")),
            roundTrip(FfiConverterTimestamp, Instant.parse("2026-11-21T15:34:24.123456789Z")),
            roundTrip(FfiConverterMapStringString, mapOf("größe" to "⅔ 😀")),
        )

    @Test
    fun `every setting arrives in Rust and comes back`() {
        val config = Config()
        assertEquals(Duration.ofMinutes(10), config.totalTimeout)
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
            val before = Instant.now()
            val request = sandbox.client(config = Config().copy(signInTimeout = Duration.ofMinutes(3))).beginSignIn()
            val (earliest, latest) = before.plus(3, MINUTES) to Instant.now().plus(3, MINUTES)
            assertTrue(request.expiresAt in earliest.minusSeconds(1)..latest.plusSeconds(1), "${request.expiresAt}")
        }

    @Test
    fun `a negative duration is none`() =
        sandboxed { sandbox ->
            val buffer = FfiConverterOptionalDuration.lower(Duration.ofSeconds(-1))
            assertEquals(Duration.ZERO, FfiConverterOptionalDuration.lift(buffer))
            assertTrue(sandbox.signedIn().accessToken(Duration.ofNanos(-1)).isNotEmpty())
        }

    // P7
    @Test
    fun `a receipt has exact figures, and a photo may be bytes or a file`() =
        sandboxed { sandbox ->
            val ai = sandbox.signedIn()
            val photo = File(ROOT, "sandbox/recorded/bookshop.jpg")
            val receipt = ai.scanReceipt(photo)
            assertEquals(BigDecimal("39.24"), receipt.amount)
            assertEquals(LocalDate.of(2026, 9, 19), receipt.date)
            assertEquals("Foxglove Books", receipt.merchant)
            assertEquals(receipt.amount, ai.scanReceipt(photo.readBytes()).amount)
            assertEquals(BigDecimal("10.00").compareTo(ai.refreshBalance().maxBudget), 0)
        }

    @Test
    fun `a sign-in that is printed shows no query`() {
        val request = SignInRequest(URI("https://id.example/authorize?state=s3cret#f"), Instant.EPOCH)
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
            val token = ai.accessToken(Duration.ofSeconds(60))
            val diagnostics = ai.diagnostics()
            assertEquals("0.1.0", diagnostics.libraryVersion)
            assertEquals("SignedIn", diagnostics.session)
            assertTrue(diagnostics.log.isNotEmpty() && token !in diagnostics.toString())
            assertTrue(ai.isCallback("myapp://auth/callback?code=1") && !ai.isCallback("myapp://elsewhere"))
        }
}
