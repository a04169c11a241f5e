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
    flow {
        chatStream(request).use { stream ->
            while (true) emit(stream.next() ?: break)
        }
        // A photo in the request takes milliseconds to hand over, which the collector's thread may not have.
    }.flowOn(Dispatchers.Default)

/** Only the pieces of text, which add up to the answer; of several answers, the first. */
public fun Flow<ChatEvent>.texts(): Flow<String> =
    filterIsInstance<ChatEvent.Text>().filter { it.choice == 0u }.map { it.text }

/**
 * Where the session stands, and then each change, until the collector is cancelled. Only the newest state counts: a slow
 * collector is not told of those that were already replaced.
 *
 * Collecting throws [AiPassException.Storage] if the store cannot be read.
 */
public fun AiPassInterface.sessionStates(): Flow<SessionState> =
    flow {
        openSessionStates().use { states ->
            while (true) emit(states.next() ?: break)
        }
    }
