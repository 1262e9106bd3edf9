import ComputeOptimal
import DataWallReports
import Muennighoff
import ScalingLaws
import TrainingPlanning

/// Sweeps that tests look at.
enum SampleSweep {
    private static func planner() throws -> Planner { Planner(law: MuennighoffLaw(), objective: MinimumLoss()) }

    /// Compute by unique tokens, with the wall between them.
    static let plane = Result { () throws -> PlanSweep in
        try planner().sweep(
            [
                SweepAxis(.flops, from: 1e21, to: 1e23, points: 3),
                SweepAxis(.uniqueTokens, from: 1e12, to: 1e10, points: 4),
            ],
            of: DataSupply(uniqueTokens: 25e9))
    }

    /// The same where small budgets have no plan.
    static let holes = Result { () throws -> PlanSweep in
        try planner().sweep(
            [
                SweepAxis(.uniqueTokens, from: 1e10, to: 1e12, points: 4),
                SweepAxis(.flops, from: 1e21, to: 1e23, points: 3),
            ],
            of: DataSupply(uniqueTokens: 25e9),
            constraints: PlanConstraints(minParameters: 20e9, maxEpochs: 4))
    }

    /// Compute alone.
    static let line = Result { () throws -> PlanSweep in
        try planner().sweep([SweepAxis(.flops, from: 1e21, to: 1e23, points: 5)], of: DataSupply(uniqueTokens: 25e9))
    }
}
