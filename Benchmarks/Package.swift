// swift-tools-version: 6.2

import PackageDescription

/// A program in the folder of its subject, and the products of datawall that it measures.
func tool(_ name: String, in subject: String, _ products: [String]) -> Target {
    .executableTarget(
        name: name, dependencies: products.map { .product(name: $0, package: "datawall") }, path: "\(subject)/\(name)")
}

// A package of its own, so that users of the library never build it.
let package = Package(
    name: "benchmarks",
    dependencies: [.package(name: "datawall", path: "..")],
    targets: [
        tool("time-audit-files", in: "files", ["CorpusAudit", "OrderedJSON"]),
        tool("time-fits", in: "fitting", ["BuiltInModels", "LawFitting", "OrderedJSON", "ScalingLaws"]),
        tool(
            "measure-laws", in: "fitting",
            [
                "Bounded", "BuiltInModels", "Chinchilla", "Gadre", "LawFitting", "Lovelace", "Muennighoff",
                "ScalingLaws", "TrainingPlanning",
            ]),
        tool(
            "measure-designs", in: "fitting",
            ["Bounded", "Chinchilla", "Quantities", "RunDesign", "ScalingLaws", "TrainingPlanning"]),
        tool("evaluate-laws", in: "laws", ["BuiltInModels", "LawFiles", "ScalingLaws"]),
        tool("solve-mixtures", in: "mixing", ["Chinchilla", "DataMixing", "InfoLaw", "Muennighoff", "ScalingLaws"]),
        tool("near-signatures", in: "near", ["CorpusAudit"]),
        tool("parquet-dump", in: "parquet", ["ParquetReading"]),
        tool(
            "time-plans", in: "planning",
            ["BuiltInModels", "ComputeOptimal", "Lovelace", "Muennighoff", "ScalingLaws", "TrainingPlanning"]),
        tool("fold-text", in: "text", ["UnicodeText"]),
        tool("count-tokens", in: "tokenizers", ["TokenCounting"]),
    ],
    swiftLanguageModes: [.v6]
)
