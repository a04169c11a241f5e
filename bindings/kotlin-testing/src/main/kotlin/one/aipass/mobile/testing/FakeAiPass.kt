package one.aipass.mobile.testing

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.emitAll
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.update
import one.aipass.mobile.AiPassClient
import one.aipass.mobile.AiPassException
import one.aipass.mobile.Balance
import one.aipass.mobile.BalanceUpdate
import one.aipass.mobile.ChatAnswer
import one.aipass.mobile.ChatEvent
import one.aipass.mobile.ChatRequest
import one.aipass.mobile.CostEstimate
import one.aipass.mobile.PaidRequest
import one.aipass.mobile.Photo
import one.aipass.mobile.PhotoHint
import one.aipass.mobile.PreparedAnswer
import one.aipass.mobile.PreparedReceipt
import one.aipass.mobile.Receipt
import one.aipass.mobile.ReceiptScan
import one.aipass.mobile.Revocation
import one.aipass.mobile.SessionState
import one.aipass.mobile.SignInOptions
import one.aipass.mobile.SignInReason
import one.aipass.mobile.SignInRequest
import one.aipass.mobile.SignOutReport
import one.aipass.mobile.Spending
import one.aipass.mobile.SpendingPeriod
import java.math.BigDecimal
import java.net.URI
import java.net.URLEncoder
import java.util.concurrent.ConcurrentLinkedQueue
import kotlin.time.Clock
import kotlin.time.Duration.Companion.minutes

/**
 * Stands for `AiPass` in the unit tests of an app: answers as the test says, and remembers what was asked.
 *
 * ```kotlin
 * val ai = FakeAiPass(SessionState.SignedIn)
 * ai.onScanReceipt = { Receipt.sample(merchant = "Café", amount = BigDecimal(18), currency = "EUR") }
 * ```
 *
 * It plays a session of its own: completing a sign-in signs in, signing out signs out, and paid calls without a session
 * throw [AiPassException.SignInRequired]. A prepared request is answered as a scan or a chat is, and can be sent as
 * often as the library allows. It checks no callback, keeps no tokens, reads no photo, and counts no costs: [spending]
 * and [estimate] say what the test says. A call that the test did not script throws [AiPassException.Other] with the
 * code `not_scripted`.
 *
 * Every script may throw, and may suspend.
 *
 * @param state the session as it is at the beginning.
 * @param redirectUri what [isCallback] compares links with.
 */
public class FakeAiPass(
    state: SessionState = SessionState.SignedOut,
    private val redirectUri: String = "myapp://auth/callback",
) : AiPassClient {
    /** What is followed. */
    private data class Now(
        val session: SessionState,
        val balance: BalanceUpdate,
    )

    private val now = MutableStateFlow(Now(state, NOTHING_KNOWN))
    private val made = ConcurrentLinkedQueue<FakeCall>()

    /** The calls so far, in order. */
    public val calls: List<FakeCall> get() = made.toList()

    /** What completing a sign-in does before the fake is signed in. */
    @Volatile
    public var onCompleteSignIn: suspend (callbackUrl: String) -> Unit = {}

    /** What signing out does before the fake is signed out. */
    @Volatile
    public var onSignOut: suspend () -> Unit = {}

    /** Answers [scanReceipt], and a receipt that was prepared each time that it is sent. */
    @Volatile
    public var onScanReceipt: suspend (ReceiptScan) -> Receipt = { throw notScripted("scanReceipt") }

    /** Answers [scanReceipts]. */
    @Volatile
    public var onScanReceipts: suspend (ReceiptScan) -> List<Receipt> = { throw notScripted("scanReceipts") }

    /** Answers [checkPhoto]: at first every photo can be read. */
    @Volatile
    public var onCheckPhoto: suspend (Photo) -> List<PhotoHint> = { emptyList() }

    /** What [preparedScan] and [preparedChat] do first, such as throwing [photoRefused]. */
    @Volatile
    public var onPrepare: suspend () -> Unit = {}

    /** Answers [chat], and the `send` of a chat that was prepared. */
    @Volatile
    public var onChat: suspend (ChatRequest) -> ChatAnswer = { throw notScripted("chat") }

    /**
     * Answers [chatEvents] and the `events` of a chat that was prepared, each time that they are collected.
     * [textEvents] makes an answer.
     */
    @Volatile
    public var onChatEvents: suspend (ChatRequest) -> Flow<ChatEvent> = { throw notScripted("chatEvents") }

    /** Answers [estimate]. */
    @Volatile
    public var onEstimate: suspend (PaidRequest) -> CostEstimate = { throw notScripted("estimate") }

    /** Answers [spending]. */
    @Volatile
    public var onSpending: suspend () -> Spending = { throw notScripted("spending") }

    /** What [resetSpending] does. */
    @Volatile
    public var onResetSpending: suspend (SpendingPeriod) -> Unit = {}

    /** Answers [balance] and [refreshBalance]. What they answer, [balances] tells too. */
    @Volatile
    public var onBalance: suspend () -> Balance = { throw notScripted("balance") }

    /** Answers [checkoutUrl]. */
    @Volatile
    public var onCheckoutUrl: suspend (amount: BigDecimal) -> URI = { throw notScripted("checkoutUrl") }

    /** Puts the session into another state, as when the provider ends it. */
    public fun moveTo(state: SessionState) {
        now.update { it.copy(session = state) }
    }

    /** What [balances] tells from now on. Whether that is low, each of its flows says by its own threshold. */
    public fun tell(update: BalanceUpdate) {
        now.update { it.copy(balance = update) }
    }

    /** The state that the fake is in, and then each change. */
    override fun sessionStates(): Flow<SessionState> = now.map { it.session }.distinctUntilChanged()

    /** What [tell] was given last, and then each change: at first, and without a session, nothing is known. */
    override fun balances(lowBelow: BigDecimal?): Flow<BalanceUpdate> =
        now
            .map { (session, update) ->
                val left = update.balance?.remainingBudget
                val isLow = lowBelow != null && left != null && left < lowBelow
                if (refusal(session) == null) update.copy(isLow = isLow) else NOTHING_KNOWN
            }.distinctUntilChanged()

    /** Begins a sign-in: the page's address leads nowhere. */
    override suspend fun beginSignIn(options: SignInOptions): SignInRequest {
        made += FakeCall.BeginSignIn(options)
        now.update { if (it.session == SessionState.SignedOut) it.copy(session = SessionState.SigningIn) else it }
        val page = "https://provider.invalid/authorize?redirect_uri=${URLEncoder.encode(redirectUri, "UTF-8")}"
        return SignInRequest(URI(page), Clock.System.now() + 10.minutes)
    }

    /** Signs in, after [onCompleteSignIn]. */
    override suspend fun completeSignIn(callbackUrl: String) {
        made += FakeCall.CompleteSignIn(callbackUrl)
        onCompleteSignIn(callbackUrl)
        moveTo(SessionState.SignedIn)
    }

    /** Gives up the sign-in that was begun. */
    override suspend fun cancelSignIn() {
        made += FakeCall.CancelSignIn
        now.update { if (it.session == SessionState.SigningIn) it.copy(session = SessionState.SignedOut) else it }
    }

    /** Whether this URL is the redirect URI, with or without a query. */
    override fun isCallback(url: String): Boolean = url.substringBefore('?') == redirectUri

    /** Signs out, after [onSignOut]. */
    override suspend fun signOut(): SignOutReport {
        made += FakeCall.SignOut
        onSignOut()
        moveTo(SessionState.SignedOut)
        return SignOutReport(refreshToken = Revocation.Accepted, accessToken = Revocation.Accepted)
    }

    /** Only remembers that it was called. */
    override fun resumed() {
        made += FakeCall.Resumed
    }

    /** Answers with [onScanReceipt]. */
    override suspend fun scanReceipt(scan: ReceiptScan): Receipt {
        beginPaid(FakeCall.ScanReceipt(scan))
        return onScanReceipt(scan)
    }

    /** Answers with [onScanReceipts]. */
    override suspend fun scanReceipts(scan: ReceiptScan): List<Receipt> {
        beginPaid(FakeCall.ScanReceipts(scan))
        return onScanReceipts(scan)
    }

    /** Answers with [onCheckPhoto], also without a session. */
    override suspend fun checkPhoto(photo: Photo): List<PhotoHint> {
        made += FakeCall.CheckPhoto(photo)
        return onCheckPhoto(photo)
    }

    /** Prepares what [scanReceipt] answers, after [onPrepare]. */
    override suspend fun preparedScan(scan: ReceiptScan): PreparedReceipt {
        made += FakeCall.PreparedScan(scan)
        onPrepare()
        return FakeReceipt { scanReceipt(scan) }
    }

    /** Answers with [onChat]. */
    override suspend fun chat(request: ChatRequest): ChatAnswer {
        beginPaid(FakeCall.Chat(request))
        return onChat(request)
    }

    /** Prepares what [chat] or [chatEvents] answers, after [onPrepare]. */
    override suspend fun preparedChat(request: ChatRequest): PreparedAnswer {
        made += FakeCall.PreparedChat(request)
        onPrepare()
        return FakeAnswer({ chat(request) }, chatEvents(request))
    }

    /** Answers with [onChatEvents], each time that it is collected. */
    override fun chatEvents(request: ChatRequest): Flow<ChatEvent> =
        flow {
            beginPaid(FakeCall.ChatEvents(request))
            emitAll(onChatEvents(request))
        }

    /** Answers with [onEstimate]. */
    override suspend fun estimate(request: PaidRequest): CostEstimate {
        beginPaid(FakeCall.Estimate(request))
        return onEstimate(request)
    }

    /** Answers with [onSpending], also without a session. */
    override suspend fun spending(): Spending {
        made += FakeCall.Spending
        return onSpending()
    }

    /** Does [onResetSpending], also without a session. */
    override suspend fun resetSpending(period: SpendingPeriod) {
        made += FakeCall.ResetSpending(period)
        onResetSpending(period)
    }

    /** Answers with [onBalance]. */
    override suspend fun balance(): Balance {
        beginPaid(FakeCall.Balance)
        return onBalance().also(::tell)
    }

    /** Answers with [onBalance]. */
    override suspend fun refreshBalance(): Balance {
        beginPaid(FakeCall.RefreshBalance)
        return onBalance().also(::tell)
    }

    /** Answers with [onCheckoutUrl]. */
    override suspend fun checkoutUrl(amount: BigDecimal): URI {
        beginPaid(FakeCall.CheckoutUrl(amount))
        return onCheckoutUrl(amount)
    }

    private fun tell(balance: Balance) = tell(BalanceUpdate.sample(balance))

    /** A call that needs a session. */
    private fun beginPaid(call: FakeCall) {
        made += call
        refusal(now.value.session)?.let { throw AiPassException.SignInRequired(it, null) }
    }
}

private val NOTHING_KNOWN = BalanceUpdate.sample(null)

/** Why a call is refused in this state, if it is. */
private fun refusal(state: SessionState): SignInReason? =
    when (state) {
        SessionState.SignedIn, SessionState.EndsSoon, SessionState.Refreshing -> null
        SessionState.SignedOut, SessionState.SigningIn -> SignInReason.NOT_SIGNED_IN
        is SessionState.NeedsSignIn -> state.reason
    }

private fun notScripted(call: String) =
    AiPassException.Other("not_scripted", "the test did not say how FakeAiPass answers $call")
