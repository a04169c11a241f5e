import AIPassMobile
import Foundation
import Testing

/// Values of the app's own types, and the shorter forms of other calls.
@Suite(.timeLimit(.minutes(10)))
struct ExtractionTests {
    private struct Bill: Decodable {
        let merchant: String
        let amount: Double
    }

    private struct Ticket: Decodable {
        let amount: Date
    }

    private let photos = [Photo.file(repository.appendingPathComponent("sandbox/recorded/cafe.jpg"))]
    private let schema = """
        {"type": "object", "required": ["merchant", "amount"],
         "properties": {"merchant": {"type": "string"}, "amount": {"type": "number"}}}
        """

    /// As a screen does it: on the main actor, under the compiler's eyes.
    @MainActor
    @Test func photosBecomeAValueOfTheAppsOwnType() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        let bill = try await ai.extract(Bill.self, from: photos, schema: schema)
        #expect(!bill.merchant.isEmpty)
        #expect(try await sandbox.chats == 1)
    }

    // P6
    @Test func jsonThatIsNoneOfTheAppsTypeSaysWhere() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        let error = await expectError(AIPassError.self) {
            try await ai.extract(Ticket.self, from: photos, schema: schema, decoder: decoder)
        }
        guard case .invalidOutput(let text, _, let detail) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(detail.contains("/amount"), "\(detail)")
        #expect(text.contains("merchant"), "what was paid for is not lost")
        #expect(try await sandbox.chats == 1)  // a paid call is not repeated
    }

    @Test func aTextBecomesAVector() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        let vectors = try await ai.embed(EmbeddingRequest(input: ["coffee"])).vectors
        #expect(try await [ai.embed("coffee")] == vectors)
    }

    @Test func aConversationRemembersWhatWasStreamed() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        let conversation = try Conversation(
            start: ChatRequest(messages: [.system("Be brief.")]), budget: ConversationBudget())
        var said = ""
        for try await event in try await conversation.stream(ai: ai, messages: [.user("Hello")]) {
            if case .text(let text, 0) = event { said += text }
        }
        #expect(conversation.messages().last == .assistant(said))
        _ = try await conversation.ask("And now?", ai: ai)
        #expect(conversation.messages().count == 4)
    }

    // S1
    @Test func whatIsPrintedShowsNoSecretNoSignatureAndNoPhoto() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        var client = try await ai.createClient(ClientSettings(name: "Receipts", redirectURIs: ["receipts://auth"]))
        client.clientSecret = "canary"
        let image = GeneratedImage(
            bytes: nil, url: URL(string: "https://example.com/a.png?signature=canary"), revisedPrompt: nil)
        let values: [Any] = [
            client, image, Photo.url("https://example.com/a.jpg?signature=canary"),
            Photo.url("data:image/png;base64,canary"),
        ]
        #expect("\(client)".contains("Receipts"))
        for value in values {
            var dumped = ""
            dump(value, to: &dumped)
            for shown in ["\(value)", String(reflecting: value), dumped] {
                #expect(!shown.contains("canary"), "\(shown)")
            }
        }
    }
}
