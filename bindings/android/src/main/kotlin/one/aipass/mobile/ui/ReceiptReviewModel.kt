package one.aipass.mobile.ui

import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import one.aipass.mobile.CalendarDate
import one.aipass.mobile.Receipt
import one.aipass.mobile.judged
import java.math.BigDecimal
import java.util.Locale

/** A field of a receipt that the user looks over. */
public enum class ReceiptField {
    /** Where something was bought. */
    MERCHANT,

    /** The day, as `2026-01-31`, which is the same in every language. */
    DATE,

    /** The total, as the user's locale writes numbers. */
    AMOUNT,

    /** An ISO 4217 code. */
    CURRENCY,

    /** What kind of thing was bought. */
    CATEGORY,
}

/** How a field stands. */
public enum class FieldStatus {
    /** As the model read it. */
    READ,

    /** The model did not read it, or not so that it is certain. Empty. */
    MISSING,

    /** The user changed it. */
    CORRECTED,

    /** What the user wrote cannot be used. */
    INVALID,
}

/**
 * What a receipt review shows.
 *
 * @property receipt the receipt with the user's corrections. A field that is missing or invalid is null. Its
 * verdicts are on the values that stand there now.
 * @property texts what stands in each field.
 * @property statuses how each field stands.
 * @property isUnsure whether the model was not sure, or the photo may not be readable: ask the user to compare the
 * fields with the paper.
 * @property details the items and the other amounts, whether all add up, and what reading them cost.
 */
public data class ReceiptReview(
    val receipt: Receipt,
    val texts: Map<ReceiptField, String>,
    val statuses: Map<ReceiptField, FieldStatus>,
    val isUnsure: Boolean,
    val details: ReceiptDetails,
) {
    /** Whether everything that was written can be used. Missing fields may stay missing. */
    public val isUsable: Boolean get() = FieldStatus.INVALID !in statuses.values

    /** What the model wrote for a field that could not be taken from it, to be shown beside the empty field. */
    public fun hint(field: ReceiptField): String? =
        when (field) {
            ReceiptField.DATE -> receipt.dateText
            ReceiptField.AMOUNT -> receipt.amountText
            ReceiptField.CURRENCY -> receipt.currencyText
            ReceiptField.MERCHANT, ReceiptField.CATEGORY -> null
        }.takeIf { statuses[field] == FieldStatus.MISSING }
}

/**
 * The rules of a receipt review: what was read is shown, what was not is empty and says so, and nothing is guessed.
 * Amounts are read and written as the user's locale does, and text that is no amount is refused, not repaired. A total or
 * a currency that the user changed is judged again, on the device and at no cost.
 *
 * Use it on one thread, the screen's.
 *
 * @param read the receipt as the model read it.
 * @param locale how amounts are written.
 * @param judged the receipt with new verdicts. Name the locale of the scan here, if it had one.
 */
public class ReceiptReviewModel(
    private val read: Receipt,
    private val locale: Locale = Locale.getDefault(),
    private val judged: (Receipt) -> Receipt = { it.judged() },
) {
    private val textsBefore =
        mapOf(
            ReceiptField.MERCHANT to read.merchant.orEmpty(),
            ReceiptField.DATE to read.date?.toString().orEmpty(),
            ReceiptField.AMOUNT to read.amount?.let { amountText(it, locale) }.orEmpty(),
            ReceiptField.CURRENCY to read.currency.orEmpty(),
            ReceiptField.CATEGORY to read.category.orEmpty(),
        )
    private val states =
        MutableStateFlow(
            ReceiptReview(
                receipt = read,
                texts = textsBefore,
                statuses = textsBefore.mapValues { (_, text) -> statusBefore(text) },
                isUnsure = read.confidence?.let { it < SURE_FROM } ?: false || read.photoHints.isNotEmpty(),
                details = ReceiptDetails.of(read, locale),
            ),
        )

    /** What to show now. */
    public val state: StateFlow<ReceiptReview> = states.asStateFlow()

    /** The user wrote [text] into a field. */
    public fun write(
        field: ReceiptField,
        text: String,
    ) {
        val trimmed = text.trim()
        val before = textsBefore.getValue(field)
        val written = states.value.receipt.with(field, trimmed.ifEmpty { null })
        val receipt = written.withVerdicts()
        val status =
            when {
                trimmed.isNotEmpty() && receipt.lacks(field) -> FieldStatus.INVALID
                trimmed == before -> statusBefore(before)
                else -> FieldStatus.CORRECTED
            }
        states.value =
            states.value.copy(
                receipt = receipt,
                texts = states.value.texts + (field to text),
                statuses = states.value.statuses + (field to status),
                details = ReceiptDetails.of(receipt, locale),
            )
    }

    /** The verdicts are always on the values that stand there now. */
    private fun Receipt.withVerdicts(): Receipt {
        val before = states.value.receipt
        val verdicts =
            when {
                isWorthTheSameAs(before) -> before
                isWorthTheSameAs(read) -> read
                else -> judged(this)
            }
        return copy(verdict = verdicts.verdict, items = verdicts.items)
    }

    private fun Receipt.isWorthTheSameAs(other: Receipt) = currency == other.currency && amount.isSameAs(other.amount)

    /** 18 and 18.00 are the same. */
    private fun BigDecimal?.isSameAs(other: BigDecimal?) =
        if (this == null || other == null) this == other else compareTo(other) == 0

    private fun statusBefore(text: String) = if (text.isEmpty()) FieldStatus.MISSING else FieldStatus.READ

    /** With this text in a field, or null there if it cannot be used. */
    private fun Receipt.with(
        field: ReceiptField,
        text: String?,
    ): Receipt =
        when (field) {
            ReceiptField.MERCHANT -> copy(merchant = text)
            ReceiptField.DATE -> copy(date = text?.let(::dayOf))
            ReceiptField.AMOUNT -> copy(amount = text?.let { amountOf(it, locale) })
            ReceiptField.CURRENCY -> copy(currency = text?.let(::currencyOf))
            ReceiptField.CATEGORY -> copy(category = text)
        }

    private fun Receipt.lacks(field: ReceiptField): Boolean =
        when (field) {
            ReceiptField.MERCHANT -> merchant
            ReceiptField.DATE -> date
            ReceiptField.AMOUNT -> amount
            ReceiptField.CURRENCY -> currency
            ReceiptField.CATEGORY -> category
        } == null

    private fun dayOf(text: String): CalendarDate? =
        try {
            CalendarDate.parse(text)
        } catch (none: IllegalArgumentException) {
            null
        }

    private fun currencyOf(text: String): String? = if (CODE.matches(text)) text.uppercase(Locale.ROOT) else null

    /** The limits of the rules. */
    public companion object {
        /** Below this, the model's own confidence asks for a second look. */
        public const val SURE_FROM: Double = 0.7

        private val CODE = Regex("[A-Za-z]{3}")
    }
}
