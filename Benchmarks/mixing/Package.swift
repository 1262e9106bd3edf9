// swift-tools-version: 6.2

import PackageDescription

// A package of its own, so that users of the library never build it.
let package = Package(
    name: "mixture-benchmarks",
    dependencies: [.package(name: "datawall", path: "../..")],
    targets: [
        .executableTarget(
            name: "solve-mixtures",
            dependencies: [
                .product(name: "Chinchilla", package: "datawall"),
                .product(name: "InfoLaw", package: "datawall"),
                .product(name: "Muennighoff", package: "datawall"),
                .product(name: "ScalingLaws", package: "datawall"),
                .product(name: "TrainingPlanning", package: "datawall"),
            ])
    ],
    swiftLanguageModes: [.v6]
)
