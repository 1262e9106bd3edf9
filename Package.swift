// swift-tools-version: 6.2

import PackageDescription

// Floors, from the ground up; a target imports only from floors below its own.
//
//   5   datawall ─> DataWallCommand
//   4   DataWallKit
//   3   BuiltInModels            DataWallReports
//   2   Plugins/<one per model family>
//   1   CorpusAudit              TrainingPlanning
//   0   CDataWall{Vector,XXHash,Zlib,Zstd}   OrderedJSON   TokenCounting   ScalingLaws

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let package = Package(
    name: "datawall",
    products: [
        .library(name: "CorpusAudit", targets: ["CorpusAudit"]),
        .library(name: "OrderedJSON", targets: ["OrderedJSON"]),
        .library(name: "TokenCounting", targets: ["TokenCounting"]),
        .library(name: "ScalingLaws", targets: ["ScalingLaws"]),
        .library(name: "ScalingLawsTesting", targets: ["ScalingLawsTesting"]),
        .library(name: "LawFiles", targets: ["LawFiles"]),
        .library(name: "Chinchilla", targets: ["Chinchilla"]),
        .library(name: "Bounded", targets: ["Bounded"]),
        .library(name: "Gadre", targets: ["Gadre"]),
        .library(name: "InfoLaw", targets: ["InfoLaw"]),
        .library(name: "Kaplan", targets: ["Kaplan"]),
        .library(name: "PearceSong", targets: ["PearceSong"]),
        .library(name: "PowerLaws", targets: ["PowerLaws"]),
        .library(name: "Sedova", targets: ["Sedova"]),
        .library(name: "Lovelace", targets: ["Lovelace"]),
        .library(name: "Muennighoff", targets: ["Muennighoff"]),
        .library(name: "BuiltInModels", targets: ["BuiltInModels"]),
        .library(name: "DataWallReports", targets: ["DataWallReports"]),
        .library(name: "DataWallKit", targets: ["DataWallKit"]),
        .library(name: "DataWallCommand", targets: ["DataWallCommand"]),
        .executable(name: "datawall", targets: ["datawall"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
    ],
    targets: [
        // Floor 0
        .systemLibrary(name: "CDataWallZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CDataWallXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),
        .systemLibrary(name: "CDataWallZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CDataWallVector"),
        .target(name: "OrderedJSON"),
        .target(name: "TokenCounting"),
        .target(name: "ScalingLaws"),

        // Floor 1
        .target(name: "ScalingLawsTesting", dependencies: ["ScalingLaws"]),
        .target(name: "LawFiles", dependencies: ["ScalingLaws", "OrderedJSON"]),
        .target(
            name: "CorpusAudit",
            dependencies: [
                "CDataWallVector", "CDataWallXXHash", "CDataWallZlib", "CDataWallZstd", "OrderedJSON", "TokenCounting",
                yams,
            ]
        ),

        // Floor 2: one target per model family
        .target(name: "Chinchilla", dependencies: ["ScalingLaws"], path: "Plugins/Chinchilla"),
        .target(name: "Bounded", dependencies: ["ScalingLaws"], path: "Plugins/Bounded"),
        .target(name: "Gadre", dependencies: ["ScalingLaws"], path: "Plugins/Gadre"),
        .target(name: "InfoLaw", dependencies: ["ScalingLaws"], path: "Plugins/InfoLaw"),
        .target(name: "Kaplan", dependencies: ["ScalingLaws"], path: "Plugins/Kaplan"),
        .target(name: "PearceSong", dependencies: ["ScalingLaws"], path: "Plugins/PearceSong"),
        .target(name: "PowerLaws", dependencies: ["ScalingLaws"], path: "Plugins/PowerLaws"),
        .target(name: "Sedova", dependencies: ["ScalingLaws"], path: "Plugins/Sedova"),
        .target(name: "Lovelace", dependencies: ["ScalingLaws"], path: "Plugins/Lovelace"),
        .target(name: "Muennighoff", dependencies: ["ScalingLaws"], path: "Plugins/Muennighoff"),

        // Floor 3
        .target(name: "BuiltInModels", dependencies: ["ScalingLaws", "Chinchilla", "Lovelace", "Muennighoff"]),
        .target(name: "DataWallReports", dependencies: ["CorpusAudit", "OrderedJSON"]),

        // Floor 4
        .target(
            name: "DataWallKit",
            dependencies: [
                "BuiltInModels", "CorpusAudit", "DataWallReports", "OrderedJSON", "ScalingLaws", "TokenCounting",
            ]
        ),

        // Floor 5
        .target(name: "DataWallCommand", dependencies: ["DataWallKit", argumentParser]),
        .executableTarget(name: "datawall", dependencies: ["DataWallCommand", "DataWallKit"]),
            name: "BuiltInModels",
                "ScalingLaws", "Bounded", "Chinchilla", "Gadre", "InfoLaw", "Kaplan", "Lovelace", "Muennighoff",
                "PearceSong",
                "PowerLaws", "Sedova",
            ]),

        // Tests
        .testTarget(
            name: "CorpusAuditTests",
            dependencies: ["CDataWallZlib", "CDataWallZstd", "CorpusAudit", "OrderedJSON", "TokenCounting"]
        ),
        .testTarget(name: "DataWallReportsTests", dependencies: ["CorpusAudit", "DataWallReports"]),
        .testTarget(name: "DataWallCommandTests", dependencies: ["DataWallCommand", "DataWallKit"]),
        .testTarget(name: "OrderedJSONTests", dependencies: ["OrderedJSON"]),
        .testTarget(name: "TokenCountingTests", dependencies: ["TokenCounting"]),
        .testTarget(name: "ScalingLawsTests", dependencies: ["ScalingLaws"]),
        .testTarget(name: "ScalingLawsTestingTests", dependencies: ["ScalingLawsTesting", "ScalingLaws"]),
        .testTarget(name: "LawFilesTests", dependencies: ["LawFiles", "OrderedJSON", "BuiltInModels", "ScalingLaws"]),
        .testTarget(name: "BoundedTests", dependencies: ["Bounded", "ScalingLaws", "ScalingLawsTesting"]),
        .testTarget(name: "GadreTests", dependencies: ["Gadre", "ScalingLaws", "ScalingLawsTesting"]),
        .testTarget(name: "InfoLawTests", dependencies: ["InfoLaw", "ScalingLaws", "ScalingLawsTesting"]),
        .testTarget(name: "KaplanTests", dependencies: ["Kaplan", "ScalingLaws", "ScalingLawsTesting"]),
        .testTarget(name: "PowerLawsTests", dependencies: ["PowerLaws", "ScalingLaws", "ScalingLawsTesting"]),
        .testTarget(name: "SedovaTests", dependencies: ["Sedova", "ScalingLaws", "ScalingLawsTesting"]),
        .testTarget(
            name: "PearceSongTests", dependencies: ["PearceSong", "Chinchilla", "ScalingLaws", "ScalingLawsTesting"]),
        .testTarget(name: "ChinchillaTests", dependencies: ["Chinchilla", "ScalingLaws", "ScalingLawsTesting"]),
        .testTarget(name: "LovelaceTests", dependencies: ["Lovelace", "ScalingLaws", "ScalingLawsTesting"]),
        .testTarget(name: "MuennighoffTests", dependencies: ["Muennighoff", "ScalingLaws", "ScalingLawsTesting"]),
        .testTarget(name: "BuiltInModelsTests", dependencies: ["BuiltInModels", "ScalingLaws"]),
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
