import AIPassMobile
import Foundation
import Testing

/// Native types cross the boundary unharmed.
@Suite(.timeLimit(.minutes(10)))
struct TypeTests {
    @Test(arguments: ["0.1", "0.000000000000000001", "12345678901234567890.12", "0"])
    func decimals(_ text: String) async throws {
        let amount = try #require(Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")))
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        try await sandbox.ask("POST", "budget", ["remaining": .string(text)])
        #expect(try await ai.refreshBalance().remainingBudget == amount)
        // And back: the sentence is Rust's.
        let error = AIPassError.budgetExceeded(spent: amount, limit: -amount, requestID: nil, detail: "", text: nil)
        #expect(error.text.contains("(\(text) of "))
    }

    @Test(arguments: [0.0, 0.000_001, 0.25, 90, 86_400])
    func durations(_ seconds: TimeInterval) {
        var config = Config()
        config.idleTimeout = seconds
        #expect(config.idleTimeout == seconds)
        let text = AIPassError.timeout(limit: .idle, after: seconds, lastStatus: nil).text
        let texts = [0.0: "after 0ns", 0.000_001: "1µs", 0.25: "250ms", 90: "90s", 86_400: "86400s"]
        #expect(text.contains(texts[seconds] ?? "?"), "\(text)")
    }

    /// Foundation allows such, and Rust has none.
    @Test(arguments: [-1, .infinity, .nan])
    func durationsThatAreNone(_ seconds: TimeInterval) {
        #expect(AIPassError.timeout(limit: .idle, after: seconds, lastStatus: nil).code == "timeout_idle")
    }

    @Test func productionDefaults() throws {
        let config = Config()
        #expect(config.connectTimeout == 10)
        #expect(config.modelsMaxAge == 3600)
        #expect(config.retryRateLimited)
        #expect(config.appName == nil)
        #expect(config.insecureDevelopmentHosts.isEmpty)
        #expect(Provider.aiPass.issuer == "https://aipass.one")
        #expect(Provider.aiPass.modelAPI == URL(string: "https://aipass.one/oauth2/v1"))
    }

    @Test func urls() async throws {
        let authorize = try #require(URL(string: "https://[::1]:8443/a%7Cb?tenant=%5Bx%5D"))
        let token = try #require(URL(string: "https://login.example.com/token"))
        var provider = try Provider.custom(
            issuer: "https://[::1]:8443", authorizationEndpoint: authorize, tokenEndpoint: token)
        #expect(provider.authorizationEndpoint == authorize)
        #expect(provider.tokenEndpoint == token)
        provider.defaultScopes = ["openid"]
        let ai = try AIPass(
            clientID: "app&1", redirectURI: "myapp://auth/callback", provider: provider, store: MemoryStore())
        let options = SignInOptions(loginHint: "ä@example.com", extraParameters: ["audience": "{x}"])
        let url = try await ai.beginSignIn(options).url
        #expect(url.absoluteString.hasPrefix("https://[::1]:8443/a%7Cb?tenant=%5Bx%5D&"))
        let items = try #require(URLComponents(url: url, resolvingAgainstBaseURL: false)?.queryItems)
        let parameters = Dictionary(items.map { ($0.name, $0.value) }) { first, _ in first }
        #expect(parameters["client_id"] == "app&1")
        #expect(parameters["login_hint"] == "ä@example.com")
        #expect(parameters["audience"] == "{x}")
        #expect(parameters["scope"] == "openid")
        #expect(ai.isCallback(try #require(URL(string: "myapp://auth/callback?code=a&state=b"))))
        #expect(!ai.isCallback(try #require(URL(string: "myapp://other"))))
    }

    @Test func aSignInShowsNoneOfItsSecrets() async throws {
        let ai = try AIPass(clientID: "a", redirectURI: "myapp://auth/callback", store: MemoryStore())
        let request = try await ai.beginSignIn(SignInOptions(loginHint: "kim"))
        #expect(request.url.absoluteString.contains("login_hint=kim"))
        var dumped = ""
        dump(request, to: &dumped)
        for shown in ["\(request)", String(reflecting: request), dumped] {
            #expect(shown.contains("https://aipass.one/"), "\(shown)")
            #expect(!shown.contains("state=") && !shown.contains("kim"), "\(shown)")
        }
    }

    @Test func dates() async throws {
        let before = Date()
        let ai = try AIPass(clientID: "a", redirectURI: "myapp://auth/callback", store: MemoryStore())
        let expiry = try await ai.beginSignIn().expiresAt
        #expect(expiry >= before.addingTimeInterval(600 - 2))
        #expect(expiry <= Date().addingTimeInterval(600 + 2))
    }

    @Test func daysAndPaths() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        let folder = try TemporaryFolder()
        let photo = folder.url.appendingPathComponent("Beleg für 100 % Kaffee #1.jpg")
        try FileManager.default.copyItem(
            at: repository.appendingPathComponent("sandbox/recorded/bookshop.jpg"), to: photo)
        let receipt = try await ai.scanReceipt(contentsOf: photo)
        #expect(receipt.date?.year == 2026 && receipt.date?.month == 9 && receipt.date?.day == 19)
        let midnight = try #require(receipt.date?.date)
        let day = Calendar(identifier: .gregorian).dateComponents([.year, .month, .day], from: midnight)
        #expect(day.year == 2026 && day.month == 9 && day.day == 19)
        #expect(receipt.amount == Decimal(string: "39.24"))
        var again = try await ai.scanReceipt(Data(contentsOf: photo))
        again.requestID = receipt.requestID  // each request has its own
        #expect(again == receipt)
    }

    // P14
    @Test func aReceiptThatTheUserCorrectedIsJudgedAgain() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        let photo = repository.appendingPathComponent("sandbox/recorded/bookshop.jpg")
        var receipt = try await ai.scanReceipt(contentsOf: photo)
        #expect(receipt.verdict == .agrees)
        let amount = try #require(receipt.amount)
        receipt.amount = amount + Decimal(string: "0.30")!
        let wrong = receipt.judged(locale: "en-GB")
        if case .off = wrong.verdict {} else { Issue.record("\(wrong.verdict)") }
        receipt.amount = amount
        #expect(receipt.judged(locale: "en-GB").verdict == .agrees)
    }

    /// Not even where there is a file at its path.
    @Test func aWebURLIsNoFile() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        let photo = repository.appendingPathComponent("sandbox/recorded/bookshop.jpg")
        let elsewhere = try #require(URL(string: "https://example.com" + photo.path))
        let calls: [() async throws -> Void] = [
            { _ = try await ai.scanReceipt(contentsOf: elsewhere) },
            { _ = try await ai.scanReceipt(ReceiptScan(contentsOf: elsewhere)) },
            { _ = try await ai.describeImage(ImageQuestion(contentsOf: elsewhere, prompt: "What is it?")) },
        ]
        for call in calls {
            let error = await expectError(AIPassError.self) { try await call() }
            guard case .invalidInput("photo", let detail) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(detail.contains("not a file's URL"), "\(detail)")
        }
        #expect(try await sandbox.chats == 0)
    }

    @Test func requestsSayWhatWasMeant() {
        #expect(ChatRequest.user("Hi").messages == [Message(role: .user, content: [.text(text: "Hi")])])
        #expect(Message.tool("42", toolCallID: "call_1").toolCallID == "call_1")
        let shown = Message.user(.text(text: "What is this?"), .photo(photo: .bytes(Data([1]))))
        #expect(shown.content.count == 2 && shown.role == .user)
        let scan = ReceiptScan(contentsOf: URL(fileURLWithPath: "/a.jpg"), locale: "de-DE", expectedCurrency: "EUR")
        #expect(scan.photos == [.file(URL(fileURLWithPath: "/a.jpg"))])
        #expect(scan.maxTokens == nil && scan.temperature == nil && scan.locale == "de-DE")
    }
}
