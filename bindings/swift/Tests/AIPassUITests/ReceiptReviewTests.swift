import AIPassMobile
import AIPassTesting
import Foundation
import Testing

@testable import AIPassUI

@MainActor
struct ReceiptReviewTests {
    private let german = Locale(identifier: "de_DE")
    private let day = DateComponents(calendar: Calendar(identifier: .gregorian), year: 2026, month: 1, day: 31)

    @Test func showsWhatWasRead() {
        let amount = Decimal(string: "1234.50")
        let receipt = Receipt.sample(merchant: "Café", date: day, amount: amount, currency: "EUR", confidence: 0.9)
        let review = ReceiptReviewModel(receipt, locale: german).state
        #expect(review.texts[.merchant] == "Café" && review.texts[.date] == "2026-01-31")
        #expect(review.texts[.amount] == "1234,5" && review.statuses[.amount] == .read)
        #expect(review.statuses[.category] == .missing && review.isUsable && !review.isUnsure)
        #expect(review.receipt == receipt)
    }

    // P7: null is better than wrong
    @Test func whatWasNotReadIsEmptyWithTheModelsWordsBesideIt() {
        let receipt = Receipt.sample(amountText: "18.00 or 13.00", confidence: 0.3)
        let review = ReceiptReviewModel(receipt, locale: german).state
        #expect(review.texts[.amount] == "" && review.hint(.amount) == "18.00 or 13.00")
        #expect(review.isUnsure)
    }

    @Test func correctionsAreTaken() {
        let model = ReceiptReviewModel(.sample(merchant: "Caf"), locale: german)
        model.write(" Café ", into: .merchant)
        model[.amount] = "1.234,50"
        model.write("eur", into: .currency)
        model.write("2026-01-31", into: .date)
        #expect(model.state.receipt.merchant == "Café" && model[.merchant] == " Café ")
        #expect(model.state.receipt.amount == Decimal(string: "1234.50"))
        #expect(model.state.receipt.currency == "EUR" && model.state.receipt.date == day)
        #expect(model.state.statuses[.merchant] == .corrected && model.state.isUsable)
        model.write("Caf", into: .merchant)
        #expect(model.state.statuses[.merchant] == .read)
        model.write("", into: .merchant)
        #expect(model.state.receipt.merchant == nil && model.state.statuses[.merchant] == .corrected)
        model.write("", into: .date)
        #expect(model.state.receipt.date == nil && model.state.statuses[.date] == .missing)
    }

    @Test(arguments: [
        (ReceiptField.amount, "12.50"), (.amount, "12,5€"), (.amount, "1.23,5"), (.amount, ","), (.amount, "1,"),
        (.amount, "1,2,3"), (.amount, "1.234.56"), (.amount, "--1"), (.amount, "١٢"), (.currency, "€"),
        (.currency, "EURO"), (.date, "2026-02-30"), (.date, "31.01.2026"), (.date, "2026-1-31"), (.date, "+026-01-31"),
        (.amount, "1\u{301}2"), (.date, "2026-01-3\u{301}1"),
    ])
    func whatIsNotCertainIsRefused(_ field: ReceiptField, _ text: String) {
        let amount = Decimal(string: "3")
        let model = ReceiptReviewModel(.sample(date: day, amount: amount, currency: "EUR"), locale: german)
        model.write(text, into: field)
        #expect(model.state.statuses[field] == .invalid && !model.state.isUsable)
        #expect(model.state.texts[field] == text, "the user's text stays, to be mended")
        switch field {
        case .amount: #expect(model.state.receipt.amount == nil)
        case .currency: #expect(model.state.receipt.currency == nil)
        default: #expect(model.state.receipt.date == nil)
        }
    }

    @Test func amountsAreReadAsTheyAreWritten() {
        for identifier in ["de_DE", "en_US", "fr_FR", "de_CH", "en_IN"] {
            let locale = Locale(identifier: identifier)
            for text in ["0", "0.05", "18", "1234567.891", "-42.10"] {
                let number = Decimal(string: text)!
                let written = amountText(number, locale: locale)
                #expect(amount(from: written, locale: locale) == number, "\(identifier) \(text)")
            }
        }
        for space in [" ", "\u{A0}", "\u{202F}"] {
            #expect(amount(from: "1\(space)234,5", locale: Locale(identifier: "fr_FR")) == Decimal(string: "1234.5"))
        }
        #expect(amount(from: "1 234", locale: Locale(identifier: "en_US")) == nil)
        #expect(amount(from: "1,234.50", locale: Locale(identifier: "en_US")) == Decimal(string: "1234.5"))
        #expect(amount(from: "\u{2212}5", locale: Locale(identifier: "en_US")) == -5)
    }
}
