import AIPassMobile
import AppleStubs
import Foundation
import Testing

/// Code over Apple's calls, which declarations of our own play (bindings/swift/Stubs). One Keychain and one browser
/// serve all tests, so these run one after the other.
@Suite(.serialized)
struct AppleTests {}

/// The error of this call, if it throws one of the library's.
func aiPassError<Result>(_ call: () async throws -> Result) async -> AIPassError? {
    do {
        _ = try await call()
        return nil
    } catch {
        return error as? AIPassError
    }
}

extension AppleTests {
    /// `KeychainStore` over a Keychain in memory. (L9)
    @Suite(.serialized)
    struct KeychainTests {
        private let store = KeychainStore()

        init() {
            KeychainStub.shared.reset()
        }

        @Test func keepsAnEntryOnThisDeviceFromTheFirstUnlockOn() throws {
            #expect(try store.load(key: "a") == nil)
            let version = try store.compareAndSwap(key: "a", expectedVersion: nil, bytes: Data("secret".utf8))
            #expect(try store.load(key: "a") == StoredSession(bytes: Data("secret".utf8), version: version))
            #expect(try store.load(key: "b") == nil)
            let item = try #require(KeychainStub.shared.items.first)
            #expect(item[kSecAttrAccessible] as? String == kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly)
            #expect(item[kSecClass] as? String == kSecClassGenericPassword)
            #expect(item[kSecAttrAccessGroup] == nil)
        }

        @Test func swapsOnlyTheVersionThatWasRead() throws {
            let first = try store.compareAndSwap(key: "a", expectedVersion: nil, bytes: Data("1".utf8))
            #expect(throws: StoreError.conflict) {
                try store.compareAndSwap(key: "a", expectedVersion: nil, bytes: Data("2".utf8))
            }
            let second = try store.compareAndSwap(key: "a", expectedVersion: first, bytes: Data("2".utf8))
            #expect(throws: StoreError.conflict) {
                try store.compareAndSwap(key: "a", expectedVersion: first, bytes: Data("3".utf8))
            }
            #expect(try store.load(key: "a") == StoredSession(bytes: Data("2".utf8), version: second))
            let item = try #require(KeychainStub.shared.items.first)
            #expect(item[kSecAttrAccessible] as? String == kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly)
        }

        @Test func aVersionDoesNotComeBackAfterADelete() throws {
            let first = try store.compareAndSwap(key: "a", expectedVersion: nil, bytes: Data("1".utf8))
            try store.delete(key: "a")
            try store.delete(key: "a")
            #expect(throws: StoreError.conflict) {
                try store.compareAndSwap(key: "a", expectedVersion: first, bytes: Data("2".utf8))
            }
            let second = try store.compareAndSwap(key: "a", expectedVersion: nil, bytes: Data("1".utf8))
            #expect(first != second)
        }

        @Test func servicesAndAccessGroupsAreKeptApart() throws {
            let shared = KeychainStore(accessGroup: "TEAM.com.example.shared")
            let other = KeychainStore(service: "other")
            _ = try store.compareAndSwap(key: "a", expectedVersion: nil, bytes: Data("own".utf8))
            _ = try shared.compareAndSwap(key: "a", expectedVersion: nil, bytes: Data("shared".utf8))
            #expect(try shared.load(key: "a")?.bytes == Data("shared".utf8))
            #expect(try other.load(key: "a") == nil)
            try shared.delete(key: "a")
            #expect(try store.load(key: "a")?.bytes == Data("own".utf8))
        }

        static let statuses: [(OSStatus, StorageErrorKind)] = [
            (errSecInteractionNotAllowed, .unavailable), (errSecNotAvailable, .unavailable), (errSecDecode, .keyLost),
            (errSecDiskFull, .full), (errSecMissingEntitlement, .failed), (-50, .failed),
        ]

        @Test(arguments: statuses)
        func failuresAreTyped(_ status: OSStatus, _ kind: StorageErrorKind) async throws {
            let ai = try AIPass(clientID: "a", redirectURI: "myapp://auth/callback", store: store)
            KeychainStub.shared.fail(with: status)
            let reading = await aiPassError { try await ai.sessionState() }
            let writing = await aiPassError { try await ai.beginSignIn() }
            for thrown in [reading, writing] {
                guard case .storage(kind, let detail)? = thrown else {
                    Issue.record("\(String(describing: thrown))")
                    continue
                }
                #expect(detail.contains("(\(status))"))
            }
            #expect(throws: StoreError.self) { try store.delete(key: "a") }
            KeychainStub.shared.fail(with: nil)
            #expect(try await ai.sessionState() == .signedOut)
        }

        @Test func anItemOfSomebodyElseIsNotTouched() throws {
            let item: CFDictionary = [
                kSecClass: kSecClassGenericPassword, kSecAttrService: "one.aipass.mobile", kSecAttrAccount: "a",
                kSecValueData: Data("theirs".utf8),
            ]
            #expect(SecItemAdd(item, nil) == errSecSuccess)
            do {
                _ = try store.load(key: "a")
                Issue.record("nothing was thrown")
            } catch StoreError.corrupt {
            }
            #expect(KeychainStub.shared.items.count == 1)
        }

        @Test func isTheDefaultStore() async throws {
            let ai = try AIPass(clientID: "a", redirectURI: "myapp://auth/callback")
            _ = try await ai.beginSignIn()
            #expect(KeychainStub.shared.items.count == 1)
        }
    }
}
