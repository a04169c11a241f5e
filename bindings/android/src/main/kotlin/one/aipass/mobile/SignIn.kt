package one.aipass.mobile

import android.app.Activity

/**
 * Signs a user in: opens the provider's page in the browser, waits for its callback, and completes the sign-in.
 *
 * A job that is cancelled meanwhile, such as that of a rotated screen, does not end the sign-in: its callback is
 * completed all the same, and shows in [sessionStates]. The same holds after the app was killed: see [recoveredSignIn].
 *
 * @throws AiPassException.Cancelled if the user came back without a callback. One that comes later is refused.
 * @throws AiPassException.Unsupported if no browser is installed.
 * @throws AiPassException as [AiPass.beginSignIn] and [AiPass.completeSignIn] do.
 */
public suspend fun AiPass.signIn(
    activity: Activity,
    options: SignInOptions = SignInOptions(),
) {
    val request = beginSignIn(options)
    val attempt = SignIns.begin(this, request.url)
    try {
        activity.startActivity(SignInActivity.opening(activity, request.url, attempt.id))
        attempt.outcome.await()
    } catch (error: AiPassException) {
        // No callback will come. Another sign-in of this client may be waiting for its own.
        if (!attempt.isAnswered && SignIns.isOnly(attempt)) cancelSignIn()
        throw error
    } finally {
        SignIns.end(attempt)
    }
}

/**
 * Waits for a sign-in whose callback came when no [signIn] waited for it, because the app was killed or the screen
 * rotated meanwhile. Returns whether there was one that is complete now. Call it when a screen is created: without it
 * the sign-in is completed too, but its failure is not seen. Each outcome is returned once. A callback that failed with
 * [AiPassException.Offline] or [AiPassException.Timeout], here or in [signIn], is tried again by the next call.
 *
 * @throws AiPassException as [AiPass.completeSignIn] does.
 */
public suspend fun AiPass.recoveredSignIn(): Boolean = SignIns.recovered(this)
