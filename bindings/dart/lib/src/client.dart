import 'dart:typed_data';

import 'calls.dart';
import 'decimal.dart';
import 'generated/aipass.dart';
import 'messages.dart';
import 'prepared.dart';
import 'sign_in.dart';
import 'streams.dart';

/// What an app's own code usually needs of [AiPass]. Code that takes an [AiPassClient] can be tested with the `FakeAiPass` of
/// `package:aipass/testing.dart`, without a network and without the native library.
///
/// ```dart
/// final AiPassClient client = AiPassClient(await AiPass.open(clientId: 'client_123', redirectUri: 'myapp://auth/callback'));
/// ```
///
/// [AiPass] has more calls. Here are only those that a fake can answer in full: an object such as a [Conversation] belongs to the
/// native library.
abstract interface class AiPassClient {
  /// The calls of this client, which has to stay open.
  factory AiPassClient(AiPass ai) = _Client;

  /// The session's state, and then each change; see [AiPassStreams.sessionStates].
  Stream<SessionState> sessionStates();

  /// Signs a user in with the system's browser; see [AiPassSignIn.signIn].
  Future<void> signIn([SignInOptions options]);

  /// Completes the sign-in whose callback started the app; see [AiPassSignIn.resumeSignIn].
  Future<bool> resumeSignIn();

  /// Begins a sign-in, for an app that opens the browser itself; see [AiPass.beginSignIn].
  Future<SignInRequest> beginSignIn([SignInOptions options]);

  /// Completes a sign-in with the URL that the system handed to the app; see [AiPassCalls.completeSignIn].
  Future<void> completeSignIn(Uri callback);

  /// Gives up the sign-ins that were begun; see [AiPass.cancelSignIn].
  Future<void> cancelSignIn();

  /// Whether this URL is a callback to the client's redirect URI; see [AiPassCalls.isCallback].
  bool isCallback(Uri url);

  /// Signs out; see [AiPass.signOut].
  Future<SignOutReport> signOut();

  /// The app came back to the front; see [AiPass.resumed].
  void resumed();

  /// Reads a photographed receipt. One paid call; see [AiPass.scanReceiptWith].
  Future<Receipt> scanReceiptWith(ReceiptScan scan);

  /// Reads several receipts in one photo. One paid call; see [AiPass.scanReceipts].
  Future<List<Receipt>> scanReceipts(ReceiptScan scan);

  /// Looks at a photo before money is spent. Nothing is sent; see [AiPass.checkPhoto].
  Future<List<PhotoHint>> checkPhoto(Photo photo);

  /// Prepares a receipt that can be sent again once after a used-up budget. Nothing is sent; see [AiPass.preparedScan].
  Future<PreparedReceipt> preparedScan(ReceiptScan scan);

  /// Asks a model and waits for the whole answer, which says what it cost. One paid call; see [AiPass.chatWith].
  Future<ChatAnswer> chatWith(ChatRequest request);

  /// Asks a model and returns all events of its answer. One paid call; see [AiPassStreams.chatStream].
  Stream<ChatEvent> chatStream(ChatRequest request);

  /// Prepares a chat that can be sent again once after a used-up budget. Nothing is sent; see [AiPass.preparedChat].
  Future<PreparedAnswer> preparedChat(ChatRequest request);

  /// What a call may cost; see [AiPass.estimate].
  Future<CostEstimate> estimate(PaidRequest request);

  /// What was spent in this session and today; see [AiPass.spending].
  Future<Spending> spending();

  /// Begins a sum anew; see [AiPass.resetSpending].
  Future<void> resetSpending(SpendingPeriod period);

  /// The balance, and then each change; see [AiPassStreams.balances].
  Stream<BalanceUpdate> balances({Decimal? lowBelow});

  /// The balance, which may be some minutes old; see [AiPass.balance].
  Future<Balance> balance();

  /// The balance as the provider has it now; see [AiPass.refreshBalance].
  Future<Balance> refreshBalance();

  /// Where the user can fill the wallet; see [AiPass.checkoutUrl].
  Future<Uri> checkoutUrl(Decimal amount);
}

/// The same short forms as those of [AiPass].
extension AiPassClientCalls on AiPassClient {
  /// Reads a photographed receipt from the photo's bytes. Otherwise as [AiPassCalls.scanReceipt].
  Future<Receipt> scanReceipt(Uint8List photo, {String? locale, String? expectedCurrency}) =>
      scanReceiptWith(ReceiptScan(photos: [Photo.bytes(photo)], locale: locale, expectedCurrency: expectedCurrency));

  /// Reads a photographed receipt from a file. Otherwise as [AiPassCalls.scanReceiptFile].
  Future<Receipt> scanReceiptFile(String path, {String? locale, String? expectedCurrency}) =>
      scanReceiptWith(ReceiptScan(photos: [Photo.file(path)], locale: locale, expectedCurrency: expectedCurrency));

  /// Asks a model and returns the text of its answer in pieces. Otherwise as [AiPassStreams.chat].
  Stream<String> chat(String prompt) => chatStream(ChatRequest(messages: [UserMessage(prompt)])).texts;
}

final class _Client implements AiPassClient {
  _Client(this._ai);

  final AiPass _ai;

  @override
  Stream<SessionState> sessionStates() => _ai.sessionStates();

  @override
  Future<void> signIn([SignInOptions options = const SignInOptions()]) => _ai.signIn(options);

  @override
  Future<bool> resumeSignIn() => _ai.resumeSignIn();

  @override
  Future<SignInRequest> beginSignIn([SignInOptions options = const SignInOptions()]) => _ai.beginSignIn(options);

  @override
  Future<void> completeSignIn(Uri callback) => _ai.completeSignIn(callback);

  @override
  Future<void> cancelSignIn() => _ai.cancelSignIn();

  @override
  bool isCallback(Uri url) => _ai.isCallback(url);

  @override
  Future<SignOutReport> signOut() => _ai.signOut();

  @override
  void resumed() => _ai.resumed();

  @override
  Future<Receipt> scanReceiptWith(ReceiptScan scan) => _ai.scanReceiptWith(scan);

  @override
  Future<List<Receipt>> scanReceipts(ReceiptScan scan) => _ai.scanReceipts(scan);

  @override
  Future<List<PhotoHint>> checkPhoto(Photo photo) => _ai.checkPhoto(photo);

  @override
  Future<PreparedReceipt> preparedScan(ReceiptScan scan) => prepareScan(_ai, scan);

  @override
  Future<ChatAnswer> chatWith(ChatRequest request) => _ai.chatWith(request);

  @override
  Stream<ChatEvent> chatStream(ChatRequest request) => _ai.chatStream(request);

  @override
  Future<PreparedAnswer> preparedChat(ChatRequest request) => prepareChat(_ai, request);

  @override
  Future<CostEstimate> estimate(PaidRequest request) => _ai.estimate(request);

  @override
  Future<Spending> spending() => _ai.spending();

  @override
  Future<void> resetSpending(SpendingPeriod period) => _ai.resetSpending(period);

  @override
  Stream<BalanceUpdate> balances({Decimal? lowBelow}) => _ai.balances(lowBelow: lowBelow);

  @override
  Future<Balance> balance() => _ai.balance();

  @override
  Future<Balance> refreshBalance() => _ai.refreshBalance();

  @override
  Future<Uri> checkoutUrl(Decimal amount) => _ai.checkoutUrl(amount);
}
