package one.aipass.mobile.ui.views

import android.app.Activity
import android.content.Context
import android.view.View
import android.widget.TextView
import one.aipass.mobile.HostActivity
import org.robolectric.Robolectric

/** A screen that the user looks at. */
fun screen(): Activity = Robolectric.buildActivity(HostActivity::class.java).setup().get()

/** Shows a view on a screen of its own. */
fun <V : View> onScreen(make: (Context) -> V): V {
    val screen = screen()
    return make(screen).also(screen::setContentView)
}

/** What a view with this id says, or null if it cannot be seen. */
fun View.textOf(id: Int): String? {
    val view = part<TextView>(id)
    return view.text.toString().takeIf { view.visibility == View.VISIBLE }
}
