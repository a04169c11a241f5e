package one.aipass.mobile

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.filterIsInstance
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.map

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

/** What [next] returns until it returns null. The source is closed as soon as collecting ends. */
private fun <S : AutoCloseable, T : Any> whileOpen(
    open: suspend () -> S,
    next: suspend (S) -> T?,
): Flow<T> = flow { open().use { source -> while (true) emit(next(source) ?: break) } }
