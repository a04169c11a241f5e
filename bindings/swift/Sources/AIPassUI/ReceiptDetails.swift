import AIPassMobile
import Foundation

/// What a receipt says besides the fields of its review, in the user's language. A value that the receipt does not have is
/// left out; one that could not be read says so, with the model's words.
public struct ReceiptDetails: Equatable, Sendable {
    /// The items.
    public let lines: [ReceiptLine]
    /// What stands between the items and the total: subtotal, discounts, taxes, tip, rounding.
    public let amounts: [ReceiptRow]
    /// How it was paid.
    public let payment: [ReceiptRow]
    /// The receipt's number and time, and the shop's address, telephone and tax number.
    public let about: [ReceiptRow]

    public init(_ receipt: Receipt, locale: Locale = .current) {
        let values = ReceiptValues(receipt, locale: locale)
        lines = receipt.items.indices.map { ReceiptLine(receipt.items[$0], at: $0, values: values) }
        amounts = Self.amounts(receipt, values)
        payment = Self.payment(receipt, values)
        let shop = receipt.merchantDetails
        about = numbered([
            ReceiptRow(UIText.rowTime(), receipt.time), ReceiptRow(UIText.rowNumber(), receipt.number),
            ReceiptRow(UIText.rowAddress(), shop?.address), ReceiptRow(UIText.rowPhone(), shop?.phone),
            ReceiptRow(UIText.rowTaxNumber(), shop?.taxID),
        ])
    }

    /// Whether there is nothing that the total could be compared with: the receipt was read as a summary.
    var isSummary: Bool {
        lines.isEmpty && amounts.isEmpty && payment.isEmpty
    }

    private static func amounts(_ receipt: Receipt, _ values: ReceiptValues) -> [ReceiptRow] {
        var rows = [ReceiptRow(UIText.rowSubtotal(), values.money(receipt.subtotal, "/subtotal"))]
        for (index, discount) in receipt.discounts.enumerated() {
            let value = values.money(discount.amount, "/discounts/\(index)/amount")
            rows.append(ReceiptRow(discount.name ?? UIText.rowDiscount(), value))
        }
        for (index, tax) in receipt.taxes.enumerated() {
            rows.append(ReceiptRow(values.name(of: tax), values.money(tax.amount, "/taxes/\(index)/amount")))
        }
        rows.append(ReceiptRow(UIText.rowTip(), values.money(receipt.tip, "/tip")))
        rows.append(ReceiptRow(UIText.rowRounding(), values.money(receipt.rounding, "/rounding")))
        for other in receipt.otherAmounts {
            let value = other.amount.map { moneyText($0, currency: other.currency, locale: values.locale) }
            rows.append(ReceiptRow(UIText.rowOtherCurrency(), value))
        }
        return numbered(rows)
    }

    private static func payment(_ receipt: Receipt, _ values: ReceiptValues) -> [ReceiptRow] {
        var rows: [ReceiptRow?] = receipt.payments.enumerated().map { index, payment in
            let value = values.money(payment.amount, "/payments/\(index)/amount")
            guard payment.method != nil || payment.lastFour != nil || value != nil else { return nil }
            let method = payment.method ?? UIText.reviewPayment()
            guard let digits = payment.lastFour else { return ReceiptRow(method, value ?? "", spoken: method) }
            // Digit by digit: a screen reader would make a number of them.
            let spoken = UIText.rowCard(method, digits.map(String.init).joined(separator: " "))
            return ReceiptRow("\(method) …\(digits)", value ?? "", spoken: spoken)
        }
        rows.append(ReceiptRow(UIText.rowTendered(), values.money(receipt.tendered, "/tendered")))
        rows.append(ReceiptRow(UIText.rowChange(), values.money(receipt.change, "/change")))
        return numbered(rows)
    }
}

/// A name and a value of a receipt.
public struct ReceiptRow: Equatable, Identifiable, Sendable {
    /// Its position in its list.
    public internal(set) var id = 0
    public let label: String
    /// Empty for a payment whose amount the receipt does not have.
    public let value: String
    /// The label as a screen reader says it.
    public let spokenLabel: String

    /// - Returns: `nil` without a value.
    init?(_ label: String, _ value: String?) {
        guard let value else { return nil }
        self.init(label, value, spoken: label)
    }

    init(_ label: String, _ value: String, spoken: String) {
        (self.label, self.value, spokenLabel) = (label, value, spoken)
    }
}

/// The rows that have a value.
private func numbered(_ rows: [ReceiptRow?]) -> [ReceiptRow] {
    rows.compactMap { $0 }.enumerated().map { index, row in
        var row = row
        row.id = index
        return row
    }
}
