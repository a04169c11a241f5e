import 'dart:async';

import 'package:flutter/material.dart';

import '../decimal.dart';
import '../parts/strings.dart';
import '../parts/top_up.dart';
import 'button_text.dart';
import 'locale.dart';

/// Shows the sheet whenever a request that [TopUp.guard] sends is refused, above whatever [child] shows.
class AiPassTopUpOffer extends StatefulWidget {
  /// For the requests of [topUp].
  const AiPassTopUpOffer({required this.topUp, required this.child, this.amount, this.strings, super.key});

  /// What keeps the refused requests.
  final TopUp topUp;

  /// The screen.
  final Widget child;

  /// How many US dollars to top up: ten, if this is left out.
  final Decimal? amount;

  /// What it says, if not in English or German.
  final AiPassStrings? strings;

  @override
  State<AiPassTopUpOffer> createState() => _AiPassTopUpOfferState();
}

class _AiPassTopUpOfferState extends State<AiPassTopUpOffer> {
  late StreamSubscription<TopUpStep> _steps;
  bool _isShown = false;

  @override
  void initState() {
    super.initState();
    _steps = widget.topUp.steps.listen(_onStep);
  }

  @override
  void didUpdateWidget(AiPassTopUpOffer old) {
    super.didUpdateWidget(old);
    if (identical(old.topUp, widget.topUp)) return;
    unawaited(_steps.cancel());
    _steps = widget.topUp.steps.listen(_onStep);
  }

  @override
  void dispose() {
    unawaited(_steps.cancel());
    super.dispose();
  }

  void _onStep(TopUpStep step) {
    if (step == TopUpStep.none || _isShown || !mounted) return;
    _isShown = true;
    final shown = showModalBottomSheet<void>(
      context: context,
      isScrollControlled: true,
      useSafeArea: true, // with large texts it is as high as the screen
      showDragHandle: true,
      builder: (context) => SafeArea(
        child: SingleChildScrollView(
          padding: const EdgeInsets.fromLTRB(24, 0, 24, 24),
          child: AiPassTopUpSheet(topUp: widget.topUp, amount: widget.amount, strings: widget.strings),
        ),
      ),
    );
    unawaited(shown.whenComplete(() {
      _isShown = false;
      // Also where it was dragged away.
      if (widget.topUp.step != TopUpStep.none) widget.topUp.leave();
    }));
  }

  @override
  Widget build(BuildContext context) => widget.child;
}

/// Says that the budget is used up, opens the page to pay at, and sends the refused request again when the user says so.
class AiPassTopUpSheet extends StatefulWidget {
  /// For the requests of [topUp].
  const AiPassTopUpSheet({required this.topUp, this.amount, this.strings, super.key});

  /// What keeps the refused requests.
  final TopUp topUp;

  /// How many US dollars to top up: ten, if this is left out.
  final Decimal? amount;

  /// What it says, if not in English or German.
  final AiPassStrings? strings;

  @override
  State<AiPassTopUpSheet> createState() => _AiPassTopUpSheetState();
}

class _AiPassTopUpSheetState extends State<AiPassTopUpSheet> {
  late final StreamSubscription<TopUpStep> _steps;
  Object? _failure;

  @override
  void initState() {
    super.initState();
    _steps = widget.topUp.steps.listen((step) {
      if (!mounted) return;
      if (step == TopUpStep.none) {
        // Where the sheet was dragged away, its route is gone already: what lies below stays.
        if (ModalRoute.of(context)?.isCurrent ?? false) Navigator.of(context).pop();
      } else {
        setState(() {});
      }
    });
  }

  @override
  void dispose() {
    unawaited(_steps.cancel());
    super.dispose();
  }

  Future<void> _run(Future<void> Function() work) async {
    setState(() => _failure = null);
    try {
      await work();
    } on Object catch (failure) {
      if (mounted) setState(() => _failure = failure);
    }
  }

  @override
  Widget build(BuildContext context) {
    final strings = stringsOf(context, widget.strings);
    final theme = Theme.of(context);
    final step = widget.topUp.step;
    final (text, isWarning) = switch ((_failure, step)) {
      (final failure?, _) => (strings.describe(failure), true),
      (_, TopUpStep.opened || TopUpStep.checking) => (strings.topUpOpened, false),
      (_, TopUpStep.stillEmpty) => (strings.topUpStillEmpty, true),
      _ => (strings.topUpText, false),
    };
    final isChecking = step == TopUpStep.checking;
    final amount = widget.amount ?? Decimal.fromInt(10);
    return Column(
      crossAxisAlignment: CrossAxisAlignment.stretch,
      mainAxisSize: MainAxisSize.min,
      children: [
        Semantics(header: true, child: Text(strings.topUpTitle, style: theme.textTheme.titleLarge)),
        const SizedBox(height: 12),
        Semantics(
          liveRegion: true,
          child: Text(text, style: isWarning ? TextStyle(color: theme.colorScheme.error) : null),
        ),
        const SizedBox(height: 20),
        FilledButton(
          onPressed: isChecking ? null : () => _run(() => widget.topUp.open(amount)),
          child: ButtonText('${strings.topUp} (${strings.amounts.money(amount, 'USD')})'),
        ),
        const SizedBox(height: 8),
        OutlinedButton(
          onPressed: isChecking ? null : () => _run(widget.topUp.tryAgain),
          child: ButtonText(strings.tryAgain),
        ),
        TextButton(
          onPressed: isChecking ? null : widget.topUp.leave,
          child: ButtonText(strings.notNow),
        ),
      ],
    );
  }
}
