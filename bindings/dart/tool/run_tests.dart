// ignore_for_file: avoid_print

import 'dart:io';

import 'package:test_api/backend.dart';
import 'package:test_api/scaffolding.dart';

/// Runs the tests that the functions declare, one after the other in this isolate, and says what came of each: for machines
/// where `dart test`, which is on the package site alone, cannot be had.
///
/// Only those run whose name contains [filter]. Ends the process: with status 0 if all passed, and there was one.
Future<void> runTests(Map<String, void Function()> files, {String filter = ''}) async {
  final declarer = Declarer();
  declarer.declare(() => files.forEach(group));
  final suite = Suite(declarer.build(), SuitePlatform(Runtime.vm));
  final counts = {for (final result in _results) result: 0};

  Future<String> run(Test test, List<Group> groups) async {
    if (test.metadata.skip) {
      print('$_skipped: ${test.name} (${test.metadata.skipReason ?? 'no reason given'})');
      return _skipped;
    }
    final live = test.load(suite, groups: groups);
    final watch = Stopwatch()..start();
    live.onMessage.listen((message) => print('  ${message.text}'));
    await Invoker.guard(live.run);
    final result = live.state.result.isFailing ? _failed : _passed;
    print('$result: ${test.name} (${watch.elapsedMilliseconds} ms)');
    for (final error in live.errors) {
      print('  ${'${error.error}'.trimRight().replaceAll('\n', '\n  ')}\n${error.stackTrace}');
    }
    await live.close();
    return result;
  }

  Future<void> visit(Group group, List<Group> parents) async {
    final path = [...parents, group];
    // What is set up and torn down is no test, but fails as one.
    Future<void> prepare(Test? test) async {
      if (test != null && await run(test, path) == _failed) counts[_failed] = counts[_failed]! + 1;
    }

    await prepare(group.setUpAll);
    for (final entry in group.entries) {
      if (entry is Group) {
        await visit(entry, path);
      } else if (entry is Test) {
        final result = await run(entry, path);
        counts[result] = counts[result]! + 1;
      }
    }
    await prepare(group.tearDownAll);
  }

  final wanted = suite.filter((test) => test.name.contains(filter));
  await visit(wanted.group, const []);
  print([for (final result in _results) '${counts[result]} $result'].join(', '));
  await stdout.flush();
  exit(counts[_failed] == 0 && counts[_passed]! > 0 ? 0 : 1);
}

const _passed = 'passed';
const _failed = 'failed';
const _skipped = 'skipped';
const _results = [_passed, _failed, _skipped];
