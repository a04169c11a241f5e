#if canImport(Security)
    import Foundation
    import Security

    /// Keeps sessions in the Keychain, readable from the device's first unlock on, and on this device only. Several
    /// processes of an app group may share it.
    ///
    /// An entry's version is part of what an update looks for, and the Keychain finds and changes an item in one
    /// transaction: that makes the compare-and-swap. On a Mac the app needs the entitlement for the data protection
    /// keychain, which signed apps have.
    ///
    /// This file is not compiled in the project's CI, which runs on Linux.
    public final class KeychainStore: SessionStore {
        private let service: String
        private let accessGroup: String?

        /// - Parameters:
        ///   - service: Under which name the Keychain keeps the entries.
        ///   - accessGroup: The Keychain access group to share them in; `nil` is the app's own.
        public init(service: String = "one.aipass.mobile", accessGroup: String? = nil) {
            self.service = service
            self.accessGroup = accessGroup
        }

        public func load(key: String) throws -> StoredSession? {
            var query = item(key)
            query[kSecReturnData] = true
            query[kSecReturnAttributes] = true
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
            case errSecInteractionNotAllowed, errSecNotAvailable: .unavailable(detail: detail)
            case errSecDiskFull: .full(detail: detail)
            case errSecDecode: .corrupt(detail: detail)
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
