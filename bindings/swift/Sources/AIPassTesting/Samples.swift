import AIPassMobile
import Foundation

extension Receipt {
    /// A receipt for tests and previews: what is not named was not read.
    public static func sample(
        merchant: String? = nil, date: DateComponents? = nil, amount: Decimal? = nil, amountText: String? = nil,
        currency: String? = nil, category: String? = nil, confidence: Double? = nil, items: [ReceiptItem] = [],
        subtotal: Decimal? = nil, discounts: [ReceiptDiscount] = [], taxes: [ReceiptTax] = [], tip: Decimal? = nil,
        rounding: Decimal? = nil, payments: [ReceiptPayment] = [], tendered: Decimal? = nil, change: Decimal? = nil,
        verdict: ReceiptVerdict = .cannotTell(missing: []), unread: [UnreadValue] = [], cost: Decimal? = nil,
        photoHints: [PhotoHint] = []
    ) -> Receipt {
        Receipt(
            merchant: merchant, date: date, dateText: nil, amount: amount, amountText: amountText, currency: currency,
            currencyText: nil, category: category, confidence: confidence, model: "sample", usage: nil, cost: cost,
            requestID: nil, answer: "", verdict: verdict, items: items, subtotal: subtotal, discounts: discounts,
            taxes: taxes, tip: tip, rounding: rounding, payments: payments, tendered: tendered, change: change,
            unread: unread, photoHints: photoHints)
    }
}

extension ReceiptItem {
    /// A line of a receipt for tests and previews: what is not named was not read.
    public static func sample(
        _ description: String? = nil, quantity: Decimal? = nil, unit: String? = nil, unitPrice: Decimal? = nil,
        discount: Decimal? = nil, total: Decimal? = nil, verdict: ReceiptVerdict = .cannotTell(missing: [])
    ) -> ReceiptItem {
        ReceiptItem(
            description: description, quantity: quantity, unit: unit, unitPrice: unitPrice, discount: discount,
            total: total, verdict: verdict)
    }
}

extension PhotoHint {
    /// A sign that the first photo of a scan may not be readable, for tests and previews.
    public static func sample(_ kind: PhotoHintKind) -> PhotoHint {
        PhotoHint(photo: 0, kind: kind, measured: 0, threshold: 1)
    }
}

extension ChatAnswer {
    /// A whole answer for tests and previews.
    public static func sample(_ text: String, cost: Decimal? = nil) -> ChatAnswer {
        ChatAnswer(
            text: text, reasoning: nil, refusal: nil, toolCalls: [], finishReason: .stop, logprobs: [],
            otherChoices: [],
            model: "sample", usage: nil, cost: cost, requestID: nil, extraJSON: nil, messageExtraJSON: nil)
    }
}

extension Balance {
    /// A balance for tests and previews; without a budget there is no limit.
    public static func sample(spent: Decimal, budget: Decimal?) -> Balance {
        Balance(totalCost: spent, maxBudget: budget, remainingBudget: budget.map { $0 - spent }, asOf: nil)
    }
}

extension BalanceUpdate {
    /// What `FakeAIPass.tell(_:)` takes, for tests.
    public static func sample(
        spent: Decimal, budget: Decimal?, isEstimate: Bool = false, errorCode: String? = nil
    ) -> BalanceUpdate {
        BalanceUpdate(
            balance: .sample(spent: spent, budget: budget), isEstimate: isEstimate, isLow: false, errorCode: errorCode)
    }
}

extension CostEstimate {
    /// What a call may cost in US dollars, for tests and previews; `nil` is unknown.
    public static func sample(low: Decimal?, high: Decimal?) -> CostEstimate {
        CostEstimate(
            model: "sample", low: low, high: high, inputTokens: nil, outputTokens: nil,
            basis: low == nil && high == nil ? .unknown : .catalogue)
    }
}

extension Spending {
    /// What was spent on a day and in the session, in US dollars, for tests and previews.
    public static func sample(day: Decimal, session: Decimal? = nil, on date: DateComponents) -> Spending {
        func spent(_ known: Decimal) -> Spent {
            Spent(known: known, reserved: 0, calls: known == 0 ? 0 : 1, callsWithUnknownCost: 0, computed: 0)
        }
        return Spending(session: spent(session ?? day), day: spent(day), date: date)
    }
}

extension AIPassError {
    /// The refusal of a call because the budget is used up, for tests and previews.
    public static func budgetUsedUp(spent: Decimal? = 5, limit: Decimal? = 5) -> AIPassError {
        .budgetExceeded(spent: spent, limit: limit, requestID: nil, detail: "used up", text: nil)
    }

    /// The refusal of a call because it may cost more than the app allows, for tests and previews.
    public static func overSpendLimit(
        _ limit: Decimal, scope: SpendScope = .day, spent: Decimal = 0, estimate: Decimal? = nil
    ) -> AIPassError {
        .spendLimit(scope: scope, limit: limit, spent: spent, reserved: 0, estimate: estimate, text: nil)
    }
}
