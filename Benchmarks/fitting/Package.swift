// swift-tools-version: 6.2

import PackageDescription

// Times fits for the scripts here that run SciPy beside them.
let package = Package(
    name: "fitting-benchmarks",
    dependencies: [.package(name: "datawall", path: "../..")],
    targets: [
        .executableTarget(
            name: "time-fits",
            dependencies: [
                .product(name: "BuiltInModels", package: "datawall"),
                .product(name: "LawFitting", package: "datawall"),
                .product(name: "OrderedJSON", package: "datawall"),
                .product(name: "ScalingLaws", package: "datawall"),
            ]
        ),
        .executableTarget(
            name: "measure-laws",
            dependencies: [
                "Bounded", "BuiltInModels", "Chinchilla", "Gadre", "LawFitting", "Lovelace", "Muennighoff",
                "ScalingLaws",
                "TrainingPlanning",
            ].map {
                .product(name: $0, package: "datawall")
            }
        ),
    ],
    swiftLanguageModes: [.v6]
)
