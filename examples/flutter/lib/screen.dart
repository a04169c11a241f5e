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
  final _answerKey = GlobalKey();
  StreamSubscription<String>? _streaming;
  Completer<void>? _streamed;
  SessionState _state = const SessionState.signedOut();
  Receipt? _receipt;

  /// A photo that may not be readable, and why.
  ({String path, List<PhotoHint> hints})? _doubtful;
  String _answer = '';
  Object? _failure;
  bool _isPicking = false;
  bool _isReading = false;

  AiPassClient get _ai => widget.ai;
  bool get _isSignedIn =>
      _state is SessionStateSignedIn || _state is SessionStateEndsSoon || _state is SessionStateRefreshing;

  @override
  void initState() {
    super.initState();
    _states = _ai.sessionStates().listen(_onState, onError: _tell);
    _lifecycle = AppLifecycleListener(onResume: _ai.resumed); // the balance too is asked for again
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

  void _onState(SessionState state) => setState(() => _state = state);

  /// Looks at the photo before it costs money, which sends nothing.
  Future<void> _pick() => _work(() async {
        if (_isPicking || _isReading) return;
        setState(() => _isPicking = true);
        try {
          final path = await widget.pickPhoto();
          if (path == null || !mounted) return;
          setState(() => _doubtful = null);
          final hints = await _ai.checkPhoto(Photo.file(path));
          if (!mounted) return;
          if (hints.isNotEmpty) return setState(() => _doubtful = (path: path, hints: hints));
          unawaited(_scan(path));
        } finally {
          if (mounted) setState(() => _isPicking = false);
        }
      });

  Future<void> _scan(String path) => _work(() async {
        if (_isReading) return;
        setState(() {
          _doubtful = null;
          _receipt = null;
          _answer = '';
          _isReading = true;
        });
        try {
          await _stopStream(); // what is said of the last receipt
          final receipt = await _topUp.scanReceipt(_ai, ReceiptScan(photos: [Photo.file(path)]));
          if (mounted) setState(() => _receipt = receipt);
        } finally {
          if (mounted) setState(() => _isReading = false);
        }
      });

  Future<void> _ask(Receipt receipt) => _work(() async {
        final prompt = 'A receipt:\n${ReceiptReview.of(receipt, AiPassStrings.english)}\n'
            'Answer in the language of the question, in a few sentences: ${_question.text}';
        await _stopStream();
        final question = await _ai.preparedChat(ChatRequest(messages: [UserMessage(prompt)]));
        try {
          await _topUp.guard(() => _stream(question.events().texts), canSend: question.canSend);
        } finally {
          question.close();
        }
      });

  /// Shows the words of the answer as they come.
  Future<void> _stream(Stream<String> texts) async {
    if (!mounted) return;
    final done = _streamed = Completer<void>();
    setState(() => _answer = '');
    _streaming = texts.listen(
      _show,
      onError: done.completeError,
      onDone: done.complete,
      cancelOnError: true,
    );
    return done.future;
  }

  void _show(String text) {
    final isFirst = _answer.isEmpty;
    setState(() => _answer += text);
    if (!isFirst) return;
    // Its beginning comes into view: it is below all that was read.
    WidgetsBinding.instance.addPostFrameCallback((_) {
      if (_answerKey.currentContext case final answer? when answer.mounted) {
        unawaited(Scrollable.ensureVisible(answer, alignment: 0.5));
      }
    });
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
          _doubtful = null;
          _receipt = null;
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
          // Not lazily built: a screen reader gets to all of it.
          child: SingleChildScrollView(
            padding: const EdgeInsets.all(24),
            child: Column(
              crossAxisAlignment: CrossAxisAlignment.stretch,
              children: [
                ...(_isSignedIn ? _signedIn(strings) : _signedOut(strings)),
                if (_failure case final failure?) _Told(_words.describe(failure), isFailure: true),
              ],
            ),
          ),
        ),
      ),
    );
  }

  /// In which the library's parts speak.
  AiPassStrings get _words {
    final locale = Localizations.localeOf(context);
    return AiPassStrings.of(locale.languageCode, locale.countryCode);
  }

  List<Widget> _signedOut(Strings strings) => [
        Text(strings.welcome),
        const SizedBox(height: 24),
        AiPassSignInButton(signIn: _ai.signIn),
      ];

  List<Widget> _signedIn(Strings strings) => [
        Align(
          alignment: AlignmentDirectional.centerStart,
          child: AiPassBalanceBadge(ai: _ai, onPressed: _openTopUp),
        ),
        const SizedBox(height: 16),
        FilledButton(
          onPressed: _isPicking || _isReading ? null : _pick,
          child: Text(_isReading ? strings.reading : strings.scan),
        ),
        if (_doubtful case (:final path, :final hints)) ...[
          const SizedBox(height: 16),
          AiPassPhotoHints(hints: hints, onScanAnyway: () => _scan(path), onTakeAnother: _pick),
        ],
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
        if (_answer.isNotEmpty) _Told(_answer, key: _answerKey),
      ];
}

/// What a screen reader says as soon as it changes.
class _Told extends StatelessWidget {
  const _Told(this.text, {this.isFailure = false, super.key});

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
