import 'dart:async';

import 'package:aipass/aipass.dart';
import 'package:aipass/widgets.dart';
import 'package:flutter/material.dart';

import 'strings.dart';

class ReceiptsScreen extends StatefulWidget {
  const ReceiptsScreen({required this.ai, required this.pickPhoto, super.key});

  final AiPassClient ai;
  final Future<String?> Function() pickPhoto;

  @override
  State<ReceiptsScreen> createState() => _ReceiptsScreenState();
}

class _ReceiptsScreenState extends State<ReceiptsScreen> {
  late final TopUp _topUp = TopUp.of(_ai);
  late final StreamSubscription<SessionState> _states;
  late final AppLifecycleListener _lifecycle;
  final _question = TextEditingController();
  StreamSubscription<String>? _streaming;
  Completer<void>? _streamed;
  SessionState _state = const SessionState.signedOut();
  Balance? _balance;
  Receipt? _receipt;
  String _answer = '';
  Object? _failure;
  bool _isReading = false;

  AiPassClient get _ai => widget.ai;
  bool get _isSignedIn => _state is SessionStateSignedIn || _state is SessionStateRefreshing;

  @override
  void initState() {
    super.initState();
    _states = _ai.sessionStates().listen(_onState, onError: _tell);
    _lifecycle = AppLifecycleListener(onResume: () {
      _ai.resumed();
      if (_isSignedIn) unawaited(_readBalance(_ai.refreshBalance)); // perhaps they come back from topping up
    });
    // Where the system ended the app while its user was in the browser.
    unawaited(_work(_ai.resumeSignIn));
  }

  @override
  void dispose() {
    unawaited(_states.cancel());
    unawaited(_stopStream());
    _topUp.close();
    _lifecycle.dispose();
    _question.dispose();
    super.dispose();
  }

  void _onState(SessionState state) {
    final wasSignedIn = _isSignedIn;
    setState(() => _state = state);
    if (_isSignedIn && !wasSignedIn) unawaited(_readBalance(_ai.balance));
  }

  Future<void> _readBalance(Future<Balance> Function() ask) => _work(() async {
        final balance = await ask();
        if (mounted) setState(() => _balance = balance);
      });

  Future<void> _scan() => _work(() async {
        final photo = await widget.pickPhoto();
        if (photo == null || !mounted) return;
        await _stopStream(); // what is said of the last receipt
        setState(() {
          _receipt = null;
          _answer = '';
          _isReading = true;
        });
        try {
          final receipt = await _topUp.guard(() => _ai.scanReceiptFile(photo));
          if (mounted) setState(() => _receipt = receipt);
        } finally {
          if (mounted) setState(() => _isReading = false);
        }
        await _readBalance(_ai.balance);
      });

  Future<void> _ask(Receipt receipt) => _work(() async {
        final prompt = 'A receipt: ${receiptFields(receipt, AiPassStrings.english).join('; ')}. '
            'Answer in the language of the question, in a few sentences: ${_question.text}';
        await _stopStream();
        await _topUp.guard(() => _stream(prompt));
        await _readBalance(_ai.balance);
      });

  /// Shows the words of the answer as they come.
  Future<void> _stream(String prompt) async {
    if (!mounted) return;
    final done = _streamed = Completer<void>();
    setState(() => _answer = '');
    _streaming = _ai.chat(prompt).listen(
          (text) => setState(() => _answer += text),
          onError: done.completeError,
          onDone: done.complete,
          cancelOnError: true,
        );
    return done.future;
  }

  /// Leaves the answer, and closes its connection.
  Future<void> _stopStream() async {
    await _streaming?.cancel();
    if (_streamed case final streamed? when !streamed.isCompleted) streamed.complete();
  }

  Future<void> _openTopUp() => _work(() => _topUp.open(Decimal.fromInt(10)));

  Future<void> _signOut() => _work(() async {
        await _stopStream();
        await _ai.signOut();
        if (!mounted) return;
        setState(() {
          _receipt = null;
          _balance = null;
          _answer = '';
        });
      });

  /// What goes wrong is told below the buttons.
  Future<void> _work(Future<void> Function() work) async {
    if (!mounted) return; // the user left the screen meanwhile
    setState(() => _failure = null);
    try {
      await work();
    } on AiPassException catch (failure) {
      _tell(failure);
    }
  }

  void _tell(Object failure) {
    if (mounted) setState(() => _failure = failure);
  }

  @override
  Widget build(BuildContext context) {
    final strings = Strings.of(context);
    return AiPassTopUpOffer(
      topUp: _topUp,
      child: Scaffold(
        appBar: AppBar(
          title: Text(strings.title),
          actions: [if (_isSignedIn) TextButton(onPressed: _signOut, child: Text(strings.signOut))],
        ),
        body: SafeArea(
          child: ListView(
            padding: const EdgeInsets.all(24),
            children: [
              ...(_isSignedIn ? _signedIn(strings) : _signedOut(strings)),
              if (_failure case final failure?) _Told(AiPassStrings.of(_language).describe(failure), isFailure: true),
            ],
          ),
        ),
      ),
    );
  }

  String get _language => Localizations.localeOf(context).languageCode;

  List<Widget> _signedOut(Strings strings) => [
        Text(strings.welcome),
        const SizedBox(height: 24),
        AiPassSignInButton(signIn: _ai.signIn),
      ];

  List<Widget> _signedIn(Strings strings) => [
        Align(
          alignment: AlignmentDirectional.centerStart,
          child: AiPassBalanceBadge(balance: _balance, onPressed: _openTopUp),
        ),
        const SizedBox(height: 16),
        FilledButton(onPressed: _isReading ? null : _scan, child: Text(_isReading ? strings.reading : strings.scan)),
        if (_receipt case final receipt?) ...[
          const SizedBox(height: 16),
          AiPassReceiptReview(receipt: receipt),
          const SizedBox(height: 16),
          TextField(
            controller: _question,
            decoration: InputDecoration(labelText: strings.question, border: const OutlineInputBorder()),
            minLines: 1,
            maxLines: 4,
            onSubmitted: (_) => _ask(receipt),
          ),
          const SizedBox(height: 8),
          FilledButton.tonal(onPressed: () => _ask(receipt), child: Text(strings.ask)),
        ],
        if (_answer.isNotEmpty) _Told(_answer),
      ];
}

/// What a screen reader says as soon as it changes.
class _Told extends StatelessWidget {
  const _Told(this.text, {this.isFailure = false});

  final String text;
  final bool isFailure;

  @override
  Widget build(BuildContext context) => Padding(
        padding: const EdgeInsets.only(top: 16),
        child: Semantics(
          liveRegion: true,
          child: Text(text, style: isFailure ? TextStyle(color: Theme.of(context).colorScheme.error) : null),
        ),
      );
}
