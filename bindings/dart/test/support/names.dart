import 'expectation.dart';
import 'sandbox.dart';

/// Texts with a name: `${NAME}` in a step stands for what the sandbox tells of itself, or for what a step before
/// captured.
class Names {
  /// What the sandbox tells when it starts.
  Names(Json facts) {
    _texts.addEntries([
      for (final MapEntry(:key, :value) in facts.entries)
        if (value is String) MapEntry(key, value),
    ]);
  }

  final Map<String, String> _texts = {};

  /// The step with the texts for their names.
  Json fill(Json step) => {for (final MapEntry(:key, :value) in step.entries) key: _filled(value)};

  Object? _filled(Object? value) => switch (value) {
        final Json object => fill(object),
        final List<Object?> items => items.map(_filled).toList(),
        final String text => text.replaceAllMapped(_name, (found) => _text(found[1]!)),
        _ => value,
      };

  String _text(String name) => _texts[name] ?? (throw Mismatch('nothing has the name "$name"'));

  /// Keeps what the step's `capture` names: its members are the new names, each with the member of the result.
  void capture(Json step, Outcome outcome) {
    if (outcome is! Result) return;
    for (final MapEntry(key: name, value: member) in (step['capture'] as Json? ?? const {}).entries) {
      final text = switch (outcome.json) {
        final Json result => result[member],
        _ => null,
      };
      if (text is! String) throw Mismatch('the result has no text $member to capture: ${outcome.json}');
      _texts[name] = text;
    }
  }
}

final RegExp _name = RegExp(r'\$\{([^}]*)\}');
