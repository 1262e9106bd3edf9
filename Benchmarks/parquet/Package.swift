// swift-tools-version: 6.2

import PackageDescription

// Writes what the columns of a Parquet file hold, for the scripts here that hold it against pyarrow.
let package = Package(
    name: "parquet-benchmarks",
    dependencies: [.package(name: "datawall", path: "../..")],
    targets: [
        .executableTarget(
            name: "parquet-dump",
            dependencies: [.product(name: "ParquetReading", package: "datawall")]
        )
    ],
    swiftLanguageModes: [.v6]
)
