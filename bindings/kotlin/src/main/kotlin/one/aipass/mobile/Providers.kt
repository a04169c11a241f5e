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
