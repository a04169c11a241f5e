package one.aipass.mobile.ui.views

import android.content.Context
import android.util.AttributeSet
import android.view.View
import android.widget.LinearLayout
import android.widget.TextView
import one.aipass.mobile.PhotoHint
import one.aipass.mobile.R

/** Says why a photo may not be readable before money is spent, and lets the user choose. */
public class PhotoWarningView(
    context: Context,
    attributes: AttributeSet? = null,
) : LinearLayout(context, attributes) {
    init {
        orientation = VERTICAL
        inflate(context, R.layout.aipass_photo, this)
        part<View>(R.id.aipass_photo_title).markAsHeading()
    }

    /** Shows what `AiPass.checkPhoto` found, each thing once. */
    public fun bind(
        hints: List<PhotoHint>,
        scanAnyway: () -> Unit,
        takeAnother: () -> Unit,
    ) {
        val sentences = hints.map { it.text(context) }.distinct() + context.getString(R.string.aipass_photo_text)
        part<TextView>(R.id.aipass_photo_hints).showText(sentences.joinToString("\n"))
        part<View>(R.id.aipass_photo_scan_anyway).setOnClickListener { scanAnyway() }
        part<View>(R.id.aipass_photo_take_another).setOnClickListener { takeAnother() }
    }
}
