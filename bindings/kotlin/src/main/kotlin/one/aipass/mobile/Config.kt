package one.aipass.mobile

/**
 * The settings of an app in production, to be changed one by one: `Config().copy(appName = "Receipts/2.1")`.
 */
public fun Config(): Config = defaultConfig()
