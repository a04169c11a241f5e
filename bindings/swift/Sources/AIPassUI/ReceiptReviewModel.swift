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
    /// The items, what stands between them and the total, and the payment.
    public internal(set) var details: ReceiptDetails
    /// Whether the amounts add up; `nil` where there is nothing but the total, as in a summary.
    public internal(set) var verdict: VerdictNotice?
    /// What reading it cost, in a sentence; `nil` if that is not known.
    public let cost: String?

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
/// Amounts are read and written as the user's locale does, and text that is no amount is refused, not repaired. A total
/// or a currency that the user changed is judged again, on the device and at no cost.
public final class ReceiptReviewModel: Watched<ReceiptReview> {
    /// Below this, the model's own confidence asks for a second look.
    public nonisolated static let sureFrom = 0.7

    private let read: Receipt
    private let locale: Locale
    private let judged: (Receipt) -> Receipt

    /// - Parameters:
    ///   - locale: How amounts are written.
    ///   - judged: The receipt with new verdicts. Name the locale of the scan here, if it had one.
    public init(
        _ receipt: Receipt, locale: Locale = .current, judged: @escaping (Receipt) -> Receipt = { $0.judged() }
    ) {
        read = receipt
        self.locale = locale
        self.judged = judged
        let texts = Self.texts(of: receipt, locale: locale)
        let details = ReceiptDetails(receipt, locale: locale)
        super.init(
            ReceiptReview(
                receipt: receipt, texts: texts, statuses: texts.mapValues { $0.isEmpty ? .missing : .read },
                isUnsure: receipt.confidence.map { $0 < Self.sureFrom } ?? false,
                details: details, verdict: Self.verdict(on: receipt, with: details, locale: locale),
                cost: receipt.cost.map { UIText.reviewCost(moneyText($0, currency: "USD", locale: locale)) }))
    }

    /// The text of a field, for the binding of a text field; see `write(_:into:)`.
    public subscript(field: ReceiptField) -> String {
        get { state.texts[field] ?? "" }
        set { write(newValue, into: field) }
    }

    /// The user wrote `text` into a field.
    public func write(_ text: String, into field: ReceiptField) {
        let (amount, currency) = (state.receipt.amount, state.receipt.currency)
        state.texts[field] = text
        state.statuses[field] = status(of: field, with: text.trimmingCharacters(in: .whitespacesAndNewlines))
        if (state.receipt.amount, state.receipt.currency) != (amount, currency) { judge() }
    }

    /// The verdicts are always on the values that stand there now.
    private func judge() {
        let isAsRead = (state.receipt.amount, state.receipt.currency) == (read.amount, read.currency)
        let verdicts = isAsRead ? read : judged(state.receipt)
        state.receipt.verdict = verdicts.verdict
        state.receipt.items = verdicts.items
        state.details = ReceiptDetails(state.receipt, locale: locale)
        state.verdict = Self.verdict(on: state.receipt, with: state.details, locale: locale)
    }

    private func status(of field: ReceiptField, with text: String) -> FieldStatus {
        guard set(field, to: text) else { return .invalid }
        let before = Self.texts(of: read, locale: locale)[field] ?? ""
        guard text == before else { return .corrected }
        return before.isEmpty ? .missing : .read
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

    private static func verdict(
        on receipt: Receipt, with details: ReceiptDetails, locale: Locale
    ) -> VerdictNotice? {
        if details.isSummary, case .cannotTell = receipt.verdict { return nil }
        return VerdictNotice(receipt, locale: locale)
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
