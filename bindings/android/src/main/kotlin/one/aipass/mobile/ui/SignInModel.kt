package one.aipass.mobile.ui

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import one.aipass.mobile.AiPassClient
import one.aipass.mobile.AiPassException
import one.aipass.mobile.SessionState
import one.aipass.mobile.SignInReason

/** What a sign-in button shows. */
public sealed interface SignInState {
    /**
     * The button.
     *
     * @property notice what became of the last session or of the last try, if there is anything to say.
     */
    public data class SignedOut(
        val notice: SignInNotice?,
    ) : SignInState

    /** The browser is open: the button waits. */
    public data object SigningIn : SignInState

    /** No button. */
    public data object SignedIn : SignInState

    /** What the session's state makes of it. While the browser is open, only a session ends the waiting. */
    public fun following(session: SessionState): SignInState =
        when (session) {
            SessionState.SignedIn, SessionState.EndsSoon, SessionState.Refreshing -> SignedIn

            is SessionState.NeedsSignIn -> if (this == SigningIn) this else SignedOut(SignInNotice.of(session.reason))

            // A sign-in that was begun before the app was killed is no open browser.
            SessionState.SignedOut, SessionState.SigningIn -> if (this == SignedIn) SignedOut(null) else this
        }
}

/** What stands below a sign-in button. */
public sealed interface SignInNotice {
    /** The user pressed Deny on the provider's page. */
    public data object Denied : SignInNotice

    /** The provider ended the session. */
    public data object SessionEnded : SignInNotice

    /**
     * A sign-in failed.
     *
     * @property problem what to say of it.
     */
    public data class Failed(
        val problem: Problem,
    ) : SignInNotice

    /** Makes notices of what happened. */
    public companion object {
        /** A code expires only in a sign-in on another device, which the button does not begin. */
        internal fun of(reason: SignInReason): SignInNotice? =
            when (reason) {
                SignInReason.NOT_SIGNED_IN, SignInReason.DEVICE_CODE_EXPIRED -> null
                SignInReason.DENIED -> Denied
                SignInReason.GRANT_ENDED, SignInReason.ACCESS_REFUSED -> SessionEnded
                SignInReason.NO_REFRESH_TOKEN, SignInReason.DPOP_KEY_LOST -> SessionEnded
            }

        internal fun of(error: AiPassException): SignInNotice? =
            if (error is AiPassException.SignInRequired && error.reason == SignInReason.DENIED) {
                Denied
            } else {
                Problem.ofPage(error)?.let(::Failed)
            }
    }
}

/**
 * The rules of a sign-in button: one sign-in at a time; a user who closes the page is told nothing; any other failure
 * is shown, and the button is there again.
 *
 * Use it on one thread, the screen's, and keep it for as long as [scope] lives: a rotated screen shows the same model.
 *
 * @param scope runs what suspends, on the screen's thread: `viewModelScope`, or a `MainScope()` of the app's own.
 */
public class SignInModel(
    private val client: AiPassClient,
    internal val scope: CoroutineScope,
) {
    private val states = MutableStateFlow<SignInState>(SignInState.SignedOut(null))
    private var following: Job? = null

    /** What to show now. */
    public val state: StateFlow<SignInState> = states.asStateFlow()

    init {
        follow()
    }

    /** Signs in. [open] shows the provider's page and returns when the user is signed in: `{ ai.signIn(activity) }`. */
    public fun signIn(open: suspend () -> Unit) {
        if (states.value !is SignInState.SignedOut) return
        states.value = SignInState.SigningIn
        scope.launch {
            var after: SignInState = SignInState.SignedOut(null)
            try {
                open()
                after = SignInState.SignedIn
            } catch (error: AiPassException) {
                after = SignInState.SignedOut(SignInNotice.of(error))
            } finally {
                // Unless the session's state has said more meanwhile.
                states.compareAndSet(SignInState.SigningIn, after)
            }
            follow()
        }
    }

    /**
     * Shows why a sign-in failed that was recovered after the app was killed: `{ ai.recoveredSignIn() }`. One that
     * succeeded shows in the session's state.
     */
    public fun recover(wait: suspend () -> Unit) {
        scope.launch {
            try {
                wait()
            } catch (error: AiPassException) {
                states.update { if (it is SignInState.SignedOut) SignInState.SignedOut(SignInNotice.of(error)) else it }
            }
        }
    }

    /** Follows the session. It ends where the session cannot be read, and begins anew with the next sign-in. */
    private fun follow() {
        if (following?.isActive == true) return
        following =
            scope.launch {
                try {
                    client.sessionStates().collect { session -> states.update { it.following(session) } }
                } catch (error: AiPassException) {
                    states.value = SignInState.SignedOut(SignInNotice.of(error))
                }
            }
    }
}
