package one.aipass.mobile.testing

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import one.aipass.mobile.AiPassException
import one.aipass.mobile.Balance
import one.aipass.mobile.BalanceUpdate
import one.aipass.mobile.CalendarDate
import one.aipass.mobile.ChatAnswer
import one.aipass.mobile.ChatEvent
import one.aipass.mobile.CostEstimate
import one.aipass.mobile.FinishReason
import one.aipass.mobile.PhotoHint
import one.aipass.mobile.PhotoHintKind
import one.aipass.mobile.PriceBasis
import one.aipass.mobile.Receipt
import one.aipass.mobile.ReceiptItem
import one.aipass.mobile.ReceiptVerdict
import one.aipass.mobile.SpendScope
import one.aipass.mobile.Spending
import one.aipass.mobile.Spent
import java.math.BigDecimal

/**
 * A receipt for tests and previews: what is not named was not read, and `copy` adds taxes, payments and the rest. No
 * verdict is worked out: the test says which.
 */
public fun Receipt.Companion.sample(
    merchant: String? = null,
    date: CalendarDate? = null,
    amount: BigDecimal? = null,
    amountText: String? = null,
    currency: String? = null,
    category: String? = null,
    confidence: Double? = null,
    items: List<ReceiptItem> = emptyList(),
    verdict: ReceiptVerdict = ReceiptVerdict.CannotTell(emptyList()),
    cost: BigDecimal? = null,
): Receipt =
    Receipt(
        merchant = merchant,
        date = date,
        dateText = null,
        amount = amount,
        amountText = amountText,
        currency = currency,
        currencyText = null,
        category = category,
        confidence = confidence,
        model = "sample",
        usage = null,
        cost = cost,
        requestId = null,
        answer = "",
        verdict = verdict,
        items = items,
    )

/** A line of a receipt for tests and previews. Without a verdict it cannot be told whether it adds up. */
public fun ReceiptItem.Companion.sample(
    description: String?,
    quantity: BigDecimal? = null,
    unitPrice: BigDecimal? = null,
    total: BigDecimal? = null,
    verdict: ReceiptVerdict = ReceiptVerdict.CannotTell(emptyList()),
): ReceiptItem =
    ReceiptItem(
        description = description,
        quantity = quantity,
        unitPrice = unitPrice,
        total = total,
        verdict = verdict,
    )

/** A hint for tests and previews that a photo may not be readable. */
public fun PhotoHint.Companion.sample(kind: PhotoHintKind): PhotoHint =
    PhotoHint(photo = 0u, kind = kind, measured = 0.0, threshold = 1.0)

/** A balance for tests and previews; without a budget there is no limit. */
public fun Balance.Companion.sample(
    spent: BigDecimal,
    budget: BigDecimal?,
): Balance = Balance(totalCost = spent, maxBudget = budget, remainingBudget = budget?.minus(spent), asOf = null)

/** What is known of a balance, for tests and previews. */
public fun BalanceUpdate.Companion.sample(
    balance: Balance?,
    isEstimate: Boolean = false,
    isLow: Boolean = false,
    errorCode: String? = null,
): BalanceUpdate = BalanceUpdate(balance, isEstimate, isLow, errorCode)

/** A whole answer of a model for tests and previews. Without a cost it is not known. */
public fun ChatAnswer.Companion.sample(
    text: String,
    cost: BigDecimal? = null,
): ChatAnswer =
    ChatAnswer(
        text = text,
        reasoning = null,
        refusal = null,
        toolCalls = emptyList(),
        finishReason = FinishReason.Stop,
        logprobs = emptyList(),
        otherChoices = emptyList(),
        model = "sample",
        usage = null,
        cost = cost,
        requestId = null,
        extraJson = null,
        messageExtraJson = null,
    )

/** An answer of a model for tests and previews: these pieces of text, and then its end or the failure. */
public fun textEvents(
    vararg pieces: String,
    failure: Throwable? = null,
): Flow<ChatEvent> =
    flow {
        emit(ChatEvent.Started("sample"))
        for (piece in pieces) emit(ChatEvent.Text(piece, 0u))
        if (failure != null) throw failure
        emit(ChatEvent.Finished(FinishReason.Stop, 0u))
    }

/** What a call may cost, for tests and previews. Without amounts it is not known. */
public fun CostEstimate.Companion.sample(
    low: BigDecimal? = null,
    high: BigDecimal? = null,
): CostEstimate =
    CostEstimate(
        model = "sample",
        low = low,
        high = high,
        inputTokens = null,
        outputTokens = null,
        basis = if (low == null && high == null) PriceBasis.UNKNOWN else PriceBasis.CATALOGUE,
    )

/** What was spent, for tests and previews: in one call, in this session and on this day. */
public fun Spending.Companion.sample(
    known: BigDecimal,
    date: CalendarDate,
): Spending {
    val spent =
        Spent(
            known = known,
            reserved = BigDecimal.ZERO,
            calls = 1uL,
            callsWithUnknownCost = 0uL,
            computed = BigDecimal.ZERO,
        )
    return Spending(session = spent, day = spent, date = date)
}

/** The refusal of a call because the budget is used up, for tests and previews. */
public fun budgetUsedUp(
    spent: BigDecimal? = BigDecimal(5),
    limit: BigDecimal? = BigDecimal(5),
): AiPassException.BudgetExceeded =
    AiPassException.BudgetExceeded(spent = spent, limit = limit, requestId = null, detail = "used up", text = null)

/** The refusal of a call because it may pass a limit that the app has set. Nothing was sent. */
public fun spendLimitReached(
    limit: BigDecimal,
    estimate: BigDecimal? = null,
    scope: SpendScope = SpendScope.DAY,
): AiPassException.SpendLimit =
    AiPassException.SpendLimit(
        scope = scope,
        limit = limit,
        spent = BigDecimal.ZERO,
        reserved = BigDecimal.ZERO,
        estimate = estimate,
        text = null,
    )

/** The refusal of a photo that cannot be read, or that a scan with `PhotoCheck.REFUSE` does not send. */
public fun photoRefused(): AiPassException.InvalidInput = AiPassException.InvalidInput("photo", "it cannot be read")
