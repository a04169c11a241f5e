import 'package:flutter/material.dart';

/// The text of a button. Material leaves no room above and below it: a large text, or one of two lines, would touch the button's edge.
class ButtonText extends StatelessWidget {
  /// Says [text].
  const ButtonText(this.text, {super.key});

  /// What the button says.
  final String text;

  @override
  Widget build(BuildContext context) => Padding(
        padding: const EdgeInsets.symmetric(vertical: 8),
        child: Text(text, textAlign: TextAlign.center),
      );
}
