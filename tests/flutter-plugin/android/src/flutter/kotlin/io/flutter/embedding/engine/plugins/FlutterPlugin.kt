package io.flutter.embedding.engine.plugins

import android.content.Context
import io.flutter.plugin.common.BinaryMessenger

/** As api.flutter.dev documents it, as far as the plugin uses it. */
interface FlutterPlugin {
    fun onAttachedToEngine(binding: FlutterPluginBinding)

    fun onDetachedFromEngine(binding: FlutterPluginBinding)

    class FlutterPluginBinding(
        val applicationContext: Context,
        val binaryMessenger: BinaryMessenger,
    )
}
