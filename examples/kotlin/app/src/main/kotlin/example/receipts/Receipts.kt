package example.receipts

import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.job
import kotlinx.coroutines.launch
import one.aipass.mobile.AiPassClient
import one.aipass.mobile.AiPassException
import one.aipass.mobile.ChatRequest
import one.aipass.mobile.Photo
import one.aipass.mobile.PhotoCheck
import one.aipass.mobile.PhotoHint
import one.aipass.mobile.PreparedReceipt
import one.aipass.mobile.PreparedRequest
import one.aipass.mobile.ReceiptScan
import one.aipass.mobile.texts
import one.aipass.mobile.ui.BalanceModel
import one.aipass.mobile.ui.Problem
import one.aipass.mobile.ui.ReceiptReviewModel
import one.aipass.mobile.ui.SignInModel
import one.aipass.mobile.ui.TopUpModel

/** What the screen shows. */
data class Screen(
    val isScanning: Boolean = false,
    /** Why the photo may not be readable: the scan waits for the user. */
    val hints: List<PhotoHint> = emptyList(),
    val review: ReceiptReviewModel? = null,
    val isAnswering: Boolean = false,
    val answer: String = "",
    val problem: Problem? = null,
)

/** The app without its screen: scans, asks, and keeps at hand what the button, the badge and the sheet show. */
class Receipts(
    private val client: AiPassClient,
    private val scope: CoroutineScope,
) {
    val signIn = SignInModel(client, scope)
    val balance = BalanceModel(client, scope)
    val topUp = TopUpModel(client, scope)
    private val screens = MutableStateFlow(Screen())
    val screen: StateFlow<Screen> = screens.asStateFlow()
    private var working: Job? = null
    private var decision: CompletableDeferred<Boolean>? = null

    /** Reads a photographed receipt. [lend] gives the photo for as long as it is needed. What was begun before ends. */
    fun scan(lend: suspend (suspend (Photo) -> Unit) -> Unit) =
        work {
            screens.value = Screen(isScanning = true)
            var prepared: PreparedReceipt? = null
            lend { photo ->
                val scan = ReceiptScan(listOf(photo), photoCheck = PhotoCheck.HINT)
                if (isWanted(photo)) prepared = client.preparedScan(scan)
            }
            prepared?.let { request -> pay(request) { read(request) } }
        }

    /** Nothing is paid for a photo that may not be readable, unless the user wants it. */
    private suspend fun isWanted(photo: Photo): Boolean {
        val hints = client.checkPhoto(photo)
        if (hints.isEmpty()) return true
        val decision = CompletableDeferred<Boolean>().also { decision = it }
        screens.value = Screen(hints = hints)
        return decision.await()
    }

    /** The user wants the photo read all the same, or not. */
    fun decide(isWanted: Boolean) {
        decision?.complete(isWanted)
    }

    private suspend fun read(request: PreparedReceipt) {
        screens.value = Screen(isScanning = true)
        screens.value = Screen(review = ReceiptReviewModel(request.send()))
    }

    /** Asks about the receipt, and shows the answer as it comes. */
    fun ask(question: String) {
        val review = screen.value.review ?: return
        if (question.isBlank() || screen.value.isAnswering) return
        work {
            val receipt = review.state.value.receipt.answer
            val chat = client.preparedChat(ChatRequest("${question.trim()}\n\nThe receipt, as JSON:\n$receipt"))
            pay(chat) {
                screens.update { it.copy(isAnswering = true, answer = "", problem = null) }
                chat.events().texts().collect { text ->
                    screens.update { it.copy(answer = it.answer + text) }
                }
            }
        }
    }

    fun signOut() =
        work {
            screens.value = Screen()
            topUp.close()
            client.signOut()
        }

    /** What is refused because the budget is used up goes to the top-up sheet, which can send it again, once. */
    private suspend fun pay(
        request: PreparedRequest,
        send: suspend () -> Unit,
    ) {
        try {
            send()
        } catch (error: AiPassException) {
            if (error is AiPassException.BudgetExceeded) balance.refused()
            if (!topUp.offer(error, request) { doInstead(send) }) throw error
        }
    }

    private fun work(call: suspend () -> Unit) {
        scope.launch {
            try {
                doInstead(call)
            } catch (error: AiPassException) {
                screens.update { it.copy(problem = Problem.of(error)) }
            }
        }
    }

    /** Cancels what was begun before, which closes its connection, and does this instead. */
    private suspend fun doInstead(call: suspend () -> Unit) {
        val mine = currentCoroutineContext().job
        working?.cancel()
        working = mine
        try {
            call()
        } finally {
            if (working == mine) {
                screens.update { it.copy(isScanning = false, hints = emptyList(), isAnswering = false) }
            }
        }
    }
}
