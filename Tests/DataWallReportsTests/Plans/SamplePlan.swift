import ComputeOptimal
import DataWallReports
import Lovelace
import Muennighoff
import ScalingLaws
import TrainingPlanning

/// Two plans that many tests look at, made once: plans take seconds in a debug build.
enum SamplePlan {
    /// 25e9 unique tokens and 1e22 FLOPs under one law, and under two weighed together.
    static let oneLaw = Result { try make([MuennighoffLaw()]) }
    static let twoLaws = Result { try make([MuennighoffLaw(), LovelaceLaw()]) }

    private static func make(_ laws: [any ScalingLaw]) throws -> Plan {
        try Planner(laws: laws, objective: MinimumLoss()).plan(DataSupply(uniqueTokens: 25e9), within: .flops(1e22))
    }
}
