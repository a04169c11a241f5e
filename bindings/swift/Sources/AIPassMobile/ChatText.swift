/// The words of a model's answer as they come; see `AIPassClient.chat(_:)`.
///
/// Where it matters why the model stopped, or what tools it wants called, read the events of `AIPass.chatStream(_:)`.
public struct ChatText: AsyncSequence, Sendable {
    public typealias Element = String

    enum Source: Sendable {
        case call(@Sendable () async throws -> ChatStream)
        case pieces([String], failure: (any Error)?)
        case later(@Sendable () async throws -> ChatText)
    }

    let source: Source

    init(source: Source) {
        self.source = source
    }

    /// An answer that no model gives, for tests and previews: these pieces, then the failure if there is one.
    public init(pieces: [String], failure: (any Error)? = nil) {
        source = .pieces(pieces, failure: failure)
    }

    /// An answer that is made when it is asked for: by a fake, which may refuse it.
    package init(later make: @escaping @Sendable () async throws -> ChatText) {
        source = .later(make)
    }

    /// The failure that comes before any word, if these are pieces.
    package var refusal: (any Error)? {
        if case .pieces([], let failure) = source { failure } else { nil }
    }

    public func makeAsyncIterator() -> AsyncIterator {
        switch source {
        case .call(let send): AsyncIterator(progress: .notSent(send))
        case .pieces(let pieces, let failure): AsyncIterator(progress: .pieces(pieces[...], failure: failure))
        case .later(let make): AsyncIterator(progress: .notMade(make))
        }
    }

    /// Makes the call when the first piece is asked for.
    public struct AsyncIterator: AsyncIteratorProtocol, Sendable {
        enum Progress: Sendable {
            case notSent(@Sendable () async throws -> ChatStream)
            case answering(ChatStream.AsyncIterator)
            case pieces(ArraySlice<String>, failure: (any Error)?)
            case notMade(@Sendable () async throws -> ChatText)
            case ended
        }

        var progress: Progress

        /// - Returns: The next words, never empty; `nil` after the last ones.
        /// - Throws: As `AIPass.chatStream(_:)` and `ChatStream.next()`; `CancellationError` if the task was cancelled.
        public mutating func next() async throws -> String? {
            let before = progress
            progress = .ended  // unless it goes on: nothing is paid for twice
            switch before {
            case .notSent(let send):
                return try await words(of: send().makeAsyncIterator())
            case .answering(let events):
                return try await words(of: events)
            case .pieces(let pieces, let failure):
                try Task.checkCancellation()
                guard let piece = pieces.first else {
                    if let failure { throw failure }
                    return nil
                }
                progress = .pieces(pieces.dropFirst(), failure: failure)
                return piece
            case .notMade(let make):
                progress = try await make().makeAsyncIterator().progress
                return try await next()
            case .ended:
                return nil
            }
        }

        private mutating func words(of events: ChatStream.AsyncIterator) async throws -> String? {
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
