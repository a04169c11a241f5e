import Foundation
import Security

/// Why there is no folder or no key.
struct StoreFailure: Error {
    /// As phone.dart knows it: a kind of storage error.
    let code: String
    let detail: String
}

/// The folder for the sessions of the app with this name. It is in no backup.
func storeDirectory(_ name: String) throws -> URL {
    let support = try FileManager.default.url(
        for: .applicationSupportDirectory, in: .userDomainMask, appropriateFor: nil, create: true)
    // On a Mac without a sandbox this folder is that of all apps.
    var folder = support.appendingPathComponent(Bundle.main.bundleIdentifier ?? "one.aipass", isDirectory: true)
        .appendingPathComponent(name, isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var values = URLResourceValues()
    values.isExcludedFromBackup = true
    try folder.setResourceValues(values)
    return folder
}

/// The key that seals the sessions of the app with this name: random bytes, made once, and kept in the Keychain,
/// readable from the device's first unlock on, on this device only.
///
/// A key that is lost or damaged is replaced by a new one. The library then reports the sessions of the old one as
/// lost, and the app can forget them.
func storeKey(_ name: String) throws -> Data {
    if let key = try loadKey(name) { return key }
    // From the system's generator, which is fit for keys.
    let key = Data((0..<keyLength).map { _ in UInt8.random(in: .min ... .max) })
    var item = query(name)
    item[kSecValueData] = key
    item[kSecAttrAccessible] = kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly
    let status = SecItemAdd(item as CFDictionary, nil)
    // Made meanwhile by another process of the app.
    if status == errSecDuplicateItem, let other = try loadKey(name) { return other }
    guard status == errSecSuccess else { throw failure(status) }
    return key
}

private let keyLength = 32

private func loadKey(_ name: String) throws -> Data? {
    var search = query(name)
    search[kSecReturnData] = true
    search[kSecMatchLimit] = kSecMatchLimitOne
    var found: CFTypeRef?
    let status = SecItemCopyMatching(search as CFDictionary, &found)
    switch status {
    case errSecItemNotFound:
        return nil
    case errSecSuccess:
        if let key = found as? Data, key.count == keyLength { return key }
    case errSecDecode:
        break
    default:
        throw failure(status)
    }
    // It is there, and is not a key, or none of this device's keys opens it.
    let deleted = SecItemDelete(query(name) as CFDictionary)
    guard deleted == errSecSuccess || deleted == errSecItemNotFound else { throw failure(deleted) }
    return nil
}

private func query(_ name: String) -> [CFString: Any] {
    [
        kSecClass: kSecClassGenericPassword,
        kSecAttrService: "one.aipass.dart",
        kSecAttrAccount: name,
        kSecUseDataProtectionKeychain: true,
    ]
}

private func failure(_ status: OSStatus) -> StoreFailure {
    let said = SecCopyErrorMessageString(status, nil) as String? ?? "no explanation"
    let detail = "the Keychain: \(said) (\(status))"
    return switch status {
    // Locked since the device started, or the Keychain's own service does not run.
    case errSecInteractionNotAllowed, errSecNotAvailable: StoreFailure(code: "unavailable", detail: detail)
    case errSecDiskFull: StoreFailure(code: "full", detail: detail)
    case errSecMissingEntitlement:
        StoreFailure(code: "failed", detail: "\(detail): the app needs the capability Keychain Sharing")
    default: StoreFailure(code: "failed", detail: detail)
    }
}
