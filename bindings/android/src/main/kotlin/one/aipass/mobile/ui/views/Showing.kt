package one.aipass.mobile.ui.views

import android.annotation.TargetApi
import android.os.Build
import android.view.View
import android.widget.TextView
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.launch

/** Renders a state now, and each change of it for as long as the view is on the screen. */
internal fun <S> View.follow(
    scope: CoroutineScope,
    states: StateFlow<S>,
    render: (S) -> Unit,
) {
    val showing =
        object : View.OnAttachStateChangeListener {
            private var job: Job? = null

            override fun onViewAttachedToWindow(view: View) {
                job = scope.launch { states.collect { render(it) } }
            }

            override fun onViewDetachedFromWindow(view: View) {
                job?.cancel()
            }
        }
    render(states.value)
    addOnAttachStateChangeListener(showing)
    if (isAttachedToWindow) showing.onViewAttachedToWindow(this)
}

/** The view within this one that its layout has. */
internal fun <V : View> View.part(id: Int): V = checkNotNull(findViewById(id))

internal fun View.showIf(isShown: Boolean) {
    visibility = if (isShown) View.VISIBLE else View.GONE
}

/** Shows a text, or nothing. A text that stays is not set again: a screen reader would read it again. */
internal fun TextView.showText(text: CharSequence?) {
    showIf(text != null)
    if (this.text.toString() != text?.toString().orEmpty()) this.text = text
}

/** Screen readers jump from heading to heading. Older Androids know none. */
@TargetApi(Build.VERSION_CODES.P)
internal fun View.markAsHeading() {
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) isAccessibilityHeading = true
}

/** Screen readers say all that is in it as one. Older Androids go by the focus of a keyboard. */
@TargetApi(Build.VERSION_CODES.P)
internal fun View.markAsOne() {
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) isScreenReaderFocusable = true else isFocusable = true
}
