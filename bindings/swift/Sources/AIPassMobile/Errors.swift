import Foundation

extension AIPassError: LocalizedError {
    /// What happened, in English, for developers. Apps translate `code`.
    public var errorDescription: String? {
        text
    }
}

extension StoreError: LocalizedError {
    /// What happened, in English, for developers.
    public var errorDescription: String? {
        switch self {
        case .conflict: "The session's entry was changed by another writer."
        case .unavailable(let detail): "The session's store is not accessible now: \(detail)"
        case .keyLost(let detail): "The key of the session's store is gone: \(detail)"
        case .full(let detail): "The session's store has no room: \(detail)"
        case .corrupt(let detail): "The session's entry is damaged: \(detail)"
        case .failed(let detail): "The session's store failed: \(detail)"
        }
    }
}
