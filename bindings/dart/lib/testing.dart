/// For an app's unit tests: a client that answers as the test says, and values for it to answer with.
library;

export 'src/testing/fake_aipass.dart';
export 'src/testing/samples.dart';
