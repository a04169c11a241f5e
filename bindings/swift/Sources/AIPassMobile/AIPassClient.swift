import Foundation

/// What an app's own code usually needs of `AIPass`. Code that takes `any AIPassClient` can be tested with `FakeAIPass`
/// of the product `AIPassTesting`, without a network and without a native library's session.
///
/// `AIPass` has more calls. This protocol has only those that a fake can answer in full: an object such as `ChatStream`
/// belongs to the native library, and no app can make one.
public protocol AIPassClient: Sendable {
    /// The session's states: the present one at once, then each change.
    func sessionUpdates() -> AsyncThrowingStream<SessionState, any Error>
    /// Begins a sign-in; see `AIPass.beginSignIn(_:)`.
    func beginSignIn(_ options: SignInOptions) async throws -> SignInRequest
    /// Completes a sign-in; see `AIPass.completeSignIn(_:)`.
    func completeSignIn(_ callbackURL: String) async throws
    /// Gives up the sign-ins that were begun; see `AIPass.cancelSignIn()`.
    func cancelSignIn() async throws
    /// Whether this URL is a callback to the client's redirect URI; see `AIPass.isCallback(_:)`.
    func isCallback(_ url: String) -> Bool
    /// Signs out; see `AIPass.signOut()`.
    @discardableResult
    func signOut() async throws -> SignOutReport
    /// The app came back to the front; see `AIPass.resumed()`.
    func resumed()
    /// Reads a photographed receipt. One paid call; see `AIPass.scanReceipt(_:)`.
    func scanReceipt(_ scan: ReceiptScan) async throws -> Receipt
    /// Reads several receipts on one photo. One paid call; see `AIPass.scanReceipts(_:)`.
    func scanReceipts(_ scan: ReceiptScan) async throws -> [Receipt]
    /// Prepares a receipt that can be sent again once after the budget was used up. Nothing is sent; see
    /// `AIPass.preparedScan(_:)`.
    func preparedReceipt(_ scan: ReceiptScan) async throws -> any PreparedReceipt
    /// Looks at a photo on this device before money is spent; see `AIPass.checkPhoto(photo:)`.
    func checkPhoto(photo: Photo) async throws -> [PhotoHint]
    /// Asks a model and hands over the words of its answer. Each loop over them is one paid call.
    func chatText(_ request: ChatRequest) -> ChatText
    /// Asks a model and waits for the whole answer, which says what it cost. One paid call; see `AIPass.chat(_:)`.
    func chat(_ request: ChatRequest) async throws -> ChatAnswer
    /// Prepares a chat that can be sent again once after the budget was used up. Nothing is sent; see
    /// `AIPass.preparedChat(_:)`.
    func preparedAnswer(_ request: ChatRequest) async throws -> any PreparedAnswer
    /// What a call may cost; see `AIPass.estimate(request:)`.
    func estimate(request: PaidRequest) async throws -> CostEstimate
    /// What was spent in this session and today; see `AIPass.spending()`.
    func spending() async throws -> Spending
    /// Begins a sum anew; see `AIPass.resetSpending(period:)`.
    func resetSpending(period: SpendingPeriod) async throws
    /// The balance: what is known now, and then each change; see `AIPass.balances(lowBelow:)`.
    func balanceUpdates(lowBelow: Decimal?) -> AsyncThrowingStream<BalanceUpdate, any Error>
    /// The balance, which may be some minutes old; see `AIPass.balance()`.
    func balance() async throws -> Balance
    /// The balance as the provider has it now; see `AIPass.refreshBalance()`.
    func refreshBalance() async throws -> Balance
    /// Where the user can fill the wallet; see `AIPass.checkoutURL(amount:)`.
    func checkoutURL(amount: Decimal) async throws -> URL
}

extension AIPass: AIPassClient {
    /// The session's states, as `sessionStates()` has them: the present one at once, then each change.
    public func sessionUpdates() -> AsyncThrowingStream<SessionState, any Error> {
        let states = sessionStates()
        return AsyncThrowingStream { try await states.next() }
    }

    /// Asks a model and hands over the words of its answer as they come, as `chat(_:)` with a string does.
    public func chatText(_ request: ChatRequest) -> ChatText {
        ChatText(source: .call { try await self.chatStream(request) })
    }

    /// As `preparedScan(_:)`, for code that takes `any AIPassClient`.
    public func preparedReceipt(_ scan: ReceiptScan) async throws -> any PreparedReceipt {
        try await preparedScan(scan)
    }

    /// As `preparedChat(_:)`, for code that takes `any AIPassClient`.
    public func preparedAnswer(_ request: ChatRequest) async throws -> any PreparedAnswer {
        try await preparedChat(request)
    }

    /// The balance, as `balances(lowBelow:)` has it: what is known now, and then each change. It is asked for while
    /// somebody listens.
    public func balanceUpdates(lowBelow: Decimal?) -> AsyncThrowingStream<BalanceUpdate, any Error> {
        let balances = balances(lowBelow: lowBelow)
        return AsyncThrowingStream { try await balances.next() }
    }
}

extension AIPassClient {
    /// Begins a sign-in with the provider's usual scopes: open the returned URL in the system's browser.
    ///
    /// - Returns: The URL, and when the sign-in expires. It can be completed after the app was killed meanwhile.
    /// - Throws: `AIPassError.storage` if the sign-in cannot be stored.
    public func beginSignIn() async throws -> SignInRequest {
        try await beginSignIn(SignInOptions())
    }

    /// Completes a sign-in with the URL that the system handed to the app, as in `onOpenURL`.
    ///
    /// - Throws: As `completeSignIn(_:)` with a string.
    public func completeSignIn(_ callbackURL: URL) async throws {
        try await completeSignIn(callbackURL.absoluteString)
    }

    /// Whether this URL is a callback to this client's redirect URI, for apps that receive other links too. Says
    /// nothing about whether it is genuine: `completeSignIn(_:)` finds that out.
    public func isCallback(_ url: URL) -> Bool {
        isCallback(url.absoluteString)
    }

    /// Completes a sign-in if this link is a callback: for `onOpenURL`, and for the `webpageURL` of a universal link's
    /// `NSUserActivity`.
    ///
    /// - Returns: Whether it was one. Any other link is the app's.
    /// - Throws: As `completeSignIn(_:)` with a string.
    public func completeSignIn(ifCallback link: URL) async throws -> Bool {
        guard isCallback(link) else { return false }
        try await completeSignIn(link)
        return true
    }

    /// Reads a photographed receipt from the photo's bytes, as the camera or the photo library wrote them. On Apple's
    /// platforms a format that only the system reads, such as HEIC, is converted first. One paid call.
    ///
    /// - Returns: Its fields. One that cannot be read is `nil`.
    /// - Throws: As `scanReceipt(_:)` with a `ReceiptScan`, which can say where the receipt is from.
    public func scanReceipt(_ photo: Data) async throws -> Receipt {
        try await scanReceipt(ReceiptScan(photos: [systemPhoto(.bytes(photo))]))
    }

    /// Reads a photographed receipt from a file, on a background thread. On Apple's platforms a format that only the
    /// system reads, such as HEIC, is converted first. One paid call.
    ///
    /// - Returns: Its fields. One that cannot be read is `nil`.
    /// - Throws: As `scanReceipt(_:)` with a `ReceiptScan`, which can say where the receipt is from.
    public func scanReceipt(contentsOf file: URL) async throws -> Receipt {
        try await scanReceipt(ReceiptScan(photos: [systemPhoto(.file(file))]))
    }

    /// Looks for signs that a photo of a receipt cannot be read, from the photo's bytes as the camera or the photo library
    /// wrote them. Nothing is sent.
    ///
    /// - Throws: As `checkPhoto(photo:)` with a `Photo`.
    public func checkPhoto(photo: Data) async throws -> [PhotoHint] {
        try await checkPhoto(photo: systemPhoto(.bytes(photo)))
    }

    /// Asks a model and hands over the words of its answer as they come:
    ///
    /// ```swift
    /// for try await text in ai.chat("How much of it was coffee?") {
    ///     answer += text
    /// }
    /// ```
    ///
    /// - Returns: The answer's text in pieces. Each loop over it is one paid call, made when the loop begins; leaving
    ///   the loop, or cancelling its task, ends the call.
    public func chat(_ prompt: String) -> ChatText {
        chatText(.user(prompt))
    }
}

/// The photo as the library reads it, made on a background thread: an async function that belongs to no actor runs
/// there. One that the system does not know stays as it is: the library's error names its format.
private func systemPhoto(_ photo: Photo) async throws -> Photo {
    #if canImport(ImageIO)
        return try photo.converted() ?? photo
    #else
        return photo
    #endif
}
