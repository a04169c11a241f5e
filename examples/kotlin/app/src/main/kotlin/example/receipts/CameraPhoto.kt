package example.receipts

import android.content.ContentProvider
import android.content.ContentValues
import android.content.Context
import android.content.Intent
import android.database.Cursor
import android.net.Uri
import android.os.ParcelFileDescriptor
import android.provider.MediaStore
import java.io.File

/**
 * Lends the camera app a file of this app's cache to write its photo into. Without one, a camera returns a thumbnail,
 * on which no receipt can be read. Only an app that was given the address can use it: see the manifest.
 */
class CameraPhoto : ContentProvider() {
    override fun openFile(
        uri: Uri,
        mode: String,
    ): ParcelFileDescriptor =
        ParcelFileDescriptor.open(file(checkNotNull(context)), ParcelFileDescriptor.parseMode(mode))

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

    override fun update(
        uri: Uri,
        values: ContentValues?,
        selection: String?,
        selectionArgs: Array<String>?,
    ) = 0

    override fun delete(
        uri: Uri,
        selection: String?,
        selectionArgs: Array<String>?,
    ) = 0

    companion object {
        val ADDRESS: Uri = Uri.parse("content://example.receipts.camera/photo.jpg")

        /** Opens the camera app. */
        fun intent(context: Context): Intent {
            // A camera that writes nothing must not leave the photo of before.
            file(context).delete()
            val permissions = Intent.FLAG_GRANT_WRITE_URI_PERMISSION or Intent.FLAG_GRANT_READ_URI_PERMISSION
            return Intent(MediaStore.ACTION_IMAGE_CAPTURE)
                .putExtra(MediaStore.EXTRA_OUTPUT, ADDRESS)
                .addFlags(permissions)
        }

        private fun file(context: Context) = File(context.cacheDir, "camera.jpg")
    }
}
