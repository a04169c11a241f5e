import Foundation

/// A value and those who follow it: each is told the present one at once, then each change of what it looks at.
final class Followers<Value: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var present: Value
    private var told: [UUID: (Value) -> Void] = [:]

    init(_ value: Value) {
        present = value
    }

    var value: Value {
        lock.withLock { present }
    }

    func change(_ change: (inout Value) -> Void) {
        lock.withLock {
            change(&present)
            for tell in told.values { tell(present) }
        }
    }

    /// - Parameter look: What of the value is told.
    func follow<Seen: Equatable & Sendable>(
        _ look: @escaping @Sendable (Value) -> Seen
    ) -> AsyncThrowingStream<Seen, any Error> {
        let (stream, continuation) = AsyncThrowingStream.makeStream(of: Seen.self)
        let id = UUID()
        continuation.onTermination = { [weak self] _ in
            guard let self else { return }
            lock.withLock { _ = told.removeValue(forKey: id) }
        }
        lock.withLock {
            var last = look(present)
            continuation.yield(last)
            told[id] = { value in
                let now = look(value)
                if now != last { continuation.yield(now) }
                last = now
            }
        }
        return stream
    }
}
