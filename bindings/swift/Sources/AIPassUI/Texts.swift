import Foundation

/// The texts of this module's views, in English and German. The raw value is the key in `Localizable.strings`.
public enum UIText: String, CaseIterable, Sendable {
    case signIn = "sign_in"
    case signInAgain = "sign_in_again"
    case signingIn = "signing_in"
    case denied = "denied"
    case sessionEnded = "session_ended"

    case balance = "balance"
    case balanceOf = "balance_of"
    case balanceUnknown = "balance_unknown"
    case balanceUnlimited = "balance_unlimited"
    case balanceLow = "balance_low"
    case balanceEmpty = "balance_empty"

    case topUpTitle = "top_up_title"
    case topUpRefused = "top_up_refused"
    case topUpSpent = "top_up_spent"
    case topUpOpening = "top_up_opening"
    case topUpAway = "top_up_away"
    case topUpChecking = "top_up_checking"
    case topUpStillEmpty = "top_up_still_empty"
    case topUpReady = "top_up_ready"
    case topUpCheck = "top_up_check"
    case topUpSendAgain = "top_up_send_again"
    case topUpClose = "top_up_close"

    case reviewTitle = "review_title"
    case reviewUnsure = "review_unsure"
    case reviewMissing = "review_missing"
    case reviewInvalid = "review_invalid"
    case reviewUse = "review_use"
    case fieldMerchant = "field_merchant"
    case fieldDate = "field_date"
    case fieldAmount = "field_amount"
    case fieldCurrency = "field_currency"
    case fieldCategory = "field_category"

    case problemOffline = "problem_offline"
    case problemBusy = "problem_busy"
    case problemBudget = "problem_budget"
    case problemSignIn = "problem_sign_in"
    case problemLocked = "problem_locked"
    case problemStorage = "problem_storage"
    case problemCallback = "problem_callback"
    case problemProvider = "problem_provider"
    case problemPhoto = "problem_photo"
    case problemUnreadable = "problem_unreadable"
    case problemOther = "problem_other"

    /// The text in the app's language.
    public func callAsFunction(_ arguments: any CVarArg...) -> String {
        let format = Bundle.module.localizedString(forKey: rawValue, value: rawValue, table: nil)
        return arguments.isEmpty ? format : String(format: format, locale: .current, arguments: arguments)
    }
}

/// An amount of money as text: `$4.20` where a currency is known, else a number with two decimals.
public func moneyText(_ amount: Decimal, currency: String?, locale: Locale = .current) -> String {
    let formatter = NumberFormatter()
    formatter.locale = locale
    if let currency {
        formatter.numberStyle = .currency
        formatter.currencyCode = currency
    } else {
        formatter.numberStyle = .decimal
        formatter.minimumFractionDigits = 2
        formatter.maximumFractionDigits = 2
    }
    return formatter.string(from: amount as NSDecimalNumber) ?? "\(amount)"
}

extension UIText {
    /// The file that has a language's texts.
    static func file(of language: String) -> URL? {
        Bundle.module.url(
            forResource: "Localizable", withExtension: "strings", subdirectory: nil, localization: language)
    }
}
