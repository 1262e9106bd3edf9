// swift-tools-version: 6.2

import PackageDescription

// Floors, from the ground up; a target imports only from floors below its own.
//
//   5   datawall ─> DataWallCommand
//   4   DataWallKit
//   3   BuiltInModels            DataWallReports
//   2   Plugins/<one per model family>
//   1   CorpusAudit              TrainingPlanning
//   0   CDataWall{Zstd,XXHash}   OrderedJSON   TokenCounting   ScalingLaws

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let package = Package(
    name: "datawall",
    products: [
        .library(name: "OrderedJSON", targets: ["OrderedJSON"]),
        .library(name: "TokenCounting", targets: ["TokenCounting"]),
    ],
    dependencies: [],
    targets: [
        // Floor 0
        .systemLibrary(name: "CDataWallZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CDataWallXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),
        .target(name: "OrderedJSON"),
        .target(name: "TokenCounting"),

        // Tests
        .testTarget(name: "OrderedJSONTests", dependencies: ["OrderedJSON"]),
        .testTarget(name: "TokenCountingTests", dependencies: ["TokenCounting"]),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("InternalImportsByDefault"),
            .treatAllWarnings(as: .error),
        ]
}
