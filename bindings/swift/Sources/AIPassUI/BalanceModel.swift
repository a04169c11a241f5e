import AIPassMobile
import Foundation

/// What a balance badge shows. An estimate is what is left by what is known: it may be less.
public enum BalanceState: Equatable, Sendable {
    /// Not asked yet, or the provider has no balance, or it could not be had.
    case unknown
    case unlimited
    case plenty(Decimal, isEstimate: Bool = false)
    case low(Decimal, isEstimate: Bool = false)
    /// Nothing is left: the next paid call is refused.
    case empty

    public init(_ update: BalanceUpdate) {
        // After a failed fetch the figures are older.
        let isEstimate = update.isEstimate || update.errorCode != nil
        self = update.balance.map { Self($0, isLow: update.isLow, isEstimate: isEstimate) } ?? .unknown
    }

    init(_ balance: Balance, isLow: Bool = false, isEstimate: Bool = false) {
        guard balance.maxBudget != nil || balance.remainingBudget != nil else {
            self = .unlimited
            return
        }
        switch balance.remainingBudget {
        case nil: self = .unknown
        case let left? where !left.isFinite: self = .unknown
        case let left? where left <= 0: self = .empty
        case let left?: self = isLow ? .low(left, isEstimate: isEstimate) : .plenty(left, isEstimate: isEstimate)
        }
    }

    /// Whether to offer a top-up beside it.
    public var offersTopUp: Bool {
        switch self {
        case .low, .empty: true
        case .unknown, .unlimited, .plenty: false
        }
    }

    /// What it says, also to VoiceOver.
    public func text(currency: String?, locale: Locale = .current) -> String {
        switch self {
        case .unknown: UIText.balanceUnknown()
        case .unlimited: UIText.balanceUnlimited()
        case .plenty(let left, let isEstimate): UIText.balanceOf(amount(left, isEstimate, currency, locale))
        case .low(let left, let isEstimate): UIText.balanceLow(amount(left, isEstimate, currency, locale))
        case .empty: UIText.balanceEmpty()
        }
    }

    private func amount(_ left: Decimal, _ isEstimate: Bool, _ currency: String?, _ locale: Locale) -> String {
        let text = leftText(left, currency: currency, locale: locale)
        return isEstimate ? UIText.balanceAbout(text) : text
    }
}

/// The rules of a balance badge: it follows the balance while it is seen, never blocks a call, and shows no errors.
public final class BalanceModel: Watched<BalanceState> {
    /// The currency of the wallet; `nil` shows a bare number.
    public let currency: String?
    private let client: any AIPassClient
    private let lowBelow: Decimal

    /// - Parameter lowBelow: Less than this is low, in US dollars.
    public init(_ client: any AIPassClient, lowBelow: Decimal = 1, currency: String? = TopUpModel.currency) {
        self.client = client
        self.lowBelow = lowBelow
        self.currency = currency
        super.init(.unknown)
    }

    /// Follows the balance until the task is cancelled: for `.task` of the view. Meanwhile it is asked for at most once a
    /// minute, and whenever the app came back: see `AIPass.balances(lowBelow:)`.
    public func follow() async {
        do {
            for try await update in client.balanceUpdates(lowBelow: lowBelow) { state = BalanceState(update) }
        } catch AIPassError.unsupported {
            state = .unknown
        } catch {
            // The badge is no place for errors: the next paid call says what is wrong.
        }
    }

    /// A call was refused because the budget is used up.
    public func refused() {
        state = .empty
    }
}
