// swift-tools-version: 6.2

import PackageDescription

// Times the reading and writing of files.
let package = Package(
    name: "file-benchmarks",
    dependencies: [.package(name: "datawall", path: "../..")],
    targets: [
        .executableTarget(
            name: "time-audit-files",
            dependencies: [
                .product(name: "CorpusAudit", package: "datawall"), .product(name: "OrderedJSON", package: "datawall"),
            ]
        )
    ],
    swiftLanguageModes: [.v6]
)
