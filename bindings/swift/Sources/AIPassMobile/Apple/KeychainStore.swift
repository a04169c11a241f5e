#if canImport(Security)
    import Foundation
    import Security

    /// Keeps sessions in the Keychain, readable from the device's first unlock on, and on this device only: they are in
    /// no backup that another device could restore, and iCloud does not have them. Several processes of an app group
    /// may share it.
    ///
    /// An entry's version is part of what an update looks for, and the Keychain finds and changes an item in one
    /// transaction: that makes the compare-and-swap. On a Mac the app needs the entitlement for the data protection
    /// keychain, which signed apps have. The Keychain keeps its items when the app is removed: an app that is
    /// installed again finds its user signed in.
    ///
    /// Never compiled with Apple's SDK yet: Linux compiles it against declarations of our own, bindings/swift/Stubs.
    public final class KeychainStore: SessionStore {
        private let service: String
        private let accessGroup: String?

        /// - Parameters:
        ///   - service: Under which name the Keychain keeps the entries.
        ///   - accessGroup: The Keychain access group to share them in with extensions and other apps of the team, with
        ///     its prefix as the entitlement has it: `TEAMID.com.example.shared`. `nil` writes to the app's first group
        ///     and reads all of them: do not change it in an app that is in use, or name the group from the start.
        public init(service: String = "one.aipass.mobile", accessGroup: String? = nil) {
            self.service = service
            self.accessGroup = accessGroup
        }

        public func load(key: String) throws -> StoredSession? {
            var query = item(key)
            query[kSecReturnData] = true
            query[kSecReturnAttributes] = true
            query[kSecMatchLimit] = kSecMatchLimitOne
            var result: CFTypeRef?
            let status = SecItemCopyMatching(query as CFDictionary, &result)
            if status == errSecItemNotFound { return nil }
            guard status == errSecSuccess else { throw failure(status) }
            guard let found = result as? [CFString: Any],
                let bytes = found[kSecValueData] as? Data,
                let version = (found[kSecAttrGeneric] as? Data).flatMap(Self.version)
            else {
                throw StoreError.corrupt(detail: "the Keychain item is not one of this library's")
            }
            return StoredSession(bytes: bytes, version: version)
        }

        public func compareAndSwap(key: String, expectedVersion: Int64?, bytes: Data) throws -> Int64 {
            // Random, because a counter would begin again after a delete.
            let version = Int64.random(in: .min ... .max)
            let written: [CFString: Any] = [
                kSecValueData: bytes,
                kSecAttrGeneric: Self.data(version),
                kSecAttrAccessible: kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly,
            ]
            var query = item(key)
            let status: OSStatus
            if let expectedVersion {
                query[kSecAttrGeneric] = Self.data(expectedVersion)
                status = SecItemUpdate(query as CFDictionary, written as CFDictionary)
            } else {
                query.merge(written) { _, new in new }
                status = SecItemAdd(query as CFDictionary, nil)
            }
            switch status {
            case errSecSuccess: return version
            case errSecItemNotFound, errSecDuplicateItem: throw StoreError.conflict
            default: throw failure(status)
            }
        }

        public func delete(key: String) throws {
            let status = SecItemDelete(item(key) as CFDictionary)
            guard status == errSecSuccess || status == errSecItemNotFound else { throw failure(status) }
        }

        /// What finds an entry. An item's primary key is its service, its account, and its access group.
        private func item(_ key: String) -> [CFString: Any] {
            var query: [CFString: Any] = [
                kSecClass: kSecClassGenericPassword,
                kSecAttrService: service,
                kSecAttrAccount: key,
                kSecUseDataProtectionKeychain: true,
            ]
            query[kSecAttrAccessGroup] = accessGroup
            return query
        }

        private func failure(_ status: OSStatus) -> StoreError {
            let said = SecCopyErrorMessageString(status, nil) as String? ?? "no explanation"
            let detail = "\(said) (\(status))"
            return switch status {
            // Locked since the device started, or the Keychain's own service does not run.
            case errSecInteractionNotAllowed, errSecNotAvailable: .unavailable(detail: detail)
            // The item is there, and no key of this device opens it.
            case errSecDecode: .keyLost(detail: detail)
            case errSecDiskFull: .full(detail: detail)
            case errSecMissingEntitlement:
                .failed(detail: "\(detail): the app must be signed, and have the entitlement for the access group")
            default: .failed(detail: detail)
            }
        }

        private static func data(_ version: Int64) -> Data {
            withUnsafeBytes(of: version.bigEndian) { Data($0) }
        }

        private static func version(_ data: Data) -> Int64? {
            guard data.count == 8 else { return nil }
            return data.reduce(0) { $0 << 8 | Int64($1) }
        }
    }
#endif
