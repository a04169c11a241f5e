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
    case balanceAbout = "balance_about"
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
    case topUpNotAgain = "top_up_not_again"
    case topUpClose = "top_up_close"

    case reviewTitle = "review_title"
    case reviewUnsure = "review_unsure"
    case reviewMissing = "review_missing"
    case reviewMissingWords = "review_missing_words"
    case reviewInvalid = "review_invalid"
    case reviewUse = "review_use"
    case reviewItems = "review_items"
    case reviewAmounts = "review_amounts"
    case reviewPayment = "review_payment"
    case reviewAbout = "review_about"
    case reviewCost = "review_cost"
    case fieldMerchant = "field_merchant"
    case fieldDate = "field_date"
    case fieldAmount = "field_amount"
    case fieldCurrency = "field_currency"
    case fieldCategory = "field_category"

    case lineItem = "line_item"
    case lineTimes = "line_times"
    case lineTimesSpoken = "line_times_spoken"
    case lineDiscount = "line_discount"
    case lineMore = "line_more"
    case lineLess = "line_less"

    case rowSubtotal = "row_subtotal"
    case rowDiscount = "row_discount"
    case rowTax = "row_tax"
    case rowIncluded = "row_included"
    case rowTip = "row_tip"
    case rowRounding = "row_rounding"
    case rowOtherCurrency = "row_other_currency"
    case rowCard = "row_card"
    case rowTendered = "row_tendered"
    case rowChange = "row_change"
    case rowTime = "row_time"
    case rowNumber = "row_number"
    case rowAddress = "row_address"
    case rowPhone = "row_phone"
    case rowTaxNumber = "row_tax_number"
    case partDiscounts = "part_discounts"
    case partTaxes = "part_taxes"

    case verdictAgrees = "verdict_agrees"
    case verdictMore = "verdict_more"
    case verdictLess = "verdict_less"
    case verdictUnknown = "verdict_unknown"
    case verdictMissing = "verdict_missing"

    case photoTitle = "photo_title"
    case photoFree = "photo_free"
    case photoTooSmall = "photo_too_small"
    case photoTooDark = "photo_too_dark"
    case photoTooBright = "photo_too_bright"
    case photoTooBlurred = "photo_too_blurred"
    case photoNoPrint = "photo_no_print"
    case photoScanAnyway = "photo_scan_anyway"
    case photoTakeAnother = "photo_take_another"

    case problemOffline = "problem_offline"
    case problemBusy = "problem_busy"
    case problemBudget = "problem_budget"
    case problemSpendLimit = "problem_spend_limit"
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

extension UIText {
    /// The file that has a language's texts.
    static func file(of language: String) -> URL? {
        Bundle.module.url(
            forResource: "Localizable", withExtension: "strings", subdirectory: nil, localization: language)
    }
}
