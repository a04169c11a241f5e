package one.aipass.mobile

import android.content.Context
import android.os.UserManager
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.system.ErrnoException
import android.system.OsConstants
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.Shadows.shadowOf
import java.io.File
import java.io.IOException
import java.security.InvalidKeyException
import java.security.UnrecoverableKeyException
import java.util.concurrent.FutureTask
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread

class KeystoreSessionStoreTest : AndroidTest() {
    private val record = """{"access_token": "at-secret"}""".toByteArray()
    private val store get() = KeystoreSessionStore(app)
    private val folder get() = File(app.noBackupFilesDir, "aipass")

    private fun sealedFile() = folder.listFiles().orEmpty().single { it.name.endsWith(".sealed") }

    @Test
    fun `an entry comes back with its version, also from another store`() {
        assertNull(store.load("a"))
        val version = store.compareAndSwap("a", null, record)
        val loaded = checkNotNull(store.load("a"))
        assertArrayEquals(record, loaded.bytes)
        assertEquals(version, loaded.version)
        assertNull(store.load("b"))
        assertArrayEquals(
            byteArrayOf(),
            store
                .run {
                    compareAndSwap("b", null, byteArrayOf())
                    load("b")
                }?.bytes,
        )
    }

    @Test
    fun `only the version that is there can be replaced`() {
        assertThrows(StoreException.Conflict::class.java) { store.compareAndSwap("a", 1, record) }
        val first = store.compareAndSwap("a", null, record)
        assertThrows(StoreException.Conflict::class.java) { store.compareAndSwap("a", null, record) }
        val second = store.compareAndSwap("a", first, record)
        assertThrows(StoreException.Conflict::class.java) { store.compareAndSwap("a", first, record) }
        assertNotEquals(first, second)
        store.delete("a")
        store.delete("a")
        assertNull(store.load("a"))
        assertThrows(StoreException.Conflict::class.java) { store.compareAndSwap("a", second, record) }
        assertFalse(store.compareAndSwap("a", null, record) in listOf(first, second))
    }

    // L12
    @Test
    fun `of many writers of one version one wins`() {
        var version: Long? = null
        repeat(20) {
            val won = java.util.Collections.synchronizedList(ArrayList<Long>())
            List(4) {
                thread {
                    try {
                        won += store.compareAndSwap("a", version, record)
                    } catch (lost: StoreException.Conflict) {
                        // as it should be
                    }
                }
            }.forEach(Thread::join)
            version = won.single()
        }
    }

    @Test
    fun `an entry that is written for the first time is there or is not`() {
        repeat(200) { round ->
            val key = "first-$round"
            val readers = List(3) { FutureTask { generateSequence { store.load(key) ?: Unit }.first { it != Unit } } }
            readers.forEach { thread(block = it::run) }
            val version = store.compareAndSwap(key, null, record)
            readers.forEach { assertEquals(version, (it.get(60, TimeUnit.SECONDS) as StoredSession).version) }
        }
    }

    @Test
    fun `a writer waits for the lock of another process`() {
        val version = store.compareAndSwap("a", null, record)
        val lock = File("${sealedFile().path}.lock")
        // flock(1) takes another kind of lock: a process that takes the same kind, with POSIX's calls.
        val other =
            ProcessBuilder(
                "python3",
                "-c",
                """
                import fcntl, sys
                file = open(sys.argv[1], "r+")
                fcntl.lockf(file, fcntl.LOCK_EX)
                print("locked", flush=True)
                sys.stdin.read()
                """.trimIndent(),
                lock.path,
            ).start()
        assertEquals("locked", other.inputStream.bufferedReader().readLine())
        var written = 0L
        val writer = thread { written = store.compareAndSwap("a", version, record) }
        while (writer.stackTrace.none { it.methodName == "lock" }) Thread.yield()
        assertEquals(version, store.load("a")?.version) // readers need no lock
        other.outputStream.close()
        writer.join()
        assertTrue(other.waitFor(60, TimeUnit.SECONDS))
        assertEquals(written, store.load("a")?.version)
    }

    // S5
    @Test
    fun `nothing is in clear, and nothing is where backups look`() {
        store.compareAndSwap("https://aipass.one client_123 default", null, record)
        val files =
            app
                .dataDir()
                .walk()
                .filter { it.isFile }
                .toList()
        assertTrue(files.isNotEmpty())
        for (file in files) {
            val text = String(file.readBytes(), Charsets.ISO_8859_1)
            assertFalse(file.path, "secret" in text || "client_123" in text || "client_123" in file.name)
            assertTrue(file.path, file.startsWith(app.noBackupFilesDir))
        }
        assertTrue(FakeKeystore.keys.keys.all { it.startsWith("one.aipass.mobile.session.") })
    }

    @Test
    fun `the same record is sealed anew by each write`() {
        var version = store.compareAndSwap("a", null, record)
        val first = sealedFile().readBytes()
        version = store.compareAndSwap("a", version, record)
        assertEquals(first.size, sealedFile().readBytes().size)
        assertFalse(first.takeLast(40) == sealedFile().readBytes().takeLast(40))
        assertEquals(1, FakeKeystore.keys.size)
        assertEquals(version, store.load("a")?.version)
    }

    // L9
    @Test
    fun `a lost key is an error, and the entry can be removed and written anew`() {
        val version = store.compareAndSwap("a", null, record)
        FakeKeystore.keys.clear()
        assertThrows(StoreException.KeyLost::class.java) { store.load("a") }
        // Another session has made a new key meanwhile.
        store.compareAndSwap("b", null, record)
        assertThrows(StoreException.KeyLost::class.java) { store.load("a") }
        assertThrows(StoreException.Conflict::class.java) { store.compareAndSwap("a", null, record) }
        store.delete("a")
        assertNotEquals(version, store.compareAndSwap("a", null, record))
        assertArrayEquals(record, store.load("a")?.bytes)
    }

    // L9
    @Test
    fun `a key that Android invalidated is lost, and another one is made`() {
        val withCause = UnrecoverableKeyException("x").apply { initCause(KeyPermanentlyInvalidatedException()) }
        for (invalid in listOf(withCause, UnrecoverableKeyException("Key permanently invalidated"))) {
            store.compareAndSwap("a", null, record)
            val keys = FakeKeystore.keys.size
            FakeKeystore.keys.keys.forEach { FakeKeystore.invalidated[it] = invalid }
            assertThrows(StoreException.KeyLost::class.java) { store.load("a") }
            store.delete("a")
            store.compareAndSwap("a", null, record)
            assertArrayEquals(record, store.load("a")?.bytes)
            assertEquals(keys + 1, FakeKeystore.keys.size)
            store.delete("a")
        }
    }

    @Test
    fun `a key that fails for another reason is not lost, and does not keep a session from being written`() {
        store.compareAndSwap("a", null, record)
        val name = FakeKeystore.keys.keys.single()
        FakeKeystore.invalidated[name] = UnrecoverableKeyException("x").apply { initCause(IOException("busy")) }
        assertThrows(StoreException.Unavailable::class.java) { store.load("a") }
        store.compareAndSwap("b", null, record)
        assertArrayEquals(record, store.load("b")?.bytes)
        FakeKeystore.invalidated.clear()
        assertArrayEquals(record, store.load("a")?.bytes)
    }

    @Test
    fun `a key that no cipher takes is replaced`() {
        FakeKeystore.keys["one.aipass.mobile.session.bad"] = javax.crypto.spec.SecretKeySpec(ByteArray(3), "AES")
        store.compareAndSwap("a", null, record)
        assertArrayEquals(record, store.load("a")?.bytes)
        assertEquals(2, FakeKeystore.keys.size)
    }

    @Test
    fun `keys of the app are left alone`() {
        FakeKeystore.keys["mine"] = javax.crypto.spec.SecretKeySpec(ByteArray(16), "AES")
        store.compareAndSwap("a", null, record)
        assertEquals(2, FakeKeystore.keys.size)
    }

    // L9
    @Test
    fun `every damaged file is an error`() {
        store.compareAndSwap("a", null, record)
        val file = sealedFile()
        val whole = file.readBytes()
        for (size in whole.indices) {
            file.writeBytes(whole.copyOf(size))
            assertThrows("$size bytes", StoreException::class.java) { store.load("a") }
        }
        for (at in whole.indices) {
            file.writeBytes(whole.copyOf().also { it[at] = (it[at] + 1).toByte() })
            // A changed name of the key is that of a key which is not there.
            val error = assertThrows("byte $at", StoreException::class.java) { store.load("a") }
            assertTrue("byte $at: $error", error is StoreException.Corrupt || error is StoreException.KeyLost)
        }
        file.writeBytes(ByteArray(2 * 1024 * 1024))
        assertThrows(StoreException.Corrupt::class.java) { store.load("a") }
        file.writeBytes(whole)
        assertArrayEquals(record, store.load("a")?.bytes)
    }

    @Test
    fun `an entry of another session is not taken for this one's`() {
        store.compareAndSwap("a", null, record)
        val file = sealedFile()
        store.compareAndSwap("b", null, record)
        val other = folder.listFiles().orEmpty().single { it.name.endsWith(".sealed") && it != file }
        file.copyTo(other, overwrite = true)
        assertThrows(StoreException.Corrupt::class.java) { store.load("b") }
    }

    @Test
    fun `a device that was not unlocked yet is unavailable, and nothing is lost`() {
        val version = store.compareAndSwap("a", null, record)
        val users = shadowOf(app.getSystemService(Context.USER_SERVICE) as UserManager)
        users.setUserUnlocked(false)
        assertThrows(StoreException.Unavailable::class.java) { store.load("a") }
        assertThrows(StoreException.Unavailable::class.java) { store.compareAndSwap("a", version, record) }
        assertThrows(StoreException.Unavailable::class.java) { store.delete("a") }
        users.setUserUnlocked(true)
        assertEquals(version, store.load("a")?.version)
    }

    @Test
    fun `a Keystore that does not answer is unavailable`() {
        store.compareAndSwap("a", null, record)
        FakeKeystore.isSilent = true
        try {
            assertThrows(StoreException.Unavailable::class.java) { store.load("a") }
        } finally {
            FakeKeystore.isSilent = false
        }
    }

    @Test
    fun `a writer that was killed leaves the old entry`() {
        val version = store.compareAndSwap("a", null, record)
        File("${sealedFile().path}.new").writeBytes(byteArrayOf(1, 2, 3))
        assertEquals(version, store.load("a")?.version)
        assertNotEquals(version, store.compareAndSwap("a", version, record))
    }

    @Test
    fun `a folder that cannot be made is an error`() {
        folder.writeText("a file")
        assertThrows(StoreException::class.java) { store.compareAndSwap("a", null, record) }
    }

    @Test
    fun `each failure of the platform has its kind`() {
        fun errno(number: Int) = IOException("write failed", ErrnoException("write", number))
        assertTrue(storeException(errno(OsConstants.ENOSPC)) is StoreException.Full)
        assertTrue(storeException(errno(OsConstants.EDQUOT)) is StoreException.Full)
        assertTrue(storeException(errno(OsConstants.EIO)) is StoreException.Failed)
        assertTrue(storeException(errno(OsConstants.EACCES)) is StoreException.Unavailable)
        assertTrue(storeException(InvalidKeyException("keystore")) is StoreException.Unavailable)
        val changed = UnrecoverableKeyException("x").apply { initCause(KeyPermanentlyInvalidatedException()) }
        assertTrue(storeException(changed) is StoreException.KeyLost)
    }
}

private fun Context.dataDir() = File(applicationInfo.dataDir)
