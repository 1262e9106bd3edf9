// swift-tools-version: 6.2

import PackageDescription

// A package of its own, so that nobody who uses datawall builds it.
let package = Package(
    name: "fitting-benchmark",
    dependencies: [.package(name: "datawall", path: "../..")],
    targets: [
        .executableTarget(
            name: "fitting-benchmark",
            dependencies: [
                .product(name: "BuiltInModels", package: "datawall"),
                .product(name: "LawFitting", package: "datawall"),
                .product(name: "ScalingLaws", package: "datawall"),
            ])
    ]
)
