package example.receipts

import android.app.Activity
import android.content.ActivityNotFoundException
import android.content.Intent
import android.net.Uri
import android.os.Build
import android.os.Bundle
import android.view.View
import android.widget.EditText
import android.widget.TextView
import android.widget.Toast
import kotlinx.coroutines.MainScope
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch
import one.aipass.mobile.PhotoHint
import one.aipass.mobile.recoveredSignIn
import one.aipass.mobile.signIn
import one.aipass.mobile.ui.ReceiptReviewModel
import one.aipass.mobile.ui.SignInState
import one.aipass.mobile.ui.views.BalanceBadge
import one.aipass.mobile.ui.views.PhotoWarningView
import one.aipass.mobile.ui.views.ReceiptReviewView
import one.aipass.mobile.ui.views.SignInButton
import one.aipass.mobile.ui.views.TopUpSheet
import one.aipass.mobile.ui.views.text
import one.aipass.mobile.withPhoto

/** Sign in, take or pick a photo of a receipt, see its fields and items and whether they add up, ask about it. */
class MainActivity : Activity() {
    private val ai get() = (application as ReceiptsApp).ai
    private val receipts get() = (application as ReceiptsApp).receipts
    private val scope = MainScope()
    private var shownReview: ReceiptReviewModel? = null

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        setContentView(R.layout.main)
        view<SignInButton>(R.id.sign_in).bind(receipts.signIn) { ai.signIn(this) }
        // The app may have been killed while the browser was open.
        receipts.signIn.recover { ai.recoveredSignIn() }
        view<BalanceBadge>(R.id.balance).bind(receipts.balance) { receipts.topUp.offer() }
        TopUpSheet(this, receipts.topUp)
        onClick(R.id.take_photo) { start(CameraPhoto.intent(this), TAKE) }
        onClick(R.id.choose_photo) { start(pickingPhoto(), PICK) }
        onClick(R.id.ask) { receipts.ask(view<EditText>(R.id.question).text.toString()) }
        onClick(R.id.sign_out) { receipts.signOut() }
        scope.launch { receipts.signIn.state.collect { showIf(R.id.signed_in, it == SignInState.SignedIn) } }
        scope.launch { receipts.screen.collect(::show) }
    }

    override fun onDestroy() {
        scope.cancel()
        super.onDestroy()
    }

    override fun onActivityResult(
        requestCode: Int,
        resultCode: Int,
        data: Intent?,
    ) {
        if (resultCode != RESULT_OK) return
        val photo = if (requestCode == TAKE) CameraPhoto.ADDRESS else data?.data
        photo?.let(::scan)
    }

    /** The call outlives a rotated screen. */
    private fun scan(photo: Uri) {
        val context = applicationContext
        receipts.scan { read -> withPhoto(context, photo, read) }
    }

    private fun show(screen: Screen) {
        val status =
            when {
                screen.isScanning -> getString(R.string.reading)
                screen.isAnswering && screen.answer.isEmpty() -> getString(R.string.answering)
                else -> screen.problem?.text(this)
            }
        showIf(R.id.status, status != null)
        view<TextView>(R.id.status).text = status
        showWarning(screen.hints)
        showReview(screen.review)
        showAnswer(screen.answer, isWhole = screen.answer.isNotEmpty() && !screen.isAnswering)
        view<View>(R.id.ask).isEnabled = !screen.isAnswering
    }

    /** Money is spent if the user wants it all the same. */
    private fun showWarning(hints: List<PhotoHint>) {
        showIf(R.id.warning, hints.isNotEmpty())
        view<PhotoWarningView>(R.id.warning).bind(
            hints,
            scanAnyway = { receipts.decide(isWanted = true) },
            takeAnother = {
                receipts.decide(isWanted = false)
                start(CameraPhoto.intent(this), TAKE)
            },
        )
    }

    private fun showReview(review: ReceiptReviewModel?) {
        showIf(R.id.review, review != null)
        showIf(R.id.asking, review != null)
        if (review == null || review === shownReview) return
        shownReview = review
        view<ReceiptReviewView>(R.id.review).bind(review) {} // an app would keep it
    }

    /** Screen readers read it out when it is whole, not piece by piece. */
    private fun showAnswer(
        answer: String,
        isWhole: Boolean,
    ) {
        val view = view<TextView>(R.id.answer)
        view.text = answer
        view.accessibilityLiveRegion =
            if (isWhole) View.ACCESSIBILITY_LIVE_REGION_POLITE else View.ACCESSIBILITY_LIVE_REGION_NONE
        view.contentDescription = if (isWhole) getString(R.string.answer, answer) else null
    }

    /** The photo picker, which needs no permission. Older Androids have a document picker. */
    private fun pickingPhoto() =
        if (Build.VERSION.SDK_INT >= PHOTO_PICKER_SINCE) {
            Intent("android.provider.action.PICK_IMAGES")
        } else {
            Intent(Intent.ACTION_GET_CONTENT).setType("image/*")
        }

    private fun start(
        intent: Intent,
        request: Int,
    ) {
        try {
            startActivityForResult(intent, request)
        } catch (missing: ActivityNotFoundException) {
            Toast.makeText(this, R.string.no_app, Toast.LENGTH_LONG).show()
        }
    }

    private fun onClick(
        id: Int,
        action: () -> Unit,
    ) = view<View>(id).setOnClickListener { action() }

    private fun showIf(
        id: Int,
        isShown: Boolean,
    ) {
        view<View>(id).visibility = if (isShown) View.VISIBLE else View.GONE
    }

    @Suppress("UNCHECKED_CAST") // Android 7 does not cast by itself
    private fun <V : View> view(id: Int): V {
        val found: View? = findViewById(id)
        return checkNotNull(found) as V
    }

    private companion object {
        const val TAKE = 1
        const val PICK = 2
        const val PHOTO_PICKER_SINCE = 33
    }
}
