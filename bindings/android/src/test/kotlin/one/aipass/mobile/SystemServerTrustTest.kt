package one.aipass.mobile

import one.aipass.dart.trust.ServerTrustBridge
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import java.io.File
import java.net.URI
import java.security.KeyStore
import java.security.Security
import java.security.cert.CertificateException
import java.security.cert.X509Certificate
import javax.net.ssl.ManagerFactoryParameters
import javax.net.ssl.TrustManager
import javax.net.ssl.TrustManagerFactory
import javax.net.ssl.TrustManagerFactorySpi
import javax.net.ssl.X509TrustManager
import java.security.Provider as SecurityProvider

/** Stands in for Android's trust manager, which judges a chain for a host. Robolectric has only Java's. */
class FakeTrustManager : X509TrustManager {
    @Suppress("unused") // X509TrustManagerExtensions calls it by reflection
    fun checkServerTrusted(
        chain: Array<X509Certificate>,
        authType: String,
        host: String,
    ): List<X509Certificate> {
        asked += Triple(chain.map { it.subjectX500Principal.name }, authType, host)
        refusal?.let { throw it }
        return chain.toList()
    }

    override fun checkServerTrusted(
        chain: Array<X509Certificate>,
        authType: String,
    ) = error("without a host")

    override fun checkClientTrusted(
        chain: Array<X509Certificate>,
        authType: String,
    ) = error("not called")

    override fun getAcceptedIssuers(): Array<X509Certificate> = emptyArray()

    class Factory : TrustManagerFactorySpi() {
        override fun engineInit(store: KeyStore?) = check(store == null)

        override fun engineInit(parameters: ManagerFactoryParameters?) = error("not called")

        override fun engineGetTrustManagers(): Array<TrustManager> =
            arrayOf(FakeTrustManager().let { if (knowsHosts) it else object : X509TrustManager by it {} })
    }

    companion object {
        val asked = ArrayList<Triple<List<String>, String, String>>()
        var refusal: Exception? = null
        var knowsHosts = true
    }
}

class SystemServerTrustTest : AndroidTest() {
    private val provider =
        object : SecurityProvider("FakeTrust", "1", "a trust manager of the tests") {
            init {
                putService(
                    object : Service(
                        this,
                        "TrustManagerFactory",
                        TrustManagerFactory.getDefaultAlgorithm(),
                        "Fake",
                        null,
                        null,
                    ) {
                        override fun newInstance(constructorParameter: Any?): Any = FakeTrustManager.Factory()
                    },
                )
            }
        }
    private lateinit var server: Process
    private lateinit var port: String
    private val store get() = File(app.cacheDir, "server.p12")

    @Before
    fun start() {
        server = startServer()
        port = server.inputReader().readLine()
        FakeTrustManager.asked.clear()
        FakeTrustManager.refusal = null
        FakeTrustManager.knowsHosts = true
        Security.insertProviderAt(provider, 1)
    }

    @After
    fun stop() {
        Security.removeProvider(provider.name)
        server.outputStream.close()
        server.waitFor()
    }

    private fun startServer(): Process {
        val names = "-ext SAN=dns:localhost -dname CN=localhost -alias server -validity 2"
        val keystore = "-storetype PKCS12 -storepass $PASSWORD -keystore"
        val keytool =
            listOf(java("keytool"), "-genkeypair", "-keyalg", "EC") + "$names $keystore".split(' ') + store.path
        check(ProcessBuilder(keytool).redirectErrorStream(true).start().waitFor() == 0)
        return ProcessBuilder(java("java"), "src/test/server/HttpsServer503.java", store.path, PASSWORD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
    }

    private fun java(program: String) = File(System.getProperty("java.home"), "bin/$program").path

    /** How a request to the server fails: it has no answer but 503. */
    private fun failure(
        host: String = "localhost",
        open: (Provider) -> AiPass = { AiPass(app, "client_123", "myapp://auth/callback", provider = it) },
    ): AiPassException {
        val base = URI("https://$host:$port")
        val provider = Provider.custom("$base", base.resolve("/a"), base.resolve("/t"))
        return open(provider).use { ai ->
            val request = awaited { ai.beginSignIn() }
            val state =
                request.url.query
                    .split('&')
                    .single { it.startsWith("state=") }
            val failure =
                assertThrows(AiPassException::class.java) {
                    awaited { ai.completeSignIn("myapp://auth/callback?code=1&$state") }
                }
            assertEquals(TrustStore.HOST_APP, awaited { ai.diagnostics() }.trustStore)
            failure
        }
    }

    // S6
    @Test
    fun `the system's trust manager judges the chain for its host`() {
        val failure = failure()
        assertTrue("$failure", failure is AiPassException.Provider)
        assertEquals(Triple(listOf("CN=localhost"), "ECDHE_ECDSA", "localhost"), FakeTrustManager.asked.first())
    }

    @Test
    fun `a certificate that the system refuses is not trusted`() {
        FakeTrustManager.refusal = CertificateException("pinned otherwise")
        val failure = failure()
        assertTrue("$failure", failure is AiPassException.Offline)
        assertTrue(FakeTrustManager.asked.isNotEmpty())
    }

    @Test
    fun `a system that cannot judge is not taken for consent`() {
        for (reason in listOf(IllegalStateException("no roots"), java.security.KeyStoreException("locked"))) {
            FakeTrustManager.refusal = reason
            assertTrue(failure() is AiPassException.Offline)
        }
    }

    // The library looks itself, whatever the system says.
    @Test
    fun `a certificate of another host is not trusted`() {
        val failure = failure("127.0.0.1")
        assertTrue("$failure", failure is AiPassException.Offline)
        assertEquals("127.0.0.1", FakeTrustManager.asked.first().third)
    }

    @Test
    fun `what is no certificate is refused`() {
        val trust = SystemServerTrust()
        assertThrows(
            ServerTrustException.Rejected::class.java,
        ) { trust.verify(listOf(byteArrayOf(1, 2, 3)), "localhost") }
        assertThrows(ServerTrustException.Rejected::class.java) { trust.verify(emptyList(), "localhost") }
        assertTrue(FakeTrustManager.asked.isEmpty())
    }

    @Test
    fun `a trust manager that knows no hosts cannot judge`() {
        FakeTrustManager.knowsHosts = false
        val keys = KeyStore.getInstance("PKCS12", "SunJSSE")
        store.inputStream().use { keys.load(it, PASSWORD.toCharArray()) }
        val chain = listOf(keys.getCertificate("server").encoded)
        assertThrows(ServerTrustException.Unavailable::class.java) { SystemServerTrust().verify(chain, "localhost") }
    }

    // The Flutter plugin's way: a client that is Dart's can be given no trust.
    @Test
    fun `the system's trust manager judges for clients that are given no trust`() {
        fun failure() =
            failure {
                AiPass("client_123", "myapp://auth/callback", provider = it, store = MemoryStore(), serverTrust = null)
            }
        for (engine in 1..2) assertTrue(ServerTrustBridge.install())
        assertTrue(failure() is AiPassException.Provider)
        assertEquals(Triple(listOf("CN=localhost"), "ECDHE_ECDSA", "localhost"), FakeTrustManager.asked.first())
        for (reason in listOf(CertificateException("pinned otherwise"), IllegalStateException("no roots"))) {
            FakeTrustManager.refusal = reason
            val failure = failure()
            assertTrue("$failure", failure is AiPassException.Offline)
        }
    }

    private companion object {
        const val PASSWORD = "password"
    }
}
