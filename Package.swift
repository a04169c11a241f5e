// swift-tools-version: 6.0
import PackageDescription

// The native library.
// - Apple's platforms, in a release: the XCFramework at this address, with the checksum that `swift package
//   compute-checksum` prints. There is no release yet.
// - Apple's platforms, without one, or with AIPASS_XCFRAMEWORK=local: the XCFramework that `scripts/xcframework`
//   builds.
// - Linux: what `scripts/bindings` builds into bindings/lib, or what lies in AIPASS_LIBRARY_DIR.
let release: (url: String, checksum: String)? = nil

#if os(Linux)
    let libraries = Context.environment["AIPASS_LIBRARY_DIR"] ?? "\(Context.packageDirectory)/bindings/lib"
    let native: Target = .systemLibrary(name: "AIPassFFI", path: "bindings/swift/Sources/AIPassFFI")
    let linking: [LinkerSetting] = [.unsafeFlags(["-L\(libraries)", "-Xlinker", "-rpath", "-Xlinker", libraries])]
    // Declarations of Apple's calls, for the tests of what is guarded by `canImport`.
    let hasStubs = Context.environment["AIPASS_APPLE_STUBS"] != nil
    let frameworks = hasStubs ? ["AuthenticationServices", "CoreGraphics", "ImageIO", "Security", "UIKit"] : []
#else
    let isLocal = Context.environment["AIPASS_XCFRAMEWORK"] == "local"
    let released = isLocal ? nil : release
    let native: Target =
        released.map { .binaryTarget(name: "AIPassFFI", url: $0.url, checksum: $0.checksum) }
        ?? .binaryTarget(name: "AIPassFFI", path: "bindings/lib/AIPassFFI.xcframework")
    let linking: [LinkerSetting] = []  // the XCFramework's module map names the system's frameworks that it needs
    let frameworks: [String] = []
#endif

let package = Package(
    name: "AIPassMobile",
    defaultLocalization: "en",
    platforms: [.iOS(.v15), .macOS(.v12)],
    products: [
        .library(name: "AIPassMobile", targets: ["AIPassMobile"]),
        .library(name: "AIPassUI", targets: ["AIPassUI"]),
        .library(name: "AIPassTesting", targets: ["AIPassTesting"]),
    ],
    targets: [
        native,
        .target(
            name: "AIPassMobile",
            dependencies: ["AIPassFFI"] + frameworks.map { .target(name: $0) },
            path: "bindings/swift/Sources/AIPassMobile",
            resources: [.copy("PrivacyInfo.xcprivacy")],
            linkerSettings: linking
        ),
        .target(
            name: "AIPassUI",
            dependencies: ["AIPassMobile"],
            path: "bindings/swift/Sources/AIPassUI",
            resources: [.process("Resources")]
        ),
        .target(
            name: "AIPassTesting",
            dependencies: ["AIPassMobile"],
            path: "bindings/swift/Sources/AIPassTesting"
        ),
        .testTarget(
            name: "AIPassMobileTests",
            dependencies: ["AIPassMobile", "AIPassTesting"],
            path: "bindings/swift/Tests/AIPassMobileTests"
        ),
        .testTarget(
            name: "AIPassUITests",
            dependencies: ["AIPassUI", "AIPassTesting"],
            path: "bindings/swift/Tests/AIPassUITests"
        ),
    ],
    swiftLanguageModes: [.v6]
)

if !frameworks.isEmpty {
    package.targets += [
        .target(name: "AppleStubs", path: "bindings/swift/Stubs/Declarations"),
        .testTarget(
            name: "AIPassAppleTests",
            dependencies: ["AIPassMobile", "AIPassTesting", "AppleStubs"],
            path: "bindings/swift/Tests/AIPassAppleTests"
        ),
    ]
    package.targets += frameworks.map {
        .target(name: $0, dependencies: ["AppleStubs"], path: "bindings/swift/Stubs/Modules/\($0)")
    }
    // The Flutter plugin, which in an app is a package of its own.
    package.targets += [
        .target(name: "Flutter", path: "bindings/swift/Stubs/Modules/Flutter"),
        .target(
            name: "aipass",
            dependencies: ["Flutter", "AuthenticationServices", "Security", "UIKit"],
            path: "bindings/dart/darwin/aipass/Sources/aipass",
            exclude: ["PrivacyInfo.xcprivacy"],
            swiftSettings: [.swiftLanguageMode(.v5)]
        ),
        .testTarget(
            name: "AIPassFlutterTests",
            dependencies: ["aipass", "Flutter", "AppleStubs"],
            path: "tests/flutter-plugin/darwin"
        ),
    ]
}
