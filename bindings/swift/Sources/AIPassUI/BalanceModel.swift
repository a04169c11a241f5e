import AIPassMobile
import Foundation

/// What a balance badge shows.
public enum BalanceState: Equatable, Sendable {
    /// Not asked yet, or the provider has no balance, or it could not be had.
    case unknown
    case unlimited
    case plenty(Decimal)
    case low(Decimal)
    /// Nothing is left: the next paid call is refused.
    case empty

    /// - Parameter lowBelow: Less than this is low.
    public init(_ balance: Balance, lowBelow: Decimal) {
        guard balance.maxBudget != nil || balance.remainingBudget != nil else {
            self = .unlimited
            return
        }
        switch balance.remainingBudget {
        case nil: self = .unknown
        case let left? where !left.isFinite: self = .unknown
        case let left? where left <= 0: self = .empty
        case let left? where left < lowBelow: self = .low(left)
        case let left?: self = .plenty(left)
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
        case .plenty(let left): UIText.balanceOf(moneyText(left, currency: currency, locale: locale))
        case .low(let left): UIText.balanceLow(moneyText(left, currency: currency, locale: locale))
        case .empty: UIText.balanceEmpty()
        }
    }
}

/// The rules of a balance badge: it never blocks a call, and a failure to ask leaves what it showed.
public final class BalanceModel: Watched<BalanceState> {
    /// The currency of the wallet; `nil` shows a bare number.
    public let currency: String?
    private let client: any AIPassClient
    private let lowBelow: Decimal

    public init(_ client: any AIPassClient, lowBelow: Decimal = 1, currency: String? = TopUpModel.currency) {
        self.client = client
        self.lowBelow = lowBelow
        self.currency = currency
        super.init(.unknown)
    }

    /// Asks for the balance, which may come from memory: after a sign-in, and after each paid call.
    public func update() async {
        await show { try await client.balance() }
    }

    /// Asks the provider: when the user comes back from filling the wallet.
    public func refresh() async {
        await show { try await client.refreshBalance() }
    }

    /// A call was refused because the budget is used up.
    public func refused() {
        state = .empty
    }

    private func show(_ ask: () async throws -> Balance) async {
        do {
            state = BalanceState(try await ask(), lowBelow: lowBelow)
        } catch AIPassError.signInRequired, AIPassError.unsupported {
            state = .unknown
        } catch {
            // The badge is no place for errors: the next paid call says what is wrong.
        }
    }
}
