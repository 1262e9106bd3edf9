// swift-tools-version: 6.2

import PackageDescription

// Counts the tokens of files of documents, for the scripts here that run reference implementations beside it.
let package = Package(
    name: "tokenizer-benchmarks",
    dependencies: [.package(name: "datawall", path: "../..")],
    targets: [
        .executableTarget(
            name: "count-tokens",
            dependencies: [.product(name: "TokenCounting", package: "datawall")]
        )
    ],
    swiftLanguageModes: [.v6]
)
