import 'dart:async';

import 'package:aipass/aipass.dart';
import 'package:flutter/material.dart';

/// Sign in, pick a photo of a receipt, see its fields and a word about them.
class ReceiptsApp extends StatelessWidget {
  const ReceiptsApp({
    required this.ai,
    required this.openInBrowser,
    required this.links,
    required this.pickPhoto,
    super.key,
  });

  final AiPass ai;

  /// Whether the system has a browser.
  final Future<bool> Function(Uri) openInBrowser;

  /// The links that the system hands to the app: the browser's callback, and perhaps others.
  final Stream<Uri> links;

  /// The path of the photo that the user picks, if one is picked.
  final Future<String?> Function() pickPhoto;

  @override
  Widget build(BuildContext context) => MaterialApp(title: 'Receipts', home: ReceiptsScreen(this));
}

class ReceiptsScreen extends StatefulWidget {
  const ReceiptsScreen(this.app, {super.key});

  final ReceiptsApp app;

  @override
  State<ReceiptsScreen> createState() => _ReceiptsScreenState();
}

class _ReceiptsScreenState extends State<ReceiptsScreen> {
  late final StreamSubscription<SessionState> _states;
  late final StreamSubscription<Uri> _links;
  late final AppLifecycleListener _lifecycle;
  StreamSubscription<String>? _answer;
  SessionState _state = const SessionState.signedOut();
  String _text = '';

  AiPass get _ai => widget.app.ai;

  @override
  void initState() {
    super.initState();
    _states = _ai.sessionStates().listen((state) => setState(() => _state = state), onError: _tell);
    _links = widget.app.links.where(_ai.isCallback).listen((link) => unawaited(_work(() => _ai.completeSignIn(link))));
    _lifecycle = AppLifecycleListener(onResume: _ai.resumed);
  }

  @override
  void dispose() {
    unawaited(_states.cancel());
    unawaited(_links.cancel());
    unawaited(_answer?.cancel()); // and its connection is closed
    _lifecycle.dispose();
    super.dispose();
  }

  Future<void> _signIn() => _work(() async {
        final request = await _ai.beginSignIn();
        if (!await widget.app.openInBrowser(request.url)) _show('There is no browser.');
      });

  Future<void> _scan() => _work(() async {
        final photo = await widget.app.pickPhoto();
        if (photo == null) return;
        await _answer?.cancel(); // what is said of the last receipt
        _show('Reading…');
        final receipt = await _ai.scanReceiptFile(photo);
        _show('${receipt.amount} ${receipt.currency} at ${receipt.merchant}, ${receipt.date}\n');
        final question = 'In one sentence: is ${receipt.amount} ${receipt.currency} much for ${receipt.category}?';
        if (!mounted) return;
        _answer = _ai.chat(question).listen((text) => _show('$_text$text'), onError: _tell);
      });

  /// What goes wrong is the app's to decide.
  Future<void> _work(Future<void> Function() work) async {
    try {
      await work();
    } on AiPassException catch (error) {
      _tell(error);
    }
  }

  void _tell(Object error) => _show(switch (error) {
        AiPassSignInRequiredException() => 'Please sign in.',
        AiPassBudgetExceededException() => 'Your budget is used up: top it up at aipass.one.',
        AiPassOfflineException() || AiPassTimeoutException() => 'No connection. Please try again.',
        AiPassException(:final message) => message,
        _ => '$error',
      });

  void _show(String text) {
    if (mounted) setState(() => _text = text);
  }

  @override
  Widget build(BuildContext context) {
    final isSignedIn = _state is SessionStateSignedIn || _state is SessionStateRefreshing;
    return Scaffold(
      appBar: AppBar(title: const Text('Receipts')),
      body: ListView(padding: const EdgeInsets.all(24), children: [
        FilledButton(
          onPressed: isSignedIn ? _scan : _signIn,
          child: Text(isSignedIn ? 'Scan a receipt' : 'Sign in with AI Pass'),
        ),
        const SizedBox(height: 24),
        Text(_text),
      ]),
    );
  }
}
