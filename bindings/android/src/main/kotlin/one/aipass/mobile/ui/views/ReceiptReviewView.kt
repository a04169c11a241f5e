package one.aipass.mobile.ui.views

import android.content.Context
import android.text.Editable
import android.text.InputType
import android.text.TextWatcher
import android.util.AttributeSet
import android.view.View
import android.view.ViewGroup
import android.widget.EditText
import android.widget.LinearLayout
import android.widget.TextView
import one.aipass.mobile.R
import one.aipass.mobile.Receipt
import one.aipass.mobile.ui.ReceiptField
import one.aipass.mobile.ui.ReceiptReview
import one.aipass.mobile.ui.ReceiptReviewModel

/** The fields of a receipt, to be looked over and corrected, with its items and whether they add up. */
public class ReceiptReviewView(
    context: Context,
    attributes: AttributeSet? = null,
) : LinearLayout(context, attributes) {
    private val unsure: View
    private val rows: ViewGroup
    private val details: ReceiptDetailsView
    private val use: View

    init {
        orientation = VERTICAL
        inflate(context, R.layout.aipass_review, this)
        part<View>(R.id.aipass_review_title).markAsHeading()
        unsure = part(R.id.aipass_review_unsure)
        rows = part(R.id.aipass_review_fields)
        details = part(R.id.aipass_review_details)
        use = part(R.id.aipass_review_use)
    }

    /** Shows this model instead of the one before. [use] is what to do with the receipt that the user looked over. */
    public fun bind(
        model: ReceiptReviewModel,
        use: (Receipt) -> Unit,
    ) {
        rows.removeAllViews()
        for (field in ReceiptField.entries) rows.addView(row(field, model))
        this.use.setOnClickListener { use(model.state.value.receipt) }
        render(model.state.value)
    }

    private fun row(
        field: ReceiptField,
        model: ReceiptReviewModel,
    ): View {
        val row = inflate(context, R.layout.aipass_review_field, null)
        row.part<TextView>(R.id.aipass_review_label).text = field.label(context)
        val edit = row.part<EditText>(R.id.aipass_review_text)
        edit.inputType = inputType(field)
        edit.setText(model.state.value.texts[field])
        edit.afterTextChanged {
            model.write(field, it)
            render(model.state.value)
        }
        return row
    }

    private fun render(review: ReceiptReview) {
        unsure.showIf(review.isUnsure)
        details.show(review.details)
        use.isEnabled = review.isUsable
        for (field in ReceiptField.entries) {
            val note = rows.getChildAt(field.ordinal).part<TextView>(R.id.aipass_review_note)
            note.showText(review.note(field, context))
        }
    }

    /** Text for amounts too: number keyboards of older Androids have no comma. */
    private fun inputType(field: ReceiptField): Int =
        InputType.TYPE_CLASS_TEXT or
            when (field) {
                ReceiptField.MERCHANT, ReceiptField.CATEGORY -> InputType.TYPE_TEXT_FLAG_CAP_SENTENCES
                ReceiptField.CURRENCY -> InputType.TYPE_TEXT_FLAG_CAP_CHARACTERS
                ReceiptField.DATE, ReceiptField.AMOUNT -> InputType.TYPE_TEXT_FLAG_NO_SUGGESTIONS
            }
}

private fun EditText.afterTextChanged(take: (String) -> Unit) {
    addTextChangedListener(
        object : TextWatcher {
            override fun beforeTextChanged(
                text: CharSequence?,
                start: Int,
                count: Int,
                after: Int,
            ) = Unit

            override fun onTextChanged(
                text: CharSequence?,
                start: Int,
                before: Int,
                count: Int,
            ) = Unit

            override fun afterTextChanged(text: Editable?) = take(text?.toString().orEmpty())
        },
    )
}
