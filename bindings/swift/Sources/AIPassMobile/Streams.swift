extension ChatStream: AsyncSequence {
    public typealias Element = ChatEvent

    /// Reads the answer, which comes once only.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(reading: Reading(stream: self))
    }

    /// Reads an answer. When it goes away, as when a loop is left or its task is cancelled, the request ends and its
    /// connection is closed.
    public struct AsyncIterator: AsyncIteratorProtocol, Sendable {
        let reading: Reading

        /// - Throws: As `ChatStream.next()`; `CancellationError` if the task was cancelled.
        public func next() async throws -> ChatEvent? {
            try await reading.stream.next()
        }
    }

    /// Lives as long as somebody reads, which a structure could not notice.
    final class Reading: Sendable {
        let stream: ChatStream

        init(stream: ChatStream) {
            self.stream = stream
        }

        deinit {
            stream.cancel()
        }
    }
}

extension SessionStates: AsyncSequence {
    public typealias Element = SessionState

    /// Reads the states. A loop over them ends when its task is cancelled, or with `cancel()`.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(states: self)
    }

    /// Waits for the session's states.
    public struct AsyncIterator: AsyncIteratorProtocol, Sendable {
        let states: SessionStates

        /// - Throws: As `SessionStates.next()`; `CancellationError` if the task was cancelled.
        public func next() async throws -> SessionState? {
            try await states.next()
        }
    }
}
