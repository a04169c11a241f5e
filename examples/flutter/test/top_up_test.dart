import 'dart:async';

import 'package:aipass/aipass.dart';
import 'package:aipass/widgets.dart';
import 'package:flutter/material.dart';
import 'package:flutter_test/flutter_test.dart';

const _refusal = AiPassBudgetExceededException(spent: null, limit: null, requestId: null, detail: '', text: null);

/// Android's splash is drawn with a shader that only the flutter tool packs.
final _platform = TargetPlatformVariant.only(TargetPlatform.linux);

/// The sheet that offers to top up, above a screen that lies above another one.
void main() {
  for (final (how, away) in [
    ('taps beside the sheet', (WidgetTester tester) => tester.tapAt(const Offset(10, 10))),
    (
      'drags the sheet away',
      (WidgetTester tester) => tester.fling(find.byType(AiPassTopUpSheet), const Offset(0, 400), 2000),
    ),
    ('says not now', (WidgetTester tester) => tester.tap(find.text('Not now'))),
  ]) {
    testWidgets('a user who $how is back on the screen below it', (tester) async {
      final topUp = TopUp(
        checkoutUrl: (_) async => throw UnimplementedError(),
        refreshBalance: () async => throw UnimplementedError(),
        openInBrowser: (_) async {},
      );
      addTearDown(topUp.close);
      final navigator = GlobalKey<NavigatorState>();
      await tester.pumpWidget(MaterialApp(navigatorKey: navigator, home: const Text('first')));
      final second = MaterialPageRoute<void>(
        builder: (_) => AiPassTopUpOffer(topUp: topUp, child: const Text('second')),
      );
      unawaited(navigator.currentState!.push(second));
      await tester.pumpAndSettle();
      final answer = topUp.guard<String>(() async => throw _refusal, canSend: () => true);
      await tester.pumpAndSettle();
      expect(find.byType(AiPassTopUpSheet), findsOneWidget);
      await away(tester);
      await tester.pumpAndSettle();
      expect(find.byType(AiPassTopUpSheet), findsNothing);
      expect(find.text('second'), findsOneWidget);
      expect(await answer, isNull);
    }, variant: _platform);
  }
}
