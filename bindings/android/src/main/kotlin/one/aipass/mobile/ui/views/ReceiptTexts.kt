package one.aipass.mobile.ui.views

import android.content.Context
import one.aipass.mobile.R
import one.aipass.mobile.ReceiptKind
import one.aipass.mobile.ui.OffBy
import one.aipass.mobile.ui.ReceiptFactKind
import one.aipass.mobile.ui.ReceiptLine
import one.aipass.mobile.ui.ReceiptSum
import one.aipass.mobile.ui.ReceiptSumKind

/** What was bought, or which item it is. */
internal fun ReceiptLine.name(context: Context): String =
    description?.let(context::words) ?: context.getString(R.string.aipass_part_item, number)

/** How much of it, at which price, and what was taken off; null if the receipt says nothing of that. */
internal fun ReceiptLine.detail(context: Context): String? {
    val quantity = quantity?.text(context)
    val price = unitPrice?.text(context)
    val amount =
        when {
            quantity != null && price != null -> context.getString(R.string.aipass_line_times, quantity, price)
            quantity != null -> context.getString(R.string.aipass_line_quantity, quantity)
            price != null -> context.getString(R.string.aipass_line_price, price)
            else -> null
        }
    val discount = discount?.let { context.getString(R.string.aipass_line_discount, it.text(context)) }
    return listOfNotNull(amount, discount).joinToString(", ").ifEmpty { null }
}

/** Why a line does not add up. */
internal fun OffBy.text(context: Context): String =
    context.getString(if (isMore) R.string.aipass_line_more else R.string.aipass_line_less, amount)

internal fun ReceiptSum.name(context: Context): String {
    val digits = lastFour?.let { "…$it" }
    val name = name?.let(context::words) ?: context.getString(kind.label)
    val text = listOfNotNull(name, rate, digits).joinToString(" ")
    return if (isIncluded) context.getString(R.string.aipass_sum_included, text) else text
}

private val ReceiptSumKind.label: Int
    get() =
        when (this) {
            ReceiptSumKind.SUBTOTAL -> R.string.aipass_part_subtotal
            ReceiptSumKind.DISCOUNT -> R.string.aipass_sum_discount
            ReceiptSumKind.TAX -> R.string.aipass_sum_tax
            ReceiptSumKind.TIP -> R.string.aipass_part_tip
            ReceiptSumKind.ROUNDING -> R.string.aipass_part_rounding
            ReceiptSumKind.PAYMENT -> R.string.aipass_sum_payment
            ReceiptSumKind.TENDERED -> R.string.aipass_sum_tendered
            ReceiptSumKind.CHANGE -> R.string.aipass_sum_change
            ReceiptSumKind.OTHER_CURRENCY -> R.string.aipass_sum_other_currency
        }

internal fun ReceiptFactKind.name(context: Context): String =
    context.getString(
        when (this) {
            ReceiptFactKind.TIME -> R.string.aipass_fact_time
            ReceiptFactKind.NUMBER -> R.string.aipass_fact_number
            ReceiptFactKind.ADDRESS -> R.string.aipass_fact_address
            ReceiptFactKind.PHONE -> R.string.aipass_fact_phone
            ReceiptFactKind.TAX_ID -> R.string.aipass_fact_tax_id
        },
    )

/** What a receipt is, where that is worth saying. */
internal fun ReceiptKind.text(context: Context): String? =
    when (this) {
        ReceiptKind.REFUND -> context.getString(R.string.aipass_kind_refund)
        ReceiptKind.INVOICE -> context.getString(R.string.aipass_kind_invoice)
        ReceiptKind.ORDER -> context.getString(R.string.aipass_kind_order)
        ReceiptKind.SALE, ReceiptKind.OTHER -> null
    }
