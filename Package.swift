// swift-tools-version: 6.0
import PackageDescription

// On Linux the package links the native library that `scripts/bindings` builds into bindings/lib; on Apple's platforms it
// takes the XCFramework. Where the library lies otherwise, AIPASS_LIBRARY_DIR says so.
#if os(Linux)
    let libraries = Context.environment["AIPASS_LIBRARY_DIR"] ?? "\(Context.packageDirectory)/bindings/lib"
    let native: Target = .systemLibrary(name: "AIPassFFI", path: "bindings/swift/Sources/AIPassFFI")
    let linking: [LinkerSetting] = [.unsafeFlags(["-L\(libraries)", "-Xlinker", "-rpath", "-Xlinker", libraries])]
#else
    let native: Target = .binaryTarget(name: "AIPassFFI", path: "bindings/lib/AIPassFFI.xcframework")
    let linking: [LinkerSetting] = []
#endif

let package = Package(
    name: "AIPassMobile",
    platforms: [.iOS(.v15), .macOS(.v12)],
    products: [.library(name: "AIPassMobile", targets: ["AIPassMobile"])],
    targets: [
        native,
        .target(
            name: "AIPassMobile",
            dependencies: ["AIPassFFI"],
            path: "bindings/swift/Sources/AIPassMobile",
            resources: [.copy("PrivacyInfo.xcprivacy")],
            linkerSettings: linking
        ),
        .testTarget(
            name: "AIPassMobileTests",
            dependencies: ["AIPassMobile"],
            path: "bindings/swift/Tests/AIPassMobileTests"
        ),
    ],
    swiftLanguageModes: [.v6]
)
