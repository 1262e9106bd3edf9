import LawFitting
import ScalingLaws
import TrainingPlanning

/// The runs that a design may have at some levels of compute: sizes around the expected best, and repeats.
struct DesignLevels {
    /// The compute of each level, the largest first.
    let computes: [Double]

    /// The runs that may be trained, level by level.
    let runs: [DesignedRun]

    /// The place of each run: its level, its size as a power of √2 of the best, and its epochs.
    let places: [(level: Int, step: Int, epochs: Double)]

    /// How many runs a design has at least.
    static let fewestRuns = 8

    /// The largest distance of sizes from the best of their level: a factor of 8, so that D/N is within a factor of 64
    /// of the best, some 0.3 to 1,300.
    ///
    /// Runs far off the best size separate the terms of N and of D. Source of the range: 90 % of the runs of two
    /// published sweeps have D/N of 1.1 to 150 (Besiroglu and others 2024, arXiv:2404.10102) and of 16 to 1,400
    /// (Gemstones, McLeish and others 2025, arXiv:2502.06857).
    static let steps = -6...6

    /// Passes over the data of runs that repeat.
    ///
    /// Source: the range of Muennighoff and others 2023, arXiv:2305.16264, whose curve bends between 4 and 40.
    static let epochs: [Double] = [2, 4, 8, 16, 32]

    /// The runs at some levels; `nil` where a level has fewer than three sizes that can be built.
    init?(_ computes: [Double], law: CompiledLaw, family: ModelFamily, repeats: Bool, shapes: inout ShapeCache) {
        var runs: [DesignedRun] = []
        var places: [(Int, Int, Double)] = []
        for (level, compute) in computes.enumerated() {
            guard let best = ComputeFrontier.best(law, compute: compute) else { return nil }
            let before = runs.count
            for step in Self.steps {
                let wanted = best.parameters * Elementary.pow(2, Double(step) / 2)
                guard let (shape, parameters) = shapes.shape(wanted, family) else { continue }
                let tokens = (compute / (6 * parameters)).rounded()
                guard tokens >= Double(family.contextLength) else { continue }
                let fresh = DesignedRun(
                    shape: shape, parameters: parameters, tokens: tokens, uniqueTokens: tokens, level: compute)
                for epochs in repeats && step.isMultiple(of: 3) ? [1] + Self.epochs : [1] {
                    runs.append(fresh.repeating(epochs))
                    places.append((level, step, epochs))
                }
            }
            guard Set(places[before...].map(\.1)).count >= 3 else { return nil }
        }
        self.computes = computes
        self.runs = runs
        self.places = places
    }
}

/// A cache of shapes, by the size requested.
struct ShapeCache {
    private var found: [Double: (shape: ModelShape, parameters: Double)?] = [:]
    let countsEmbeddings: Bool

    init(countsEmbeddings: Bool) { self.countsEmbeddings = countsEmbeddings }

    /// A model of about a size with at least two layers, or `nil` if none can be built.
    mutating func shape(_ parameters: Double, _ family: ModelFamily) -> (shape: ModelShape, parameters: Double)? {
        if let known = found[parameters] { return known }
        var result: (ModelShape, Double)?
        if let shape = try? family.shape(parameters: parameters, countsEmbeddings: countsEmbeddings), shape.layers >= 2
        {
            result = (shape, Double(countsEmbeddings ? shape.parameters : shape.nonEmbeddingParameters))
        }
        found[parameters] = .some(result)
        return result
    }
}
