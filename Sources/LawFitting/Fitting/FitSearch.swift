import ScalingLaws

/// A search for the minimum of an objective, with its results and its cost.
struct FitSearch {
    struct Place {
        var x: [Double]
        var value: Double
        var starts: Int
    }

    let problem: FitProblem
    /// Huber deltas to work through; the last decides.
    let stages: [Double]

    /// Minima found, best first.
    private(set) var optima: [Place] = []
    /// How many starts were tried at all.
    private(set) var starts = 0
    /// Iterations of all minimisations.
    private(set) var iterations = 0
    /// Whether the last refinement of the best minimum met its tolerance.
    private(set) var converged = false

    init(problem: FitProblem, stages: [Double]) {
        self.problem = problem
        self.stages = stages
    }

    var best: Place? { optima.first }

    // MARK: Standard

    /// Samples, short refinements of the best samples, full refinements of the best of those.
    mutating func explore(_ projection: StartProjection, own: [[Double]]) {
        let dimensions = projection.dimensions
        let samples = dimensions == 0 ? 1 : Swift.min(32 * (1 << Swift.min(dimensions - 1, 4)), 512)
        var places: [(x: [Double], value: Double)] = []
        for index in 0..<samples {
            guard let x = projection.start(index) else { continue }
            let value = problem.value(x)
            if value.isFinite { places.append((x, value)) }
        }
        for x in own {
            let value = problem.value(x)
            if value.isFinite { places.append((x, value)) }
        }
        starts += samples + own.count
        places.sort { $0.value < $1.value }
        let brief = ReweightedLeastSquares(iterationLimit: 8, tolerance: 1e-8)
        var refined: [(x: [Double], value: Double)] = []
        let kept = Swift.min(places.count, dimensions <= 2 ? 6 : 24)
        for place in places.prefix(kept) {
            let result = brief.minimize(problem, from: place.x)
            iterations += result.iterations
            refined.append((result.x, result.value))
        }
        refined.sort { $0.value < $1.value }
        refine(refined.prefix(dimensions <= 2 ? 3 : 8).map(\.x), keep: 4)
        // Starts that agree have found the minimum. If they disagree, as under laws with kinks, further search pays.
        if let best, best.starts * 4 < 3 * Swift.min(refined.count, dimensions <= 2 ? 3 : 8) { hop(32) }
    }

    // MARK: Hopping

    /// Looks for lower minima nearby: jumps along directions that the runs hardly forbid, and descends from there.
    mutating func hop(_ jumps: Int) {
        var generator = SeededGenerator(seed: 20_220_329)
        let n = problem.space.count
        for jump in 0..<jumps {
            guard let best, let state = problem.linearization(best.x) else { return }
            let axes = SymmetricSystem.eigen(state.outer, count: n)
            let stiffest = axes.last?.value ?? 1
            // So far that the objective, were it a parabola, would rise by 0.1, 1 or 10 per cent.
            let rise = [0.001, 0.01, 0.1][jump % 3] * best.value
            var x = best.x
            for axis in axes {
                let length = (2 * rise / Swift.max(axis.value, 1e-9 * stiffest)).squareRoot()
                let size = generator.normal() * Swift.min(length, 3)
                for i in 0..<n { x[i] += size * axis.vector[i] }
            }
            // For this jump, a variable that ran off returns to the range where searches start.
            for (i, variable) in problem.space.variables.enumerated() where x[i] > variable.start.upperBound + 5 {
                x[i] = variable.start.upperBound + 5 * generator.unit()
            }
            let brief = BoundedLBFGS(iterationLimit: 200, valueTolerance: 1e-9, valueScale: 0, gradientTolerance: 0)
            let smooth = brief.minimize(problem, from: x)
            let result = ReweightedLeastSquares(iterationLimit: 30).minimize(problem, from: smooth.x)
            iterations += smooth.iterations + result.iterations
            starts += 1
            if result.value < best.value * (1 - 1e-9) { refine([result.x], keep: 4) }
        }
    }

    // MARK: Reference

    /// Each start by L-BFGS with SciPy's default tolerances; the best ends are then refined.
    mutating func grid(_ points: [[Double]]) {
        let minimizer = BoundedLBFGS(iterationLimit: 15_000)
        var ends: [(x: [Double], value: Double)] = []
        for point in points {
            let result = minimizer.minimize(problem, from: point)
            iterations += result.iterations
            if result.value.isFinite { ends.append((result.x, result.value)) }
        }
        starts += points.count
        ends.sort { $0.value < $1.value }
        refine(ends.prefix(8).map(\.x), keep: 4)
        guard let best else { return }
        // How many starts came within a thousandth of the best by themselves.
        let near = ends.count { $0.value <= best.value * 1.001 }
        optima[0].starts = Swift.max(near, 1)
    }

    // MARK: Refining

    /// Refines the minima found once more, after the objective has changed a little.
    mutating func settle() {
        let places = optima.map(\.x)
        optima = []
        refine(places, keep: 4)
    }

    /// Refines starts through all stages, merges those that end in the same place, and keeps the best.
    mutating func refine(_ points: [[Double]], keep: Int) {
        starts += optima.isEmpty && starts == 0 ? points.count : 0
        var current = points.map { Place(x: $0, value: .infinity, starts: 1) }
        for (index, delta) in stages.enumerated() {
            problem.delta = delta
            let minimizer = ReweightedLeastSquares(iterationLimit: 150)
            current = current.compactMap { place in
                let result = minimizer.minimize(problem, from: place.x)
                iterations += result.iterations
                return result.value.isFinite ? Place(x: result.x, value: result.value, starts: place.starts) : nil
            }
            current = Self.merged(current)
            if index < stages.count - 1 { current = Array(current.prefix(Swift.max(keep, 1))) }
        }
        // Polishes the result: reweighting ignores part of the curvature.
        if var best = current.first {
            let polish = BoundedLBFGS(
                memory: 20, iterationLimit: 400, valueTolerance: 1e-15, valueScale: 0, gradientTolerance: 1e-13)
            let minimizer = ReweightedLeastSquares(iterationLimit: 100, tolerance: 1e-15)
            for _ in 0..<3 {
                let before = best.value
                let smooth = polish.minimize(problem, from: best.x)
                let result = minimizer.minimize(problem, from: smooth.value <= best.value ? smooth.x : best.x)
                iterations += smooth.iterations + result.iterations
                if result.value <= best.value { (best.x, best.value) = (result.x, result.value) }
                converged = result.converged
                if before - best.value <= 1e-12 * before { break }
            }
            current[0] = best
        }
        optima = Array(Self.merged(current + optima).prefix(keep))
    }

    /// Places sorted by value; places with nearly the same value are merged.
    private static func merged(_ places: [Place]) -> [Place] {
        var merged: [Place] = []
        for place in places.sorted(by: { $0.value < $1.value }) {
            if let last = merged.last, place.value - last.value <= 1e-6 * last.value {
                merged[merged.count - 1].starts += place.starts
            } else {
                merged.append(place)
            }
        }
        return merged
    }
}
