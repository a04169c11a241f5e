/// What tests import where the package site's `test` is not to be had, as with Debian's packages: the same declarations, from
/// the same packages below it.
library;

export 'package:matcher/expect.dart';
export 'package:test_api/scaffolding.dart';
