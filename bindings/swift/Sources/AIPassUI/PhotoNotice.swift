import AIPassMobile

/// What is said of a photo that may not be readable, before money is spent on it.
public struct PhotoNotice: Equatable, Sendable {
    /// What is wrong with it, each thing once.
    public let reasons: [UIText]

    /// - Parameter hints: Those of `checkPhoto(photo:)`.
    /// - Returns: `nil` without hints: the photo can be scanned.
    public init?(_ hints: [PhotoHint]) {
        var reasons: [UIText] = []
        for hint in hints where !reasons.contains(hint.kind.text) { reasons.append(hint.kind.text) }
        guard !reasons.isEmpty else { return nil }
        self.reasons = reasons
    }
}

extension PhotoHintKind {
    /// What is wrong with the photo.
    public var text: UIText {
        switch self {
        case .tooSmall: .photoTooSmall
        case .tooDark: .photoTooDark
        case .tooBright: .photoTooBright
        case .tooBlurred: .photoTooBlurred
        case .noPrint: .photoNoPrint
        }
    }
}
