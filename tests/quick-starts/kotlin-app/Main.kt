import one.aipass.mobile.Provider
import one.aipass.mobile.aiPass
import java.io.File
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse

/** What the quick start takes from its app: a photo, a key, a browser, the callback; here with a sandbox's user. */
suspend fun main(arguments: Array<String>) {
    val sandbox =
        ProcessBuilder(System.getenv("AIPASS_PROGRAM"), "sandbox", "--port", "0", "--json", "--while-stdin-open")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
    val facts = sandbox.inputReader().readLine()
    var callback = ""

    fun allow(url: URI) {
        val request =
            HttpRequest
                .newBuilder(URI(fact(facts, "control_url") + "/user-agent"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("""{"url": "$url", "decision": "allow"}"""))
                .build()
        callback = fact(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body(), "callback")
    }
    try {
        scan(File(arguments[0]), ByteArray(32), ::allow, { callback }, Provider.aiPass(URI(fact(facts, "base_url"))))
    } finally {
        sandbox.destroy()
    }
}

private fun fact(
    json: String,
    name: String,
) = checkNotNull(Regex("\"$name\":\\s*\"([^\"]+)\"").find(json)) { "no $name in $json" }.groupValues[1]
