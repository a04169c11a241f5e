import 'dart:io';
import 'dart:ui' as ui;

import 'package:aipass/parts.dart';
import 'package:flutter/material.dart';
import 'package:flutter/rendering.dart';
import 'package:flutter/services.dart';
import 'package:flutter_localizations/flutter_localizations.dart';
import 'package:flutter_test/flutter_test.dart';

import 'arabic.dart';

/// The logical size of the screen: that of a small phone.
const screen = Size(360, 720);

/// How much of it, at the top, belongs to the system.
const statusBar = 24.0;

/// How a screen looks: its theme, its user's text size, its language.
final class Look {
  /// Named as its pictures are.
  const Look(this.name, {this.isDark = false, this.textScale = 1, this.language = 'en'});

  /// Each of these once, and the worst of them together.
  static const all = [
    Look('light'),
    Look('dark', isDark: true),
    Look('large', textScale: 2),
    Look('german', language: 'de'),
    Look('german-dark-large', language: 'de', isDark: true, textScale: 2),
    Look('arabic', language: 'ar'),
    Look('arabic-dark-large', language: 'ar', isDark: true, textScale: 2),
  ];

  /// What its pictures are called.
  final String name;

  /// Whether the theme is dark.
  final bool isDark;

  /// How much larger than usual its user wants texts to be.
  final double textScale;

  /// The app's language.
  final String language;

  /// Where lines begin.
  TextDirection get direction => language == 'ar' ? TextDirection.rtl : TextDirection.ltr;

  /// What an app gives: nothing where the package has the language.
  AiPassStrings? get given => language == 'ar' ? arabic : null;

  /// What the parts say.
  AiPassStrings get strings => given ?? AiPassStrings.of(language);

  @override
  String toString() => name;
}

/// Loads real fonts from the folder that AIPASS_FONTS names, because the test's own draws each letter as a box.
Future<void> loadFonts() async {
  final folder = Platform.environment['AIPASS_FONTS']!;
  final fonts = {
    'Roboto': ['Roboto-Regular.ttf', 'Roboto-Medium.ttf', 'Roboto-Bold.ttf'],
    'DejaVu Sans': ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'], // which has Arabic's letters
  };
  final files = {
    for (final file in Directory(folder).listSync(recursive: true).whereType<File>()) file.uri.pathSegments.last: file,
  };
  for (final MapEntry(key: family, value: names) in fonts.entries) {
    final loader = FontLoader(family);
    for (final name in names) {
      loader.addFont(files[name]!.readAsBytes().then(ByteData.sublistView));
    }
    await loader.load();
  }
}

/// Shows [child] on a phone's screen that looks so.
Future<void> show(WidgetTester tester, Look look, Widget child) async {
  tester.view
    ..devicePixelRatio = 2
    ..physicalSize = screen * 2
    ..padding = const FakeViewPadding(top: statusBar * 2);
  addTearDown(tester.view.reset);
  await tester.pumpWidget(RepaintBoundary(
    child: MaterialApp(
      debugShowCheckedModeBanner: false,
      locale: Locale(look.language),
      supportedLocales: const [Locale('en'), Locale('de'), Locale('ar')],
      localizationsDelegates: GlobalMaterialLocalizations.delegates,
      theme: ThemeData(
        colorScheme: ColorScheme.fromSeed(
          seedColor: Colors.teal,
          brightness: look.isDark ? Brightness.dark : Brightness.light,
        ),
        fontFamily: 'Roboto',
        fontFamilyFallback: const ['DejaVu Sans'],
        splashFactory: InkRipple.splashFactory, // the other is drawn with a shader that only the flutter tool packs
      ),
      builder: (context, app) => MediaQuery(
        data: MediaQuery.of(context).copyWith(textScaler: TextScaler.linear(look.textScale)),
        child: app!,
      ),
      home: Scaffold(
        body: SafeArea(
          child: SingleChildScrollView(
            padding: const EdgeInsets.all(16),
            child: SizedBox(width: double.infinity, child: child),
          ),
        ),
      ),
    ),
  ));
  await tester.pumpAndSettle();
}

/// Checks what holds for every part in every look, and writes a picture into the folder that AIPASS_PICTURES names. What [isScrolled] may
/// lie above the screen.
Future<void> expectGoodLooks(WidgetTester tester, Look look, String name, {bool isScrolled = false}) async {
  await _writePicture(tester, '$name-$look');
  final texts = tester.renderObjectList<RenderParagraph>(find.byType(RichText));
  expect(texts, isNotEmpty);
  for (final text in texts) {
    final said = text.text.toPlainText();
    expect(text.textDirection, look.direction, reason: said);
    expect(text.textScaler, TextScaler.linear(look.textScale), reason: said);
    expect(text.didExceedMaxLines, isFalse, reason: said);
    final box = text.localToGlobal(Offset.zero) & text.size;
    expect(box.left, greaterThanOrEqualTo(0), reason: said);
    if (!isScrolled) expect(box.top, greaterThanOrEqualTo(statusBar), reason: said);
    expect(box.right, lessThanOrEqualTo(screen.width), reason: said);
  }
  for (final button in tester.elementList(find.bySubtype<ButtonStyleButton>())) {
    Rect of(Type type) =>
        tester.getRect(find.descendant(of: find.byWidget(button.widget), matching: find.byType(type)).first);
    expect(of(Material).deflate(6).expandToInclude(of(RichText)), of(Material).deflate(6),
        reason: 'a text at the edge');
  }
  await expectLater(tester, meetsGuideline(androidTapTargetGuideline)); // 48 each way
  await expectLater(tester, meetsGuideline(labeledTapTargetGuideline));
  await expectLater(tester, meetsGuideline(textContrastGuideline));
}

Future<void> _writePicture(WidgetTester tester, String name) => tester.runAsync(() async {
      final screen = tester.renderObject<RenderRepaintBoundary>(find.byType(RepaintBoundary).first);
      final image = await screen.toImage(pixelRatio: 2);
      final bytes = await image.toByteData(format: ui.ImageByteFormat.png);
      image.dispose();
      await File('${Platform.environment['AIPASS_PICTURES']}/$name.png').writeAsBytes(Uint8List.sublistView(bytes!));
    });
