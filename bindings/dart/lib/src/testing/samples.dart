import '../date.dart';
import '../decimal.dart';
import '../generated/aipass.dart';

/// A receipt for tests: what is not named was not read.
Receipt sampleReceipt({
  String? merchant,
  Date? date,
  Decimal? amount,
  String? amountText,
  String? currency,
  String? category,
  double? confidence,
}) =>
    Receipt(
      merchant: merchant,
      date: date,
      dateText: null,
      amount: amount,
      amountText: amountText,
      currency: currency,
      currencyText: null,
      category: category,
      confidence: confidence,
      model: 'sample',
      usage: null,
      cost: null,
      requestId: null,
      answer: '',
    );

/// A balance for tests, in US dollars. Without a [budget] there is no limit.
Balance sampleBalance({required Decimal spent, Decimal? budget}) => Balance(
      totalCost: spent,
      maxBudget: budget,
      remainingBudget: budget == null ? null : budget - spent,
      asOf: null,
    );

/// The refusal of a call because the budget is used up.
AiPassBudgetExceededException budgetUsedUp({Decimal? spent, Decimal? limit}) =>
    AiPassBudgetExceededException(spent: spent, limit: limit, requestId: null, detail: 'used up', text: null);

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
