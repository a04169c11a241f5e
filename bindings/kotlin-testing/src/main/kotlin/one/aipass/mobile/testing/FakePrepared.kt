package one.aipass.mobile.testing

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import one.aipass.mobile.AiPassException
import one.aipass.mobile.ChatAnswer
import one.aipass.mobile.ChatEvent
import one.aipass.mobile.PreparedAnswer
import one.aipass.mobile.PreparedReceipt
import one.aipass.mobile.Receipt
import one.aipass.mobile.TimeLimit
import java.util.concurrent.atomic.AtomicReference

/** How often a prepared request was sent. The rules are the library's: see `PreparedScan.send`. */
internal class Sends {
    private enum class Phase { READY, REFUSED, SENDING, SPENT }

    private val phase = AtomicReference(Phase.READY)

    fun canBegin(): Boolean = phase.get() in CAN_BEGIN

    /** Sends it. The outcome is known when [call] says so, or at its end: a stream has begun with its first event. */
    suspend fun <T> send(call: suspend (hasBegun: () -> Unit) -> T): T {
        val before = phase.get()
        if (before !in CAN_BEGIN || !phase.compareAndSet(before, Phase.SENDING)) {
            throw AiPassException.InvalidInput("prepared", "it was sent, and may have been paid for")
        }
        // A call that is cancelled may have been paid for.
        var after = Phase.SPENT
        try {
            return call { phase.set(Phase.SPENT) }
        } catch (error: AiPassException) {
            after = after(error, before)
            throw error
        } finally {
            phase.compareAndSet(Phase.SENDING, after)
        }
    }

    private fun after(
        error: AiPassException,
        before: Phase,
    ) = when {
        error is AiPassException.BudgetExceeded && error.text == null && before == Phase.READY -> Phase.REFUSED
        wasNotSent(error) -> before
        else -> Phase.SPENT
    }

    private fun wasNotSent(error: AiPassException) =
        when (error) {
            is AiPassException.InvalidInput, is AiPassException.Unsupported -> true
            is AiPassException.SignInRequired, is AiPassException.Storage -> true
            is AiPassException.SpendLimit -> error.text == null
            is AiPassException.Offline -> !error.maybeSent
            is AiPassException.Timeout -> error.limit == TimeLimit.CONNECT
            else -> false
        }

    private companion object {
        val CAN_BEGIN = setOf(Phase.READY, Phase.REFUSED)
    }
}

internal class FakeReceipt(
    private val scan: suspend () -> Receipt,
) : PreparedReceipt {
    private val sends = Sends()

    override fun canSend() = sends.canBegin()

    override suspend fun send() = sends.send { scan() }

    override fun close() = Unit
}

internal class FakeAnswer(
    private val chat: suspend () -> ChatAnswer,
    private val stream: Flow<ChatEvent>,
) : PreparedAnswer {
    private val sends = Sends()

    override fun canSend() = sends.canBegin()

    override suspend fun send() = sends.send { chat() }

    override fun events(): Flow<ChatEvent> =
        flow {
            sends.send { hasBegun ->
                stream.collect {
                    hasBegun()
                    emit(it)
                }
            }
        }

    override fun close() = Unit
}
