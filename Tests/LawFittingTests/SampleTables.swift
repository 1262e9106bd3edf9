import BuiltInModels
import Foundation
import LawFitting
import ScalingLaws
import TestSupport
import Testing

/// Run tables for the tests: the committed synthetic one, and published ones where they are next to the package.
enum SampleTables {
    static var hasPublishedRuns: Bool {
        FileManager.default.fileExists(atPath: PackageFolder.published.appending(path: "chinchilla_runs.csv").path)
    }

    static func synthetic(_ filter: String? = nil) throws -> MeasuredRuns {
        try read(PackageFolder.dataset("synthetic/runs.csv"), filter)
    }

    // The 240 runs of Besiroglu et al. 2024 (epoch-research/analyzing-chinchilla).
    static func chinchilla() throws -> MeasuredRuns {
        try read(PackageFolder.published.appending(path: "chinchilla_runs.csv"), "in_besiroglu_fit=1")
    }

    // The 182 runs behind the fit of Muennighoff et al. 2023 (huggingface/datablations).
    static func datablations() throws -> MeasuredRuns {
        try read(PackageFolder.published.appending(path: "datablations_runs.csv"), "in_paper_fit=1")
    }

    static func read(_ file: URL, _ filter: String?) throws -> MeasuredRuns {
        var options = RunTableOptions()
        if let filter { options.filter = try RunExpression(filter) }
        return try RunTableReader(options).read(String(contentsOf: file, encoding: .utf8))
    }

    static func law(_ name: String) throws -> any ScalingLaw {
        try ModelCatalog.standard.laws.model(named: name)
    }
}

/// Whether two numbers agree to a share of the second.
func agree(_ value: Double, _ reference: Double, within share: Double) -> Bool {
    abs(value - reference) <= share * abs(reference)
}
