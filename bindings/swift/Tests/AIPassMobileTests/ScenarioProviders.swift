import AIPassMobile
import Foundation

/// The steps about other providers, and about sign-ins that only some of them offer, and what one of them leaves for the next.
final class Providers {
    private let sandbox: Sandbox
    private var registration: ClientRegistration?
    private var registered: RegisteredClient?

    init(sandbox: Sandbox) {
        self.sandbox = sandbox
    }

    /// Takes the step; `nil` if it is none of these.
    func take(_ step: Step, with ai: AIPass) async throws -> JSON? {
        switch try step.name {
        case "discover": return try await Provider.discover(issuer: step.text("issuer")).facts
        case "register": return try await register(step)
        case "read_registration": return remember(try await opened().read(client()))
        case "update_registration":
            var changed = try client()
            changed.metadata.clientName = step.optional("client_name")
            return remember(try await opened().update(changed))
        case "delete_registration":
            try await opened().delete(client())
            return .null
        case "begin_device_sign_in": return try await ai.beginDeviceSignIn(SignInOptions(step: step)).facts
        case "pending_device_sign_in":
            guard let pending = try await ai.pendingDeviceSignIn() else { return .null }
            return pending.facts
        case "complete_device_sign_in":
            try await ai.completeDeviceSignIn()
            return .null
        case "cancel_sign_in":
            try await ai.cancelSignIn()
            return .null
        case "session_info":
            guard let info = try await ai.sessionInfo() else { return .null }
            return info.facts
        case "await_session_state": return try await state(step.text("state"), of: ai)
        case "end_session_url":
            let url = try await ai.endSessionURL(
                postLogoutRedirectURI: step.optional("post_logout_redirect_uri"), state: step.optional("state"))
            return ["url": .string(url.absoluteString), "parameters": url.parameterNames]
        case "request": return try await request(step, with: ai)
        default: return nil
        }
    }

    /// The provider that a step names: AI Pass if it names none.
    func provider(_ step: Step) async throws -> Provider {
        switch step.optional("provider") {
        case "phaseo": return try Provider.phaseo(at: sandbox.baseURL)
        case "discovered":
            var provider = try await Provider.discover(issuer: step.text("issuer"))
            provider.defaultScopes = step.texts("scopes")
            if let modelAPI = step.optional("model_api").flatMap(URL.init(string:)) {
                provider.modelAPI = modelAPI
                provider.resourceOrigins = [modelAPI]
            }
            return provider
        default: return try Provider.aiPass(at: sandbox.baseURL)
        }
    }

    private func register(_ step: Step) async throws -> JSON {
        let registration = try ClientRegistration(provider: await provider(step))
        let metadata = ClientMetadata.nativeApp(
            clientName: try step.text("client_name"), redirectURIs: step.texts("redirect_uris"))
        let client = try await registration.register(metadata)
        self.registration = registration
        return remember(client)
    }

    private func remember(_ client: RegisteredClient) -> JSON {
        registered = client
        return client.facts
    }

    private func opened() throws -> ClientRegistration {
        guard let registration else { throw TestFailure("no step before registered a client") }
        return registration
    }

    private func client() throws -> RegisteredClient {
        guard let registered else { throw TestFailure("no step before registered a client") }
        return registered
    }

    /// Waits until the session's states have this one.
    private func state(_ wanted: String, of ai: AIPass) async throws -> JSON {
        for try await state in ai.sessionStates() where state.facts["state"]?.string == wanted {
            return state.facts
        }
        throw TestFailure("the states ended before \(wanted)")
    }

    private func request(_ step: Step, with ai: AIPass) async throws -> JSON {
        guard let url = URL(string: try step.text("url")) else { throw TestFailure("the step's url is no URL") }
        let body = step["body"].map { Data($0.description.utf8) }
        let answer = try await ai.request(ResourceRequest(url: url, method: body == nil ? .get : .post, body: body))
        return [
            "status": .number(Double(answer.status)),
            "body": try JSONDecoder().decode(JSON.self, from: answer.body),
        ]
    }
}

extension SignInOptions {
    init(step: Step) {
        self.init(
            scopes: step.texts("scopes"), keepGrantedScopes: step["keep_granted_scopes"] == .bool(true),
            pushParameters: step["push_parameters"] == .bool(true))
    }
}

extension URL {
    /// The names of its parameters, sorted.
    var parameterNames: JSON {
        let items = URLComponents(url: self, resolvingAgainstBaseURL: false)?.queryItems ?? []
        return .array(items.map(\.name).sorted().map(JSON.string))
    }
}

extension Provider {
    fileprivate var facts: JSON {
        let offers: [(String, Bool)] = [
            ("device_authorization", deviceAuthorizationEndpoint != nil),
            ("pushed_authorization_requests", pushedAuthorizationRequestEndpoint != nil),
            ("registration", registrationEndpoint != nil),
            ("revocation", revocationEndpoint != nil),
            ("userinfo", userinfoEndpoint != nil),
            ("end_session", endSessionEndpoint != nil),
            ("model_api", modelAPI != nil),
        ]
        return [
            "issuer": .string(issuer), "offers": .array(offers.filter { $0.1 }.map { .string($0.0) }),
            "scopes": .array(defaultScopes.map(JSON.string)),
            "requires_pushed_parameters": .bool(requirePushedAuthorizationRequests),
        ]
    }
}

extension DeviceSignIn {
    fileprivate var facts: JSON {
        [
            "user_code": .string(userCode), "verification_uri": .string(verificationURI.absoluteString),
            "verification_uri_complete": JSON(verificationURIComplete?.absoluteString), "interval": .number(interval),
        ]
    }
}

extension SessionInfo {
    fileprivate var facts: JSON {
        [
            "subject": JSON(subject), "granted_scopes": .array(grantedScopes.map(JSON.string)),
            "missing_scopes": .array(missingScopes.map(JSON.string)), "has_refresh_token": .bool(hasRefreshToken),
            "has_end": .bool(endsAt != nil),
        ]
    }
}

extension RegisteredClient {
    fileprivate var facts: JSON {
        [
            "client_id": .string(clientID), "client_name": JSON(metadata.clientName),
            "redirect_uris": .array(metadata.redirectURIs.map(JSON.string)),
            "grant_types": .array(metadata.grantTypes.map(JSON.string)), "has_secret": .bool(clientSecret != nil),
            "is_manageable": .bool(registrationAccessToken != nil && registrationClientURI != nil),
        ]
    }
}
