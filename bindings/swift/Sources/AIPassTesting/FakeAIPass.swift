import AIPassMobile
import Foundation

/// Stands for `AIPass` in the unit tests of an app: answers as the test says, and remembers what was asked.
///
/// ```swift
/// let ai = FakeAIPass(state: .signedIn)
/// ai.script { $0.scanReceipt = { _ in .sample(merchant: "Café", amount: 18, currency: "EUR") } }
/// ```
///
/// It plays a session of its own: completing a sign-in signs in, signing out signs out, and paid calls without a
/// session throw `AIPassError.signInRequired`. It checks no callback, keeps no tokens, and reads no photo. A call that
/// the test did not script throws `AIPassError.other` with the code `not_scripted`.
public final class FakeAIPass: AIPassClient, @unchecked Sendable {
    /// What was asked of the fake.
    public enum Call: Equatable, Sendable {
        case beginSignIn(SignInOptions)
        case completeSignIn(String)
        case cancelSignIn
        case signOut
        case resumed
        case scanReceipt(ReceiptScan)
        case chatText(ChatRequest)
        case balance
        case refreshBalance
        case checkoutURL(amount: Decimal)
    }

    /// How the fake answers. Every closure may throw, and may wait.
    public struct Script: Sendable {
        public var completeSignIn: @Sendable (String) async throws -> Void = { _ in }
        public var signOut: @Sendable () async throws -> Void = {}
        public var scanReceipt: @Sendable (ReceiptScan) async throws -> Receipt = { _ in
            throw notScripted("scanReceipt")
        }
        public var chatText: @Sendable (ChatRequest) -> ChatText = { _ in
            ChatText(pieces: [], failure: notScripted("chatText"))
        }
        /// Answers `balance()` and `refreshBalance()`.
        public var balance: @Sendable () async throws -> Balance = { throw notScripted("balance") }
        public var checkoutURL: @Sendable (Decimal) async throws -> URL = { _ in throw notScripted("checkoutURL") }
    }

    private let redirectURI: String
    private let lock = NSLock()
    private var script = Script()
    private var made: [Call] = []
    private var state: SessionState
    private var followers: [UUID: AsyncThrowingStream<SessionState, any Error>.Continuation] = [:]

    /// - Parameters:
    ///   - state: The session as it is at the beginning.
    ///   - redirectURI: What `isCallback` compares links with.
    public init(state: SessionState = .signedOut, redirectURI: String = "myapp://auth/callback") {
        self.state = state
        self.redirectURI = redirectURI
    }

    /// The calls so far, in order.
    public var calls: [Call] {
        lock.withLock { made }
    }

    /// Changes how the fake answers from now on.
    public func script(_ change: (inout Script) -> Void) {
        var changed = lock.withLock { script }
        change(&changed)  // without the lock: the test may look at the fake in there
        lock.withLock { [changed] in script = changed }
    }

    /// Puts the session into another state, as when the provider ends it.
    public func move(to state: SessionState) {
        lock.withLock {
            self.state = state
            for follower in followers.values { follower.yield(state) }
        }
    }

    public func sessionUpdates() -> AsyncThrowingStream<SessionState, any Error> {
        let (states, continuation) = AsyncThrowingStream.makeStream(of: SessionState.self)
        let id = UUID()
        continuation.onTermination = { [weak self] _ in
            guard let self else { return }
            lock.withLock { _ = followers.removeValue(forKey: id) }
        }
        lock.withLock {
            continuation.yield(state)
            followers[id] = continuation
        }
        return states
    }

    public func beginSignIn(_ options: SignInOptions) async throws -> SignInRequest {
        _ = note(.beginSignIn(options))
        if now == .signedOut { move(to: .signingIn) }
        var page = URLComponents(string: "https://provider.invalid/authorize")!
        page.queryItems = [URLQueryItem(name: "redirect_uri", value: redirectURI)]
        return SignInRequest(url: page.url!, expiresAt: Date(timeIntervalSinceNow: 600))
    }

    public func completeSignIn(_ callbackURL: String) async throws {
        try await note(.completeSignIn(callbackURL)).completeSignIn(callbackURL)
        move(to: .signedIn)
    }

    public func cancelSignIn() async throws {
        _ = note(.cancelSignIn)
        if now == .signingIn { move(to: .signedOut) }
    }

    public func isCallback(_ url: String) -> Bool {
        url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).first.map(String.init) == redirectURI
    }

    public func signOut() async throws -> SignOutReport {
        try await note(.signOut).signOut()
        move(to: .signedOut)
        return SignOutReport(refreshToken: .accepted, accessToken: .accepted)
    }

    public func resumed() {
        _ = note(.resumed)
    }

    public func scanReceipt(_ scan: ReceiptScan) async throws -> Receipt {
        try await paid(.scanReceipt(scan)).scanReceipt(scan)
    }

    public func chatText(_ request: ChatRequest) -> ChatText {
        do {
            return try paid(.chatText(request)).chatText(request)
        } catch {
            return ChatText(pieces: [], failure: error)
        }
    }

    public func balance() async throws -> Balance {
        try await paid(.balance).balance()
    }

    public func refreshBalance() async throws -> Balance {
        try await paid(.refreshBalance).balance()
    }

    public func checkoutURL(amount: Decimal) async throws -> URL {
        try await paid(.checkoutURL(amount: amount)).checkoutURL(amount)
    }

    private var now: SessionState {
        lock.withLock { state }
    }

    private func note(_ call: Call) -> Script {
        lock.withLock {
            made.append(call)
            return script
        }
    }

    /// A call that needs a session.
    private func paid(_ call: Call) throws -> Script {
        let script = note(call)
        switch now {
        case .signedIn, .refreshing: return script
        case .needsSignIn(let reason): throw AIPassError.signInRequired(reason: reason, detail: nil)
        case .signedOut, .signingIn: throw AIPassError.signInRequired(reason: .notSignedIn, detail: nil)
        }
    }
}

private func notScripted(_ call: String) -> AIPassError {
    .other(code: "not_scripted", detail: "the test did not say how FakeAIPass answers \(call)")
}
