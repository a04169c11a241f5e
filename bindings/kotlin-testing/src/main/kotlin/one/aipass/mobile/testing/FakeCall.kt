package one.aipass.mobile.testing

import one.aipass.mobile.ChatRequest
import one.aipass.mobile.PaidRequest
import one.aipass.mobile.Photo
import one.aipass.mobile.ReceiptScan
import one.aipass.mobile.SignInOptions
import one.aipass.mobile.SpendingPeriod
import java.math.BigDecimal

/** What was asked of a [FakeAiPass]. */
public sealed interface FakeCall {
    /**
     * A sign-in was begun.
     *
     * @property options what was asked of the provider.
     */
    public data class BeginSignIn(
        val options: SignInOptions,
    ) : FakeCall

    /**
     * A sign-in was completed, or was to be.
     *
     * @property callbackUrl what came back from the browser.
     */
    public data class CompleteSignIn(
        val callbackUrl: String,
    ) : FakeCall

    /** The sign-ins that were begun were given up. */
    public data object CancelSignIn : FakeCall

    /** The user was signed out. */
    public data object SignOut : FakeCall

    /** The app came back to the front. */
    public data object Resumed : FakeCall

    /**
     * A receipt was scanned.
     *
     * @property scan its photos, and what is known of it.
     */
    public data class ScanReceipt(
        val scan: ReceiptScan,
    ) : FakeCall

    /**
     * The receipts on one photo were scanned.
     *
     * @property scan its photos, and what is known of them.
     */
    public data class ScanReceipts(
        val scan: ReceiptScan,
    ) : FakeCall

    /**
     * A photo was looked at.
     *
     * @property photo the photo.
     */
    public data class CheckPhoto(
        val photo: Photo,
    ) : FakeCall

    /**
     * A receipt was prepared. Each time that it is sent is a [ScanReceipt].
     *
     * @property scan its photos, and what is known of it.
     */
    public data class PreparedScan(
        val scan: ReceiptScan,
    ) : FakeCall

    /**
     * A model was asked, for its whole answer.
     *
     * @property request the question.
     */
    public data class Chat(
        val request: ChatRequest,
    ) : FakeCall

    /**
     * A chat was prepared. Each time that it is sent is a [Chat] or a [ChatEvents].
     *
     * @property request the question.
     */
    public data class PreparedChat(
        val request: ChatRequest,
    ) : FakeCall

    /**
     * A model was asked, for its answer as it comes.
     *
     * @property request the question.
     */
    public data class ChatEvents(
        val request: ChatRequest,
    ) : FakeCall

    /**
     * It was asked what a call may cost.
     *
     * @property request the call.
     */
    public data class Estimate(
        val request: PaidRequest,
    ) : FakeCall

    /** It was asked what was spent. */
    public data object Spending : FakeCall

    /**
     * A sum was begun anew.
     *
     * @property period which.
     */
    public data class ResetSpending(
        val period: SpendingPeriod,
    ) : FakeCall

    /** The balance was asked for. */
    public data object Balance : FakeCall

    /** The provider was asked for the balance. */
    public data object RefreshBalance : FakeCall

    /**
     * The page was asked for that fills the wallet.
     *
     * @property amount in US dollars.
     */
    public data class CheckoutUrl(
        val amount: BigDecimal,
    ) : FakeCall
}
