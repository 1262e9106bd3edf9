public import ScalingLaws

/// Runs to train before a big one, with the expected accuracy of their fit.
public struct TrainingDesign: Sendable {
    /// The question.
    public let question: DesignQuestion

    /// The runs, the cheapest first.
    public let runs: [DesignedRun]

    /// The factors of ten that the levels of compute span: three, or fewer if models would be too small to build.
    public let decades: Double

    /// The big run that they forecast: the best of its compute by present knowledge.
    public let target: TrainingRun

    /// How well the runs do on simulated laws.
    public let trial: DesignTrial

    /// Even grids of the same cost and about as many runs, on the same laws, if they can be built and fitted.
    public let rivals: [RivalGrid]

    /// The source of the uncertainty of the coefficients.
    public let priorSource: String

    /// The compute of all runs, in FLOPs.
    public var compute: Double { runs.reduce(0) { $0 + $1.compute } }

    /// The levels of compute, the cheapest first.
    public var levels: [Double] { Set(runs.map(\.level)).sorted() }

    /// The share of a grid's width that the design saves; `nil` if there is no such grid.
    ///
    /// - Parameter name: `uniform` or `isoflop`.
    /// - Returns: 0.25 for a forecast a quarter narrower.
    public func saving(over name: String) -> Double? {
        rivals.first { $0.name == name }.map { 1 - trial.width / $0.trial.width }
    }
}

/// An even grid for comparison with a design.
public struct RivalGrid: Sendable {
    /// `uniform`: sizes and tokens evenly spread; `isoflop`: levels of compute evenly spread, sizes evenly around the best
    /// of each.
    public let name: String

    /// Its runs.
    public let runs: [DesignedRun]

    /// How well it does.
    public let trial: DesignTrial
}
