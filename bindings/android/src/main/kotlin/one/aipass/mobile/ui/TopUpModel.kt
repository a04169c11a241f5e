package one.aipass.mobile.ui

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch
import one.aipass.mobile.AiPassClient
import one.aipass.mobile.AiPassException
import one.aipass.mobile.Balance
import one.aipass.mobile.PreparedRequest
import java.math.BigDecimal
import java.net.URI
import java.util.Currency

/** What a top-up sheet shows. */
public sealed interface TopUpState {
    /** What went wrong, if anything did. */
    public val problem: Problem? get() = null

    /** Whether something is under way that the user waits for. */
    public val isBusy: Boolean get() = this == Opening || this == Checking || this == SendingAgain

    /** Whether the user can choose an amount. */
    public val offersAmounts: Boolean get() = this is Offering || this == StillEmpty

    /** No sheet. */
    public data object Hidden : TopUpState

    /**
     * The amounts to choose from.
     *
     * @property refusal that of the request that waits, with what was spent; null if the user asked for the sheet.
     */
    public data class Offering(
        val refusal: AiPassException.BudgetExceeded?,
        override val problem: Problem?,
    ) : TopUpState

    /** The provider's page is being prepared. */
    public data object Opening : TopUpState

    /** The user is in the browser, which does not lead back to the app. The problem: the balance could not be had. */
    public data class Away(
        override val problem: Problem?,
    ) : TopUpState

    /** Asking whether the money is there. */
    public data object Checking : TopUpState

    /** The user came back, and the wallet is as empty as before: choose again, or check again. */
    public data object StillEmpty : TopUpState

    /** The money is there, and the refused request can be sent again. The problem: the last try failed. */
    public data class Ready(
        override val problem: Problem?,
    ) : TopUpState

    /** The refused request is being sent again. */
    public data object SendingAgain : TopUpState

    /** The refused request failed, and cannot be sent again: it may have been paid for, or was refused twice. */
    public data class Failed(
        override val problem: Problem?,
    ) : TopUpState
}

/**
 * The rules of a low-balance and top-up sheet. A request that was refused because the budget is used up is kept, and
 * offered again once there is money. It is sent only when the user says so, and as often as the library allows: once,
 * unless it certainly was not sent. A user who may have paid is not asked to pay again because the balance could not be
 * read.
 *
 * Use it on one thread, the screen's, and keep it for as long as [scope] lives: a rotated screen shows the same model.
 *
 * @param scope runs what suspends, on the screen's thread: `viewModelScope`, or a `MainScope()` of the app's own.
 * @param amounts in US dollars; those below 0.50 are left out.
 */
public class TopUpModel(
    private val client: AiPassClient,
    internal val scope: CoroutineScope,
    amounts: List<BigDecimal> = listOf(5, 10, 20).map(::BigDecimal),
) {
    /** A request that was refused. */
    private class Refused(
        val error: AiPassException.BudgetExceeded,
        val request: PreparedRequest,
        val send: suspend () -> Unit,
    )

    private val states = MutableStateFlow<TopUpState>(TopUpState.Hidden)
    private var refused: Refused? = null

    /** Counts what was begun. The outcome of something older is not shown. */
    private var turn = 0

    /** What to show now. */
    public val state: StateFlow<TopUpState> = states.asStateFlow()

    /** The amounts to choose from, in US dollars. */
    public val amounts: List<BigDecimal> = amounts.filter { it >= SMALLEST_AMOUNT }

    /** Shows the sheet because the user wants to top up. */
    public fun offer() {
        if (states.value == TopUpState.Hidden) states.value = TopUpState.Offering(null, null)
    }

    /**
     * Shows the sheet if [error] says that the budget is used up, and [request], which was refused, can be sent again:
     * see `AiPass.preparedScan` and `AiPass.preparedChat`. [send] sends it and shows what comes of it. Returns whether
     * the sheet is shown: otherwise the error is the app's to show.
     */
    public fun offer(
        error: Throwable,
        request: PreparedRequest,
        send: suspend () -> Unit,
    ): Boolean {
        if (error !is AiPassException.BudgetExceeded || !request.canSend()) return false
        refused = Refused(error, request, send)
        begin(TopUpState.Offering(error, null))
        return true
    }

    /**
     * The user chose an amount. [open] shows the provider's page in the browser, and throws
     * [AiPassException.Unsupported] if there is none.
     */
    public fun choose(
        amount: BigDecimal,
        open: (URI) -> Unit,
    ) {
        if (!states.value.offersAmounts) return
        val mine = begin(TopUpState.Opening)
        scope.launch {
            try {
                val page = client.checkoutUrl(amount)
                if (turn != mine) return@launch
                open(page)
                states.value = TopUpState.Away(null)
            } catch (error: AiPassException) {
                if (turn == mine) states.value = TopUpState.Offering(refused?.error, Problem.ofPage(error))
            }
        }
    }

    /** The app came back to the front, or the user asks to check. */
    public fun cameBack() {
        if (states.value !is TopUpState.Away && states.value != TopUpState.StillEmpty) return
        val mine = begin(TopUpState.Checking)
        scope.launch {
            val after =
                try {
                    afterChecking(isEmpty(client.refreshBalance()))
                } catch (error: AiPassException) {
                    TopUpState.Away(Problem.of(error))
                }
            if (turn == mine) states.value = after
        }
    }

    private fun isEmpty(balance: Balance) = balance.remainingBudget?.let { it.signum() <= 0 } ?: false

    private fun afterChecking(isEmpty: Boolean) =
        when {
            isEmpty -> TopUpState.StillEmpty
            refused == null -> TopUpState.Hidden
            else -> TopUpState.Ready(null)
        }

    /** The user wants the refused request sent again. */
    public fun sendAgain() {
        val again = refused ?: return
        if (states.value !is TopUpState.Ready) return
        val mine = begin(TopUpState.SendingAgain)
        scope.launch {
            var after: TopUpState? = null
            try {
                again.send()
                after = TopUpState.Hidden
            } catch (error: AiPassException) {
                after = afterFailing(again.request, error)
            } finally {
                // Without an outcome the app has cancelled the call.
                if (turn == mine) end(after ?: afterCancelling(again.request))
            }
        }
    }

    private fun afterFailing(
        request: PreparedRequest,
        error: AiPassException,
    ): TopUpState {
        val isRefused = error is AiPassException.InvalidInput && error.input == "prepared"
        return if (request.canSend() && !isRefused) {
            TopUpState.Ready(Problem.of(error))
        } else {
            TopUpState.Failed(Problem.of(error))
        }
    }

    private fun afterCancelling(request: PreparedRequest) =
        if (request.canSend()) TopUpState.Ready(null) else TopUpState.Hidden

    /** The user closed the sheet: the refused request is given up. */
    public fun close() {
        end(TopUpState.Hidden)
    }

    private fun begin(state: TopUpState): Int {
        states.value = state
        return ++turn
    }

    private fun end(state: TopUpState) {
        if (state == TopUpState.Hidden || state is TopUpState.Failed) refused = null
        begin(state)
    }

    /** What AI Pass says of amounts. */
    public companion object {
        /** The currency of the wallet: AI Pass bills in US dollars. */
        public val CURRENCY: Currency = Currency.getInstance("USD")

        /** The smallest amount that AI Pass takes, in US dollars. */
        public val SMALLEST_AMOUNT: BigDecimal = BigDecimal("0.50")
    }
}
