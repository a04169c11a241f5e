import 'package:flutter/material.dart';

import '../parts/sign_in_state.dart';
import '../parts/strings.dart';
import 'button_text.dart';
import 'locale.dart';

/// Signs in when it is pressed, and says why where that failed. While the browser is open, a press opens it again.
class AiPassSignInButton extends StatefulWidget {
  /// Signs in with this call, such as `ai.signIn`.
  const AiPassSignInButton({required this.signIn, this.strings, super.key});

  /// What a press does.
  final Future<void> Function() signIn;

  /// What it says, if not in English or German.
  final AiPassStrings? strings;

  @override
  State<AiPassSignInButton> createState() => _AiPassSignInButtonState();
}

class _AiPassSignInButtonState extends State<AiPassSignInButton> {
  late final SignInState _state = SignInState(() => widget.signIn());

  @override
  void dispose() {
    _state.close();
    super.dispose();
  }

  @override
  Widget build(BuildContext context) {
    final strings = stringsOf(context, widget.strings);
    return StreamBuilder(
      stream: _state.changes,
      builder: (context, _) => Column(
        mainAxisSize: MainAxisSize.min,
        children: [
          FilledButton(
            onPressed: _state.press,
            style: FilledButton.styleFrom(minimumSize: const Size(48, 48)),
            child: ButtonText(_state.text(strings)),
          ),
          if (_state.failure case final failure?)
            Padding(
              padding: const EdgeInsets.only(top: 8),
              child: Semantics(
                liveRegion: true, // so that a screen reader says it
                child: Text(
                  strings.describe(failure),
                  textAlign: TextAlign.center,
                  style: TextStyle(color: Theme.of(context).colorScheme.error),
                ),
              ),
            ),
        ],
      ),
    );
  }
}
