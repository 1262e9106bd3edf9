// swift-tools-version: 6.2

import PackageDescription

// Times plans in process.
let package = Package(
    name: "planning-benchmarks",
    dependencies: [.package(name: "datawall", path: "../..")],
    targets: [
        .executableTarget(
            name: "time-plans",
            dependencies: [
                .product(name: "BuiltInModels", package: "datawall"),
                .product(name: "ComputeOptimal", package: "datawall"),
                .product(name: "Lovelace", package: "datawall"),
                .product(name: "Muennighoff", package: "datawall"),
                .product(name: "ScalingLaws", package: "datawall"),
                .product(name: "TrainingPlanning", package: "datawall"),
            ]
        )
    ],
    swiftLanguageModes: [.v6]
)
