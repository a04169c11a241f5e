import AIPassMobile
import Foundation

extension Receipt {
    /// A receipt for tests and previews: what is not named was not read.
    public static func sample(
        merchant: String? = nil, date: DateComponents? = nil, amount: Decimal? = nil, amountText: String? = nil,
        currency: String? = nil, category: String? = nil, confidence: Double? = nil
    ) -> Receipt {
        Receipt(
            merchant: merchant, date: date, dateText: nil, amount: amount, amountText: amountText, currency: currency,
            currencyText: nil, category: category, confidence: confidence, model: "sample", usage: nil, cost: nil,
            requestID: nil, answer: "")
    }
}

extension Balance {
    /// A balance for tests and previews; without a budget there is no limit.
    public static func sample(spent: Decimal, budget: Decimal?) -> Balance {
        Balance(totalCost: spent, maxBudget: budget, remainingBudget: budget.map { $0 - spent }, asOf: nil)
    }
}

extension AIPassError {
    /// The refusal of a call because the budget is used up, for tests and previews.
    public static func budgetUsedUp(spent: Decimal? = 5, limit: Decimal? = 5) -> AIPassError {
        .budgetExceeded(spent: spent, limit: limit, requestID: nil, detail: "used up", text: nil)
    }
}
