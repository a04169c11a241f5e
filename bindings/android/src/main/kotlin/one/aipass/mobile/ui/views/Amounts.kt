package one.aipass.mobile.ui.views

import android.content.Context
import android.text.BidiFormatter
import one.aipass.mobile.R
import one.aipass.mobile.ui.ReceiptValue
import one.aipass.mobile.ui.walletText
import java.math.BigDecimal
import java.math.RoundingMode
import java.util.Currency
import java.util.Locale

/** What is in a wallet, as the app's language writes it. */
internal fun Context.money(
    amount: BigDecimal,
    currency: Currency?,
    rounding: RoundingMode = RoundingMode.FLOOR,
): String = walletText(amount, currency, locale, rounding)

/** The app's language, which may be another one than the device's. */
internal val Context.locale: Locale get() = resources.configuration.locales[0]

/** Words of a receipt, which keep their own direction within a sentence of another one. */
internal fun Context.words(text: String): String = BidiFormatter.getInstance(locale).unicodeWrap(text)

/** What was read, or that it was not. */
internal fun ReceiptValue.text(context: Context): String =
    text
        ?: asRead?.let { context.getString(R.string.aipass_review_not_certain, context.words(it)) }
        ?: context.getString(R.string.aipass_review_missing)
