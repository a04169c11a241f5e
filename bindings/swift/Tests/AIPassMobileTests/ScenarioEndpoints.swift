import AIPassMobile
import Foundation

/// The steps about models, embeddings, the account and its OAuth clients, and what one of them leaves for the next.
final class Endpoints {
    private var remembered: OAuthClient?

    /// Takes the step; `nil` if it is none of these.
    func take(_ step: Step, with ai: AIPass) async throws -> JSON? {
        switch try step.name {
        case "balance": return try await ai.balance().facts
        case "refresh_balance": return try await ai.refreshBalance().facts
        case "balances": return try await balances(step, with: ai)
        case "spending": return try await ai.spending().facts
        case "reset_spending":
            try await ai.resetSpending(period: step.text("period") == "day" ? .day : .session)
            return .null
        case "user_info": return try await ai.userInfo().facts
        case "models": return try await models(step, with: ai)
        case "model": return try await ai.model(id: step.text("id")).facts
        case "choose_model":
            guard let capability = Capability(fact: try step.text("capability")) else {
                throw TestFailure("the step names no capability")
            }
            return try await ai.chooseModel(capability: capability, preferences: step.texts("preferences")).facts
        case "embed": return try await embed(step, with: ai)
        case "create_client": return remember(try await ai.createClient(settings(step)))
        case "clients": return ["clients": .array(try await ai.clients().map(\.facts))]
        case "client": return try await ai.client(id: client().id).facts
        case "update_client": return remember(try await ai.updateClient(id: client().id, settings: settings(step)))
        case "deactivate_client":
            try await ai.deactivateClient(id: client().id)
            return .null
        case "delete_client":
            try await ai.deleteClient(id: client().id)
            return .null
        case "client_usage": return try await ai.clientUsage(clientID: client().clientID).facts
        case "checkout_url":
            guard let amount = Decimal(string: try step.text("amount")) else { throw TestFailure("no decimal") }
            return ["url": .string(try await ai.checkoutURL(amount: amount).absoluteString)]
        case "call_endpoint": return try await callEndpoint(step, with: ai)
        default: return nil
        }
    }

    private func models(_ step: Step, with ai: AIPass) async throws -> JSON {
        let filter = ModelFilter(
            kind: step.optional("kind"), capability: step.optional("capability"), method: step.optional("method"))
        let models = filter == ModelFilter() ? try await ai.models() : try await ai.modelsMatching(filter: filter)
        return ["models": .array(models.map(\.facts))]
    }

    private func balances(_ step: Step, with ai: AIPass) async throws -> JSON {
        var updates: [JSON] = []
        for try await update in ai.balances(lowBelow: step.optional("low_below").flatMap { Decimal(string: $0) }) {
            updates.append(update.facts)
            if step.number("take") == UInt32(updates.count) { break }
        }
        return ["updates": .array(updates)]
    }

    private func embed(_ step: Step, with ai: AIPass) async throws -> JSON {
        let formats: [String: EmbeddingEncodingFormat] = ["float": .float, "base64": .base64]
        let request = EmbeddingRequest(
            input: step.texts("input"), dimensions: step.number("dimensions"),
            encodingFormat: step.optional("encoding_format").flatMap { formats[$0] })
        let vectors = try await ai.embed(request).vectors
        return [
            "lengths": .array(vectors.map { .number(Double($0.count)) }),
            "equal": .bool(vectors.allSatisfy { $0 == vectors[0] }),
        ]
    }

    private func remember(_ client: OAuthClient) -> JSON {
        remembered = client
        return client.facts
    }

    private func client() throws -> OAuthClient {
        guard let remembered else { throw TestFailure("no step before made a client") }
        return remembered
    }

    private func settings(_ step: Step) -> ClientSettings {
        ClientSettings(
            name: step.optional("name"), redirectURIs: step.texts("redirect_uris"), scopes: step.texts("scopes"))
    }

    private func callEndpoint(_ step: Step, with ai: AIPass) async throws -> JSON {
        let methods: [String: RawMethod] = [
            "GET": .get, "POST": .post, "PUT": .put, "PATCH": .patch, "DELETE": .delete,
        ]
        guard let method = methods[try step.text("method")] else { throw TestFailure("the step names no method") }
        var request = RawRequest(
            api: step.optional("api") == "account" ? .account : .model, method: method, path: try step.text("path"))
        if case .object(let query) = step["query"] { request.query = query.compactMapValues(\.string) }
        request.bodyJSON = step["body"]?.description
        let answer = try await ai.callEndpoint(request)
        return [
            "status": .number(Double(answer.status)), "media_type": .string(answer.mediaType),
            "body": try JSONDecoder().decode(JSON.self, from: answer.body),
        ]
    }
}
