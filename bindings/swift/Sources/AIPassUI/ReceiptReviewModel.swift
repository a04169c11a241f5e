import AIPassMobile
import Foundation

/// A field of a receipt that the user looks over.
public enum ReceiptField: CaseIterable, Hashable, Sendable {
    case merchant, date, amount, currency, category

    public var label: UIText {
        switch self {
        case .merchant: .fieldMerchant
        case .date: .fieldDate
        case .amount: .fieldAmount
        case .currency: .fieldCurrency
        case .category: .fieldCategory
        }
    }
}

/// How a field stands.
public enum FieldStatus: Equatable, Sendable {
    /// As the model read it.
    case read
    /// The model did not read it, or not so that it is certain. Empty.
    case missing
    /// The user changed it.
    case corrected
    /// What the user wrote cannot be used.
    case invalid
}

/// What a receipt review shows.
public struct ReceiptReview: Equatable, Sendable {
    /// The receipt with the user's corrections. A field that is missing or invalid is `nil`.
    public internal(set) var receipt: Receipt
    public internal(set) var texts: [ReceiptField: String]
    public internal(set) var statuses: [ReceiptField: FieldStatus]
    /// Whether the model was not sure: ask the user to compare the fields with the paper.
    public let isUnsure: Bool

    /// Whether everything that was written can be used. Missing fields may stay missing.
    public var isUsable: Bool {
        !statuses.values.contains(.invalid)
    }

    /// What the model wrote for a field that could not be taken from it, to be shown beside the empty field.
    public func hint(_ field: ReceiptField) -> String? {
        guard statuses[field] == .missing else { return nil }
        return switch field {
        case .date: receipt.dateText
        case .amount: receipt.amountText
        case .currency: receipt.currencyText
        case .merchant, .category: nil
        }
    }
}

/// The rules of a receipt review: what was read is shown, what was not is empty and says so, and nothing is guessed.
/// Amounts are read and written as the user's locale does, and text that is no amount is refused, not repaired.
public final class ReceiptReviewModel: Watched<ReceiptReview> {
    /// Below this, the model's own confidence asks for a second look.
    public nonisolated static let sureFrom = 0.7

    private let read: Receipt
    private let locale: Locale

    public init(_ receipt: Receipt, locale: Locale = .current) {
        read = receipt
        self.locale = locale
        let texts = Self.texts(of: receipt, locale: locale)
        super.init(
            ReceiptReview(
                receipt: receipt, texts: texts, statuses: texts.mapValues { $0.isEmpty ? .missing : .read },
                isUnsure: receipt.confidence.map { $0 < Self.sureFrom } ?? false))
    }

    /// The user wrote `text` into a field.
    public func write(_ text: String, into field: ReceiptField) {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        state.texts[field] = text
        guard set(field, to: trimmed) else {
            state.statuses[field] = .invalid
            return
        }
        let before = Self.texts(of: read, locale: locale)[field] ?? ""
        state.statuses[field] = trimmed == before ? (before.isEmpty ? .missing : .read) : .corrected
    }

    /// - Returns: Whether the text can be used. If not, the field is `nil`.
    private func set(_ field: ReceiptField, to text: String) -> Bool {
        let value = text.isEmpty ? nil : text
        switch field {
        case .merchant: state.receipt.merchant = value
        case .category: state.receipt.category = value
        case .currency:
            let isCode = text.count == 3 && text.allSatisfy { $0.isASCII && $0.isLetter }
            state.receipt.currency = isCode ? text.uppercased() : nil
            return isCode || value == nil
        case .amount:
            state.receipt.amount = amount(from: text, locale: locale)
            return state.receipt.amount != nil || value == nil
        case .date:
            state.receipt.date = day(from: text)
            return state.receipt.date != nil || value == nil
        }
        return true
    }

    private static func texts(of receipt: Receipt, locale: Locale) -> [ReceiptField: String] {
        [
            .merchant: receipt.merchant ?? "",
            .date: receipt.date.map(dayText) ?? "",
            .amount: receipt.amount.map { amountText($0, locale: locale) } ?? "",
            .currency: receipt.currency ?? "",
            .category: receipt.category ?? "",
        ]
    }
}
