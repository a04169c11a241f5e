/// A request that is paid for once and that can be sent again after the budget was used up, once: what an app's own code
/// needs to offer a refused request again. `PreparedScan` and `PreparedChat` are such, and those of `FakeAIPass`.
public protocol PreparedRequest: AnyObject, Sendable {
    /// Whether it can be sent now, for a button such as "Send again"; see `PreparedScan.canSend()`.
    func canSend() -> Bool
}

/// A receipt whose photos are ready; see `AIPassClient.preparedReceipt(_:)`.
public protocol PreparedReceipt: PreparedRequest {
    /// Sends it. One paid call; see `PreparedScan.send()`.
    func send() async throws -> Receipt
}

/// A chat whose photos are ready; see `AIPassClient.preparedAnswer(_:)`.
public protocol PreparedAnswer: PreparedRequest {
    /// Sends it and waits for the whole answer. One paid call; see `PreparedChat.send()`.
    func send() async throws -> ChatAnswer
    /// The words of its answer as they come. A loop over them sends it, as `PreparedChat.stream()` does, and a second loop
    /// fails as a second `send()` does.
    func text() -> ChatText
}

extension PreparedScan: PreparedReceipt {}

extension PreparedChat: PreparedAnswer {
    /// The words of its answer as they come. A loop over them sends it, as `stream()` does, and a second loop fails as a
    /// second `send()` does.
    public func text() -> ChatText {
        ChatText(source: .call { try await self.stream() })
    }
}
