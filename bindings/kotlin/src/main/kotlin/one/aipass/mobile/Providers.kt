package one.aipass.mobile

import java.net.URI

/** AI Pass at `https://aipass.one`: what [AiPass] uses where no provider is named. */
public fun Provider.Companion.aiPass(): Provider = aiPassProvider()

/**
 * AI Pass at another base URL: a sandbox on loopback, or a private installation.
 *
 * @throws AiPassException.InvalidInput if it is not an http or https URL.
 */
public fun Provider.Companion.aiPass(baseUrl: URI): Provider = aiPassProviderAt(baseUrl.toString())

/** Phaseo, called AI Stats until 2026, at `https://api.phaseo.app`. */
public fun Provider.Companion.phaseo(): Provider = phaseoProvider()

/** The same as [phaseo], under the service's former name. */
public fun Provider.Companion.aiStats(): Provider = aiStatsProvider()

/**
 * Phaseo at another base URL, such as a sandbox on loopback.
 *
 * @throws AiPassException.InvalidInput if it is not an http or https URL.
 */
public fun Provider.Companion.phaseo(baseUrl: URI): Provider = phaseoProviderAt(baseUrl.toString())

/**
 * The provider with this issuer, as its server describes itself (RFC 8414, OpenID Connect Discovery). What was found is kept in
 * memory for an hour.
 *
 * @param issuer the issuer identifier, byte for byte as the server spells it.
 * @throws AiPassException.Provider with the kind `NOT_FOUND` or `METADATA_REFUSED`.
 * @throws AiPassException.InvalidInput if the issuer is no https URL.
 */
public suspend fun Provider.Companion.discover(
    issuer: String,
    config: Config? = null,
    serverTrust: ServerTrust? = null,
    debugBuild: Boolean = false,
): Provider = discoverProvider(issuer, config, serverTrust, debugBuild)

/**
 * Any OAuth 2.0 server, with the standard encoding (RFC 6749) and nothing optional; `copy` adds what it offers besides.
 *
 * @throws AiPassException.InvalidInput if an endpoint is not an http or https URL.
 */
public fun Provider.Companion.custom(
    issuer: String,
    authorizationEndpoint: URI,
    tokenEndpoint: URI,
): Provider = customProvider(issuer, authorizationEndpoint.toString(), tokenEndpoint.toString())

/**
 * The metadata of an app on a phone or a desktop, which has no secret: `native`, `none`, and the grants `authorization_code` and
 * `refresh_token` (RFC 8252). For [ClientRegistration].
 *
 * @param clientName the app's name, as the consent page shows it.
 * @param redirectUris where callbacks may go to, compared byte for byte.
 */
public fun ClientMetadata.Companion.nativeApp(
    clientName: String,
    redirectUris: List<String>,
): ClientMetadata = nativeAppMetadata(clientName, redirectUris)
