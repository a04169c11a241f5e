package one.aipass.mobile

import android.app.Activity
import android.os.Bundle
import org.junit.Assert.assertEquals
import org.junit.Test
import org.robolectric.Robolectric

class ForegroundTest : AndroidTest() {
    private var resumed = 0
    private var isWanted = true
    private val foreground =
        Foreground {
            resumed++
            isWanted
        }

    private fun screen() = Robolectric.buildActivity(Activity::class.java).create()

    private fun showing(test: () -> Unit) {
        app.registerActivityLifecycleCallbacks(foreground)
        test()
        app.unregisterActivityLifecycleCallbacks(foreground)
    }

    @Test
    fun `coming to the front is told once, however many screens there are`() =
        showing {
            val first = screen().start().resume()
            assertEquals(1, resumed)
            val second = screen().start().resume()
            first.pause().stop()
            second.pause()
            first.restart().resume()
            second.stop()
            assertEquals(1, resumed)
            first.pause().stop()
            assertEquals(1, resumed)
            first.restart().resume()
            assertEquals(2, resumed)
        }

    @Test
    fun `a rotated screen was never away`() =
        showing {
            val screen = screen().start().resume()
            screen.recreate()
            assertEquals(1, resumed)
            screen.pause().stop()
            screen.restart()
            assertEquals(2, resumed)
        }

    @Test
    fun `a client that was opened by a shown screen is told when it comes back`() {
        val screen = screen().start().resume()
        showing {
            screen.pause().stop()
            assertEquals(0, resumed)
            screen.restart()
            assertEquals(1, resumed)
        }
    }

    @Test
    fun `screens after one that was shown before are counted from their own start`() {
        val first = screen().start().resume()
        showing {
            val second = screen().start().resume()
            first.pause().stop() // its start was not seen
            assertEquals(1, resumed)
            screen().start().resume()
            second.pause().stop()
            assertEquals(1, resumed)
        }
    }

    @Test
    fun `an observer that is done is unregistered`() =
        showing {
            isWanted = false
            val screen =
                screen()
                    .start()
                    .resume()
                    .pause()
                    .stop()
            screen.restart()
            assertEquals(1, resumed)
        }

    @Test
    fun `a closed client is told nothing more`() {
        val ai = AiPass(app, "client_123", "myapp://auth/callback")
        val screen =
            screen()
                .start()
                .resume()
                .pause()
                .stop()
        ai.close()
        screen.restart().saveInstanceState(Bundle())
    }
}
