/// Whether the app is a debug build. Swift packages are compiled from source with the configuration of the app that uses them,
/// so this package's own `DEBUG` is the app's.
#if DEBUG
    @usableFromInline let isDebugBuild = true
#else
    @usableFromInline let isDebugBuild = false
#endif
