package one.aipass.mobile.ui.views

import android.content.Context
import android.util.AttributeSet
import android.view.View
import android.view.ViewGroup
import android.widget.Button
import android.widget.ScrollView
import android.widget.TextView
import one.aipass.mobile.R
import one.aipass.mobile.SignInLauncher
import one.aipass.mobile.ui.TopUpModel
import one.aipass.mobile.ui.TopUpState
import java.math.BigDecimal
import java.math.RoundingMode
import java.net.URI

/** Offers to fill the wallet, and then to send again what was refused. [TopUpSheet] shows it by itself. */
public class TopUpView(
    context: Context,
    attributes: AttributeSet? = null,
) : ScrollView(context, attributes) {
    private var model: TopUpModel? = null
    private val message: TextView
    private val problem: TextView
    private val progress: View
    private val action: Button
    private val amounts: ViewGroup

    init {
        inflate(context, R.layout.aipass_top_up, this)
        part<View>(R.id.aipass_top_up_title).markAsHeading()
        message = part(R.id.aipass_top_up_message)
        problem = part(R.id.aipass_top_up_problem)
        progress = part(R.id.aipass_top_up_progress)
        action = part(R.id.aipass_top_up_action)
        amounts = part(R.id.aipass_top_up_amounts)
    }

    /** Shows this model. */
    public fun bind(model: TopUpModel) {
        this.model = model
        amounts.removeAllViews()
        for (amount in model.amounts) amounts.addView(choice(amount) { model.choose(amount, ::open) })
        action.setOnClickListener {
            if (model.state.value is TopUpState.Ready) model.sendAgain() else model.cameBack()
        }
        part<View>(R.id.aipass_top_up_close).setOnClickListener { model.close() }
        follow(model.scope, model.state, ::render)
    }

    private fun choice(
        amount: BigDecimal,
        choose: () -> Unit,
    ) = Button(context).apply {
        text = context.money(amount, TopUpModel.CURRENCY)
        contentDescription = context.getString(R.string.aipass_top_up_amount, text)
        setOnClickListener { choose() }
    }

    private fun render(state: TopUpState) {
        message.showText(message(state))
        problem.showText(state.problem?.text(context))
        progress.showIf(state.isBusy)
        amounts.showIf(state.offersAmounts)
        action.showText(
            when (state) {
                is TopUpState.Ready -> context.getString(R.string.aipass_top_up_send_again)
                is TopUpState.Away, TopUpState.StillEmpty -> context.getString(R.string.aipass_top_up_check)
                else -> null
            },
        )
    }

    private fun message(state: TopUpState): String? =
        when (state) {
            TopUpState.Hidden -> null
            is TopUpState.Offering -> refusal(state)
            TopUpState.Opening -> context.getString(R.string.aipass_top_up_opening)
            is TopUpState.Away -> context.getString(R.string.aipass_top_up_away)
            TopUpState.Checking -> context.getString(R.string.aipass_top_up_checking)
            TopUpState.StillEmpty -> context.getString(R.string.aipass_top_up_still_empty)
            is TopUpState.Ready -> context.getString(R.string.aipass_top_up_ready)
            TopUpState.SendingAgain -> context.getString(R.string.aipass_top_up_sending)
            is TopUpState.Failed -> context.getString(R.string.aipass_top_up_failed)
        }

    private fun refusal(state: TopUpState.Offering): String? {
        val refusal = state.refusal ?: return null
        val refused = context.getString(R.string.aipass_top_up_refused)
        val spent = context.money(refusal.spent ?: return refused, TopUpModel.CURRENCY, RoundingMode.CEILING)
        val limit = context.money(refusal.limit ?: return refused, TopUpModel.CURRENCY)
        return "$refused\n${context.getString(R.string.aipass_top_up_spent, spent, limit)}"
    }

    private fun open(page: URI) = SignInLauncher.open(context, page)

    /** The user came back from the browser. */
    override fun onWindowVisibilityChanged(visibility: Int) {
        super.onWindowVisibilityChanged(visibility)
        if (visibility == VISIBLE) model?.cameBack()
    }
}
