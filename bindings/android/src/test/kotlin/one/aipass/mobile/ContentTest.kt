package one.aipass.mobile

import android.content.ContentProvider
import android.content.ContentValues
import android.database.Cursor
import android.graphics.BitmapFactory
import android.net.Uri
import android.os.ParcelFileDescriptor
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.robolectric.Robolectric
import org.robolectric.annotation.Config
import java.awt.image.BufferedImage
import java.io.File
import java.io.FileNotFoundException
import java.io.OutputStream
import java.math.BigDecimal
import javax.imageio.ImageIO

/** Another app, which gives photos. */
class PhotoProvider : ContentProvider() {
    override fun openFile(
        uri: Uri,
        mode: String,
    ): ParcelFileDescriptor =
        when (uri.lastPathSegment) {
            "bookshop" -> ParcelFileDescriptor.open(BOOKSHOP, ParcelFileDescriptor.MODE_READ_ONLY)
            "piped" -> piped { write(BOOKSHOP.readBytes()) }
            "huge" -> piped { repeat(65) { write(ByteArray(1024 * 1024)) } }
            "heic" -> piped { write(HEIC) }
            "dark" -> piped { ImageIO.write(BufferedImage(800, 600, BufferedImage.TYPE_BYTE_GRAY), "png", this) }
            "gone" -> throw FileNotFoundException("gone")
            "forbidden" -> throw SecurityException("not yours")
            else -> throw IllegalStateException("a bug of that app")
        }

    /** Robolectric's pipe is a file: what is read before it is written ends at once. */
    private fun piped(write: OutputStream.() -> Unit): ParcelFileDescriptor {
        val (source, sink) = ParcelFileDescriptor.createPipe()
        ParcelFileDescriptor.AutoCloseOutputStream(sink).use(write)
        return source
    }

    override fun onCreate() = true

    override fun getType(uri: Uri) = "image/jpeg"

    override fun query(
        uri: Uri,
        projection: Array<String>?,
        selection: String?,
        selectionArgs: Array<String>?,
        sortOrder: String?,
    ): Cursor? = null

    override fun insert(
        uri: Uri,
        values: ContentValues?,
    ): Uri? = null

    override fun delete(
        uri: Uri,
        selection: String?,
        selectionArgs: Array<String>?,
    ) = 0

    override fun update(
        uri: Uri,
        values: ContentValues?,
        selection: String?,
        selectionArgs: Array<String>?,
    ) = 0

    companion object {
        val BOOKSHOP = File(ROOT, "sandbox/recorded/bookshop.jpg")
        private val HEIC =
            "\u0000\u0000\u0000\u0018ftypheic\u0000\u0000\u0000\u0000mif1heic".toByteArray(
                Charsets.ISO_8859_1,
            )
    }
}

class ContentTest : AndroidTest() {
    @Before
    fun install() {
        Robolectric.buildContentProvider(PhotoProvider::class.java).create("photos.app")
    }

    private fun photo(name: String): Uri = Uri.parse("content://photos.app/$name")

    private fun copies() = File(app.cacheDir, "aipass").listFiles().orEmpty().toList()

    @Test
    fun `a receipt of another app is read`() =
        Sandbox().use { sandbox ->
            for (name in listOf("bookshop", "piped")) {
                val receipt = awaited { sandbox.signedIn().scanReceipt(app, photo(name)) }
                assertEquals(BigDecimal("39.24"), receipt.amount)
            }
            assertEquals(emptyList<File>(), copies())
        }

    @Test
    fun `the copy is whole, and gone when the call ends`() {
        val copied =
            awaited {
                withRecording(app, photo("piped")) { file ->
                    assertEquals(1, copies().size)
                    (file as AudioFile.File).file.readBytes()
                }
            }
        assertTrue(copied.contentEquals(PhotoProvider.BOOKSHOP.readBytes()))
        assertEquals(emptyList<File>(), copies())
        assertThrows(IllegalStateException::class.java) { awaited { withPhoto(app, photo("piped")) { error("mine") } } }
        assertEquals(emptyList<File>(), copies())
    }

    @Test
    fun `what cannot be read is an error that names the photo`() {
        val notContent =
            listOf("file:///data/data/app/secret", "http://photos.app/a", "bookshop", "android.resource://a/1")
        for (address in listOf("gone", "forbidden", "broken").map(::photo) + notContent.map(Uri::parse)) {
            val error =
                assertThrows(
                    "$address",
                    AiPassException.InvalidInput::class.java,
                ) { awaited { withPhoto(app, address) {} } }
            assertEquals("photo", error.input)
        }
        val error =
            assertThrows(AiPassException.InvalidInput::class.java) {
                awaited { withRecording(app, Uri.parse("content://nobody.app/a")) {} }
            }
        assertEquals("file", error.input)
        assertEquals(emptyList<File>(), copies())
    }

    @Test
    fun `a photo that is too large is refused`() {
        val error =
            assertThrows(AiPassException.InvalidInput::class.java) { awaited { withPhoto(app, photo("huge")) {} } }
        assertTrue(error.detail, "64 MiB" in error.detail)
        assertEquals(emptyList<File>(), copies())
    }

    @Test
    fun `a cancelled call leaves no copy`() {
        awaited {
            val call =
                CoroutineScope(Dispatchers.Default).async { withPhoto(app, photo("piped")) { awaitCancellation() } }
            while (copies().isEmpty()) Thread.yield()
            call.cancel()
            call.join()
        }
        assertEquals(emptyList<File>(), copies())
    }

    @Test
    fun `copies of a killed process are removed, those of a living one are not`() {
        val folder = File(app.cacheDir, "aipass").apply { mkdirs() }
        val old = File(folder, "old").apply { writeText("x") }
        val young = File(folder, "young").apply { writeText("x") }
        assertTrue(old.setLastModified(System.currentTimeMillis() - 25 * 60 * 60 * 1000L))
        awaited { withPhoto(app, photo("bookshop")) {} }
        assertFalse(old.exists())
        assertTrue(young.delete())
    }

    @Test
    fun `HEIC that Android does not decode is refused by its name`() =
        Sandbox().use { sandbox ->
            val ai = awaited { sandbox.signedIn() }
            val error =
                assertThrows(
                    AiPassException.InvalidInput::class.java,
                ) { awaited { ai.scanReceipt(app, photo("heic")) } }
            assertTrue(error.detail, "HEIC" in error.detail && "JPEG" in error.detail)
        }

    @Test
    @Config(sdk = [35])
    fun `what Android decodes becomes an upright JPEG`() {
        val photo = PhotoProvider.BOOKSHOP.copyTo(File(app.cacheDir, "photo"), overwrite = true)
        val before = BitmapFactory.decodeFile(photo.path)
        Heif.replaceByJpeg(photo)
        val after = BitmapFactory.decodeFile(photo.path)
        assertEquals(before.width to before.height, after.width to after.height)
        assertFalse(photo.readBytes().contentEquals(PhotoProvider.BOOKSHOP.readBytes()))
        assertTrue(photo.readBytes().take(3) == listOf(0xFF, 0xD8, 0xFF).map(Int::toByte))
    }

    @Test
    @Config(sdk = [35])
    fun `a huge photo is divided until its pixels fit into memory`() {
        assertEquals(1, Heif.sampleSize(4032, 3024))
        assertEquals(2, Heif.sampleSize(8064, 6048))
        assertEquals(1, Heif.sampleSize(1170, 20_000))
        assertEquals(1, Heif.sampleSize(0, 0))
        assertEquals(41, Heif.sampleSize(200_000, 200_000))
    }
}
