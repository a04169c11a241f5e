import 'package:test/test.dart';

import 'support/expectation.dart';
import 'support/sandbox.dart';

void main() {
  const list = [
    {'a': 1},
    {'a': 2},
  ];

  final met = <(Json?, Outcome)>[
    (null, Result(1)),
    ({'result': null}, Result(null)),
    (
      {
        'result': {'a': 1}
      },
      Result({'a': 1.0, 'b': 2})
    ),
    (
      {
        'result': {r'$contains': 'el'}
      },
      Result('Hello')
    ),
    (
      {
        'result': {r'$at_least': 2}
      },
      Result(2)
    ),
    (
      {
        'result': {
          r'$some': {'a': 2}
        }
      },
      Result(list)
    ),
    (
      {
        'error': {'code': 'x'}
      },
      Failure({'code': 'x'})
    ),
  ];
  final unmet = <(Json?, Outcome)>[
    (null, Failure(<String, Object?>{})),
    ({'result': 1}, Result(2)),
    ({'result': null}, Result(0)),
    (
      {
        'result': {'a': null}
      },
      Result(<String, Object?>{})
    ),
    (
      {
        'result': {'a': 1}
      },
      Result('a')
    ),
    (
      {
        'result': [1]
      },
      Result([1, 2])
    ),
    (
      {
        'result': [1]
      },
      Result([2])
    ),
    (
      {
        'result': {r'$contains': 'no'}
      },
      Result('Hello')
    ),
    (
      {
        'result': {r'$at_least': 3}
      },
      Result(2)
    ),
    (
      {
        'result': {r'$at_least': 3}
      },
      Result('4')
    ),
    (
      {
        'result': {
          r'$some': {'a': 3}
        }
      },
      Result(list)
    ),
    ({'result': 1}, Failure(<String, Object?>{})),
    (
      {
        'error': {'code': 'x'}
      },
      Result(1)
    ),
    (
      {
        'error': {'code': 'x'}
      },
      Failure({'code': 'y'})
    ),
  ];

  for (final (expectation, outcome) in met) {
    test('$expectation is met by ${outcome.json}', () => check(expectation, outcome));
  }
  for (final (expectation, outcome) in unmet) {
    test('$expectation is not met by ${outcome.runtimeType} ${outcome.json}', () {
      expect(() => check(expectation, outcome), throwsA(isA<Mismatch>()));
    });
  }
}
