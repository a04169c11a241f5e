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
/// session throw `AIPassError.signInRequired`. A prepared request can be sent as often as the library's. It checks no
/// callback, keeps no tokens, reads no photo, and counts no money: `balanceUpdates(lowBelow:)` tells what
/// `tell(_:)` and the scripted balance say. A call that the test did not script throws `AIPassError.other` with the code
/// `not_scripted`.
public final class FakeAIPass: AIPassClient, @unchecked Sendable {
    private struct World: Sendable {
        var session: SessionState
        var balance = unknownBalance
    }

    private let redirectURI: String
    private let world: Followers<World>
    private let lock = NSLock()
    private var script = Script()
    private var made: [Call] = []

    /// - Parameters:
    ///   - state: The session as it is at the beginning.
    ///   - redirectURI: What `isCallback` compares links with.
    public init(state: SessionState = .signedOut, redirectURI: String = "myapp://auth/callback") {
        world = Followers(World(session: state))
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
        world.change { $0.session = state }
    }

    /// Tells those who follow the balance, as after a paid call. `BalanceUpdate.isLow` is worked out for each of them.
    public func tell(_ update: BalanceUpdate) {
        world.change { $0.balance = update }
    }

    public func sessionUpdates() -> AsyncThrowingStream<SessionState, any Error> {
        world.follow(\.session)
    }

    public func balanceUpdates(lowBelow: Decimal?) -> AsyncThrowingStream<BalanceUpdate, any Error> {
        world.follow { world in
            guard Self.refusal(in: world.session) == nil else { return unknownBalance }
            var update = world.balance
            let left = update.balance?.remainingBudget
            update.isLow = left.map { left in lowBelow.map { left < $0 } ?? false } ?? false
            return update
        }
    }

    public func beginSignIn(_ options: SignInOptions) async throws -> SignInRequest {
        _ = note(.beginSignIn(options))
        if world.value.session == .signedOut { move(to: .signingIn) }
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
        if world.value.session == .signingIn { move(to: .signedOut) }
    }

    public func isCallback(_ url: String) -> Bool {
        url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).first.map(String.init) == redirectURI
    }

    public func signOut() async throws -> SignOutReport {
        try await note(.signOut).signOut()
        world.change { $0 = World(session: .signedOut) }
        return SignOutReport(refreshToken: .accepted, accessToken: .accepted)
    }

    public func resumed() {
        _ = note(.resumed)
    }

    public func scanReceipt(_ scan: ReceiptScan) async throws -> Receipt {
        try await paid(.scanReceipt(scan)).scanReceipt(scan)
    }

    public func scanReceipts(_ scan: ReceiptScan) async throws -> [Receipt] {
        try await paid(.scanReceipts(scan)).scanReceipts(scan)
    }

    public func preparedReceipt(_ scan: ReceiptScan) async throws -> any PreparedReceipt {
        _ = note(.preparedReceipt(scan))
        return FakePreparedReceipt { try await self.scanReceipt(scan) }
    }

    public func checkPhoto(photo: Photo) async throws -> [PhotoHint] {
        try await note(.checkPhoto(photo)).checkPhoto(photo)
    }

    public func chatText(_ request: ChatRequest) -> ChatText {
        do {
            return try paid(.chatText(request)).chatText(request)
        } catch {
            return ChatText(pieces: [], failure: error)
        }
    }

    public func chat(_ request: ChatRequest) async throws -> ChatAnswer {
        try await paid(.chat(request)).chat(request)
    }

    public func preparedAnswer(_ request: ChatRequest) async throws -> any PreparedAnswer {
        _ = note(.preparedAnswer(request))
        return FakePreparedAnswer(chat: { try await self.chat(request) }, words: { self.chatText(request) })
    }

    public func estimate(request: PaidRequest) async throws -> CostEstimate {
        try await note(.estimate(request)).estimate(request)
    }

    public func spending() async throws -> Spending {
        try await note(.spending).spending()
    }

    public func resetSpending(period: SpendingPeriod) async throws {
        try await note(.resetSpending(period)).resetSpending(period)
    }

    public func balance() async throws -> Balance {
        try await told(paid(.balance).balance())
    }

    public func refreshBalance() async throws -> Balance {
        try await told(paid(.refreshBalance).balance())
    }

    public func checkoutURL(amount: Decimal) async throws -> URL {
        try await paid(.checkoutURL(amount: amount)).checkoutURL(amount)
    }

    private func told(_ balance: Balance) -> Balance {
        tell(BalanceUpdate(balance: balance, isEstimate: false, isLow: false, errorCode: nil))
        return balance
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
        if let refusal = Self.refusal(in: world.value.session) { throw refusal }
        return script
    }

    private static func refusal(in session: SessionState) -> AIPassError? {
        switch session {
        case .signedIn, .endsSoon, .refreshing: nil
        case .needsSignIn(let reason): .signInRequired(reason: reason, detail: nil)
        case .signedOut, .signingIn: .signInRequired(reason: .notSignedIn, detail: nil)
        }
    }
}

private let unknownBalance = BalanceUpdate(balance: nil, isEstimate: false, isLow: false, errorCode: nil)
