package one.aipass.mobile.ui

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.launch
import one.aipass.mobile.AiPassClient
import one.aipass.mobile.AiPassException
import one.aipass.mobile.BalanceUpdate
import java.math.BigDecimal
import java.util.Currency

/** What a balance badge shows. */
public sealed interface BalanceState {
    /** Not asked yet, or the provider has no balance, or it could not be had. */
    public data object Unknown : BalanceState

    /** There is no budget that could be used up. */
    public data object Unlimited : BalanceState

    /**
     * Enough is left.
     *
     * @property left how much.
     * @property isExact false if calls were paid since the provider told it, or if it could not be asked again.
     */
    public data class Plenty(
        val left: BigDecimal,
        val isExact: Boolean = true,
    ) : BalanceState

    /**
     * Little is left.
     *
     * @property left how much.
     * @property isExact as of [Plenty].
     */
    public data class Low(
        val left: BigDecimal,
        val isExact: Boolean = true,
    ) : BalanceState

    /** Nothing is left: the next paid call is refused. */
    public data object Empty : BalanceState

    /** Whether to offer a top-up beside it. */
    public val offersTopUp: Boolean get() = this is Low || this == Empty

    /** Makes states of what the library tells. */
    public companion object {
        /** The library says whether it is low: see `AiPass.balances`. */
        public fun of(update: BalanceUpdate): BalanceState {
            val balance = update.balance ?: return Unknown
            val left = balance.remainingBudget
            val isExact = !update.isEstimate && update.errorCode == null
            return when {
                left == null -> if (balance.maxBudget == null) Unlimited else Unknown
                left.signum() <= 0 -> Empty
                update.isLow -> Low(left, isExact)
                else -> Plenty(left, isExact)
            }
        }
    }
}

/**
 * The rules of a balance badge: it follows the balance while [state] is collected, never blocks a call, and a failure
 * to ask leaves what it showed. Nothing is sent while nobody looks.
 *
 * Use it on one thread, the screen's.
 *
 * @param scope runs what suspends, on the screen's thread: `viewModelScope`, or a `MainScope()` of the app's own.
 * @param lowBelow less than this is low, in US dollars.
 * @property currency the currency of the wallet; null shows a bare number.
 */
public class BalanceModel(
    private val client: AiPassClient,
    internal val scope: CoroutineScope,
    private val lowBelow: BigDecimal = BigDecimal.ONE,
    public val currency: Currency? = TopUpModel.CURRENCY,
) {
    private val states = MutableStateFlow<BalanceState>(BalanceState.Unknown)

    /** A call was refused because nothing is left, and the provider has not said otherwise since. */
    private var isRefused = false

    /** What to show now. */
    public val state: StateFlow<BalanceState> = states.asStateFlow()

    init {
        val isWatched = states.subscriptionCount.map { it > 0 }.distinctUntilChanged()
        scope.launch { isWatched.collectLatest { if (it) follow() } }
    }

    /** A call was refused because the budget is used up: that is newer than an estimate. */
    public fun refused() {
        isRefused = true
        states.value = BalanceState.Empty
    }

    private suspend fun follow() {
        try {
            client.balances(lowBelow).collect(::show)
        } catch (error: AiPassException) {
            // The provider has no balance, or the stored session cannot be read: the next call says so.
            states.value = BalanceState.Unknown
        }
    }

    private fun show(update: BalanceUpdate) {
        if (isRefused && update.balance != null && update.isEstimate) return
        isRefused = false
        states.value = BalanceState.of(update)
    }
}
