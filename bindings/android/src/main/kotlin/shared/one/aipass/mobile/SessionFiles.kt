package one.aipass.mobile

import android.security.keystore.KeyPermanentlyInvalidatedException
import android.system.ErrnoException
import android.system.Os
import android.system.OsConstants
import java.io.File
import java.io.FileNotFoundException
import java.io.FileOutputStream
import java.io.IOException
import java.io.RandomAccessFile
import java.util.concurrent.locks.ReentrantLock
import kotlin.concurrent.withLock

/** A file's lock holds between processes only; this one holds between the threads of this process. */
private val ownLock = ReentrantLock()

/** Holds the lock of a session's file while [work] runs. The folder is made if need be. */
internal inline fun <T> File.locked(work: () -> T): T {
    val folder = checkNotNull(parentFile)
    if (!folder.isDirectory && !folder.mkdirs() && !folder.isDirectory) throw IOException("cannot make $folder")
    return ownLock.withLock {
        RandomAccessFile(File("$path.lock"), "rw").use { lock ->
            lock.channel.lock() // released when the file is closed
            work()
        }
    }
}

/** Whole or not at all, whenever the process is killed, and durable when it returns. */
internal fun File.replace(bytes: ByteArray) {
    val new = File("$path.new")
    try {
        FileOutputStream(new).use {
            it.write(bytes)
            it.fd.sync()
        }
        if (!new.renameTo(this)) throw IOException("cannot rename $new")
    } catch (error: IOException) {
        new.delete() // gives its room back
        throw error
    }
    syncFolder()
}

internal fun File.remove() {
    if (!delete() && exists()) throw IOException("cannot remove $this")
    syncFolder()
}

/**
 * Makes a rename or a removal last through a loss of power. Where the folder cannot be opened, as in Robolectric, the
 * change is whole all the same, and it is no error.
 */
private fun File.syncFolder() {
    val folder =
        try {
            Os.open(checkNotNull(parent), OsConstants.O_RDONLY, 0)
        } catch (unopened: ErrnoException) {
            return
        }
    try {
        try {
            Os.fsync(folder)
        } finally {
            Os.close(folder)
        }
    } catch (error: ErrnoException) {
        throw IOException(error.message, error)
    }
}

/** What went wrong, as the library's stores say it. */
internal fun storeException(error: Exception): StoreException {
    val detail = "${error.javaClass.simpleName}: ${error.message}"
    val causes = generateSequence<Throwable>(error) { it.cause }.take(8).toList()
    val errno = causes.filterIsInstance<ErrnoException>().firstOrNull()?.errno
    return when {
        causes.any { it is KeyPermanentlyInvalidatedException } -> StoreException.KeyLost(detail)

        errno == OsConstants.ENOSPC || errno == OsConstants.EDQUOT -> StoreException.Full(detail)

        error !is IOException -> StoreException.Unavailable(detail)

        // the Keystore's own, which may pass
        error is FileNotFoundException || errno == OsConstants.EACCES -> StoreException.Unavailable(detail)

        else -> StoreException.Failed(detail)
    }
}
