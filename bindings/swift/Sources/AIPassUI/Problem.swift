import AIPassMobile
import Foundation

/// A failure as a user is told of it.
public struct Problem: Equatable, Sendable {
    /// What to say.
    public let text: UIText
    /// The error's code, for the app's own texts and for support.
    public let code: String
    /// Whether trying again may help without a change by the user or the app.
    public let canRetry: Bool

    /// - Returns: `nil` if there is nothing to say, because the user or the app cancelled.
    public init?(_ error: any Error) {
        if error is CancellationError { return nil }
        guard let error = error as? AIPassError else {
            (text, code, canRetry) = (.problemOther, "other", false)
            return
        }
        switch error {
        case .cancelled: return nil
        case .offline, .timeout: (text, canRetry) = (.problemOffline, true)
        case .rateLimited: (text, canRetry) = (.problemBusy, true)
        case .budgetExceeded: (text, canRetry) = (.problemBudget, false)
        case .signInRequired: (text, canRetry) = (.problemSignIn, false)
        case .storage(.unavailable, _): (text, canRetry) = (.problemLocked, true)
        case .storage: (text, canRetry) = (.problemStorage, false)
        case .invalidCallback: (text, canRetry) = (.problemCallback, true)
        case .provider(.unavailable, _, _, _, _, _, _, _): (text, canRetry) = (.problemProvider, true)
        case .provider: (text, canRetry) = (.problemProvider, false)
        case .spendLimit: (text, canRetry) = (.problemSpendLimit, false)
        case .invalidInput("prepared", _): (text, canRetry) = (.topUpNotAgain, false)
        case .invalidInput(let input, _):
            (text, canRetry) = (input.hasPrefix("photo") ? .problemPhoto : .problemOther, false)
        case .invalidOutput, .truncated: (text, canRetry) = (.problemUnreadable, true)
        case .unsupported, .other: (text, canRetry) = (.problemOther, false)
        }
        code = error.code
    }
}
