package one.aipass.mobile.ui.views

import android.content.Context
import one.aipass.mobile.AiPassException
import one.aipass.mobile.R
import one.aipass.mobile.ui.Problem
import one.aipass.mobile.ui.ProblemKind
import one.aipass.mobile.ui.TopUpModel
import one.aipass.mobile.ui.moneyText

/** What a user is told of this problem, in the app's language. */
public fun Problem.text(context: Context): String {
    (cause as? AiPassException.SpendLimit)?.let { return it.text(context) }
    return context.getString(
        when (kind) {
            ProblemKind.OFFLINE -> R.string.aipass_problem_offline
            ProblemKind.BUSY -> R.string.aipass_problem_busy
            ProblemKind.BUDGET -> R.string.aipass_problem_budget
            ProblemKind.SIGN_IN -> R.string.aipass_problem_sign_in
            ProblemKind.LOCKED -> R.string.aipass_problem_locked
            ProblemKind.STORAGE -> R.string.aipass_problem_storage
            ProblemKind.CALLBACK -> R.string.aipass_problem_callback
            ProblemKind.BROWSER -> R.string.aipass_problem_browser
            ProblemKind.PROVIDER -> R.string.aipass_problem_provider
            ProblemKind.PHOTO -> R.string.aipass_problem_photo
            ProblemKind.UNREADABLE -> R.string.aipass_problem_unreadable
            ProblemKind.SENT_ALREADY -> R.string.aipass_problem_sent_already
            ProblemKind.OTHER, ProblemKind.SPEND_LIMIT -> R.string.aipass_problem_other
        },
    )
}

/** Without an estimate it is the price that is not known. */
private fun AiPassException.SpendLimit.text(context: Context): String {
    val sentence = if (estimate == null) R.string.aipass_problem_unknown_cost else R.string.aipass_problem_spend_limit
    return context.getString(sentence, moneyText(limit, TopUpModel.CURRENCY, context.locale))
}
