import AIPassMobile
import Foundation

/// An item of a receipt, as a review shows it.
public struct ReceiptLine: Equatable, Identifiable, Sendable {
    /// Its position, from 0.
    public let id: Int
    /// What was bought; if it was not read, which item it is.
    public let description: String
    /// How much of it, at which price, less what; `nil` if the receipt does not say.
    public let detail: String?
    /// Its price, or that it cannot be read.
    public let total: String
    /// By how much the line does not add up, in words; `nil` if it does, and if that cannot be told.
    public let problem: String?
    /// All of it, as a screen reader says it.
    public let spoken: String

    init(_ item: ReceiptItem, at index: Int, values: ReceiptValues) {
        func money(_ amount: Decimal?, _ field: String) -> String? {
            values.money(amount, "/items/\(index)/\(field)")
        }
        let quantity = item.quantity.map { quantity in
            [numberText(quantity, locale: values.locale), item.unit].compactMap { $0 }.joined(separator: "\u{A0}")
        }
        let count = quantity ?? values.unread("/items/\(index)/quantity")
        let price = money(item.unitPrice, "unit_price")
        let discount = money(item.discount, "discount").map { UIText.lineDiscount($0) }
        func detail(_ times: UIText) -> String? {
            let product = count.flatMap { count in price.map { times(count, $0) } } ?? count ?? price
            let parts = [product, discount].compactMap { $0 }
            return parts.isEmpty ? nil : parts.joined(separator: ", ")
        }
        id = index
        description = item.description ?? values.name(of: index)
        self.detail = detail(.lineTimes)
        total = money(item.total, "total") ?? UIText.reviewMissing()
        if case .off(let by, _) = item.verdict {
            problem = (by < 0 ? UIText.lineLess : .lineMore)(values.money(abs(by)))
        } else {
            problem = nil
        }
        spoken = [description, detail(.lineTimesSpoken), total, problem].compactMap { $0 }.joined(separator: ", ")
    }
}

/// Writes a receipt's values in the user's language.
struct ReceiptValues {
    let locale: Locale
    private let receipt: Receipt
    private let texts: [String: String]

    init(_ receipt: Receipt, locale: Locale) {
        (self.receipt, self.locale) = (receipt, locale)
        texts = Dictionary(receipt.unread.map { ($0.field, $0.text) }, uniquingKeysWith: { first, _ in first })
    }

    func money(_ amount: Decimal) -> String {
        moneyText(amount, currency: receipt.currency, locale: locale)
    }

    /// The amount; if it could not be read, that and the model's words; `nil` if the receipt has none.
    func money(_ amount: Decimal?, _ field: String) -> String? {
        amount.map(money) ?? unread(field)
    }

    /// What the model gave for a value that could not be read.
    func unread(_ field: String) -> String? {
        texts[field].map { UIText.reviewMissingWords(isolated($0)) }
    }

    /// Which item it is, as people count.
    func name(of index: Int) -> String {
        UIText.lineItem(numberText(Decimal(index + 1), locale: locale))
    }

    /// The tax with its rate, which many receipts have in its name.
    func name(of tax: ReceiptTax) -> String {
        let name = tax.name ?? UIText.rowTax()
        let rate = name.contains("%") ? nil : tax.rate.map { percentText($0, locale: locale) }
        let named = [name, rate].compactMap { $0 }.joined(separator: " ")
        return tax.included == true ? UIText.rowIncluded(named) : named
    }

    /// A part of the calculation.
    func name(of part: ReceiptPart) -> String {
        switch part {
        case .item(let index):
            let item = receipt.items.indices.contains(Int(index)) ? receipt.items[Int(index)].description : nil
            return [name(of: Int(index)), item.map { "(\(isolated($0)))" }].compactMap { $0 }.joined(separator: " ")
        case .items: return UIText.reviewItems()
        case .subtotal: return UIText.rowSubtotal()
        case .discounts: return UIText.partDiscounts()
        case .taxes: return UIText.partTaxes()
        case .tip: return UIText.rowTip()
        case .rounding: return UIText.rowRounding()
        case .total: return UIText.fieldAmount()
        case .payments: return UIText.reviewPayment()
        }
    }

    /// A text that keeps its own direction amid words of another one.
    private func isolated(_ text: String) -> String {
        "\u{2068}\(text)\u{2069}"
    }
}
