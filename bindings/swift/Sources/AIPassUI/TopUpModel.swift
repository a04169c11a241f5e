import AIPassMobile
import Foundation

/// What a top-up sheet shows.
public enum TopUpState: Equatable, Sendable {
    /// No sheet.
    case hidden
    /// The amounts to choose from, with what went wrong before, if anything did.
    case offering(Problem?)
    /// The provider's page is being prepared.
    case opening
    /// The user is in the browser, which does not lead back to the app; with what went wrong when the balance was asked
    /// for.
    case away(Problem?)
    /// Asking whether the money is there.
    case checking
    /// The user came back, and the wallet is as empty as before: choose again, or check again.
    case stillEmpty
    /// The money is there, and the refused request can be sent again; with what went wrong when that was tried.
    case ready(Problem?)
    /// The refused request is being sent again.
    case sendingAgain
    /// It failed, and may have been paid for, or was refused again: it cannot be sent another time. With what went wrong.
    case notAgain(Problem?)
}

/// The rules of a low-balance and top-up sheet. A prepared request that was refused because the budget is used up is
/// kept, and offered again once there is money. It is sent only when the user says so, and once, which the library sees
/// to: it costs money. A user who may have paid is not asked to pay again because the balance could not be read.
public final class TopUpModel: Watched<TopUpState> {
    /// The currency of the wallet: AI Pass bills in US dollars.
    public nonisolated static let currency = "USD"
    /// The smallest amount that AI Pass takes, in US dollars.
    public nonisolated static let smallestAmount = Decimal(string: "0.50", locale: Locale(identifier: "en_US_POSIX"))!

    /// The amounts to choose from, in US dollars.
    public let amounts: [Decimal]
    /// What has been spent and the budget, as the refusal said.
    public private(set) var figures: (spent: Decimal?, limit: Decimal?) = (nil, nil)
    private let client: any AIPassClient
    private var request: (any PreparedRequest)?
    private var send: (@MainActor () async throws -> Void)?
    /// Counts what was begun, and each close: what comes back to an older count has no effect any more.
    private var attempt = 0

    /// - Parameter amounts: In US dollars; those below 0.50 are left out.
    public init(_ client: any AIPassClient, amounts: [Decimal] = [5, 10, 20]) {
        self.client = client
        self.amounts = amounts.filter { $0.isFinite && $0 >= Self.smallestAmount }
        super.init(.hidden)
    }

    /// Whether there is a sheet, for the binding of its presentation. Setting it to `false` closes the sheet.
    public var isShown: Bool {
        get { state != .hidden }
        set { if !newValue { close() } }
    }

    /// Whether a refused request waits that can be sent again.
    public var hasRequest: Bool {
        request?.canSend() ?? false
    }

    /// Whether the sheet is there because a request was refused, and not because the user asked for it.
    public var isRefusal: Bool {
        request != nil
    }

    /// Shows the sheet because the user wants to top up.
    public func offer() {
        guard state == .hidden else { return }
        figures = (nil, nil)
        state = .offering(nil)
    }

    /// Shows the sheet if `error` says that the budget is used up.
    ///
    /// - Parameters:
    ///   - request: What was refused.
    ///   - send: Sends it and shows what comes of it, once the user says so.
    /// - Returns: Whether it was such an error. Any other one is the app's to show.
    @discardableResult
    public func offer(
        after error: any Error, request: any PreparedRequest, send: @escaping @MainActor () async throws -> Void
    ) -> Bool {
        guard case AIPassError.budgetExceeded(let spent, let limit, _, _, _) = error else { return false }
        attempt += 1
        (figures, self.request, self.send) = ((spent, limit), request, send)
        state = .offering(nil)
        return true
    }

    /// The user chose an amount. `open` shows the provider's page in the browser, and says whether it could.
    public func choose(_ amount: Decimal, open: @MainActor (URL) async -> Bool) async {
        switch state {
        case .offering, .stillEmpty: break
        default: return
        }
        let mine = begin(.opening)
        do {
            let page = try await client.checkoutURL(amount: amount)
            guard attempt == mine else { return }  // closed meanwhile
            let isOpen = await open(page)
            guard attempt == mine else { return }
            state = isOpen ? .away(nil) : .offering(Problem(AIPassError.unsupported(what: "a browser")))
        } catch {
            if attempt == mine { state = .offering(Problem(error)) }
        }
    }

    /// The app came back to the front, or the user asks to check.
    public func cameBack() async {
        switch state {
        case .away, .stillEmpty: break
        default: return
        }
        let mine = begin(.checking)
        do {
            let now = BalanceState(try await client.refreshBalance())
            guard attempt == mine else { return }  // closed meanwhile
            switch now {
            case .empty: state = .stillEmpty
            case .unknown, .unlimited, .plenty, .low: state = hasRequest ? .ready(nil) : .hidden
            }
        } catch {
            if attempt == mine { state = .away(Problem(error)) }
        }
    }

    /// The user wants the refused request sent again.
    public func sendAgain() async {
        guard case .ready = state, let send else { return }
        let mine = begin(.sendingAgain)
        do {
            try await send()
            if attempt == mine { close() }
        } catch {
            guard attempt == mine else { return }
            state = hasRequest ? .ready(Problem(error)) : .notAgain(Problem(error))
        }
    }

    /// The user closed the sheet: the refused request is given up.
    public func close() {
        attempt += 1
        (state, request, send, figures) = (.hidden, nil, nil, (nil, nil))
    }

    private func begin(_ next: TopUpState) -> Int {
        state = next
        attempt += 1
        return attempt
    }
}
