package one.aipass.mobile

import android.annotation.TargetApi
import android.graphics.Bitmap
import android.graphics.ColorSpace
import android.graphics.ImageDecoder
import android.os.Build
import java.io.ByteArrayOutputStream
import java.io.File
import java.io.IOException
import java.io.RandomAccessFile
import java.nio.channels.FileChannel

/**
 * Replaces a photo that the library does not read and Android does, such as HEIC since Android 9, by the same as JPEG,
 * upright and in sRGB. Every other file stays as it is: the library says what is wrong with it.
 */
internal fun decodeWhatTheLibraryDoesNotRead(photo: File) {
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.P && isIsoMedia(photo)) Heif.replaceByJpeg(photo)
}

/** HEIC and AVIF, and videos too, are files in boxes, of which the first is `ftyp` (ISO/IEC 14496-12). */
private fun isIsoMedia(photo: File): Boolean {
    val start = ByteArray(8)
    val count = photo.inputStream().use { it.read(start) }
    return count == start.size && String(start, 4, 4, Charsets.ISO_8859_1) == "ftyp"
}

/** A class of its own: older Androids cannot load it. */
@TargetApi(Build.VERSION_CODES.P)
internal object Heif {
    /** A larger photo is halved, or divided by three and so on, while it is decoded: 96 MB of pixels at the most. */
    private const val MAX_PIXELS = 24_000_000L
    private const val QUALITY = 95

    fun replaceByJpeg(photo: File) {
        val bitmap =
            try {
                ImageDecoder.decodeBitmap(ImageDecoder.createSource(mapped(photo))) { decoder, info, _ ->
                    decoder.allocator = ImageDecoder.ALLOCATOR_SOFTWARE
                    decoder.setTargetColorSpace(ColorSpace.get(ColorSpace.Named.SRGB))
                    decoder.setTargetSampleSize(sampleSize(info.size.width, info.size.height))
                }
            } catch (undecodable: IOException) {
                return
            }
        val jpeg = ByteArrayOutputStream()
        val isWritten = bitmap.compress(Bitmap.CompressFormat.JPEG, QUALITY, jpeg)
        bitmap.recycle()
        if (!isWritten) return
        try {
            photo.writeBytes(jpeg.toByteArray())
        } catch (error: IOException) {
            throw copyFailed(error)
        }
    }

    /** Not a source of a file: Robolectric has none. */
    private fun mapped(photo: File) =
        RandomAccessFile(photo, "r").use { it.channel.map(FileChannel.MapMode.READ_ONLY, 0, photo.length()) }

    fun sampleSize(
        width: Int,
        height: Int,
    ): Int {
        var size = 1
        while ((width / size).toLong() * (height / size) > MAX_PIXELS) size++
        return size
    }
}
