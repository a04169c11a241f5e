package one.aipass.mobile.ui.views

import android.content.Context
import one.aipass.mobile.PhotoHint
import one.aipass.mobile.PhotoHintKind
import one.aipass.mobile.R
import one.aipass.mobile.ReceiptPart
import one.aipass.mobile.ui.ReceiptDetails
import one.aipass.mobile.ui.ReceiptLine
import one.aipass.mobile.ui.VerdictState

/** Whether the amounts add up, or by how much not and where, in the app's language; null if nothing is to be said. */
public fun ReceiptDetails.verdictText(context: Context): String? =
    when (val verdict = verdict) {
        null -> {
            null
        }

        VerdictState.Agrees -> {
            context.getString(R.string.aipass_verdict_agrees)
        }

        is VerdictState.Off -> {
            val sentence = if (verdict.off.isMore) R.string.aipass_verdict_more else R.string.aipass_verdict_less
            val where = context.getString(sentence, verdict.part.name(context, lines), verdict.off.amount)
            "${context.getString(R.string.aipass_verdict_off)}\n$where"
        }

        is VerdictState.CannotTell -> {
            val why = verdict.reason(context, lines)
            listOfNotNull(context.getString(R.string.aipass_verdict_cannot_tell), why).joinToString("\n")
        }
    }

private fun VerdictState.CannotTell.reason(
    context: Context,
    lines: List<ReceiptLine>,
): String? {
    if (missing.isEmpty()) return null
    val parts = missing.joinToString(", ") { it.name(context, lines) }
    return if (more == 0) {
        context.getString(R.string.aipass_verdict_missing, parts)
    } else {
        context.getString(R.string.aipass_verdict_missing_more, parts, more)
    }
}

/** An item has its own name. */
private fun ReceiptPart.name(
    context: Context,
    lines: List<ReceiptLine>,
): String =
    when (this) {
        is ReceiptPart.Item -> {
            val number = index.toInt() + 1
            lines.getOrNull(index.toInt())?.name(context) ?: context.getString(R.string.aipass_part_item, number)
        }

        ReceiptPart.Items -> {
            context.getString(R.string.aipass_part_items)
        }

        ReceiptPart.Subtotal -> {
            context.getString(R.string.aipass_part_subtotal)
        }

        ReceiptPart.Discounts -> {
            context.getString(R.string.aipass_part_discounts)
        }

        ReceiptPart.Taxes -> {
            context.getString(R.string.aipass_part_taxes)
        }

        ReceiptPart.Tip -> {
            context.getString(R.string.aipass_part_tip)
        }

        ReceiptPart.Rounding -> {
            context.getString(R.string.aipass_part_rounding)
        }

        ReceiptPart.Total -> {
            context.getString(R.string.aipass_field_amount)
        }

        ReceiptPart.Payments -> {
            context.getString(R.string.aipass_part_payments)
        }
    }

/** Why a photo may not be readable, in the app's language. */
public fun PhotoHint.text(context: Context): String =
    context.getString(
        when (kind) {
            PhotoHintKind.TOO_SMALL -> R.string.aipass_photo_too_small
            PhotoHintKind.TOO_DARK -> R.string.aipass_photo_too_dark
            PhotoHintKind.TOO_BRIGHT -> R.string.aipass_photo_too_bright
            PhotoHintKind.TOO_BLURRED -> R.string.aipass_photo_too_blurred
            PhotoHintKind.NO_PRINT -> R.string.aipass_photo_no_print
        },
    )
