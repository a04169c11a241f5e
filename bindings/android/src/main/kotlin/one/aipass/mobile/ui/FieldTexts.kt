package one.aipass.mobile.ui

import java.math.BigDecimal
import java.math.RoundingMode
import java.text.DecimalFormatSymbols
import java.text.NumberFormat
import java.util.Currency
import java.util.Locale

/**
 * An amount of money as text, with all its decimals: `$4.20` where a currency is known, with as many decimals as the
 * currency has, and more where the amount has more. Without a currency it is a number with the decimals that were
 * given.
 */
public fun moneyText(
    amount: BigDecimal,
    currency: Currency?,
    locale: Locale = Locale.getDefault(),
): String {
    if (currency == null) return NumberFormat.getNumberInstance(locale).written(amount, amount.scale())
    val format = NumberFormat.getCurrencyInstance(locale).also { it.currency = currency }
    return format.written(amount, currency.defaultFractionDigits)
}

/** The same with an ISO 4217 code. One that the device does not know stands behind the number. */
internal fun receiptMoneyText(
    amount: BigDecimal,
    code: String?,
    locale: Locale,
): String {
    val currency =
        try {
            code?.let(Currency::getInstance)
        } catch (unknown: IllegalArgumentException) {
            null
        }
    val text = moneyText(amount, currency, locale)
    return if (code != null && currency == null) "$text\u00a0$code" else text
}

/** What is in a wallet, without fractions of the currency's smallest unit: what is left is never said to be more. */
internal fun walletText(
    amount: BigDecimal,
    currency: Currency?,
    locale: Locale,
    rounding: RoundingMode = RoundingMode.FLOOR,
): String {
    val decimals = (currency?.defaultFractionDigits ?: 2).coerceAtLeast(0)
    return moneyText(amount.setScale(decimals, rounding), currency, locale)
}

/** A number without needless zeros, such as a quantity. */
internal fun numberText(
    number: BigDecimal,
    locale: Locale,
): String = NumberFormat.getNumberInstance(locale).written(number, 0)

/** A rate in percent: 19 is `19%`, or as the locale writes it. */
internal fun percentText(
    rate: BigDecimal,
    locale: Locale,
): String = NumberFormat.getPercentInstance(locale).written(rate.movePointLeft(2), 0, hidden = 2)

/** All decimals that the number has, and at least so many. A percentage shows two less than its number has. */
private fun NumberFormat.written(
    number: BigDecimal,
    decimals: Int,
    hidden: Int = 0,
): String {
    minimumFractionDigits = decimals.coerceAtLeast(0)
    maximumFractionDigits = (number.stripTrailingZeros().scale() - hidden).coerceAtLeast(minimumFractionDigits)
    return format(number)
}

/** An amount as a text field has it: the locale's decimal separator, no grouping, and the decimals that it has. */
internal fun amountText(
    amount: BigDecimal,
    locale: Locale,
): String = amount.toPlainString().replace('.', DecimalFormatSymbols.getInstance(locale).decimalSeparator)

/**
 * Reads an amount as the locale writes it, with or without grouping in threes. Where a space groups, any space does:
 * keyboards have no narrow one. Anything else is null: `12.50` where the comma separates decimals could be 12.50 or
 * 1250.
 */
internal fun amountOf(
    text: String,
    locale: Locale,
): BigDecimal? {
    val symbols = DecimalFormatSymbols.getInstance(locale)
    val isNegative = text.startsWith('-') || text.startsWith('\u2212')
    val parts = text.drop(if (isNegative) 1 else 0).split(symbols.decimalSeparator)
    val whole = groups(parts.first(), symbols.groupingSeparator)
    val isGrouped = whole.size == 1 || (whole.first().length in 1..3 && whole.drop(1).all { it.length == 3 })
    val digits = whole.joinToString("")
    val decimals = parts.getOrElse(1) { "0" }
    val isAmount = isGrouped && parts.size <= 2 && isDigits(digits) && isDigits(decimals)
    if (!isAmount || digits.length + decimals.length > MAX_DIGITS) return null
    val plain = if (parts.size == 1) digits else "$digits.$decimals"
    return BigDecimal(if (isNegative) "-$plain" else plain)
}

/** As many as the library's decimals have. */
private const val MAX_DIGITS = 28

private fun groups(
    whole: String,
    separator: Char,
) = if (separator.isWhitespace()) whole.split(' ', '\u00a0', '\u202f') else whole.split(separator)

/** Of 0 to 9 alone: the digits of other scripts are not read. */
private fun isDigits(text: String) = text.isNotEmpty() && text.all { it in '0'..'9' }
