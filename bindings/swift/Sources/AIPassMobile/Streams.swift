import Foundation

extension ChatStream: AsyncSequence {
    public typealias Element = ChatEvent

    /// Reads the answer once. Ending the loop early, or cancelling its task, ends the request and closes its connection.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let stream: ChatStream

        public mutating func next() async throws -> ChatEvent? {
            try await stream.next()
        }
    }

    public nonisolated func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(stream: self)
    }
}
