import 'package:aipass/aipass.dart';
import 'package:test/test.dart';

import 'support/sandbox.dart';

final _question = ChatRequest(messages: [UserMessage('Hello')]);
final _isUsedUp = throwsA(isA<AiPassBudgetExceededException>());

/// Requests that the library has prepared, through the client that an app's own code takes.
void main() {
  // P5
  test('a refused scan is sent again once there is money, and paid for once', () async {
    final sandbox = await Sandbox.start();
    final ai = AiPassClient(await sandbox.signedIn());
    final photo = Photo.file('${repository.path}/sandbox/recorded/bookshop.jpg');
    final scan = await ai.preparedScan(ReceiptScan(photos: [photo], photoCheck: PhotoCheck.hint));
    await sandbox.ask('POST', 'budget', {'remaining': '0.00'});
    await expectLater(scan.send(), _isUsedUp);
    expect(scan.canSend(), isTrue);
    await sandbox.ask('POST', 'budget', {'remaining': '10.00'});
    expect((await scan.send()).merchant, 'Foxglove Books');
    expect(scan.canSend(), isFalse);
    await expectLater(scan.send(), throwsA(isA<AiPassInvalidInputException>()));
    scan.close();
    expect(scan.canSend(), isFalse);
  });

  test('a refused question is asked again as a stream', () async {
    final sandbox = await Sandbox.start();
    final ai = AiPassClient(await sandbox.signedIn());
    final question = await ai.preparedChat(_question);
    await sandbox.ask('POST', 'budget', {'remaining': '0.00'});
    await expectLater(question.events().toList(), _isUsedUp);
    expect(question.canSend(), isTrue);
    await sandbox.ask('POST', 'budget', {'remaining': '10.00'});
    expect(await question.events().texts.join(), isNotEmpty);
    expect(question.canSend(), isFalse);
    question.close();
  });

  // P5
  test('an answer that is left before it begins closes its connection, and no other call ends', () async {
    final sandbox = await Sandbox.start();
    final ai = AiPassClient(await sandbox.signedIn());
    await sandbox.stallChats(afterBytes: 0);
    final question = await ai.preparedChat(_question);
    final subscription = question.events().listen(null);
    await sandbox.untilChatting();
    await subscription.cancel();
    await sandbox.untilChatIsLeft();
    expect(question.canSend(), isFalse, reason: 'it may have been paid for');
    question.close();
    expect(await ai.balance(), isNotNull);
  });

  test('an answer whose request was closed meanwhile can be left', () async {
    final sandbox = await Sandbox.start();
    final ai = AiPassClient(await sandbox.signedIn());
    await sandbox.stallChats(afterBytes: 700);
    final question = await ai.preparedChat(_question);
    final subscription = question.events().listen(null);
    await sandbox.untilChatting();
    question.close();
    await subscription.cancel();
    await sandbox.untilNothingStreams();
  });
}
