// swift-tools-version: 6.2

import PackageDescription

// Makes signatures in process, for `check`, and times them.
let package = Package(
    name: "near-benchmarks",
    dependencies: [.package(name: "datawall", path: "../..")],
    targets: [
        .executableTarget(name: "near-signatures", dependencies: [.product(name: "CorpusAudit", package: "datawall")])
    ],
    swiftLanguageModes: [.v6]
)
