// Written by uniffi-dart-generator: do not edit.

library;

import 'dart:async';
import 'dart:convert';
import 'dart:ffi';
import 'dart:isolate';
import 'dart:typed_data';

import 'package:ffi/ffi.dart';

import '../date.dart';
import '../debug_build.dart';
import '../decimal.dart';
import '../library.dart';
import '../platform/platform.dart';

part 'buffers.dart';
part 'calls.dart';
part 'codecs.dart';
part 'enums.dart';
part 'errors.dart';
part 'native.dart';
part 'objects.dart';
part 'records.dart';
part 'runtime.dart';
part 'values.dart';
