import Foundation

/// What the native library has allocated. The suite builds it with the feature `allocation-counts`, which counts exactly: memory in
/// use and processor time depend on what else the machine does.
enum Allocations {
    /// How many allocations were made and not freed.
    static var live: Int64 { count("aipass_test_live_allocations", as: (@convention(c) () -> Int64).self)() }

    /// How many bytes were ever allocated.
    static var bytes: UInt64 { count("aipass_test_allocated_bytes", as: (@convention(c) () -> UInt64).self)() }

    /// How many bytes of them on the present thread.
    static var bytesOfThisThread: UInt64 {
        count("aipass_test_allocated_bytes_of_this_thread", as: (@convention(c) () -> UInt64).self)()
    }

    /// How many bytes the whole process has allocated and not freed, Swift's objects among them.
    static var bytesInUse: Int64 { count("aipass_test_bytes_in_use", as: (@convention(c) () -> Int64).self)() }

    private static func count<Function>(_ name: String, as type: Function.Type) -> Function {
        guard let symbol = dlsym(dlopen(nil, RTLD_NOW), name) else {
            fatalError("the native library does not count: build it with the feature allocation-counts")
        }
        return unsafeBitCast(symbol, to: type)
    }
}
