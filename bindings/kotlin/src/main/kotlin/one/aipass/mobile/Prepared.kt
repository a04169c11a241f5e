package one.aipass.mobile

import kotlinx.coroutines.flow.Flow

/**
 * A request whose photos are ready, and that is paid for once: what an app's own code needs of a [PreparedScan] or a
 * [PreparedChat], so that a fake can stand for it. [close] frees the photos at once; otherwise the garbage collector
 * does.
 */
public interface PreparedRequest : AutoCloseable {
    /** Whether it can be sent now, for a button such as "Try again": see [PreparedScan.canSend]. */
    public fun canSend(): Boolean
}

/** A prepared receipt: see [AiPass.preparedScan]. */
public interface PreparedReceipt : PreparedRequest {
    /** Sends it. One paid call: see [PreparedScan.send]. */
    public suspend fun send(): Receipt
}

/** A prepared chat: see [AiPass.preparedChat]. */
public interface PreparedAnswer : PreparedRequest {
    /** Sends it and waits for the whole answer. One paid call: see [PreparedChat.send]. */
    public suspend fun send(): ChatAnswer

    /** Sends it when it is collected, and hands over all that comes: see `PreparedChat.events`. */
    public fun events(): Flow<ChatEvent>
}

internal fun PreparedScan.asRequest(): PreparedReceipt = LibraryReceipt(this)

internal fun PreparedChat.asRequest(): PreparedAnswer = LibraryAnswer(this)

private class LibraryReceipt(
    private val scan: PreparedScan,
) : PreparedReceipt,
    AutoCloseable by scan {
    override fun canSend() = scan.canSend()

    override suspend fun send() = scan.send()
}

private class LibraryAnswer(
    private val chat: PreparedChat,
) : PreparedAnswer,
    AutoCloseable by chat {
    override fun canSend() = chat.canSend()

    override suspend fun send() = chat.send()

    override fun events() = chat.events()
}
