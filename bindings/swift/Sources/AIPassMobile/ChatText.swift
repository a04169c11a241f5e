/// The words of a model's answer as they come; see `AIPass.chat(_:)`.
///
/// Where it matters why the model stopped, or what tools it wants called, read the events of `AIPass.chatStream(_:)`.
public struct ChatText: AsyncSequence, Sendable {
    public typealias Element = String

    let client: AIPass
    let request: ChatRequest

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(progress: .notSent(client, request))
    }

    /// Makes the call when the first piece is asked for.
    public struct AsyncIterator: AsyncIteratorProtocol, Sendable {
        enum Progress: Sendable {
            case notSent(AIPass, ChatRequest)
            case answering(ChatStream.AsyncIterator)
            case ended
        }

        var progress: Progress

        /// - Returns: The next words, never empty; `nil` after the last ones.
        /// - Throws: As `AIPass.chatStream(_:)` and `ChatStream.next()`; `CancellationError` if the task was cancelled.
        public mutating func next() async throws -> String? {
            let events: ChatStream.AsyncIterator
            switch progress {
            case .notSent(let client, let request):
                progress = .ended  // unless it is sent: nothing is paid for twice
                events = try await client.chatStream(request).makeAsyncIterator()
            case .answering(let iterator):
                events = iterator
            case .ended:
                return nil
            }
            progress = .ended
            while let event = try await events.next() {
                if case .text(let text, 0) = event, !text.isEmpty {
                    progress = .answering(events)
                    return text
                }
            }
            return nil
        }
    }
}
