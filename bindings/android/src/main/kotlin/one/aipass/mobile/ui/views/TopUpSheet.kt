package one.aipass.mobile.ui.views

import android.app.Activity
import android.app.Dialog
import android.os.Bundle
import android.view.Gravity
import android.view.View
import android.view.ViewGroup.LayoutParams
import android.view.Window
import one.aipass.mobile.ui.TopUpModel
import one.aipass.mobile.ui.TopUpState

/**
 * A sheet at the bottom of the screen with a [TopUpView]. Make one in an activity's `onCreate`: it comes and goes with
 * the model's state, and goes with the activity.
 */
public class TopUpSheet(
    activity: Activity,
    private val model: TopUpModel,
) : Dialog(activity) {
    init {
        setOnCancelListener { model.close() }
        val screen = activity.window.decorView
        screen.follow(model.scope, model.state) { state ->
            // Only a screen that is there can have something above it.
            if (state != TopUpState.Hidden && screen.isAttachedToWindow) show() else dismiss()
        }
        screen.addOnAttachStateChangeListener(
            object : View.OnAttachStateChangeListener {
                override fun onViewAttachedToWindow(view: View) = Unit

                override fun onViewDetachedFromWindow(view: View) = dismiss()
            },
        )
    }

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        requestWindowFeature(Window.FEATURE_NO_TITLE)
        setContentView(TopUpView(context).also { it.bind(model) })
        window?.setLayout(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT)
        window?.setGravity(Gravity.BOTTOM)
    }
}
