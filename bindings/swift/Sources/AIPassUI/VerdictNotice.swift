import AIPassMobile
import Foundation

/// Whether a receipt's amounts add up, in plain words.
public struct VerdictNotice: Equatable, Sendable {
    /// How it stands. The text says it too: a view need not show it.
    public enum Level: Equatable, Sendable {
        case agrees
        case off
        /// It cannot be told.
        case unknown
    }

    public let level: Level
    /// A sentence, with the figure and where it is off, or with what is missing.
    public let text: String

    public init(_ receipt: Receipt, locale: Locale = .current) {
        let values = ReceiptValues(receipt, locale: locale)
        switch receipt.verdict {
        case .agrees:
            (level, text) = (.agrees, UIText.verdictAgrees())
        case .off(let by, let at):
            let sentence = by < 0 ? UIText.verdictLess : .verdictMore
            (level, text) = (.off, sentence(values.money(abs(by)), values.name(of: at)))
        case .cannotTell(let missing) where missing.isEmpty:
            (level, text) = (.unknown, UIText.verdictUnknown())
        case .cannotTell(let missing):
            let parts = missing.map { values.name(of: $0) }.joined(separator: ", ")
            (level, text) = (.unknown, UIText.verdictMissing(parts))
        }
    }
}
