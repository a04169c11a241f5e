import AIPassMobile
import AIPassTesting
import Foundation
import Testing

@testable import AIPassUI

/// What a review shows beside its fields. Texts are English here: the test bundle's language.
@MainActor
struct ReceiptDetailTests {
    private let german = Locale(identifier: "de_DE")
    private let dollars = Locale(identifier: "en_US")

    @Test func aLineShowsQuantityPriceAndTotal() {
        let items: [ReceiptItem] = [
            .sample("Apfel", quantity: decimal("0.534"), unit: "kg", unitPrice: decimal("2.99"), total: decimal("1.6")),
            .sample("Brot", quantity: 2, unitPrice: 3, discount: decimal("-0.5"), total: decimal("5.5")),
            .sample("Tüte", total: decimal("0.1")),
        ]
        let lines = details(.sample(currency: "EUR", items: items)).lines
        #expect(lines.map(\.description) == ["Apfel", "Brot", "Tüte"])
        #expect(lines.map { plain($0.detail) } == ["0,534 kg × 2,99 €", "2 × 3,00 €, discount -0,50 €", nil])
        #expect(lines.map { plain($0.total) } == ["1,60 €", "5,50 €", "0,10 €"])
        #expect(plain(lines[0].spoken) == "Apfel, 0,534 kg times 2,99 €, 1,60 €")
        #expect(lines.map(\.problem) == [nil, nil, nil] && lines.map(\.id) == [0, 1, 2])
    }

    @Test func aLineThatDoesNotAddUpSaysByHowMuchAlsoAloud() {
        let more = ReceiptItem.sample("Tee", total: 4, verdict: .off(by: decimal("0.3"), at: .item(index: 0)))
        let less = ReceiptItem.sample("Keks", total: 4, verdict: .off(by: decimal("-1.25"), at: .item(index: 1)))
        let open = ReceiptItem.sample("Saft", total: 4, verdict: .cannotTell(missing: [.item(index: 2)]))
        let lines = details(.sample(currency: "EUR", items: [more, less, open])).lines
        #expect(plain(lines[0].problem) == "Does not add up: 0,30 € more than worked out")
        #expect(plain(lines[1].problem) == "Does not add up: 1,25 € less than worked out")
        #expect(lines[2].problem == nil)
        #expect(plain(lines[0].spoken)!.hasSuffix(", 4,00 €, Does not add up: 0,30 € more than worked out"))
    }

    // P7: null is better than wrong
    @Test func whatCannotBeReadSaysSoWithTheModelsWords() {
        let receipt = Receipt.sample(
            currency: "EUR", items: [.sample(quantity: nil, unitPrice: 2), .sample("Tee")],
            unread: [
                UnreadValue(field: "/items/0/quantity", text: "2 or 3"),
                UnreadValue(field: "/items/0/total", text: "4.?"),
                UnreadValue(field: "/subtotal", text: "1O"), UnreadValue(field: "/tendered", text: "2O"),
            ])
        let details = details(receipt)
        #expect(details.lines[0].description == "Item 1")
        #expect(plain(details.lines[0].detail) == "Not readable: “2 or 3” × 2,00 €")
        #expect(plain(details.lines[0].total) == "Not readable: “4.?”")
        #expect(details.lines[1].total == "Not readable" && details.lines[1].detail == nil)
        #expect(rows(details.amounts) == ["Subtotal: Not readable: “1O”"])
        #expect(rows(details.payment) == ["Cash given: Not readable: “2O”"])
    }

    @Test func amountsBetweenTheItemsAndTheTotal() {
        var receipt = Receipt.sample(
            amount: 20, currency: "EUR", subtotal: 21,
            discounts: [
                ReceiptDiscount(name: "Treue", amount: -2), ReceiptDiscount(amount: 1), ReceiptDiscount(name: "?"),
            ],
            taxes: [
                ReceiptTax(name: "MwSt", rate: 19, amount: decimal("3.19"), included: true),
                ReceiptTax(name: "MwSt 7%", rate: 7, amount: 1), ReceiptTax(rate: decimal("8.875"), amount: 1),
            ], tip: 2, rounding: decimal("-0.02"))
        receipt.otherAmounts = [ReceiptAmount(amount: decimal("21.5"), currency: "USD")]
        #expect(
            rows(details(receipt).amounts) == [
                "Subtotal: 21,00 €", "Treue: -2,00 €", "Discount: 1,00 €", "MwSt 19 %, included: 3,19 €",
                "MwSt 7%: 1,00 €", "Tax 8,875 %: 1,00 €", "Tip: 2,00 €", "Rounding: -0,02 €",
                "In another currency: 21,50 $",
            ])
        #expect(details(.sample(amount: 20)).amounts.isEmpty)
    }

    @Test func paymentAndShop() {
        var receipt = Receipt.sample(
            currency: "EUR",
            payments: [
                ReceiptPayment(method: "Visa", lastFour: "0042", amount: 15),
                ReceiptPayment(lastFour: "7", amount: nil),
                ReceiptPayment(method: "bar"), ReceiptPayment(),
            ], tendered: 5, change: decimal("0.5"))
        receipt.merchantDetails = ReceiptMerchant(address: "Am Markt 1", taxID: "12/345")
        (receipt.time, receipt.number) = ("16:20", "38205")
        let payment = details(receipt).payment
        #expect(
            rows(payment) == [
                "Visa …0042: 15,00 €", "Payment …7: ", "bar: ", "Cash given: 5,00 €", "Change: 0,50 €",
            ])
        #expect(payment[0].spokenLabel == "Visa, card ending in 0 0 4 2" && payment.map(\.id) == [0, 1, 2, 3, 4])
        #expect(
            rows(details(receipt).about) == [
                "Time: 16:20", "Receipt number: 38205", "Address: Am Markt 1", "Tax number: 12/345",
            ])
    }

    @Test func theVerdictIsASentenceWithItsFigureAndPlace() {
        func notice(_ verdict: ReceiptVerdict) -> VerdictNotice {
            VerdictNotice(.sample(currency: "EUR", items: [.sample("Tee")], verdict: verdict), locale: german)
        }
        #expect(notice(.agrees).level == .agrees && notice(.agrees).text == "The amounts add up.")
        let off = notice(.off(by: decimal("-0.3"), at: .taxes))
        #expect(off.level == .off)
        #expect(plain(off.text) == "The amounts do not add up: 0,30 € less than worked out, in: Taxes.")
        let line = notice(.off(by: 1, at: .item(index: 0)))
        #expect(plain(line.text) == "The amounts do not add up: 1,00 € more than worked out, in: Item 1 (Tee).")
        #expect(notice(.off(by: 1, at: .item(index: 9))).text.hasSuffix("in: Item 10."))
        let open = notice(.cannotTell(missing: [.subtotal, .payments]))
        #expect(open.level == .unknown && open.text.hasSuffix("Missing or unclear: Subtotal, Payment."))
        #expect(notice(.cannotTell(missing: [])).text == "Whether the amounts add up cannot be told.")
    }

    @Test func everyPartHasAName() {
        let parts: [ReceiptPart] = [
            .item(index: 0), .items, .subtotal, .discounts, .taxes, .tip, .rounding, .total, .payments,
        ]
        let values = ReceiptValues(.sample(), locale: german)
        #expect(Set(parts.map { values.name(of: $0) }).count == parts.count)
    }

    // P14: a total that the user wrote is judged as one that was read
    @Test func aTotalThatTheUserChangedIsJudgedAgain() {
        let items = [ReceiptItem.sample("Tee", total: 12), .sample("Keks", total: 6)]
        let misread = Receipt.sample(amount: 13, currency: "EUR", items: items).judged()
        let model = ReceiptReviewModel(misread, locale: german)
        #expect(model.state.verdict?.level == .off)
        model.write("18,00", into: .amount)
        #expect(model.state.verdict?.level == .agrees && model.state.receipt.verdict == .agrees)
        model.write("18,50", into: .amount)
        #expect(model.state.verdict?.level == .off)
        for nothing in ["", "18,5x"] {
            model.write(nothing, into: .amount)
            #expect(model.state.verdict?.level == .unknown, "\(nothing)")
        }
        model.write("13", into: .amount)
        #expect(model.state.receipt == misread && model.state.verdict?.level == .off)
    }

    @Test func nothingIsJudgedAgainButTotalAndCurrency() {
        let read = Receipt.sample(amount: 18, currency: "EUR", verdict: .agrees)
        let model = ReceiptReviewModel(read, locale: german) { receipt in
            var receipt = receipt
            receipt.verdict = .off(by: 1, at: .total)
            return receipt
        }
        for (field, text) in [(ReceiptField.merchant, "Café"), (.date, "2026-01-31"), (.category, "Essen")] {
            model.write(text, into: field)
            #expect(model.state.verdict?.level == .agrees, "\(field)")
        }
        model.write("CHF", into: .currency)
        #expect(model.state.verdict?.level == .off)
        model.write("EUR", into: .currency)
        #expect(model.state.verdict?.level == .agrees)
    }

    @Test func aSummaryHasNoVerdict() {
        let model = ReceiptReviewModel(.sample(amount: 18, verdict: .cannotTell(missing: [.items])), locale: german)
        #expect(model.state.verdict == nil && model.state.details.isSummary)
        model.write("19", into: .amount)
        #expect(model.state.verdict == nil)
        let items = [ReceiptItem.sample("Tee")]
        let read = Receipt.sample(amount: 18, items: items, verdict: .cannotTell(missing: [.items]))
        #expect(ReceiptReviewModel(read, locale: german).state.verdict?.level == .unknown)
    }

    @Test func amountsFollowTheCurrencyThatTheUserWrote() {
        let model = ReceiptReviewModel(.sample(items: [.sample("Tee", total: 4)]), locale: german)
        #expect(model.state.details.lines[0].total == "4,00")
        model.write("jpy", into: .currency)
        #expect(plain(model.state.details.lines[0].total) == "4 ¥")
    }

    @Test func whatReadingItCostIsSaidWhereItIsKnown() {
        let known = ReceiptReviewModel(.sample(cost: decimal("0.004215")), locale: dollars).state
        #expect(known.cost == "Reading it cost $0.004215.")
        #expect(ReceiptReviewModel(.sample()).state.cost == nil)
    }

    @Test func amountsAreExact() {
        #expect(
            plain(moneyText(decimal("12345678901234567.89"), currency: "USD", locale: dollars))
                == "$12,345,678,901,234,567.89")
        #expect(plain(moneyText(decimal("0.1") + decimal("0.2"), currency: "EUR", locale: german)) == "0,30 €")
        #expect(plain(moneyText(decimal("1.2345"), currency: "EUR", locale: german)) == "1,2345 €")
        #expect(plain(moneyText(1200, currency: "JPY", locale: dollars)) == "¥1,200")
        #expect(plain(moneyText(decimal("1.5"), currency: "KWD", locale: dollars)) == "KWD 1.500")
        #expect(plain(moneyText(decimal("-2"), currency: nil, locale: german)) == "-2,00")
    }

    private func details(_ receipt: Receipt) -> ReceiptDetails {
        ReceiptDetails(receipt, locale: german)
    }

    private func rows(_ rows: [ReceiptRow]) -> [String] {
        rows.map { plain("\($0.label): \($0.value)") ?? "" }
    }

    /// Without the marks that keep a text's direction, and with plain spaces.
    private func plain(_ text: String?) -> String? {
        text?.filter { !"\u{2068}\u{2069}".contains($0) }.replacingOccurrences(of: "\u{A0}", with: " ")
    }

    private func decimal(_ text: String) -> Decimal {
        Decimal(string: text, locale: Locale(identifier: "en_US_POSIX"))!
    }
}

/// What is said of a photo before money is spent.
struct PhotoNoticeTests {
    @Test func eachReasonIsSaidOnce() {
        #expect(PhotoNotice([]) == nil)
        let hints = [PhotoHint.sample(.tooDark), .sample(.noPrint), .sample(.tooDark)]
        #expect(PhotoNotice(hints)?.reasons == [.photoTooDark, .photoNoPrint])
        let all = [PhotoHintKind.tooSmall, .tooDark, .tooBright, .tooBlurred, .noPrint].map(PhotoHint.sample)
        #expect(PhotoNotice(all).map { Set($0.reasons).count } == 5)
    }
}
