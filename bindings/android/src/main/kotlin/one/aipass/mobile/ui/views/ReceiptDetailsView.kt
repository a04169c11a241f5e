package one.aipass.mobile.ui.views

import android.content.Context
import android.util.AttributeSet
import android.view.View
import android.view.ViewGroup
import android.widget.LinearLayout
import android.widget.TextView
import one.aipass.mobile.R
import one.aipass.mobile.ui.ReceiptDetails
import one.aipass.mobile.ui.ReceiptLine
import one.aipass.mobile.ui.ReceiptValue

/**
 * Whether the amounts of a receipt add up, its items with a mark at one that does not, taxes, discounts and payment,
 * and what reading it cost. [ReceiptReviewView] has one.
 */
public class ReceiptDetailsView(
    context: Context,
    attributes: AttributeSet? = null,
) : LinearLayout(context, attributes) {
    private val verdict: TextView
    private val heading: View
    private val lines: ViewGroup
    private val showAll: TextView
    private val sums: ViewGroup
    private val cost: TextView
    private var shown: ReceiptDetails? = null
    private var showsAll = false

    init {
        orientation = VERTICAL
        inflate(context, R.layout.aipass_details, this)
        verdict = part(R.id.aipass_details_verdict)
        heading = part(R.id.aipass_details_heading)
        lines = part(R.id.aipass_details_lines)
        showAll = part(R.id.aipass_details_show_all)
        sums = part(R.id.aipass_details_sums)
        cost = part(R.id.aipass_details_cost)
        heading.markAsHeading()
        showAll.setOnClickListener {
            showsAll = true
            shown?.let { showLines(it.lines) }
        }
    }

    /** Shows these details instead of those before. Rows that stay as they are are not made anew. */
    public fun show(details: ReceiptDetails) {
        val before = shown
        shown = details
        verdict.showText(details.verdictText(context))
        cost.showText(details.cost?.let { context.getString(R.string.aipass_review_cost, it) })
        if (details.lines != before?.lines) {
            // In another currency they are the same lines.
            if (details.lines.map { it.description } != before?.lines?.map { it.description }) showsAll = false
            showLines(details.lines)
        }
        if (details.copy(verdict = null, lines = emptyList()) != before?.copy(verdict = null, lines = emptyList())) {
            showSums(details)
        }
    }

    private fun showLines(all: List<ReceiptLine>) {
        val few = if (showsAll) all else all.take(MAX_LINES)
        heading.showIf(all.isNotEmpty())
        lines.removeAllViews()
        for (line in few) lines.addView(ReceiptRow.of(line, context))
        val isCut = few.size < all.size
        showAll.showText(if (isCut) context.getString(R.string.aipass_review_show_all, all.size) else null)
    }

    private fun showSums(details: ReceiptDetails) {
        sums.removeAllViews()
        for (sum in details.sums) sums.addView(ReceiptRow.of(sum, context))
        val kind = details.kind?.text(context)?.let { context.getString(R.string.aipass_fact_kind) to it }
        val facts = details.facts.map { (fact, text) -> fact.name(context) to text }
        for ((name, text) in listOfNotNull(kind) + facts) sums.addView(ReceiptRow(context, name, ReceiptValue(text)))
    }

    private companion object {
        /** Each line is a view: the rest of a very long receipt is made when the user asks for it. */
        const val MAX_LINES = 50
    }
}
