package one.aipass.mobile.ui.views

import android.content.Context
import android.util.AttributeSet
import android.widget.Button
import android.widget.LinearLayout
import android.widget.TextView
import one.aipass.mobile.R
import one.aipass.mobile.ui.SignInModel
import one.aipass.mobile.ui.SignInState

/** A button that signs in, and below it what became of the last try. Shows nothing while a user is signed in. */
public class SignInButton(
    context: Context,
    attributes: AttributeSet? = null,
) : LinearLayout(context, attributes) {
    private val button: Button
    private val notice: TextView

    init {
        orientation = VERTICAL
        inflate(context, R.layout.aipass_sign_in, this)
        button = part(R.id.aipass_sign_in_button)
        notice = part(R.id.aipass_sign_in_notice)
    }

    /** Shows this model. [open] shows the provider's page and waits for the user: `{ ai.signIn(activity) }`. */
    public fun bind(
        model: SignInModel,
        open: suspend () -> Unit,
    ) {
        button.setOnClickListener { model.signIn(open) }
        follow(model.scope, model.state, ::render)
    }

    private fun render(state: SignInState) {
        showIf(state != SignInState.SignedIn)
        button.text = state.label(context)
        button.isEnabled = state is SignInState.SignedOut
        notice.showText((state as? SignInState.SignedOut)?.notice?.text(context))
    }
}
