// swift-tools-version: 6.2

import PackageDescription

// Folds texts in process, for `check` and to time it.
let package = Package(
    name: "text-benchmarks",
    dependencies: [.package(name: "datawall", path: "../..")],
    targets: [
        .executableTarget(name: "fold-text", dependencies: [.product(name: "UnicodeText", package: "datawall")])
    ],
    swiftLanguageModes: [.v6]
)
