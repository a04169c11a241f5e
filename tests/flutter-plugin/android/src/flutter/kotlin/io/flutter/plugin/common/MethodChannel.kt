package io.flutter.plugin.common

/** As api.flutter.dev documents it, as far as the plugin uses it; with what a test needs to play Dart. */
class MethodChannel(
    private val messenger: BinaryMessenger,
    private val name: String,
) {
    fun setMethodCallHandler(handler: MethodCallHandler?) {
        if (handler == null) messenger.handlers.remove(name) else messenger.handlers[name] = handler
    }

    interface MethodCallHandler {
        fun onMethodCall(
            call: MethodCall,
            result: Result,
        )
    }

    interface Result {
        fun success(result: Any?)

        fun error(
            errorCode: String,
            errorMessage: String?,
            errorDetails: Any?,
        )

        fun notImplemented()
    }
}

class MethodCall(
    @JvmField val method: String,
    @JvmField val arguments: Any?,
) {
    @Suppress("UNCHECKED_CAST")
    fun <T> argument(key: String): T? = (arguments as Map<*, *>)[key] as T?
}

/** The handlers of one engine, by the name of their channel. */
class BinaryMessenger {
    val handlers = HashMap<String, MethodChannel.MethodCallHandler>()
}
