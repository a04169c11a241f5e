package one.aipass.mobile.ui

import kotlinx.coroutines.CancellationException
import one.aipass.mobile.AiPassException
import one.aipass.mobile.CallbackErrorKind
import one.aipass.mobile.ProviderErrorKind
import one.aipass.mobile.SignInReason
import one.aipass.mobile.StorageErrorKind
import one.aipass.mobile.testing.budgetUsedUp
import one.aipass.mobile.testing.spendLimitReached
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertSame
import org.junit.Test
import java.math.BigDecimal

class ProblemTest {
    @Test
    fun `a cancelled call is no problem`() {
        assertNull(Problem.of(AiPassException.Cancelled()))
        assertNull(Problem.of(CancellationException()))
    }

    @Test
    fun `problems say what happened, and whether to try again`() {
        val problems =
            mapOf(
                AiPassException.Offline(false, "") to (ProblemKind.OFFLINE to true),
                AiPassException.RateLimited(null, null, "", null) to (ProblemKind.BUSY to true),
                budgetUsedUp() to (ProblemKind.BUDGET to false),
                spendLimitReached(BigDecimal.ONE) to (ProblemKind.SPEND_LIMIT to false),
                AiPassException.SignInRequired(SignInReason.NOT_SIGNED_IN, null) to (ProblemKind.SIGN_IN to false),
                AiPassException.Storage(StorageErrorKind.UNAVAILABLE, "") to (ProblemKind.LOCKED to true),
                AiPassException.Storage(StorageErrorKind.KEY_LOST, "") to (ProblemKind.STORAGE to false),
                AiPassException.InvalidCallback(CallbackErrorKind.UNKNOWN_STATE) to (ProblemKind.CALLBACK to true),
                provider(ProviderErrorKind.UNAVAILABLE) to (ProblemKind.PROVIDER to true),
                provider(ProviderErrorKind.FORBIDDEN) to (ProblemKind.PROVIDER to false),
                AiPassException.InvalidInput("photo", "") to (ProblemKind.PHOTO to false),
                AiPassException.InvalidInput("prepared", "") to (ProblemKind.SENT_ALREADY to false),
                AiPassException.InvalidInput("amount", "") to (ProblemKind.OTHER to false),
                AiPassException.Truncated("", null, "") to (ProblemKind.UNREADABLE to true),
                AiPassException.InvalidOutput("", null, "") to (ProblemKind.UNREADABLE to true),
                AiPassException.Unsupported("") to (ProblemKind.OTHER to false),
                AiPassException.Other("new", "") to (ProblemKind.OTHER to false),
                IllegalStateException() to (ProblemKind.OTHER to false),
            )
        for ((error, expected) in problems) {
            val problem = checkNotNull(Problem.of(error)) { error.javaClass.name }
            assertEquals(error.javaClass.name, expected, problem.kind to problem.canRetry)
            assertSame(error, problem.cause)
        }
    }

    private fun provider(kind: ProviderErrorKind) =
        AiPassException.Provider(kind, null, null, null, null, null, "", null)
}
