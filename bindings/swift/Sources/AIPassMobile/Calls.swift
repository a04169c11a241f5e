import Foundation

extension AIPass {
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

    /// Whether this URL is a callback to this client's redirect URI, for apps that receive other links too. Says nothing
    /// about whether it is genuine: `completeSignIn(_:)` finds that out.
    public func isCallback(_ url: URL) -> Bool {
        isCallback(url.absoluteString)
    }

    /// Reads a photographed receipt from the photo's bytes, as the camera wrote them. One paid call.
    ///
    /// - Returns: Its fields. One that cannot be read is `nil`.
    /// - Throws: As `scanReceipt(_:)` with a `ReceiptScan`, which can say where the receipt is from.
    public func scanReceipt(_ photo: Data) async throws -> Receipt {
        try await scanReceipt(ReceiptScan(photo: photo))
    }

    /// Reads a photographed receipt from a file, on a background thread. One paid call.
    ///
    /// - Returns: Its fields. One that cannot be read is `nil`.
    /// - Throws: As `scanReceipt(_:)` with a `ReceiptScan`, which can say where the receipt is from.
    public func scanReceipt(contentsOf file: URL) async throws -> Receipt {
        try await scanReceipt(ReceiptScan(contentsOf: file))
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
        ChatText(client: self, request: .user(prompt))
    }

    /// Asks a model and hands over the words of its answer as they come, as `chat(_:)` with a string does.
    public func chatText(_ request: ChatRequest) -> ChatText {
        ChatText(client: self, request: request)
    }
}
