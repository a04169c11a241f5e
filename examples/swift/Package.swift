// swift-tools-version: 6.0
import PackageDescription

// What the app knows without SwiftUI: compiled and tested on Linux too. The folder App has the screen; see README.md.
let package = Package(
    name: "Receipts",
    defaultLocalization: "en",
    platforms: [.iOS(.v16), .macOS(.v13)],
    products: [.library(name: "Receipts", targets: ["Receipts"])],
    dependencies: [.package(name: "AIPassMobile", path: "../..")],
    targets: [
        .target(
            name: "Receipts",
            dependencies: [
                .product(name: "AIPassMobile", package: "AIPassMobile"),
                .product(name: "AIPassUI", package: "AIPassMobile"),
            ],
            resources: [.process("Resources")]
        ),
        .testTarget(
            name: "ReceiptsTests",
            dependencies: ["Receipts", .product(name: "AIPassTesting", package: "AIPassMobile")]
        ),
    ],
    swiftLanguageModes: [.v6]
)
