public import ScalingLaws

/// Runs to train before a big one, with what their fit is expected to know.
public struct TrainingDesign: Sendable {
    /// What was asked.
    public let question: DesignQuestion

    /// The runs, from cheap to dear.
    public let runs: [DesignedRun]

    /// How many factors of ten the levels of compute span: three, or fewer where models would get too small to build.
    public let decades: Double

    /// The big run that they forecast: the best of its compute by present knowledge.
    public let target: TrainingRun

    /// How well the runs do on simulated laws.
    public let trial: DesignTrial

    /// Even grids of the same cost and about as many runs, on the same laws: those that can be built and fitted.
    public let rivals: [RivalGrid]

    /// Where the doubt about the coefficients comes from.
    public let priorSource: String

    /// What all runs take, in FLOPs.
    public var compute: Double { runs.reduce(0) { $0 + $1.compute } }

    /// The levels of compute, from cheap to dear.
    public var levels: [Double] { Set(runs.map(\.level)).sorted() }

    /// The share of a grid's width that the design saves; `nil` where there is no such grid.
    ///
    /// - Parameter name: `uniform` or `isoflop`.
    /// - Returns: 0.25 for a forecast a quarter narrower.
    public func saving(over name: String) -> Double? {
        rivals.first { $0.name == name }.map { 1 - trial.width / $0.trial.width }
    }
}

/// An even grid that a design is held against.
public struct RivalGrid: Sendable {
    /// `uniform`: sizes and tokens evenly spread; `isoflop`: levels of compute evenly spread, sizes evenly around the best
    /// of each.
    public let name: String

    /// Its runs.
    public let runs: [DesignedRun]

    /// How well it does.
    public let trial: DesignTrial
}
