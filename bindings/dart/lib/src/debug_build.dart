/// Whether the app is a debug build, as Flutter's `kDebugMode` finds it: neither `--release` nor `--profile`. Not by an `assert`,
/// which is no constant, and an argument's default must be one.
const isDebugBuild = !bool.fromEnvironment('dart.vm.product') && !bool.fromEnvironment('dart.vm.profile');
