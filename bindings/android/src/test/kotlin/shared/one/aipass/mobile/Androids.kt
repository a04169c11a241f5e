package one.aipass.mobile

import android.app.Application
import android.os.Looper
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import org.junit.Rule
import org.junit.rules.ExternalResource
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import java.security.Security

/**
 * A test inside of the oldest Android and a new one: pom.xml gives each a run of its own. The Keystore is
 * [FakeKeystore].
 */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [24, 35])
abstract class AndroidTest {
    @get:Rule
    val keystore =
        object : ExternalResource() {
            override fun before() {
                FakeKeystore.keys.clear()
                FakeKeystore.invalidated.clear()
                Security.addProvider(FakeKeystore())
            }

            // The list of providers outlives the test's class loader.
            override fun after() = Security.removeProvider(FakeKeystore.NAME)
        }

    val app: Application get() = RuntimeEnvironment.getApplication()
}

/** Runs what suspends beside the screen's thread, which is the test's, and lets that thread do its work meanwhile. */
fun <T> awaited(work: suspend CoroutineScope.() -> T): T {
    val running = CoroutineScope(Dispatchers.Default).async(block = work)
    until("the work is done") { running.isCompleted }
    return runBlocking { running.await() }
}

/** Lets the screen's thread, which is the test's, do its work until it is so. */
fun until(
    what: String = "it is so",
    isSo: () -> Boolean,
) {
    val end = System.nanoTime() + MAX_WAIT_NS
    while (!isSo()) {
        check(System.nanoTime() < end) { "in vain: $what" }
        shadowOf(Looper.getMainLooper()).idle()
        Thread.yield()
    }
}

/** Only ends what hangs. */
private const val MAX_WAIT_NS = 180_000_000_000
