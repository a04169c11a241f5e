import 'dart:convert';
import 'dart:io';

import 'package:test/test.dart';

import 'support/expectation.dart';
import 'support/names.dart';
import 'support/sandbox.dart';
import 'support/stage.dart';

/// Plays the scenarios of tests/scenarios, which every language plays; their README says what a step means.
void main() {
  final files = Directory('${repository.path}/tests/scenarios')
      .listSync()
      .whereType<File>()
      .where((file) => file.path.endsWith('.json'))
      .toList()
    ..sort((one, other) => one.path.compareTo(other.path));
  if (files.isEmpty) throw StateError('tests/scenarios has no scenario');

  for (final file in files) {
    final scenario = jsonDecode(file.readAsStringSync()) as Json;
    test(file.uri.pathSegments.last, timeout: const Timeout(Duration(minutes: 10)), () async {
      final arguments = (scenario['sandbox'] as List<Object?>? ?? []).cast<String>();
      final stage = await Stage.set(arguments);
      final steps = (scenario['steps']! as List<Object?>).cast<Json>();
      final names = Names(stage.facts);
      for (final (index, written) in steps.indexed) {
        try {
          final step = names.fill(written);
          final outcome = await stage.take(step);
          check(step['expect'] as Json?, outcome);
          names.capture(step, outcome);
        } on Mismatch catch (mismatch) {
          fail('step ${index + 1} (${written['do']}): $mismatch');
        }
      }
    });
  }
}
