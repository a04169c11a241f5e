import 'dart:async';

import '../client.dart';
import '../decimal.dart';
import '../generated/aipass.dart';
import '../platform/platform.dart';

/// Where topping up stands.
enum TopUpStep {
  /// No request was refused.
  none,

  /// One was: the user may top up, try again, or leave it.
  offered,

  /// The page to pay at is open in the browser.
  opened,

  /// The balance is being asked for.
  checking,

  /// The user came back, and the balance is still used up.
  stillEmpty,
}

/// What happens when the budget is used up: the refused requests are kept, the page to pay at is opened, and when the user comes back
/// and says so, each request is sent again, once.
///
/// The requests are those that the library has prepared ([AiPassClient.preparedScan], [AiPassClient.preparedChat]): it knows whether one
/// was refused at no cost, and by whom it was sent.
final class TopUp {
  /// With these calls. An app uses [TopUp.of].
  TopUp({required this.checkoutUrl, required this.refreshBalance, required this.openInBrowser});

  /// With the calls of this client, and the system's browser.
  factory TopUp.of(AiPassClient ai) => TopUp(
        checkoutUrl: ai.checkoutUrl,
        refreshBalance: ai.refreshBalance,
        openInBrowser: (url) => AiPassPlatform.instance.openInBrowser(url),
      );

  /// Where the wallet is filled with so many US dollars.
  final Future<Uri> Function(Decimal amount) checkoutUrl;

  /// The balance as the provider has it now.
  final Future<Balance> Function() refreshBalance;

  /// Opens a page.
  final Future<void> Function(Uri url) openInBrowser;

  final StreamController<TopUpStep> _steps = StreamController.broadcast(sync: true);
  final List<_Refused<Object?>> _refused = [];
  TopUpStep _step = TopUpStep.none;

  /// Counts how often the user left: what was begun before then has no effect any more.
  int _offer = 0;

  /// Where it stands.
  TopUpStep get step => _step;

  /// Each change of [step].
  Stream<TopUpStep> get steps => _steps.stream;

  /// Reads a receipt; see [guard] for what happens if the budget is used up. Its photos are read and shrunk once.
  ///
  /// Throws as [AiPass.preparedScan] and [PreparedScan.send] do.
  Future<Receipt?> scanReceipt(AiPassClient ai, ReceiptScan scan) async {
    final prepared = await ai.preparedScan(scan);
    try {
      return await guard(prepared.send, canSend: prepared.canSend);
    } finally {
      prepared.close();
    }
  }

  /// Sends a prepared request with [send]. If the budget is used up, it waits until the user tries again, and gives the result of that;
  /// null if the user leaves it.
  ///
  /// Other failures are thrown, and so is that the budget is used up if [canSend], that of the request, says that it cannot be sent
  /// again: after the second refusal, or if a part of the answer had come. After [close] every refusal is thrown.
  Future<T?> guard<T>(Future<T> Function() send, {required bool Function() canSend}) async {
    try {
      return await send();
    } on AiPassBudgetExceededException {
      if (_steps.isClosed || !canSend()) rethrow;
      final refused = _Refused<T>(send, canSend);
      _refused.add(refused);
      if (_step == TopUpStep.none) _go(TopUpStep.offered);
      return refused.result.future;
    }
  }

  /// Opens the page at which the wallet is filled with so many US dollars, at least 0.50.
  ///
  /// Throws as [AiPass.checkoutUrl] does, and [AiPassUnsupportedException] where there is no browser.
  Future<void> open(Decimal amount) async {
    final offer = _offer;
    final url = await checkoutUrl(amount);
    if (offer != _offer) return; // the user left meanwhile
    if (_refused.isNotEmpty) _go(TopUpStep.opened);
    await openInBrowser(url);
  }

  /// Asks for the balance, and sends the refused requests again if there is some. A press by the user has to call it.
  ///
  /// Throws as [AiPass.refreshBalance] does: then the requests still wait.
  Future<void> tryAgain() async {
    if (_refused.isEmpty || _step == TopUpStep.checking) return;
    final before = _step;
    final offer = _offer;
    _go(TopUpStep.checking);
    final Balance balance;
    try {
      balance = await refreshBalance();
    } on Object {
      if (offer != _offer) return;
      _go(before);
      rethrow;
    }
    if (offer != _offer) return; // the user left meanwhile
    final left = balance.remainingBudget;
    if (left != null && left <= Decimal.zero) {
      _go(TopUpStep.stillEmpty);
      return;
    }
    final again = [..._refused];
    _refused.clear();
    _go(TopUpStep.none);
    for (final refused in again) {
      refused.send(this);
    }
  }

  /// Leaves the refused requests: their results are null.
  void leave() {
    _offer++;
    final left = [..._refused];
    _refused.clear();
    _go(TopUpStep.none);
    for (final refused in left) {
      refused.result.complete();
    }
  }

  /// Leaves what waits, and ends [steps].
  void close() {
    leave();
    unawaited(_steps.close());
  }

  void _go(TopUpStep step) {
    if (_step == step) return;
    _step = step;
    if (!_steps.isClosed) _steps.add(step);
  }
}

final class _Refused<T> {
  _Refused(this.request, this.canSend);

  final Future<T> Function() request;
  final bool Function() canSend;
  final Completer<T?> result = Completer();

  void send(TopUp topUp) => result.complete(topUp.guard(request, canSend: canSend));
}
