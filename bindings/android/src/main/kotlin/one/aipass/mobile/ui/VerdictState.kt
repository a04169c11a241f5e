package one.aipass.mobile.ui

import one.aipass.mobile.ReceiptPart
import one.aipass.mobile.ReceiptVerdict
import java.math.BigDecimal

/**
 * By how much an amount does not fit the others.
 *
 * @property amount the difference, without a sign, in the receipt's currency.
 * @property isMore whether more is printed than the others give; if not, less.
 */
public data class OffBy(
    val amount: String,
    val isMore: Boolean,
) {
    internal companion object {
        fun of(
            by: BigDecimal,
            money: (BigDecimal) -> String,
        ) = OffBy(money(by.abs()), isMore = by.signum() > 0)
    }
}

/** Whether the amounts of a receipt add up, as a review says it. */
public sealed interface VerdictState {
    /** They do. */
    public data object Agrees : VerdictState

    /**
     * They do not.
     *
     * @property off by how much.
     * @property part the part whose amount does not fit the others.
     */
    public data class Off(
        val off: OffBy,
        val part: ReceiptPart,
    ) : VerdictState

    /**
     * Nothing contradicts, but not all can be checked.
     *
     * @property missing the parts that are missing or not certain, at most [MAX_NAMED].
     * @property more how many others there are.
     */
    public data class CannotTell(
        val missing: List<ReceiptPart>,
        val more: Int,
    ) : VerdictState

    /** Makes states of the library's verdicts. */
    public companion object {
        /** So many parts are named. */
        public const val MAX_NAMED: Int = 5

        internal fun of(
            verdict: ReceiptVerdict,
            money: (BigDecimal) -> String,
        ): VerdictState =
            when (verdict) {
                is ReceiptVerdict.Agrees -> {
                    Agrees
                }

                is ReceiptVerdict.Off -> {
                    Off(OffBy.of(verdict.by, money), verdict.at)
                }

                is ReceiptVerdict.CannotTell -> {
                    val missing = verdict.missing
                    CannotTell(missing.take(MAX_NAMED), (missing.size - MAX_NAMED).coerceAtLeast(0))
                }
            }
    }
}
