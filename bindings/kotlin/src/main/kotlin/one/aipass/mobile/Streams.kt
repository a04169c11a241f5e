package one.aipass.mobile

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.filterIsInstance
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.map
import java.math.BigDecimal

/**
 * Asks a model and hands over its answer piece by piece. Nothing is sent before the flow is collected, and each
 * collection is a paid call of its own.
 *
 * Collecting throws what [AiPass.chat] throws, and [AiPassException.Truncated] with the text that came if the answer
 * breaks off. Where the collector is cancelled, or has enough (`first`, `take`), the connection is closed at once.
 */
public fun AiPassInterface.chat(prompt: String): Flow<String> = chatEvents(ChatRequest(prompt)).texts()

/**
 * Asks a model and hands over all that comes: the model's name, pieces of text and of tool calls, why it stopped, what
 * was used. Otherwise as [chat].
 */
public fun AiPassInterface.chatEvents(request: ChatRequest): Flow<ChatEvent> =
    // A photo in the request takes milliseconds to hand over, which the collector's thread may not have.
    whileOpen({ chatStream(request) }, ChatStream::next).flowOn(Dispatchers.Default)

/**
 * Says something in a conversation and hands over all that the model answers, as [chatEvents] does. Both are a part of the
 * history as soon as the model is done; where the collector leaves before that, the history is as it was.
 */
public fun ConversationInterface.events(
    ai: AiPass,
    messages: List<Message>,
): Flow<ChatEvent> = whileOpen({ stream(ai, messages) }, ChatStream::next).flowOn(Dispatchers.Default)

/**
 * Sends a prepared chat when it is collected, and hands over all that the model answers, as [chatEvents] does. Once the
 * answer has begun, the request cannot be sent again. Collecting throws what [PreparedChat.stream] throws.
 */
public fun PreparedChatInterface.events(): Flow<ChatEvent> =
    whileOpen({ stream() }, ChatStream::next).flowOn(Dispatchers.Default)

/** Only the pieces of text, which add up to the answer; of several answers, the first. */
public fun Flow<ChatEvent>.texts(): Flow<String> =
    filterIsInstance<ChatEvent.Text>().filter { it.choice == 0u }.map { it.text }

/**
 * Speaks a text and hands over the recording as it comes, to be played at once. Nothing is sent before the flow is
 * collected, and each collection is a paid call of its own.
 *
 * Collecting throws what [AiPass.speak] throws, and [AiPassException.Truncated] if the recording breaks off. Where the
 * collector is cancelled, or has enough, the connection is closed at once.
 */
public fun AiPassInterface.speakStreamed(request: SpeechRequest): Flow<ByteArray> =
    whileOpen({ openSpeech(request) }, ByteStream::next)

/**
 * How a video is getting on, and then each change that is noticed, until it is done or has failed. A failed video comes as
 * such, not as an exception.
 *
 * Collecting throws what [AiPass.video] throws. The video goes on where the collector leaves.
 */
public fun AiPassInterface.videoUpdates(id: String): Flow<VideoJob> =
    whileOpen({ openVideoUpdates(id) }, VideoUpdates::next)

/**
 * The session's state, and then each change, until the collector is cancelled. A slow collector gets the newest state only:
 * states that were replaced meanwhile are left out.
 *
 * Collecting throws [AiPassException.Storage] if the store cannot be read.
 */
public fun AiPassInterface.sessionStates(): Flow<SessionState> = whileOpen({ openSessionStates() }, SessionStates::next)

/**
 * The balance: what is known now, which may be nothing, and then each change, until the collector is cancelled. After a paid
 * call it is an estimate until it was fetched again: at most once a minute while it is collected, and whenever
 * [AiPass.resumed] was called. Nothing is sent while nobody collects. A slow collector gets the newest only.
 * [BalanceUpdate.isLow] says when less than [lowBelow] US dollars are left.
 *
 * Collecting throws [AiPassException.Unsupported] with a provider other than AI Pass. A fetch that fails does not end it: see
 * [BalanceUpdate.errorCode].
 */
public fun AiPassInterface.balances(lowBelow: BigDecimal? = null): Flow<BalanceUpdate> =
    whileOpen({ openBalances(lowBelow) }, Balances::next)

/** What [next] returns until it returns null. The source is closed as soon as collecting ends. */
private fun <S : AutoCloseable, T : Any> whileOpen(
    open: suspend () -> S,
    next: suspend (S) -> T?,
): Flow<T> = flow { open().use { source -> while (true) emit(next(source) ?: break) } }
