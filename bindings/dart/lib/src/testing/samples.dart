import '../date.dart';
import '../decimal.dart';
import '../generated/aipass.dart';

/// A receipt for tests: what is not named was not read. The fake works out no verdict: a test says which.
Receipt sampleReceipt({
  String? merchant,
  Date? date,
  String? dateText,
  String? time,
  Decimal? amount,
  String? amountText,
  String? currency,
  String? category,
  double? confidence,
  List<ReceiptItem> items = const [],
  Decimal? subtotal,
  List<ReceiptDiscount> discounts = const [],
  List<ReceiptTax> taxes = const [],
  Decimal? tip,
  Decimal? rounding,
  List<ReceiptPayment> payments = const [],
  Decimal? tendered,
  Decimal? change,
  ReceiptMerchant? merchantDetails,
  String? number,
  ReceiptKind? kind,
  List<ReceiptAmount> otherAmounts = const [],
  List<UnreadValue> unread = const [],
  ReceiptVerdict verdict = const ReceiptVerdict.cannotTell(missing: []),
  Decimal? cost,
  String? fingerprint,
  List<PhotoHint> photoHints = const [],
}) =>
    Receipt(
      merchant: merchant,
      date: date,
      dateText: dateText,
      time: time,
      amount: amount,
      amountText: amountText,
      currency: currency,
      currencyText: null,
      category: category,
      confidence: confidence,
      items: items,
      subtotal: subtotal,
      discounts: discounts,
      taxes: taxes,
      tip: tip,
      rounding: rounding,
      payments: payments,
      tendered: tendered,
      change: change,
      merchantDetails: merchantDetails,
      number: number,
      kind: kind,
      otherAmounts: otherAmounts,
      unread: unread,
      verdict: verdict,
      cost: cost,
      fingerprint: fingerprint,
      photoHints: photoHints,
      model: 'sample',
      usage: null,
      requestId: null,
      answer: '',
    );

/// An item of a receipt for tests. Without a [verdict] it cannot be told whether it adds up.
ReceiptItem sampleItem(
  String? description, {
  Decimal? quantity,
  String? unit,
  Decimal? unitPrice,
  Decimal? discount,
  Decimal? total,
  String? taxClass,
  ReceiptVerdict verdict = const ReceiptVerdict.cannotTell(missing: []),
}) =>
    ReceiptItem(
      description: description,
      quantity: quantity,
      unit: unit,
      unitPrice: unitPrice,
      discount: discount,
      total: total,
      taxClass: taxClass,
      verdict: verdict,
    );

/// A hint that a photo may not be readable.
PhotoHint samplePhotoHint(PhotoHintKind kind, {int photo = 0, double measured = 0, double threshold = 1}) =>
    PhotoHint(photo: photo, kind: kind, measured: measured, threshold: threshold);

/// The whole answer of a chat for tests. A [cost] that is left out is not known.
ChatAnswer sampleAnswer(String text, {Decimal? cost}) => ChatAnswer(
      text: text,
      reasoning: null,
      refusal: null,
      toolCalls: const [],
      finishReason: const FinishReason.stop(),
      logprobs: const [],
      otherChoices: const [],
      model: 'sample',
      usage: null,
      cost: cost,
      requestId: null,
      extraJson: null,
      messageExtraJson: null,
    );

/// What a call may cost, for tests: without amounts it is not known.
CostEstimate sampleEstimate({Decimal? low, Decimal? high}) => CostEstimate(
      model: 'sample',
      low: low,
      high: high,
      inputTokens: null,
      outputTokens: null,
      basis: low == null && high == null ? PriceBasis.unknown : PriceBasis.catalogue,
    );

/// What was spent on [date], for tests: [known] in the session and on the day, in one call.
Spending sampleSpending({required Decimal known, required Date date}) {
  final spent = Spent(known: known, reserved: Decimal.zero, calls: 1, callsWithUnknownCost: 0, computed: Decimal.zero);
  return Spending(session: spent, day: spent, date: date);
}

/// A balance for tests, in US dollars. Without a [budget] there is no limit.
Balance sampleBalance({required Decimal spent, Decimal? budget}) => Balance(
      totalCost: spent,
      maxBudget: budget,
      remainingBudget: budget == null ? null : budget - spent,
      asOf: null,
    );

/// What the stream of balances tells, for tests. Without a [balance] it is not known.
BalanceUpdate sampleBalanceUpdate(Balance? balance, {bool isEstimate = false, bool isLow = false, String? errorCode}) =>
    BalanceUpdate(balance: balance, isEstimate: isEstimate, isLow: isLow, errorCode: errorCode);

/// The refusal of a call because the budget is used up.
AiPassBudgetExceededException budgetUsedUp({Decimal? spent, Decimal? limit}) =>
    AiPassBudgetExceededException(spent: spent, limit: limit, requestId: null, detail: 'used up', text: null);

/// The refusal of a call because it would pass a limit of the app's own. Nothing was sent.
AiPassSpendLimitException spendLimitReached({
  required Decimal limit,
  Decimal? spent,
  Decimal? estimate,
  SpendScope scope = SpendScope.day,
}) =>
    AiPassSpendLimitException(
      scope: scope,
      limit: limit,
      spent: spent ?? Decimal.zero,
      reserved: Decimal.zero,
      estimate: estimate,
      text: null,
    );

/// The events of an answer with these pieces of text. With a [failure] it breaks off after them.
Stream<ChatEvent> fakeAnswer(List<String> pieces, {Object? failure}) async* {
  yield const ChatEvent.started(model: 'sample');
  for (final text in pieces) {
    yield ChatEvent.text(text: text, choice: 0);
  }
  yield* failure == null
      ? Stream.value(const ChatEvent.finished(reason: FinishReason.stop(), choice: 0))
      : Stream.error(failure);
}
