package one.aipass.mobile.ui

import one.aipass.mobile.Receipt
import one.aipass.mobile.ReceiptItem
import one.aipass.mobile.ReceiptKind
import one.aipass.mobile.ReceiptVerdict
import java.math.BigDecimal
import java.util.Locale

/**
 * A value of a receipt, written as the user's locale does.
 *
 * @property text the value; null if it was not read for certain.
 * @property asRead then the model's own words for it, if there are any.
 */
public data class ReceiptValue(
    val text: String?,
    val asRead: String? = null,
)

/**
 * One item of a receipt.
 *
 * @property number its place on the receipt, from 1.
 * @property description what was bought; null if that was not read.
 * @property quantity how many or how much, with its unit; null if the receipt does not say.
 * @property unitPrice the price of one; null if the receipt does not say.
 * @property discount a discount on this line, with the receipt's sign; null if there is none.
 * @property total the price of the line.
 * @property off by how much quantity, price and total do not fit; null if they do, or if that cannot be told.
 */
public data class ReceiptLine(
    val number: Int,
    val description: String?,
    val quantity: ReceiptValue?,
    val unitPrice: ReceiptValue?,
    val discount: ReceiptValue?,
    val total: ReceiptValue,
    val off: OffBy?,
)

/** What an amount beside the items is. */
public enum class ReceiptSumKind {
    /** The subtotal. */
    SUBTOTAL,

    /** A discount on the whole receipt. */
    DISCOUNT,

    /** A tax. */
    TAX,

    /** The tip. */
    TIP,

    /** By how much the total was rounded. */
    ROUNDING,

    /** A payment. */
    PAYMENT,

    /** What was handed over in cash. */
    TENDERED,

    /** What was given back of it. */
    CHANGE,

    /** The total in another currency. */
    OTHER_CURRENCY,
}

/**
 * An amount beside the items: between them and the total, or of the payment.
 *
 * @property kind what it is.
 * @property amount the amount, with the receipt's sign; null if the receipt does not say.
 * @property name what the receipt calls it, such as `MwSt` or `Visa`, if it does.
 * @property rate the rate of a tax, such as `19%`, where the name does not have it.
 * @property isIncluded whether the prices have this tax in them.
 * @property lastFour the last four digits of a card.
 */
public data class ReceiptSum(
    val kind: ReceiptSumKind,
    val amount: ReceiptValue?,
    val name: String? = null,
    val rate: String? = null,
    val isIncluded: Boolean = false,
    val lastFour: String? = null,
)

/** What else a receipt says. */
public enum class ReceiptFactKind {
    /** The time of the purchase. */
    TIME,

    /** The number of the receipt. */
    NUMBER,

    /** The shop's address. */
    ADDRESS,

    /** The shop's telephone number. */
    PHONE,

    /** The number under which the shop pays taxes. */
    TAX_ID,
}

/**
 * What a receipt says beside the fields that the user corrects, and whether its amounts add up.
 *
 * @property verdict whether they do; null where nothing but the summary was read.
 * @property lines the items, in the receipt's order.
 * @property sums the other amounts, in the order of the calculation.
 * @property facts what else it says.
 * @property kind what the receipt is, if it is a refund, an invoice or an order.
 * @property cost what reading it cost, in US dollars; null if that is not known.
 */
public data class ReceiptDetails(
    val verdict: VerdictState?,
    val lines: List<ReceiptLine>,
    val sums: List<ReceiptSum>,
    val facts: Map<ReceiptFactKind, String>,
    val kind: ReceiptKind?,
    val cost: String?,
) {
    /** Makes details of receipts. */
    public companion object {
        /** @param locale how amounts are written. */
        public fun of(
            receipt: Receipt,
            locale: Locale = Locale.getDefault(),
        ): ReceiptDetails = Details(receipt, locale).all()
    }
}

private class Details(
    private val receipt: Receipt,
    private val locale: Locale,
) {
    private val unread = receipt.unread.associate { it.field to it.text }

    fun all(): ReceiptDetails {
        val lines = receipt.items.mapIndexed(::line)
        val sums = sums()
        val isSummary = lines.isEmpty() && sums.isEmpty() && receipt.verdict is ReceiptVerdict.CannotTell
        return ReceiptDetails(
            verdict = if (isSummary) null else VerdictState.of(receipt.verdict, ::money),
            lines = lines,
            sums = sums,
            facts = facts(),
            kind = receipt.kind?.takeIf { it in WORTH_SAYING },
            cost = receipt.cost?.let { moneyText(it, TopUpModel.CURRENCY, locale) },
        )
    }

    private fun money(amount: BigDecimal) = receiptMoneyText(amount, receipt.currency, locale)

    /** What the receipt does not have is null; what was not read is not. */
    private fun value(
        amount: BigDecimal?,
        field: String,
        write: (BigDecimal) -> String = ::money,
    ): ReceiptValue? =
        when {
            amount != null -> ReceiptValue(write(amount))
            else -> unread[field]?.let { ReceiptValue(null, it) }
        }

    private fun line(
        index: Int,
        item: ReceiptItem,
    ): ReceiptLine {
        val path = "/items/$index"
        return ReceiptLine(
            number = index + 1,
            description = item.description,
            quantity =
                value(item.quantity, "$path/quantity") {
                    listOfNotNull(numberText(it, locale), item.unit).joinToString("\u00a0")
                },
            unitPrice = value(item.unitPrice, "$path/unit_price"),
            discount = value(item.discount, "$path/discount"),
            total = value(item.total, "$path/total") ?: ReceiptValue(null),
            off = (item.verdict as? ReceiptVerdict.Off)?.let { OffBy.of(it.by, ::money) },
        )
    }

    private fun sums(): List<ReceiptSum> {
        val sums =
            listOf(ReceiptSum(ReceiptSumKind.SUBTOTAL, value(receipt.subtotal, "/subtotal"))) +
                discounts() +
                taxes() +
                ReceiptSum(ReceiptSumKind.TIP, value(receipt.tip, "/tip")) +
                ReceiptSum(ReceiptSumKind.ROUNDING, value(receipt.rounding, "/rounding")) +
                payments() +
                ReceiptSum(ReceiptSumKind.TENDERED, value(receipt.tendered, "/tendered")) +
                ReceiptSum(ReceiptSumKind.CHANGE, value(receipt.change, "/change")) +
                otherAmounts()
        return sums.filter { it.amount != null || it.name != null || it.rate != null || it.lastFour != null }
    }

    private fun discounts() =
        receipt.discounts.mapIndexed { index, discount ->
            val amount = value(discount.amount, "/discounts/$index/amount")
            ReceiptSum(ReceiptSumKind.DISCOUNT, amount, name = discount.name)
        }

    private fun taxes() =
        receipt.taxes.mapIndexed { index, tax ->
            ReceiptSum(
                kind = ReceiptSumKind.TAX,
                amount = value(tax.amount, "/taxes/$index/amount"),
                name = tax.name,
                // Many receipts have the rate in the tax's name.
                rate = tax.rate?.takeIf { '%' !in tax.name.orEmpty() }?.let { percentText(it, locale) },
                isIncluded = tax.included == true,
            )
        }

    private fun payments() =
        receipt.payments.mapIndexed { index, payment ->
            val amount = value(payment.amount, "/payments/$index/amount")
            ReceiptSum(ReceiptSumKind.PAYMENT, amount, name = payment.method, lastFour = payment.lastFour)
        }

    private fun otherAmounts() =
        receipt.otherAmounts.mapIndexed { index, other ->
            val field = "/other_amounts/$index/amount"
            val amount = value(other.amount, field) { receiptMoneyText(it, other.currency, locale) }
            ReceiptSum(ReceiptSumKind.OTHER_CURRENCY, amount)
        }

    private fun facts(): Map<ReceiptFactKind, String> {
        val merchant = receipt.merchantDetails
        val facts =
            listOf(
                ReceiptFactKind.TIME to receipt.time,
                ReceiptFactKind.NUMBER to receipt.number,
                ReceiptFactKind.ADDRESS to merchant?.address,
                ReceiptFactKind.PHONE to merchant?.phone,
                ReceiptFactKind.TAX_ID to merchant?.taxId,
            )
        return facts.mapNotNull { (kind, text) -> text?.let { kind to it } }.toMap()
    }

    private companion object {
        val WORTH_SAYING = setOf(ReceiptKind.REFUND, ReceiptKind.INVOICE, ReceiptKind.ORDER)
    }
}
