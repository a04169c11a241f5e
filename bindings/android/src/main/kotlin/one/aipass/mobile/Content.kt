package one.aipass.mobile

import android.content.ContentResolver
import android.content.Context
import android.net.Uri
import android.os.CancellationSignal
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.withContext
import java.io.Closeable
import java.io.File
import java.io.IOException
import java.io.InputStream
import java.util.UUID

/**
 * Reads a photographed receipt behind a `content://` address, as the photo picker, the camera or another app gave it:
 * JPEG, PNG, GIF or WebP, from Android 9 on also HEIC and what else Android decodes. One paid call. See
 * [AiPass.scanReceipt] for errors and [withPhoto] for those of the address.
 */
public suspend fun AiPassInterface.scanReceipt(
    context: Context,
    photo: Uri,
): Receipt = withPhoto(context, photo) { scanReceipt(ReceiptScan(listOf(it))) }

/** Reads a photographed receipt behind a `content://` address. One paid call. Otherwise as for an [AiPass]. */
public suspend fun AiPassClient.scanReceipt(
    context: Context,
    photo: Uri,
): Receipt = withPhoto(context, photo) { scanReceipt(ReceiptScan(listOf(it))) }

/** Asks a model about a photo behind a `content://` address. One paid call. Otherwise as [scanReceipt]. */
public suspend fun AiPassInterface.describeImage(
    context: Context,
    photo: Uri,
    prompt: String,
): ChatAnswer = withPhoto(context, photo) { describeImage(ImageQuestion(listOf(it), prompt)) }

/**
 * Writes down what a recording behind a `content://` address says. One paid call. See [withRecording] for its errors.
 */
public suspend fun AiPassInterface.transcribe(
    context: Context,
    recording: Uri,
): Transcript = withRecording(context, recording) { transcribe(TranscriptionRequest(it)) }

/**
 * Lends [block] the photo behind a `content://` address, for any call that takes photos. It is copied piece by piece
 * into a file of the app's cache, which is removed when [block] ends, so that no photo has to fit into memory. The copy
 * ends with its job.
 *
 * An address that another app sent may name a file of this app's own provider, which that app cannot read itself:
 * compare its `authority` before you upload the photo.
 *
 * @throws AiPassException.InvalidInput if it is no `content://` address, cannot be read, or has more than 64 MiB.
 * @throws AiPassException.Storage if the device has no room for the copy.
 */
public suspend fun <T> withPhoto(
    context: Context,
    photo: Uri,
    block: suspend (Photo) -> T,
): T =
    withCopy(context, photo, "photo", MAX_PHOTO_BYTES) {
        withContext(Dispatchers.IO) { decodeWhatTheLibraryDoesNotRead(it) }
        block(Photo.File(it))
    }

/**
 * Lends [block] the recording behind a `content://` address, for any call that takes one. Otherwise as [withPhoto],
 * with at most 1 GiB. The file is read while it is uploaded.
 */
public suspend fun <T> withRecording(
    context: Context,
    recording: Uri,
    block: suspend (AudioFile) -> T,
): T = withCopy(context, recording, "file", MAX_RECORDING_BYTES) { block(AudioFile.File(it)) }

/** The library refuses a larger photo. */
private const val MAX_PHOTO_BYTES = 64L * 1024 * 1024
private const val MAX_RECORDING_BYTES = 1024L * 1024 * 1024
private const val PIECE_BYTES = 64 * 1024

/** A copy that is older was left behind by a process that was killed. */
private const val MAX_COPY_AGE_MS = 24 * 60 * 60 * 1000L

private suspend fun <T> withCopy(
    context: Context,
    address: Uri,
    input: String,
    maxBytes: Long,
    block: suspend (File) -> T,
): T {
    // A file's address may name a file of the app's own, which its sender could not read.
    if (address.scheme != ContentResolver.SCHEME_CONTENT) {
        throw AiPassException.InvalidInput(input, "its address does not begin with content://")
    }
    val copy = withContext(Dispatchers.IO) { unusedCopy(File(context.cacheDir, "aipass")) }
    try {
        Source(context.contentResolver, address, input).use { source ->
            coroutineScope {
                val copying = async(Dispatchers.IO) { source.copyTo(copy, maxBytes) }
                try {
                    copying.await()
                } catch (cancelled: CancellationException) {
                    source.close() // a read that waits for another app then fails
                    throw cancelled
                }
            }
        }
        return block(copy)
    } finally {
        copy.delete()
    }
}

/** A name for a copy. Removes what processes left behind that were killed. */
private fun unusedCopy(folder: File): File {
    val oldest = System.currentTimeMillis() - MAX_COPY_AGE_MS
    folder.listFiles()?.filter { it.lastModified() < oldest }?.forEach { it.delete() }
    return File(folder, UUID.randomUUID().toString())
}

/** What is behind an address. It is read on one thread and may be closed on another. */
private class Source(
    private val resolver: ContentResolver,
    private val address: Uri,
    private val input: String,
) : Closeable {
    private val signal = CancellationSignal()

    @Volatile
    private var stream: InputStream? = null

    fun copyTo(
        copy: File,
        maxBytes: Long,
    ) {
        val content = reading { resolver.openAssetFileDescriptor(address, "r", signal)?.createInputStream() }
        stream = content ?: throw unreadable("no app gives it")
        val piece = ByteArray(PIECE_BYTES)
        var size = 0L
        val target = writing { copy.apply { parentFile?.mkdirs() }.outputStream() }
        target.use {
            while (true) {
                val count =
                    reading {
                        signal.throwIfCanceled()
                        content.read(piece)
                    }
                if (count < 0) return
                size += count
                if (size > maxBytes) throw unreadable("it has more than ${maxBytes / 1024 / 1024} MiB")
                writing { target.write(piece, 0, count) }
            }
        }
    }

    override fun close() {
        signal.cancel()
        runCatching { stream?.close() }
    }

    /** What comes from another app, which may fail in any way. */
    private inline fun <T> reading(read: () -> T): T =
        try {
            read()
        } catch (error: IOException) {
            throw unreadable(error.toString())
        } catch (error: RuntimeException) {
            throw unreadable(error.toString())
        }

    private inline fun <T> writing(write: () -> T): T =
        try {
            write()
        } catch (error: IOException) {
            throw copyFailed(error)
        }

    private fun unreadable(why: String) = AiPassException.InvalidInput(input, "it cannot be read: $why")
}

/** The device's own storage failed, most likely because it is full. */
internal fun copyFailed(error: IOException): AiPassException {
    val isFull = storeException(error) is StoreException.Full
    return AiPassException.Storage(if (isFull) StorageErrorKind.FULL else StorageErrorKind.FAILED, error.toString())
}
