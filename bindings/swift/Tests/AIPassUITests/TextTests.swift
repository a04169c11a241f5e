import AIPassMobile
import Foundation
import Testing

@testable import AIPassUI

/// The texts are there in every language, and are filled in alike.
struct TextTests {
    static let languages = ["en", "de"]

    @Test(arguments: languages)
    func everyTextIsTranslated(_ language: String) throws {
        let texts = try strings(language)
        #expect(Set(texts.keys) == Set(UIText.allCases.map(\.rawValue)))
        for (key, text) in texts { #expect(!text.isEmpty, "\(key)") }
    }

    @Test func translationsTakeTheSameArguments() throws {
        let english = try strings("en")
        let german = try strings("de")
        for (key, text) in english {
            #expect(arguments(of: text) == arguments(of: german[key] ?? ""), "\(key)")
        }
    }

    @Test func textsAreFilledIn() {
        #expect(UIText.balanceLow("$1.00").contains("$1.00"))
        #expect(!UIText.topUpSpent("1", "2").contains("%"))
    }

    @Test func amountsAreWrittenAsTheLocaleDoes() {
        let german = Locale(identifier: "de_DE")
        #expect(moneyText(Decimal(string: "1234.5")!, currency: nil, locale: german) == "1.234,50")
        #expect(moneyText(Decimal(string: "4.2")!, currency: "USD", locale: Locale(identifier: "en_US")) == "$4.20")
    }

    private func strings(_ language: String) throws -> [String: String] {
        let file = try #require(UIText.file(of: language))
        let list = try PropertyListSerialization.propertyList(from: Data(contentsOf: file), format: nil)
        return try #require(list as? [String: String])
    }

    private func arguments(of text: String) -> [Substring] {
        text.matches(of: #/%(\d\$)?@/#).map(\.output.0)
    }
}

/// What users are told of failures.
struct ProblemTests {
    @Test func aCancelledCallIsNoProblem() {
        #expect(Problem(AIPassError.cancelled) == nil)
        #expect(Problem(CancellationError()) == nil)
    }

    @Test func problemsSayWhetherToTryAgain() {
        let offline = Problem(AIPassError.offline(maybeSent: false, detail: ""))
        #expect(offline?.text == .problemOffline && offline?.canRetry == true && offline?.code == "offline")
        let locked = Problem(AIPassError.storage(kind: .unavailable, detail: ""))
        #expect(locked?.text == .problemLocked && locked?.canRetry == true)
        let keyLost = Problem(AIPassError.storage(kind: .keyLost, detail: ""))
        #expect(keyLost?.text == .problemStorage && keyLost?.canRetry == false)
        let photo = Problem(AIPassError.invalidInput(input: "photo", detail: ""))
        #expect(photo?.text == .problemPhoto)
        let limit = Problem(AIPassError.overSpendLimit(1))
        #expect(limit?.text == .problemSpendLimit && limit?.canRetry == false && limit?.code == "spend_limit_day")
        let again = Problem(AIPassError.invalidInput(input: "prepared", detail: ""))
        #expect(again?.text == .topUpNotAgain && again?.canRetry == false)
        #expect(Problem(URLError(.badURL))?.text == .problemOther)
    }
}
