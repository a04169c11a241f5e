package one.aipass.mobile.ui.views

import android.content.Context
import android.widget.LinearLayout
import android.widget.TextView
import one.aipass.mobile.R
import one.aipass.mobile.ui.ReceiptLine
import one.aipass.mobile.ui.ReceiptSum
import one.aipass.mobile.ui.ReceiptValue

/**
 * A name and a value: beside each other where there is room, below each other in large type. Screen readers say it as
 * one.
 */
internal class ReceiptRow(
    context: Context,
    name: String,
    value: ReceiptValue?,
    detail: String? = null,
    problem: String? = null,
) : LinearLayout(context) {
    init {
        orientation = VERTICAL
        inflate(context, R.layout.aipass_row, this)
        part<TextView>(R.id.aipass_row_name).text = name
        part<TextView>(R.id.aipass_row_value).showText(value?.text(context))
        part<TextView>(R.id.aipass_row_detail).showText(detail)
        part<TextView>(R.id.aipass_row_problem).showText(problem)
        // What the model wrote instead of an amount may be long.
        if (value?.text == null || resources.configuration.fontScale >= LARGE_TYPE) stack()
        contentDescription = listOfNotNull(name, detail, value?.text(context), problem).joinToString(", ")
        markAsOne()
    }

    private fun stack() {
        part<LinearLayout>(R.id.aipass_row_line).orientation = VERTICAL
        part<TextView>(R.id.aipass_row_name).layoutParams =
            LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT)
    }

    companion object {
        /** From this size of type on, an amount leaves too little room beside itself. */
        const val LARGE_TYPE = 1.3f

        fun of(
            line: ReceiptLine,
            context: Context,
        ) = ReceiptRow(context, line.name(context), line.total, line.detail(context), line.off?.text(context))

        fun of(
            sum: ReceiptSum,
            context: Context,
        ) = ReceiptRow(context, sum.name(context), sum.amount)
    }
}
