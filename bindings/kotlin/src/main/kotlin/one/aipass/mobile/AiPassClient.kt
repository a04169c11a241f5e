package one.aipass.mobile

import kotlinx.coroutines.flow.Flow
import java.io.File
import java.math.BigDecimal
import java.net.URI

/**
 * What an app's own code usually needs of [AiPass]. Code that takes an `AiPassClient` can be tested with `FakeAiPass`
 * of `one.aipass:aipass-mobile-testing`, without a network and without the native library. [asClient] makes one of an
 * [AiPass].
 *
 * [AiPass] has more calls. This interface has only those that a fake can answer in full: an object such as [ChatStream]
 * belongs to the native library, and no app can make one.
 */
public interface AiPassClient {
    /** The session's state, and then each change: see `AiPass.sessionStates`. */
    public fun sessionStates(): Flow<SessionState>

    /** Begins a sign-in: see [AiPass.beginSignIn]. */
    public suspend fun beginSignIn(options: SignInOptions = SignInOptions()): SignInRequest

    /** Completes a sign-in: see [AiPass.completeSignIn]. */
    public suspend fun completeSignIn(callbackUrl: String)

    /** Gives up the sign-ins that were begun: see [AiPass.cancelSignIn]. */
    public suspend fun cancelSignIn()

    /** Whether this URL is a callback to the client's redirect URI: see [AiPass.isCallback]. */
    public fun isCallback(url: String): Boolean

    /** Signs out: see [AiPass.signOut]. */
    public suspend fun signOut(): SignOutReport

    /** The app came back to the front: see [AiPass.resumed]. */
    public fun resumed()

    /** Reads a photographed receipt. One paid call: see [AiPass.scanReceipt]. */
    public suspend fun scanReceipt(scan: ReceiptScan): Receipt

    /** Reads every receipt on photos of several. One paid call: see [AiPass.scanReceipts]. */
    public suspend fun scanReceipts(scan: ReceiptScan): List<Receipt>

    /** Looks at a photo before money is spent. Nothing is sent: see [AiPass.checkPhoto]. */
    public suspend fun checkPhoto(photo: Photo): List<PhotoHint>

    /** Prepares a receipt that can be sent again once after a top-up. Nothing is sent: see [AiPass.preparedScan]. */
    public suspend fun preparedScan(scan: ReceiptScan): PreparedReceipt

    /** Asks a model and waits for the whole answer, which says what it cost. One paid call: see [AiPass.chat]. */
    public suspend fun chat(request: ChatRequest): ChatAnswer

    /** Asks a model. Each collection is one paid call: see `AiPass.chatEvents`. */
    public fun chatEvents(request: ChatRequest): Flow<ChatEvent>

    /** Prepares a chat that can be sent again once after a top-up. Nothing is sent: see [AiPass.preparedChat]. */
    public suspend fun preparedChat(request: ChatRequest): PreparedAnswer

    /** What a call may cost: see [AiPass.estimate]. */
    public suspend fun estimate(request: PaidRequest): CostEstimate

    /** What was spent in this session and today: see [AiPass.spending]. */
    public suspend fun spending(): Spending

    /** Begins a sum anew: see [AiPass.resetSpending]. */
    public suspend fun resetSpending(period: SpendingPeriod)

    /** The balance, and then each change: see `AiPass.balances`. Nothing is sent while nobody collects. */
    public fun balances(lowBelow: BigDecimal? = null): Flow<BalanceUpdate>

    /** The balance, which may be some minutes old: see [AiPass.balance]. */
    public suspend fun balance(): Balance

    /** The balance as the provider has it now: see [AiPass.refreshBalance]. */
    public suspend fun refreshBalance(): Balance

    /** Where the user can fill the wallet: see [AiPass.checkoutUrl]. */
    public suspend fun checkoutUrl(amount: BigDecimal): URI
}

/** This client as the interface that an app's own code takes. Both share one session. */
public fun AiPassInterface.asClient(): AiPassClient = LibraryClient(this)

/** Reads a photographed receipt: JPEG, PNG, GIF or WebP. One paid call: see [AiPass.scanReceipt]. */
public suspend fun AiPassClient.scanReceipt(photo: ByteArray): Receipt = scanReceipt(ReceiptScan(photo))

/** Reads a photographed receipt from a file, which is read on a background thread. Otherwise as for bytes. */
public suspend fun AiPassClient.scanReceipt(photo: File): Receipt = scanReceipt(ReceiptScan(photo))

/** Asks a model and hands over its answer piece by piece. Each collection is one paid call: see `AiPass.chat`. */
public fun AiPassClient.chat(prompt: String): Flow<String> = chatEvents(ChatRequest(prompt)).texts()

/** Hands every call on. The generated class cannot implement an interface that is written by hand. */
private class LibraryClient(
    private val ai: AiPassInterface,
) : AiPassClient {
    override fun sessionStates() = ai.sessionStates()

    override suspend fun beginSignIn(options: SignInOptions) = ai.beginSignIn(options)

    override suspend fun completeSignIn(callbackUrl: String) = ai.completeSignIn(callbackUrl)

    override suspend fun cancelSignIn() = ai.cancelSignIn()

    override fun isCallback(url: String) = ai.isCallback(url)

    override suspend fun signOut() = ai.signOut()

    override fun resumed() = ai.resumed()

    override suspend fun scanReceipt(scan: ReceiptScan) = ai.scanReceipt(scan)

    override suspend fun scanReceipts(scan: ReceiptScan) = ai.scanReceipts(scan)

    override suspend fun checkPhoto(photo: Photo) = ai.checkPhoto(photo)

    override suspend fun preparedScan(scan: ReceiptScan) = ai.preparedScan(scan).asRequest()

    override suspend fun chat(request: ChatRequest) = ai.chat(request)

    override fun chatEvents(request: ChatRequest) = ai.chatEvents(request)

    override suspend fun preparedChat(request: ChatRequest) = ai.preparedChat(request).asRequest()

    override suspend fun estimate(request: PaidRequest) = ai.estimate(request)

    override suspend fun spending() = ai.spending()

    override suspend fun resetSpending(period: SpendingPeriod) = ai.resetSpending(period)

    override fun balances(lowBelow: BigDecimal?) = ai.balances(lowBelow)

    override suspend fun balance() = ai.balance()

    override suspend fun refreshBalance() = ai.refreshBalance()

    override suspend fun checkoutUrl(amount: BigDecimal) = ai.checkoutUrl(amount)
}
