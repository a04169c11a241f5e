import AIPassMobile
import Foundation
import XCTest

/// What is dropped is freed, in Swift and in the native library. XCTest, because it runs one test at a time, and before Swift
/// Testing's: no other test's allocations are counted.
final class LeakTests: XCTestCase {
    private let repetitions = 3_000

    func testClients() async throws {
        try await assertNoGrowth {
            let ai = try AIPass(clientID: "a", redirectURI: "myapp://auth/callback", store: MemoryStore())
            _ = ai.with(CallOptions(timeout: 1, cancellation: Cancellation()))
            _ = ai.isCallback("myapp://auth/callback?code=a&state=b")
        }
    }

    func testStoresOfTheHost() async throws {
        try await assertNoGrowth {
            let ai = try AIPass(clientID: "a", redirectURI: "myapp://auth/callback", store: EmptyStore())
            _ = try await ai.sessionState()
        }
        XCTAssertEqual(EmptyStore.alive.count, 0)
    }

    func testStreamsOfStates() async throws {
        let ai = try AIPass(clientID: "a", redirectURI: "myapp://auth/callback", store: MemoryStore())
        try await assertNoGrowth {
            for try await _ in ai.sessionStates() { break }
        }
    }

    func testErrors() async throws {
        let ai = try AIPass(clientID: "a", redirectURI: "myapp://auth/callback", store: MemoryStore())
        try await assertNoGrowth {
            do {
                try await ai.completeSignIn("myapp://auth/callback?code=a&state=b")
            } catch let error as AIPassError {
                _ = error.text
            }
        }
    }

    func testStreamsThatAreLeft() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        try await assertNoGrowth {
            for try await _ in ai.chat("One tip for better focus?") { break }
        }
        try await eventually("all connections are closed") { try await sandbox.openStreams == 0 }
    }

    func testCancelledCalls() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        try await assertNoGrowth {
            let call = Task { try await ai.chat(ChatRequest.user("Hello")) }
            try await Task.sleep(nanoseconds: 100_000)  // so that most are under way
            call.cancel()
            _ = await call.result
        }
    }

    /// One allocation left behind by every repetition would be twice what is tolerated. A queue that a busy moment made longer keeps
    /// its room; what leaks grows in every round.
    private func assertNoGrowth(_ work: () async throws -> Void) async throws {
        // What is made once, such as threads, pools and caches.
        for _ in 1...repetitions / 10 { try await work() }
        let rounds = 4
        for round in 1...rounds {
            let before = (live: Allocations.live, bytes: Allocations.bytesInUse)
            for _ in 1...repetitions { try await work() }
            do {
                // The library's threads free what a call held a moment after it.
                try await eventually("the library's allocations are freed", within: 30) {
                    Allocations.live - before.live < Int64(repetitions / 2)
                }
                // Swift's own objects, of at least 32 bytes each.
                try await eventually("Swift's allocations are freed", within: 30) {
                    Allocations.bytesInUse - before.bytes < Int64(repetitions * 32)
                }
                return
            } catch {
                if round == rounds { throw error }
            }
        }
    }
}

private final class EmptyStore: SessionStore {
    /// How many there are.
    final class Count: @unchecked Sendable {
        private let lock = NSLock()
        private var value = 0

        var count: Int { lock.withLock { value } }

        func add(_ number: Int) {
            lock.withLock { value += number }
        }
    }

    static let alive = Count()

    init() {
        Self.alive.add(1)
    }

    deinit {
        Self.alive.add(-1)
    }

    func load(key: String) throws -> StoredSession? { nil }

    func compareAndSwap(key: String, expectedVersion: Int64?, bytes: Data) throws -> Int64 { 1 }

    func delete(key: String) throws {}
}
