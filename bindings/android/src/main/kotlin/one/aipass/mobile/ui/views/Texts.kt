package one.aipass.mobile.ui.views

import android.content.Context
import one.aipass.mobile.R
import one.aipass.mobile.ui.BalanceState
import one.aipass.mobile.ui.FieldStatus
import one.aipass.mobile.ui.ReceiptField
import one.aipass.mobile.ui.ReceiptReview
import one.aipass.mobile.ui.ReceiptValue
import one.aipass.mobile.ui.SignInNotice
import one.aipass.mobile.ui.SignInState
import java.util.Currency

/** What a badge says of this balance, in the app's language. */
public fun BalanceState.text(
    context: Context,
    currency: Currency?,
): String =
    when (this) {
        BalanceState.Unknown -> {
            context.getString(R.string.aipass_balance_unknown)
        }

        BalanceState.Unlimited -> {
            context.getString(R.string.aipass_balance_unlimited)
        }

        is BalanceState.Plenty -> {
            val text = if (isExact) R.string.aipass_balance_of else R.string.aipass_balance_about
            context.getString(text, context.money(left, currency))
        }

        is BalanceState.Low -> {
            val text = if (isExact) R.string.aipass_balance_low else R.string.aipass_balance_low_about
            context.getString(text, context.money(left, currency))
        }

        BalanceState.Empty -> {
            context.getString(R.string.aipass_balance_empty)
        }
    }

internal fun SignInNotice.text(context: Context): String =
    when (this) {
        SignInNotice.Denied -> context.getString(R.string.aipass_denied)
        SignInNotice.SessionEnded -> context.getString(R.string.aipass_session_ended)
        is SignInNotice.Failed -> problem.text(context)
    }

/** The button's. */
internal fun SignInState.label(context: Context): String =
    context.getString(
        when (this) {
            SignInState.SignedOut(SignInNotice.SessionEnded) -> R.string.aipass_sign_in_again
            SignInState.SigningIn -> R.string.aipass_signing_in
            is SignInState.SignedOut, SignInState.SignedIn -> R.string.aipass_sign_in
        },
    )

internal fun ReceiptField.label(context: Context): String =
    context.getString(
        when (this) {
            ReceiptField.MERCHANT -> R.string.aipass_field_merchant
            ReceiptField.DATE -> R.string.aipass_field_date
            ReceiptField.AMOUNT -> R.string.aipass_field_amount
            ReceiptField.CURRENCY -> R.string.aipass_field_currency
            ReceiptField.CATEGORY -> R.string.aipass_field_category
        },
    )

/** What stands below a field. */
internal fun ReceiptReview.note(
    field: ReceiptField,
    context: Context,
): String? =
    when (statuses.getValue(field)) {
        FieldStatus.READ, FieldStatus.CORRECTED -> {
            null
        }

        FieldStatus.INVALID -> {
            context.getString(R.string.aipass_review_invalid)
        }

        FieldStatus.MISSING -> {
            ReceiptValue(null, hint(field)).text(context)
        }
    }
