package one.aipass.mobile

import android.net.Uri

/** Anybody can send callbacks: only the newest few are kept. */
internal const val MAX_CALLBACKS = 4

/** The library reads no longer one. */
internal const val MAX_CALLBACK_LENGTH = 8192

/** The `state` in the query of an address (RFC 6749, 4.1.2). The address may have no authority and no path. */
internal fun stateIn(url: String): String? {
    val query = url.substringBefore('#').substringAfter('?', "")
    return query.split('&').firstOrNull { it.startsWith("state=") }?.let { Uri.decode(it.removePrefix("state=")) }
}
