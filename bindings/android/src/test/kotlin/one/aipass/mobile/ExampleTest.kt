package one.aipass.mobile

import android.app.Activity
import android.content.Intent
import android.net.Uri
import android.os.Build
import android.provider.MediaStore
import android.view.View
import android.view.ViewGroup
import android.widget.EditText
import android.widget.TextView
import example.receipts.CameraPhoto
import example.receipts.MainActivity
import example.receipts.ReceiptsApp
import kotlinx.coroutines.cancel
import one.aipass.mobile.ui.ReceiptField
import one.aipass.mobile.ui.views.BalanceBadge
import one.aipass.mobile.ui.views.SignInButton
import one.aipass.mobile.ui.views.part
import one.aipass.mobile.ui.views.textOf
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.shadows.ShadowDialog
import org.robolectric.shadows.ShadowToast
import java.io.File
import java.util.Collections
import example.receipts.R as ExampleR

/** The example app, with a sandbox for AI Pass. */
class SandboxedReceipts : ReceiptsApp() {
    val server by lazy { Sandbox() }
    override val sandbox get() = server.baseUrl.toString()
}

/** Drives examples/kotlin as its user does. */
@Config(application = SandboxedReceipts::class)
class ExampleTest : AndroidTest() {
    private val receipts get() = app as SandboxedReceipts
    private val sandbox get() = receipts.server
    private val controller by lazy { Robolectric.buildActivity(MainActivity::class.java).setup() }
    private val screen get() = controller.get()

    @Before
    fun install() {
        app.installBrowser("browser.tabs")
        Robolectric.buildContentProvider(PhotoProvider::class.java).create("photos.app")
        Robolectric.buildContentProvider(CameraPhoto::class.java).create("example.receipts.camera")
    }

    @After
    fun close() {
        controller.pause().stop().destroy()
        receipts.scope.cancel()
        receipts.ai.close()
        sandbox.close()
    }

    private fun <V : View> view(id: Int): V = checkNotNull(screen.findViewById(id))

    private fun isShown(id: Int) = view<View>(id).isShown

    private fun textOf(id: Int) = screen.window.decorView.textOf(id)

    private fun press(id: Int) = assertTrue(view<View>(id).performClick())

    private fun field(field: ReceiptField): String {
        val row = view<ViewGroup>(R.id.aipass_review_fields).getChildAt(field.ordinal)
        return row
            .part<EditText>(R.id.aipass_review_text)
            .text
            .toString()
    }

    private fun rows(id: Int): List<String> {
        val group = view<ViewGroup>(id)
        return (0 until group.childCount).map { group.getChildAt(it).contentDescription.toString() }
    }

    private fun signIn() {
        until { isShown(R.id.aipass_sign_in_button) }
        press(R.id.aipass_sign_in_button)
        val (_, url) = app.openBrowser()
        app.callBack(sandbox.decide(url, "allow"))
        until { isShown(ExampleR.id.signed_in) }
    }

    private fun pickPhoto(name: String = "bookshop") {
        press(ExampleR.id.choose_photo)
        val picking = app.nextStarted()
        val isPicker = Build.VERSION.SDK_INT >= 33
        assertEquals(if (isPicker) MediaStore.ACTION_PICK_IMAGES else Intent.ACTION_GET_CONTENT, picking.action)
        val photo = Intent().setData(Uri.parse("content://photos.app/$name"))
        shadowOf(screen).receiveResult(picking, Activity.RESULT_OK, photo)
    }

    @Test
    fun `a user signs in, picks a photo, checks its fields, and asks about it`() {
        signIn()
        assertEquals(View.GONE, view<SignInButton>(ExampleR.id.sign_in).visibility)
        until { view<BalanceBadge>(ExampleR.id.balance).text == "$10.00 left" }
        pickPhoto()
        until { isShown(ExampleR.id.review) }
        assertEquals("Foxglove Books", field(ReceiptField.MERCHANT))
        assertEquals("39.24", field(ReceiptField.AMOUNT))
        assertEquals("GBP", field(ReceiptField.CURRENCY))
        assertEquals("The amounts add up.", textOf(R.id.aipass_details_verdict))
        val items = listOf("The Salt Road", "A Field Guide to Moss", "Greeting Card, 3 × £3.25, £9.75")
        for ((row, item) in rows(R.id.aipass_details_lines).zip(items)) assertTrue(row, row.startsWith(item))
        assertEquals(items.size, rows(R.id.aipass_details_lines).size)
        val sums = rows(R.id.aipass_details_sums)
        assertTrue("$sums", "incl. VAT 20%, in the prices, £6.54" in sums)
        assertTrue("$sums", "Mastercard …1154, £39.24" in sums)
        val cost = textOf(R.id.aipass_details_cost).orEmpty()
        assertTrue(cost, Regex("This scan cost \\$0\\.\\d*[1-9]\\.").matches(cost))

        view<EditText>(ExampleR.id.question).setText("Is that much?")
        press(ExampleR.id.ask)
        val answer = view<TextView>(ExampleR.id.answer)
        until { answer.contentDescription != null }
        assertTrue("${answer.text}", answer.text.split(' ').size > 3)
        assertEquals("Answer: ${answer.text}", answer.contentDescription)

        press(ExampleR.id.sign_out)
        until { !isShown(ExampleR.id.signed_in) }
        assertEquals("Sign in with AI Pass", textOf(R.id.aipass_sign_in_button))
    }

    @Test
    fun `the camera's photo is read, and a camera that writes none is told`() {
        signIn()
        press(ExampleR.id.take_photo)
        val taking = app.nextStarted()
        assertEquals(MediaStore.ACTION_IMAGE_CAPTURE, taking.action)
        @Suppress("DEPRECATION") // its successor is not on Android 7.0
        val address = checkNotNull(taking.getParcelableExtra<Uri>(MediaStore.EXTRA_OUTPUT))
        val permissions = Intent.FLAG_GRANT_WRITE_URI_PERMISSION
        assertEquals(permissions, taking.flags and permissions)
        checkNotNull(app.contentResolver.openOutputStream(address)).use { it.write(PhotoProvider.BOOKSHOP.readBytes()) }
        shadowOf(screen).receiveResult(taking, Activity.RESULT_OK, null)
        until { isShown(ExampleR.id.review) }
        assertEquals("39.24", field(ReceiptField.AMOUNT))

        press(ExampleR.id.take_photo)
        shadowOf(screen).receiveResult(app.nextStarted(), Activity.RESULT_OK, null)
        until { textOf(ExampleR.id.status) == "This photo cannot be used. Take another one." }
    }

    // P8: before it costs money
    @Test
    fun `a photo that may not be readable is sent if the user wants it`() {
        signIn()
        pickPhoto("dark")
        until { isShown(ExampleR.id.warning) }
        assertTrue("The photo is too dark." in textOf(R.id.aipass_photo_hints).orEmpty())
        press(R.id.aipass_photo_take_another)
        assertEquals(MediaStore.ACTION_IMAGE_CAPTURE, app.nextStarted().action)
        until { !isShown(ExampleR.id.warning) }

        pickPhoto("dark")
        until { isShown(ExampleR.id.warning) }
        assertEquals(0, sandbox.chats())
        press(R.id.aipass_photo_scan_anyway)
        until { isShown(ExampleR.id.review) }
        assertEquals(1, sandbox.chats())
        assertTrue(isShown(R.id.aipass_review_unsure))
    }

    @Test
    fun `a phone without a camera app says so`() {
        signIn()
        shadowOf(app).checkActivities(true)
        press(ExampleR.id.take_photo)
        assertEquals("There is no app for this on the phone.", ShadowToast.getTextOfLatestToast())
    }

    @Test
    fun `a scan outlives a rotated screen, and is paid once`() {
        signIn()
        pickPhoto()
        until { textOf(ExampleR.id.status) == "Reading the receipt…" }
        controller.recreate()
        until { isShown(ExampleR.id.review) }
        assertEquals("39.24", field(ReceiptField.AMOUNT))
        assertEquals(1, sandbox.chats())
    }

    @Test
    fun `a scan that is refused for want of money is sent again after a top-up`() {
        signIn()
        sandbox.ask("POST", "budget", """{"remaining": "0.00"}""")
        pickPhoto()
        until { ShadowDialog.getLatestDialog()?.isShowing == true }
        val sheet = checkNotNull(ShadowDialog.getLatestDialog())
        val view = checkNotNull(sheet.window).decorView

        fun isReached(message: String) = view.textOf(R.id.aipass_top_up_message) == message
        assertTrue("${view.textOf(R.id.aipass_top_up_message)}", "used up" in view.textOf(R.id.aipass_top_up_message)!!)
        until { view<BalanceBadge>(ExampleR.id.balance).text == "Nothing left" }
        view.part<ViewGroup>(R.id.aipass_top_up_amounts).getChildAt(0).performClick()
        assertNotNull(app.nextStarted().dataString)
        until { isReached("Come back here when you have paid.") }

        sandbox.ask("POST", "budget", """{"remaining": "5.00"}""")
        view.dispatchWindowVisibilityChanged(View.VISIBLE)
        until { isReached("Your wallet is filled.") }
        view.part<View>(R.id.aipass_top_up_action).performClick()
        until { !sheet.isShowing }
        until { isShown(ExampleR.id.review) }
        assertEquals("39.24", field(ReceiptField.AMOUNT))
        assertEquals("refused, and sent again once", 2, sandbox.chats())
        until { "left" in view<BalanceBadge>(ExampleR.id.balance).text }
    }

    @Test
    @Config(qualifiers = "de")
    fun `it speaks German`() {
        signIn()
        assertEquals("Foto aufnehmen", textOf(ExampleR.id.take_photo))
        until { "Noch" in view<BalanceBadge>(ExampleR.id.balance).text }
        assertEquals("Abmelden", textOf(ExampleR.id.sign_out))
    }

    @Test
    fun `the documentation shows parts of the app`() {
        fun lines(text: String) = text.lines().map { it.trim() }.filter { it.isNotEmpty() }
        val files = File(ROOT, "examples/kotlin/app/src").walk().filter { it.isFile }.toList()
        val blocks =
            Regex("```(kotlin|xml)\n(.*?)```", RegexOption.DOT_MATCHES_ALL)
                .findAll(File(ROOT, "docs/android.md").readText())
                .toList()
        assertTrue("${blocks.size} blocks", blocks.size >= 4)
        for (block in blocks) {
            val (language, text) = block.destructured
            val sources = files.filter { it.extension == language.replace("kotlin", "kt") }.map { lines(it.readText()) }
            val isThere = sources.any { Collections.indexOfSubList(it, lines(text)) >= 0 }
            assertTrue("not in the example:\n$text", isThere)
        }
    }
}
