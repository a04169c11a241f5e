// swift-tools-version: 6.0
import PackageDescription

// Its generated code and its library are made by `scripts/probe swift`.
let libraries = "\(Context.packageDirectory)/../lib"

let package = Package(
    name: "AIPassProbe",
    dependencies: [.package(name: "AIPassMobile", path: "../../..")],
    targets: [
        .systemLibrary(name: "AIPassProbeFFI"),
        .target(
            name: "AIPassProbe",
            dependencies: ["AIPassProbeFFI"],
            linkerSettings: [.unsafeFlags(["-L\(libraries)", "-Xlinker", "-rpath", "-Xlinker", libraries])]
        ),
        .executableTarget(
            name: "measure",
            dependencies: ["AIPassProbe", .product(name: "AIPassMobile", package: "AIPassMobile")]
        ),
        .testTarget(name: "ProbeTests", dependencies: ["AIPassProbe"]),
    ],
    swiftLanguageModes: [.v6]
)
