import BuiltInModels
import ComputeOptimal
import DataWallReports
import EffectiveData
import LawFiles
import Lovelace
import Muennighoff
import ScalingLaws
import TrainingPlanning

/// Two plans that many tests look at, made once: plans take seconds in a debug build.
enum SamplePlan {
    /// 25e9 unique tokens and 1e22 FLOPs under one law, and under two weighed together.
    static let oneLaw = Result { try make([MuennighoffLaw()]) }
    static let twoLaws = Result { try make([MuennighoffLaw(), LovelaceLaw()]) }

    /// The families that decide, on two sources of unequal quality.
    static let mixed: Result<Plan, any Error> = Result {
        var planner = Planner(laws: ModelCatalog.standard.decidingLaws, objective: MinimumLoss())
        planner.mixing = Planner.Mixing(method: EffectiveDataMixture(), curve: try MuennighoffCurve().compiled())
        return try planner.plan(
            DataSupply(
                sources: [
                    SourceSupply(name: "web", uniqueTokens: 20e9),
                    SourceSupply(name: "books", uniqueTokens: 5e9, quality: 2),
                ]), within: .flops(1e22))
    }

    /// The laws that decide, with some of their draws.
    static func decidingLaws(draws: Int) -> [FileLaw] {
        ModelCatalog.standard.decidingLaws.map { law in
            var card = law.card
            card.ensemble = Array(card.ensemble.prefix(draws))
            return FileLaw(card: card, form: law)
        }
    }

    private static func make(_ laws: [any ScalingLaw]) throws -> Plan {
        try Planner(laws: laws, objective: MinimumLoss()).plan(DataSupply(uniqueTokens: 25e9), within: .flops(1e22))
    }
}
