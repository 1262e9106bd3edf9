import BuiltInModels
import CorpusAudit
import DataWallReports
import EffectiveData
import Muennighoff
import OrderedJSON
import ScalingLaws
import TrainingPlanning

/// Mixtures that tests look at.
enum SampleMixture {
    /// Natural sizes fall from 100B on; every third source is better than the others.
    static func make(
        sources count: Int, passes: Double = 2, isEstimated: Bool = false, pilots: PilotEvidence? = nil,
        name: (Int) -> String = { "source-\($0)" }
    ) throws -> MixtureReport {
        let sources = (0..<count).map { index in
            SourceSupply(
                name: name(index), uniqueTokens: 100e9 / Double(index + 1), quality: index % 3 == 2 ? 2 : 1,
                floor: index == 0 ? 0.01 : 0)
        }
        let supply = try DataSupply(sources: sources)
        let law = try MuennighoffLaw().compiled()
        let question = try MixtureQuestion(
            supply: supply, tokens: passes * supply.uniqueTokens, curve: MuennighoffCurve().compiled(),
            parameters: 7e9, pull: .standard, cap: 4,
            forecast: try MixtureForecast(law, parameters: 7e9))
        let comparison = try MixtureComparison(
            question, following: EffectiveDataMixture(), beside: ModelCatalog.standard.mixtures.models)
        return MixtureReport(
            comparison, supply: supply, emptySources: ["nothing"], auditDigest: "xxh3_128:00", isEstimated: isEstimated,
            notes: ["a note"], pilots: pilots, madeBy: "datawall mix s.csv --tokens 1T")
    }

    static func file(
        sources count: Int, passes: Double = 2, isEstimated: Bool = false, name: (Int) -> String = { "source-\($0)" }
    ) throws -> MixtureFile {
        try MixtureFile(make(sources: count, passes: passes, isEstimated: isEstimated, name: name).json)
    }
}
