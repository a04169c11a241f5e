// swift-tools-version: 5.9
import PackageDescription

// The native library: in a release the XCFramework at this address, with the checksum that `swift package
// compute-checksum` prints. There is no release yet. Without one, what
// `scripts/xcframework --out bindings/dart/darwin/aipass ios ios-simulator macos` builds.
let release: (url: String, checksum: String)? = nil

let package = Package(
    name: "aipass",
    platforms: [.iOS("15.0"), .macOS("12.0")],
    products: [
        // Dynamic, so that it exports the native library's functions, which Dart looks up by name. From the app's own
        // program they would be stripped.
        .library(name: "aipass", type: .dynamic, targets: ["aipass"])
    ],
    dependencies: [
        .package(name: "FlutterFramework", path: "../FlutterFramework")
    ],
    targets: [
        release.map { .binaryTarget(name: "AIPassFFI", url: $0.url, checksum: $0.checksum) }
            ?? .binaryTarget(name: "AIPassFFI", path: "AIPassFFI.xcframework"),
        .target(
            name: "aipass",
            dependencies: ["AIPassFFI", .product(name: "FlutterFramework", package: "FlutterFramework")],
            resources: [.process("PrivacyInfo.xcprivacy")],
            linkerSettings: [
                // No Swift calls these functions, so the linker would leave them out.
                .unsafeFlags(["-Xlinker", "-all_load"]),
                .linkedFramework("CoreFoundation"),
                .linkedFramework("Security"),
            ]
        ),
    ]
)
