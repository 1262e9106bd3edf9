// swift-tools-version: 6.2

import PackageDescription

// Floors, from the ground up; a target imports only from floors below its own.
//
//   5   datawall ─> DataWallCommand
//   4   DataWallKit
//   3   BuiltInModels            DataWallReports            RunDesign
//   2   TrainingPlanning   Plugins/<one per model family>   (Plugins/<objectives> above TrainingPlanning)
//   1   CorpusAudit   LawFitting   LawFiles   DataMixing   ScalingLawsTesting
//   0   CDataWall{LZ4,Snappy,Vector,XXHash,Zlib,Zstd}   BlockDecompression   OrderedJSON   Quantities   Tables
//       UnicodeText   TokenCounting   ParquetReading   ScalingLaws   Charts
//
// Targets of floor 0 may import the plumbing among them: BlockDecompression, OrderedJSON, Quantities, Tables and
// UnicodeText.

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")

/// Without Foundation nothing else asks for the C library's square roots and rounding.
let mathematics: LinkerSetting = .linkedLibrary("m", .when(platforms: [.linux]))

/// Laws, repetition curves and rules for hyperparameters: a target each in Plugins/, a library product and a test target.
let lawNames = [
    "Bounded", "Chinchilla", "Gadre", "InfoLaw", "Kaplan", "Lovelace", "Muennighoff", "PearceSong", "PowerLaws",
    "RepetitionRecipes", "Sedova", "StepLaw",
]
let laws: [Target.Dependency] = lawNames.map { .target(name: $0) }

/// Planning objectives: a target each in Plugins/ and a library product.
let objectiveNames = ["ComputeOptimal", "InferenceCost"]
let objectives: [Target.Dependency] = objectiveNames.map { .target(name: $0) }

/// Mixture methods: a target each in Plugins/, a library product and a test target.
let mixtureNames = ["EffectiveData", "Sampling", "UniMax"]
let mixtures: [Target.Dependency] = mixtureNames.map { .target(name: $0) }

let package = Package(
    name: "datawall",
    products: [
        .library(name: "BlockDecompression", targets: ["BlockDecompression"]),
        .library(name: "CorpusAudit", targets: ["CorpusAudit"]),
        .library(name: "OrderedJSON", targets: ["OrderedJSON"]),
        .library(name: "ParquetReading", targets: ["ParquetReading"]),
        .library(name: "Quantities", targets: ["Quantities"]),
        .library(name: "Tables", targets: ["Tables"]),
        .library(name: "UnicodeText", targets: ["UnicodeText"]),
        .library(name: "TokenCounting", targets: ["TokenCounting"]),
        .library(name: "ScalingLaws", targets: ["ScalingLaws"]),
        .library(name: "ScalingLawsTesting", targets: ["ScalingLawsTesting"]),
        .library(name: "LawFiles", targets: ["LawFiles"]),
        .library(name: "DataMixing", targets: ["DataMixing"]),
        .library(name: "TrainingPlanning", targets: ["TrainingPlanning"]),
        .library(name: "LawFitting", targets: ["LawFitting"]),
        .library(name: "Charts", targets: ["Charts"]),
        .library(name: "BuiltInModels", targets: ["BuiltInModels"]),
        .library(name: "DataWallReports", targets: ["DataWallReports"]),
        .library(name: "RunDesign", targets: ["RunDesign"]),
        .library(name: "DataWallKit", targets: ["DataWallKit"]),
        .library(name: "DataWallCommand", targets: ["DataWallCommand"]),
        .executable(name: "datawall", targets: ["datawall"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
    ],
    targets: [
        // Floor 0
        .systemLibrary(name: "CDataWallZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CDataWallXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),
        .systemLibrary(name: "CDataWallZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CDataWallSnappy", pkgConfig: "snappy", providers: [.apt(["libsnappy-dev"])]),
        .systemLibrary(name: "CDataWallLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
        .systemLibrary(name: "CDataWallVector"),
        .target(name: "CDataWallProcess"),
        .target(
            name: "BlockDecompression",
            dependencies: ["CDataWallLZ4", "CDataWallSnappy", "CDataWallZlib", "CDataWallZstd"]),
        .target(name: "OrderedJSON"),
        .target(name: "Quantities", linkerSettings: [mathematics]),
        .target(name: "Tables", dependencies: ["Quantities"]),
        .target(name: "UnicodeText", dependencies: ["CDataWallVector"]),
        .target(name: "TokenCounting", dependencies: ["CDataWallVector", "UnicodeText"]),
        .target(name: "ParquetReading", dependencies: ["BlockDecompression", "Quantities"]),
        .target(name: "ScalingLaws", dependencies: ["Quantities"], linkerSettings: [mathematics]),
        .target(name: "Charts", dependencies: ["Quantities"]),

        // Floor 1
        .target(name: "ScalingLawsTesting", dependencies: ["ScalingLaws"]),
        .target(name: "LawFiles", dependencies: ["ScalingLaws", "OrderedJSON"]),
        .target(name: "LawFitting", dependencies: ["OrderedJSON", "Quantities", "ScalingLaws", "Tables"]),
        .target(
            name: "CorpusAudit",
            dependencies: [
                "CDataWallProcess", "CDataWallVector", "CDataWallXXHash", "CDataWallZlib", "CDataWallZstd",
                "OrderedJSON",
                "ParquetReading", "Tables", "TokenCounting", "UnicodeText", yams,
            ]
        ),
        .target(name: "DataMixing", dependencies: ["Quantities", "ScalingLaws"]),

        // Floor 2, with the plugins below
        .target(name: "TrainingPlanning", dependencies: ["DataMixing", "Quantities", "ScalingLaws"]),

        // Floor 3
        .target(
            name: "BuiltInModels",
            dependencies: ["DataMixing", "ScalingLaws", "TrainingPlanning"] + laws + objectives + mixtures),
        .target(
            name: "DataWallReports",
            dependencies: [
                "Charts", "CorpusAudit", "DataMixing", "LawFiles", "LawFitting", "OrderedJSON", "Quantities",
                "ScalingLaws", "Tables", "TokenCounting", "TrainingPlanning", mustache,
            ]
        ),
        .target(
            name: "RunDesign", dependencies: ["LawFitting", "Quantities", "ScalingLaws", "TrainingPlanning"]),

        // Floor 4
        .target(
            name: "DataWallKit",
            dependencies: [
                "BlockDecompression", "BuiltInModels", "Charts", "CorpusAudit", "DataMixing", "DataWallReports",
                "LawFiles", "LawFitting", "OrderedJSON", "ParquetReading", "Quantities", "RunDesign", "ScalingLaws",
                "ScalingLawsTesting", "Tables", "TokenCounting", "TrainingPlanning", "UnicodeText",
            ] + laws + objectives + mixtures
        ),

        // Floor 5
        .target(
            name: "DataWallCommand",
            dependencies: ["CDataWallProcess", "DataWallKit", "TokenCounting", argumentParser]),
        .executableTarget(name: "datawall", dependencies: ["DataWallCommand", "DataWallKit"]),

        // The demo's corpus
        .executableTarget(
            name: "sample-corpus", dependencies: ["CDataWallZstd", "OrderedJSON"], path: "Datasets/SampleCorpus"),

        // Tests
        .target(name: "TestSupport", path: "Tests/Support"),
        .target(name: "SchemaChecking", dependencies: ["OrderedJSON", "TestSupport"], path: "Tests/SchemaChecking"),
        .testTarget(name: "CDataWallVectorTests", dependencies: ["CDataWallVector", "ScalingLaws", "TestSupport"]),
        .testTarget(
            name: "CorpusAuditTests",
            dependencies: [
                "CDataWallVector", "CDataWallZlib", "CDataWallZstd", "CorpusAudit", "OrderedJSON", "ParquetReading",
                "SchemaChecking", "TestSupport", "TokenCounting", "UnicodeText",
            ], exclude: ["Golden"]
        ),
        .testTarget(
            name: "DataMixingTests",
            dependencies: ["BuiltInModels", "DataMixing", "ScalingLaws", "TestSupport"] + laws + mixtures),
        .testTarget(
            name: "TrainingPlanningTests",
            dependencies: ["BuiltInModels", "DataMixing", "ScalingLaws", "TestSupport", "TrainingPlanning"] + laws
                + objectives + mixtures),
        .testTarget(
            name: "DataWallReportsTests",
            dependencies: [
                "BuiltInModels", "CorpusAudit", "DataMixing", "DataWallReports", "LawFiles", "LawFitting",
                "OrderedJSON", "Quantities", "ScalingLaws", "SchemaChecking", "TestSupport", "TokenCounting",
                "TrainingPlanning",
            ] + laws + objectives + mixtures, exclude: ["Golden", "Mixtures/Golden"]),
        .testTarget(
            name: "RunDesignTests",
            dependencies: ["Bounded", "Chinchilla", "LawFitting", "RunDesign", "ScalingLaws", "TrainingPlanning"]),
        .testTarget(
            name: "DataWallKitTests", dependencies: ["DataWallKit", "SchemaChecking", "TestSupport"],
            exclude: ["Golden"]),
        .testTarget(
            name: "DataWallCommandTests",
            dependencies: ["DataWallCommand", "DataWallKit", "TestSupport", "datawall", argumentParser],
            exclude: ["Golden", "Words/dialect.txt"]),
        .testTarget(
            name: "BlockDecompressionTests",
            dependencies: ["BlockDecompression", "CDataWallLZ4", "CDataWallSnappy", "CDataWallZstd"]),
        .testTarget(
            name: "ParquetReadingTests", dependencies: ["ParquetReading", "TestSupport"], exclude: ["Fixtures"]),
        .testTarget(name: "ChartsTests", dependencies: ["Charts", "TestSupport"], exclude: ["Golden"]),
        .testTarget(name: "OrderedJSONTests", dependencies: ["OrderedJSON"]),
        .testTarget(name: "QuantitiesTests", dependencies: ["Quantities", "ScalingLaws"]),
        .testTarget(name: "TablesTests", dependencies: ["Quantities", "ScalingLaws", "Tables"]),
        .testTarget(
            name: "UnicodeTextTests", dependencies: ["CDataWallVector", "ScalingLaws", "TestSupport", "UnicodeText"]),
        .testTarget(name: "TokenCountingTests", dependencies: ["TestSupport", "TokenCounting"]),
        .testTarget(name: "ScalingLawsTests", dependencies: ["ScalingLaws"]),
        .testTarget(name: "ScalingLawsTestingTests", dependencies: ["ScalingLawsTesting", "ScalingLaws"]),
        .testTarget(
            name: "LawFittingTests", dependencies: ["BuiltInModels", "LawFitting", "ScalingLaws", "TestSupport"]),
        .testTarget(
            name: "LawFilesTests",
            dependencies: [
                "LawFiles", "OrderedJSON", "BuiltInModels", "ScalingLaws", "SchemaChecking", "TestSupport",
            ]),
        .testTarget(
            name: "BuiltInModelsTests",
            dependencies: [
                "BuiltInModels", "ComputeOptimal", "DataMixing", "ScalingLaws", "TestSupport", "TrainingPlanning",
            ]),
    ],
    swiftLanguageModes: [.v6]
)

// Floor 2: one target per model family
for name in lawNames {
    package.products.append(.library(name: name, targets: [name]))
    package.targets.append(.target(name: name, dependencies: ["ScalingLaws"], path: "Plugins/\(name)"))
    package.targets.append(
        .testTarget(
            name: "\(name)Tests",
            dependencies: ["ScalingLaws", "ScalingLawsTesting", "TestSupport", .target(name: name)]))
}

for name in objectiveNames {
    package.products.append(.library(name: name, targets: [name]))
    package.targets.append(
        .target(name: name, dependencies: ["ScalingLaws", "TrainingPlanning"], path: "Plugins/\(name)"))
}

for name in mixtureNames {
    package.products.append(.library(name: name, targets: [name]))
    package.targets.append(
        .target(name: name, dependencies: ["DataMixing", "Quantities", "ScalingLaws"], path: "Plugins/\(name)"))
    package.targets.append(
        .testTarget(
            name: "\(name)Tests", dependencies: ["DataMixing", "Muennighoff", "ScalingLaws", .target(name: name)]))
}

// What `make docs` needs alone.
if Context.environment["DATAWALL_DOCS"] != nil {
    package.dependencies.append(.package(url: "https://github.com/swiftlang/swift-docc-plugin.git", from: "1.5.0"))
}

// Only for `make fuzz`: the decoders under LLVM's fuzzing engine, which needs code that counts its branches.
// The variable names the engine's library, which lies in the toolchain.
if let engine = Context.environment["DATAWALL_FUZZING_ENGINE"] {
    let instrumented: SwiftSetting = .unsafeFlags(["-sanitize=fuzzer"])
    // The probes belong to the tests, which replay what fuzzing found; a file has one target at a time.
    package.targets.removeAll { $0.type == .test }
    package.targets.append(
        .executableTarget(
            name: "fuzz-decoders", dependencies: ["CorpusAudit", "OrderedJSON", "ParquetReading", "TestSupport"],
            path: "Tests",
            sources: [
                "Fuzzing/FuzzDecoders.swift", "CorpusAuditTests/Probing/DecoderProbe.swift",
                "ParquetReadingTests/Probing/ParquetProbe.swift",
            ], linkerSettings: [.unsafeFlags([engine, "-lstdc++"])]))
    let decoders = ["BlockDecompression", "CorpusAudit", "OrderedJSON", "ParquetReading"]
    for target in package.targets where decoders.contains(target.name) {
        target.swiftSettings = [instrumented]
    }
}

for target in package.targets where target.type != .system {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("InternalImportsByDefault"),
            .treatAllWarnings(as: .error),
        ]
}
