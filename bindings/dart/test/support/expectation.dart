import 'sandbox.dart';

/// What a step came to, as the scenarios write it.
sealed class Outcome {
  Outcome(this.json);

  final Object? json;
}

class Result extends Outcome {
  Result(super.json);
}

class Failure extends Outcome {
  Failure(super.json);
}

/// What a scenario expects did not happen.
class Mismatch implements Exception {
  Mismatch(this.text);

  final String text;

  @override
  String toString() => text;
}

/// Throws a [Mismatch] where the outcome is not what a scenario expects.
void check(Json? expectation, Outcome outcome) {
  final error = expectation?['error'];
  switch (outcome) {
    case Failure(:final json):
      if (error == null) throw Mismatch('it failed: $json');
      _match(error, json, 'error');
    case Result(:final json):
      if (error != null) throw Mismatch('$error was expected, and it came to $json');
      if (expectation != null && expectation.containsKey('result')) _match(expectation['result'], json, 'result');
  }
}

/// Whether the outcome is what is expected.
bool isMet(Json? expectation, Outcome outcome) {
  try {
    check(expectation, outcome);
    return true;
  } on Mismatch {
    return false;
  }
}

void _match(Object? wanted, Object? came, String path) {
  Never fail() => throw Mismatch('$path should be $wanted, and is $came');
  switch (wanted) {
    case {r'$contains': final String part}:
      if (came is! String || !came.contains(part)) fail();
    case {r'$at_least': final num least}:
      if (came is! num || came < least) fail();
    case {r'$some': final item}:
      if (came is! List<Object?> || !came.any((one) => isMet({'result': item}, Result(one)))) fail();
    case final Json fields:
      for (final MapEntry(:key, :value) in fields.entries) {
        if (came is! Json || !came.containsKey(key)) throw Mismatch('$path has no $key: $came');
        _match(value, came[key], '$path.$key');
      }
    case final List<Object?> items:
      if (came is! List<Object?> || came.length != items.length) fail();
      for (final (index, item) in items.indexed) {
        _match(item, came[index], '$path[$index]');
      }
    default:
      // 1 and 1.0 are the same number to Dart.
      if (wanted != came) fail();
  }
}
