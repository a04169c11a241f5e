package one.aipass.mobile.ui.views

import android.content.Context
import android.graphics.Typeface
import android.util.AttributeSet
import android.view.Gravity
import android.widget.Button
import android.widget.TextView
import one.aipass.mobile.R
import one.aipass.mobile.ui.BalanceModel
import one.aipass.mobile.ui.BalanceState

/** What is left in the wallet. A low balance is a button that offers a top-up. */
public class BalanceBadge(
    context: Context,
    attributes: AttributeSet? = null,
) : TextView(context, attributes) {
    private val font = typeface

    init {
        gravity = Gravity.CENTER_VERTICAL
        minHeight = resources.getDimensionPixelSize(R.dimen.aipass_touch_target)
    }

    /** Shows this model. [topUp] is what a low balance does when it is pressed: `{ topUpModel.offer() }`. */
    public fun bind(
        model: BalanceModel,
        topUp: () -> Unit,
    ) {
        setOnClickListener { topUp() }
        follow(model.scope, model.state) { render(it, it.text(context, model.currency)) }
    }

    private fun render(
        state: BalanceState,
        text: String,
    ) {
        showText(text)
        contentDescription = context.getString(R.string.aipass_balance_described, text)
        setTypeface(font, if (state.offersTopUp) Typeface.BOLD else Typeface.NORMAL)
        isClickable = state.offersTopUp
        isFocusable = state.offersTopUp
    }

    /** What a screen reader calls it. */
    override fun getAccessibilityClassName(): CharSequence =
        if (isClickable) Button::class.java.name else super.getAccessibilityClassName()
}
