// How the declarations of AppleStubs.swift behave in tests.

import Foundation

/// A Keychain in memory. An item's primary key is its class, service, account and access group; any attribute of a
/// query must match; an item that cannot be read now is found, and the call fails.
public final class KeychainStub: @unchecked Sendable {
    public static let shared = KeychainStub()

    private let lock = NSLock()
    private var stored: [CFDictionary] = []
    private var failure: OSStatus?

    /// All items, with their attributes and data.
    public var items: [CFDictionary] {
        lock.withLock { stored }
    }

    /// Empties the Keychain. From now on every call returns `failure`, if there is one.
    public func reset(failure: OSStatus? = nil) {
        lock.withLock { (stored, self.failure) = ([], failure) }
    }

    /// From now on every call returns `failure`, or works again. The items stay.
    public func fail(with failure: OSStatus?) {
        lock.withLock { self.failure = failure }
    }

    func copyMatching(_ query: CFDictionary, _ result: UnsafeMutablePointer<CFTypeRef?>?) -> OSStatus {
        locked {
            guard let at = stored.firstIndex(where: { matches($0, query) }) else { return errSecItemNotFound }
            let isDataAlone = query[kSecReturnData] != nil && query[kSecReturnAttributes] == nil
            result?.pointee = isDataAlone ? stored[at][kSecValueData] : stored[at]
            return errSecSuccess
        }
    }

    func add(_ attributes: CFDictionary) -> OSStatus {
        locked {
            let item = attributes.filter { $0.key != kSecUseDataProtectionKeychain }
            guard !stored.contains(where: { key(of: $0) == key(of: item) }) else { return errSecDuplicateItem }
            stored.append(item)
            return errSecSuccess
        }
    }

    func update(_ query: CFDictionary, _ changes: CFDictionary) -> OSStatus {
        locked {
            let found = stored.indices.filter { matches(stored[$0], query) }
            for at in found { stored[at].merge(changes) { _, new in new } }
            return found.isEmpty ? errSecItemNotFound : errSecSuccess
        }
    }

    func delete(_ query: CFDictionary) -> OSStatus {
        locked {
            let before = stored.count
            stored.removeAll { matches($0, query) }
            return stored.count == before ? errSecItemNotFound : errSecSuccess
        }
    }

    private func locked(_ work: () -> OSStatus) -> OSStatus {
        lock.withLock { failure ?? work() }
    }

    private func matches(_ item: CFDictionary, _ query: CFDictionary) -> Bool {
        [kSecClass, kSecAttrService, kSecAttrAccount, kSecAttrAccessGroup, kSecAttrGeneric].allSatisfy {
            query[$0] == nil || text(query[$0]) == text(item[$0])
        }
    }

    private func key(of item: CFDictionary) -> [String] {
        [kSecClass, kSecAttrService, kSecAttrAccount, kSecAttrAccessGroup].map { text(item[$0]) }
    }

    private func text(_ value: Any?) -> String {
        (value as? Data)?.base64EncodedString() ?? value as? String ?? ""
    }
}

/// The system's sign-in browser: shows one page at a time, and ends as the test says.
public final class SignInBrowserStub: @unchecked Sendable {
    public static let shared = SignInBrowserStub()

    public struct Page: Sendable, Equatable {
        public let url: URL
        /// The scheme, or the https address, that ends the sign-in.
        public let callback: String
        public let isEphemeral: Bool
    }

    /// What the user does with the page: a callback, an error, or nothing at all until the page is closed.
    public typealias User = @Sendable (Page) async -> Result<URL, any Error>?

    private struct Handler: @unchecked Sendable {
        let call: ASWebAuthenticationSession.CompletionHandler
    }

    private let lock = NSLock()
    private var user: User?
    private var shown: [Page] = []
    private var open: Handler?

    /// The pages that were shown.
    public var pages: [Page] {
        lock.withLock { shown }
    }

    /// Whether a page is on the screen.
    public var isOpen: Bool {
        lock.withLock { open != nil }
    }

    /// Begins anew. Without a user no page can be shown.
    public func reset(user: User?) {
        lock.withLock { (self.user, shown, open) = (user, [], nil) }
    }

    func show(_ page: Page, _ handler: @escaping ASWebAuthenticationSession.CompletionHandler) -> Bool {
        guard let user = lock.withLock({ self.user }) else { return false }
        lock.withLock {
            shown.append(page)
            open = Handler(call: handler)
        }
        Task {
            guard let end = await user(page), let handler = takeOpen() else { return }
            switch end {
            case .success(let url): handler.call(url, nil)
            case .failure(let error): handler.call(nil, error)
            }
        }
        return true
    }

    /// The documentation: "This method cancels the session and dismisses the view". Its handler gets `canceledLogin`.
    func close() {
        takeOpen()?.call(nil, ASWebAuthenticationSessionError(.canceledLogin))
    }

    private func takeOpen() -> Handler? {
        lock.withLock {
            defer { open = nil }
            return open
        }
    }
}

/// Images of which only the size is known: `STUB 4032x3024` is a file in a format that the system alone reads.
public enum ImageStub {
    public static func file(width: Int, height: Int) -> Data {
        Data("STUB \(width)x\(height)".utf8)
    }

    static func decode(_ file: Data) -> CGImage? {
        let words = String(decoding: file, as: UTF8.self).split(separator: " ")
        guard words.count == 2, words[0] == "STUB" else { return nil }
        let edges = words[1].split(separator: "x").compactMap { Int($0) }
        return edges.count == 2 ? CGImage(width: edges[0], height: edges[1]) : nil
    }

    /// A JPEG's first bytes, and after them the size and orientation as text.
    static func jpeg(_ image: CGImage, orientation: UInt32) -> Data {
        Data([0xFF, 0xD8, 0xFF]) + Data("\(image.width)x\(image.height), orientation \(orientation)".utf8)
    }

    static func shrunk(_ image: CGImage, to edge: Int?) -> CGImage {
        let long = max(image.width, image.height)
        guard let edge, edge < long else { return image }
        return CGImage(width: image.width * edge / long, height: image.height * edge / long)
    }
}
