package one.aipass.mobile

/**
 * The receipt with new verdicts, for example after its user corrected an amount that was misread. [locale] is that of the scan, a
 * BCP 47 tag such as `en-US`: in some regions totals in euro are rounded to a coin. A value that was not read and has been filled
 * in counts as any other. Only the verdicts change, those of the receipt and of its items. Nothing is sent and nothing is spent.
 */
public fun Receipt.judged(locale: String? = null): Receipt = judgeReceipt(this, locale)
