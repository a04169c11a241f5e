import AIPassMobile
import Foundation
import Testing

/// A host app's own store: in memory, and with whatever goes wrong on its platform.
private final class HostStore: SessionStore, @unchecked Sendable {
    enum Operation {
        case load, compareAndSwap, delete
    }

    private let lock = NSLock()
    private var entries: [String: StoredSession] = [:]
    private var version: Int64 = 0
    private var failure: (operation: Operation, error: Error)?

    /// From now on `operation` throws `error`.
    func fail(_ operation: Operation, with error: Error) {
        lock.withLock { failure = (operation, error) }
    }

    func recover() {
        lock.withLock { failure = nil }
    }

    func load(key: String) throws -> StoredSession? {
        try locked(.load) { entries[key] }
    }

    func compareAndSwap(key: String, expectedVersion: Int64?, bytes: Data) throws -> Int64 {
        try locked(.compareAndSwap) {
            guard entries[key]?.version == expectedVersion else { throw StoreError.conflict }
            version += 1
            entries[key] = StoredSession(bytes: bytes, version: version)
            return version
        }
    }

    func delete(key: String) throws {
        try locked(.delete) { entries[key] = nil }
    }

    private func locked<T>(_ operation: Operation, _ work: () throws -> T) throws -> T {
        try lock.withLock {
            if let failure, failure.operation == operation { throw failure.error }
            return try work()
        }
    }
}

/// What a host app might throw by mistake: no StoreError.
private struct DatabaseIsLocked: Error {}

/// Stores that a host app implements. (L9)
@Suite(.timeLimit(.minutes(10)))
struct StoreTests {
    static let failures: [(StoreError, StorageErrorKind)] = [
        (.unavailable(detail: "what the platform said"), .unavailable),
        (.keyLost(detail: "what the platform said"), .keyLost),
        (.full(detail: "what the platform said"), .full),
        (.corrupt(detail: "what the platform said"), .corrupt),
        (.failed(detail: "what the platform said"), .failed),
    ]

    @Test func keepsASession() async throws {
        let sandbox = try Sandbox()
        let store = HostStore()
        _ = try await sandbox.signedIn(store: store)
        let afterRestart = try sandbox.client(store: store)
        #expect(try await afterRestart.sessionState() == .signedIn)
        #expect(try await afterRestart.chat(ChatRequest.user("Hello")).finishReason == .stop)
        #expect(try await afterRestart.signOut().refreshToken == .accepted)
        #expect(try await sandbox.client(store: store).sessionState() == .signedOut)
    }

    @Test(arguments: failures)
    func cannotRead(_ error: StoreError, kind: StorageErrorKind) async throws {
        let store = HostStore()
        let ai = try AIPass(clientID: "a", redirectURI: "myapp://auth/callback", store: store)
        store.fail(.load, with: error)
        let thrown = await expectError(AIPassError.self) { try await ai.sessionState() }
        try expect(thrown, is: kind)
        store.recover()
        #expect(try await ai.sessionState() == .signedOut)
    }

    @Test(arguments: failures)
    func cannotWrite(_ error: StoreError, kind: StorageErrorKind) async throws {
        let store = HostStore()
        let ai = try AIPass(clientID: "a", redirectURI: "myapp://auth/callback", store: store)
        store.fail(.compareAndSwap, with: error)
        let thrown = await expectError(AIPassError.self) { try await ai.beginSignIn() }
        try expect(thrown, is: kind)
        store.recover()
        _ = try await ai.beginSignIn()
        #expect(try await ai.sessionState() == .signingIn)
    }

    @Test(arguments: failures)
    func cannotDelete(_ error: StoreError, kind: StorageErrorKind) async throws {
        let store = HostStore()
        let ai = try AIPass(clientID: "a", redirectURI: "myapp://auth/callback", store: store)
        _ = try await ai.beginSignIn()
        store.fail(.delete, with: error)
        let thrown = await expectError(AIPassError.self) { try await ai.forgetSession() }
        try expect(thrown, is: kind)
        store.recover()
        try await ai.forgetSession()
        #expect(try await ai.sessionState() == .signedOut)
    }

    @Test func someoneElseAlwaysWritesFirst() async throws {
        let store = HostStore()
        let ai = try AIPass(clientID: "a", redirectURI: "myapp://auth/callback", store: store)
        store.fail(.compareAndSwap, with: StoreError.conflict)
        let thrown = await expectError(AIPassError.self) { try await ai.beginSignIn() }
        guard case .storage(.failed, _) = thrown else {
            Issue.record("\(String(describing: thrown))")
            return
        }
    }

    @Test(arguments: [HostStore.Operation.load, .compareAndSwap])
    private func throwsSomethingElse(_ operation: HostStore.Operation) async throws {
        let store = HostStore()
        let ai = try AIPass(clientID: "a", redirectURI: "myapp://auth/callback", store: store)
        store.fail(operation, with: DatabaseIsLocked())
        let thrown = await expectError(AIPassError.self) { try await ai.beginSignIn() }
        guard case .storage(.failed, let detail) = thrown else {
            Issue.record("\(String(describing: thrown))")
            return
        }
        #expect(detail.contains("DatabaseIsLocked"))
    }

    /// The bundled stores throw what a host's store would.
    @Test func sealedFileStoreSaysWhatIsWrong() throws {
        let folder = try TemporaryFolder()
        #expect(throws: StoreError.self) { try SealedFileStore(directory: folder.url, key: Data(count: 5)) }
        let store = try SealedFileStore(directory: folder.url, key: Data(count: 32))
        let version = try store.compareAndSwap(key: "a", expectedVersion: nil, bytes: Data("secret".utf8))
        #expect(try store.load(key: "a") == StoredSession(bytes: Data("secret".utf8), version: version))
        #expect(throws: StoreError.conflict) {
            try store.compareAndSwap(key: "a", expectedVersion: nil, bytes: Data())
        }
    }

    private func expect(_ thrown: AIPassError?, is kind: StorageErrorKind) throws {
        guard case .storage(let thrownKind, let detail) = try #require(thrown) else {
            Issue.record("\(String(describing: thrown))")
            return
        }
        #expect(thrownKind == kind)
        #expect(detail.contains("what the platform said"))
    }
}
