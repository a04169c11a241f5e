package one.aipass.mobile.ui

import kotlinx.coroutines.CancellationException
import one.aipass.mobile.AiPassException
import one.aipass.mobile.ProviderErrorKind
import one.aipass.mobile.StorageErrorKind

/** What a user is told of a failure. Each has a text in the package's resources. */
public enum class ProblemKind {
    /** No connection. */
    OFFLINE,

    /** Too many requests. */
    BUSY,

    /** The budget is used up. */
    BUDGET,

    /** It may cost more than the app allows, or it is not known what it costs. Nothing was sent. */
    SPEND_LIMIT,

    /** There is no session. */
    SIGN_IN,

    /** The device was not unlocked yet. */
    LOCKED,

    /** The session could not be kept on this device. */
    STORAGE,

    /** What came back from the browser was not the sign-in that was begun. */
    CALLBACK,

    /** No browser can be opened. */
    BROWSER,

    /** The provider refused, or does not work. */
    PROVIDER,

    /** The photo cannot be used. */
    PHOTO,

    /** A prepared request cannot be sent again: it may have been paid for, or is another user's. */
    SENT_ALREADY,

    /** The model's answer cannot be read, or was cut off. */
    UNREADABLE,

    /** Anything else. */
    OTHER,
}

/**
 * A failure as a user is told of it.
 *
 * @property kind what to say.
 * @property canRetry whether trying again may help without a change by the user or the app.
 * @property cause what was thrown; that of the library has a code, for the app's own texts and for support.
 */
public data class Problem(
    val kind: ProblemKind,
    val canRetry: Boolean,
    val cause: Throwable,
) {
    /** Makes problems of what was thrown. */
    public companion object {
        /** Returns null if there is nothing to say, because the user or the app cancelled. */
        public fun of(error: Throwable): Problem? =
            when (error) {
                is CancellationException -> null
                is AiPassException -> ofLibrary(error)
                else -> Problem(ProblemKind.OTHER, canRetry = false, error)
            }

        private fun ofLibrary(error: AiPassException): Problem? {
            val (kind, canRetry) =
                when (error) {
                    is AiPassException.Cancelled -> {
                        return null
                    }

                    is AiPassException.Offline, is AiPassException.Timeout -> {
                        ProblemKind.OFFLINE to true
                    }

                    is AiPassException.RateLimited -> {
                        ProblemKind.BUSY to true
                    }

                    is AiPassException.BudgetExceeded -> {
                        ProblemKind.BUDGET to false
                    }

                    is AiPassException.SignInRequired -> {
                        ProblemKind.SIGN_IN to false
                    }

                    is AiPassException.Storage -> {
                        if (error.kind == StorageErrorKind.UNAVAILABLE) {
                            ProblemKind.LOCKED to true
                        } else {
                            ProblemKind.STORAGE to false
                        }
                    }

                    is AiPassException.InvalidCallback -> {
                        ProblemKind.CALLBACK to true
                    }

                    is AiPassException.Provider -> {
                        ProblemKind.PROVIDER to (error.kind == ProviderErrorKind.UNAVAILABLE)
                    }

                    is AiPassException.InvalidInput -> {
                        kindOf(error) to false
                    }

                    is AiPassException.InvalidOutput, is AiPassException.Truncated -> {
                        ProblemKind.UNREADABLE to true
                    }

                    is AiPassException.SpendLimit -> {
                        ProblemKind.SPEND_LIMIT to false
                    }

                    is AiPassException.Unsupported, is AiPassException.Other -> {
                        ProblemKind.OTHER to false
                    }
                }
            return Problem(kind, canRetry, error)
        }

        private fun kindOf(error: AiPassException.InvalidInput) =
            when {
                error.input.startsWith("photo") -> ProblemKind.PHOTO
                error.input == "prepared" -> ProblemKind.SENT_ALREADY
                else -> ProblemKind.OTHER
            }

        /** The same for a failure to open a page: what is unsupported there is a browser. */
        internal fun ofPage(error: AiPassException): Problem? =
            if (error is AiPassException.Unsupported) {
                Problem(ProblemKind.BROWSER, canRetry = false, error)
            } else {
                ofLibrary(error)
            }
    }
}
