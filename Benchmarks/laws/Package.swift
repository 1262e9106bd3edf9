// swift-tools-version: 6.2

import PackageDescription

// A package of its own, so that users of the library never build it.
let package = Package(
    name: "law-benchmarks",
    dependencies: [.package(name: "datawall", path: "../..")],
    targets: [
        .executableTarget(
            name: "evaluate-laws",
            dependencies: [
                .product(name: "BuiltInModels", package: "datawall"),
                .product(name: "LawFiles", package: "datawall"),
                .product(name: "ScalingLaws", package: "datawall"),
            ])
    ],
    swiftLanguageModes: [.v6]
)
