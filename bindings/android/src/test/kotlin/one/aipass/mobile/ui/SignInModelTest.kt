package one.aipass.mobile.ui

import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import one.aipass.mobile.AiPassClient
import one.aipass.mobile.AiPassException
import one.aipass.mobile.SessionState
import one.aipass.mobile.SignInOptions
import one.aipass.mobile.SignInReason
import one.aipass.mobile.StorageErrorKind
import one.aipass.mobile.testing.FakeAiPass
import one.aipass.mobile.testing.FakeCall
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Test

class SignInModelTest {
    /** What does not suspend is done at once. */
    private val scope = CoroutineScope(Dispatchers.Unconfined + SupervisorJob())
    private val ai = FakeAiPass()
    private val offline = AiPassException.Offline(false, "")
    private val signedOut = SignInState.SignedOut(null)

    @After
    fun end() = scope.cancel()

    @Test
    fun `a user signs in`() {
        val model = SignInModel(ai, scope)
        val page = CompletableDeferred<Unit>()
        model.signIn {
            ai.beginSignIn()
            page.await()
            ai.completeSignIn("myapp://auth/callback?code=1")
        }
        assertEquals(SignInState.SigningIn, model.state.value)
        page.complete(Unit)
        assertEquals(SignInState.SignedIn, model.state.value)
        val expected =
            listOf(FakeCall.BeginSignIn(SignInOptions()), FakeCall.CompleteSignIn("myapp://auth/callback?code=1"))
        assertEquals(expected, ai.calls)
    }

    @Test
    fun `one sign-in at a time`() {
        val model = SignInModel(ai, scope)
        val page = CompletableDeferred<Unit>()
        var begun = 0
        repeat(2) {
            model.signIn {
                begun++
                page.await()
            }
        }
        assertEquals(1, begun)
        page.complete(Unit)
        model.signIn { begun++ }
        assertEquals("a user who is signed in does not sign in", 1, begun)
    }

    // A9
    @Test
    fun `a user who closes the page is told nothing`() {
        val model = SignInModel(ai, scope)
        model.signIn { throw AiPassException.Cancelled() }
        assertEquals(signedOut, model.state.value)
    }

    // A9
    @Test
    fun `a failure is shown, and the button is there again`() {
        val model = SignInModel(ai, scope)
        model.signIn { throw offline }
        assertEquals(failed(Problem(ProblemKind.OFFLINE, true, offline)), model.state.value)
        model.signIn { throw AiPassException.SignInRequired(SignInReason.DENIED, null) }
        assertEquals(SignInState.SignedOut(SignInNotice.Denied), model.state.value)
        val noBrowser = AiPassException.Unsupported("to sign in without a browser")
        model.signIn { throw noBrowser }
        assertEquals(failed(Problem(ProblemKind.BROWSER, false, noBrowser)), model.state.value)
        model.signIn {}
        assertEquals(SignInState.SignedIn, model.state.value)
    }

    @Test
    fun `a sign-in that ends after the session began does not take the session back`() {
        val model = SignInModel(ai, scope)
        val page = CompletableDeferred<Unit>()
        model.signIn { page.await() }
        ai.moveTo(SessionState.SignedIn)
        assertEquals(SignInState.SignedIn, model.state.value)
        page.completeExceptionally(offline)
        assertEquals(SignInState.SignedIn, model.state.value)
    }

    @Test
    fun `a sign-in that was recovered shows its failure, and its success as the session's`() {
        val model = SignInModel(ai, scope)
        model.recover { throw offline }
        assertEquals(failed(Problem(ProblemKind.OFFLINE, true, offline)), model.state.value)
        model.recover { ai.completeSignIn("myapp://auth/callback?code=1") }
        assertEquals(SignInState.SignedIn, model.state.value)
        model.recover { throw offline }
        assertEquals(SignInState.SignedIn, model.state.value)
    }

    @Test
    fun `the session's state decides what is shown`() {
        val denied = SignInState.SignedOut(SignInNotice.Denied)
        val ended = SignInState.SignedOut(SignInNotice.SessionEnded)
        val grantEnded = SessionState.NeedsSignIn(SignInReason.GRANT_ENDED)
        val rules =
            listOf(
                Triple(signedOut, SessionState.SignedIn, SignInState.SignedIn),
                Triple(SignInState.SigningIn, SessionState.SignedIn, SignInState.SignedIn),
                Triple(SignInState.SignedIn, SessionState.Refreshing, SignInState.SignedIn),
                Triple(signedOut, SessionState.EndsSoon, SignInState.SignedIn),
                // The browser is open: the session of before does not end the waiting.
                Triple(SignInState.SigningIn, SessionState.SignedOut, SignInState.SigningIn),
                Triple(SignInState.SigningIn, SessionState.SigningIn, SignInState.SigningIn),
                Triple(SignInState.SigningIn, grantEnded, SignInState.SigningIn),
                // A sign-in that was begun before the app was killed is no open browser.
                Triple(signedOut, SessionState.SigningIn, signedOut),
                Triple(SignInState.SignedIn, SessionState.SigningIn, signedOut),
                Triple(denied, SessionState.SignedOut, denied),
                Triple(SignInState.SignedIn, SessionState.SignedOut, signedOut),
                Triple(SignInState.SignedIn, grantEnded, ended),
                Triple(signedOut, SessionState.NeedsSignIn(SignInReason.DENIED), denied),
                Triple(denied, SessionState.NeedsSignIn(SignInReason.NOT_SIGNED_IN), signedOut),
            )
        for ((before, session, after) in rules) assertEquals("$before $session", after, before.following(session))
    }

    @Test
    fun `it follows the session for as long as its scope lives`() {
        val model = SignInModel(ai, scope)
        ai.moveTo(SessionState.SignedIn)
        assertEquals(SignInState.SignedIn, model.state.value)
        ai.moveTo(SessionState.NeedsSignIn(SignInReason.GRANT_ENDED))
        assertEquals(SignInState.SignedOut(SignInNotice.SessionEnded), model.state.value)
        scope.cancel()
        ai.moveTo(SessionState.SignedIn)
        assertEquals(SignInState.SignedOut(SignInNotice.SessionEnded), model.state.value)
    }

    @Test
    fun `a session that could not be read is followed again after the next sign-in`() {
        val locked = AiPassException.Storage(StorageErrorKind.UNAVAILABLE, "")
        var isLocked = true
        val client =
            object : AiPassClient by ai {
                override fun sessionStates(): Flow<SessionState> =
                    if (isLocked) flow { throw locked } else ai.sessionStates()
            }
        val model = SignInModel(client, scope)
        assertEquals(failed(Problem(ProblemKind.LOCKED, true, locked)), model.state.value)
        isLocked = false
        model.signIn { ai.completeSignIn("myapp://auth/callback?code=1") }
        ai.moveTo(SessionState.NeedsSignIn(SignInReason.GRANT_ENDED))
        assertEquals(SignInState.SignedOut(SignInNotice.SessionEnded), model.state.value)
    }

    private fun failed(problem: Problem) = SignInState.SignedOut(SignInNotice.Failed(problem))
}
