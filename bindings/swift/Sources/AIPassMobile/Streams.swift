import Foundation

extension ChatStream: AsyncSequence {
    public typealias Element = ChatEvent

    /// Reads the answer, which comes once only.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(reading: Reading(self))
    }

    /// Reads an answer. When it goes away, as when a loop is left or its task is cancelled, the request ends and its
    /// connection is closed.
    public struct AsyncIterator: AsyncIteratorProtocol, Sendable {
        let reading: Reading<ChatStream>

        /// - Throws: As `ChatStream.next()`; `CancellationError` if the task was cancelled.
        public func next() async throws -> ChatEvent? {
            try await reading.stream.next()
        }
    }
}

extension ByteStream: AsyncSequence {
    public typealias Element = Data

    /// Reads the bytes, which come once only.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(reading: Reading(self))
    }

    /// Reads bytes as they come. When it goes away, as when a loop is left or its task is cancelled, the request ends and
    /// its connection is closed.
    public struct AsyncIterator: AsyncIteratorProtocol, Sendable {
        let reading: Reading<ByteStream>

        /// - Throws: As `ByteStream.next()`; `CancellationError` if the task was cancelled.
        public func next() async throws -> Data? {
            try await reading.stream.next()
        }
    }
}

/// An answer that comes piece by piece.
protocol EndableStream: AnyObject, Sendable {
    func cancel()
}

extension ChatStream: EndableStream {}
extension ByteStream: EndableStream {}

/// Ends the stream when its last reader releases it. A class, because a structure has no `deinit`.
final class Reading<Stream: EndableStream>: Sendable {
    let stream: Stream

    init(_ stream: Stream) {
        self.stream = stream
    }

    deinit {
        stream.cancel()
    }
}

extension VideoUpdates: AsyncSequence {
    public typealias Element = VideoJob

    /// Reads the changes. A loop over them ends with the video's last change, when its task is cancelled, or with
    /// `cancel()`; the video goes on.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(updates: self)
    }

    /// Waits for a video's changes.
    public struct AsyncIterator: AsyncIteratorProtocol, Sendable {
        let updates: VideoUpdates

        /// - Throws: As `VideoUpdates.next()`; `CancellationError` if the task was cancelled.
        public func next() async throws -> VideoJob? {
            try await updates.next()
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

extension Balances: AsyncSequence {
    public typealias Element = BalanceUpdate

    /// Reads the balance as it changes. A loop over it ends when its task is cancelled, or with `cancel()`.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(balances: self)
    }

    /// Waits for changes of the balance. What is asked of the provider meanwhile ends with the last reader.
    public struct AsyncIterator: AsyncIteratorProtocol, Sendable {
        let balances: Balances

        /// - Throws: As `Balances.next()`; `CancellationError` if the task was cancelled.
        public func next() async throws -> BalanceUpdate? {
            try await balances.next()
        }
    }
}

extension AIPass {
    /// The balance: what is known now, and then each change, without a threshold below which it is low. Otherwise as
    /// `balances(lowBelow:)`.
    public func balances() -> Balances {
        balances(lowBelow: nil)
    }
}
