import ScalingLaws

/// Fits all variables but one held variable.
final class ProfileWalker {
    private let problem: FitProblem
    private let position: Int
    private let variable: FitVariable
    private let starts: [[Double]]

    init(problem: FitProblem, space: FitSpace, position: Int, starts: [[Double]]) {
        self.problem = problem
        self.position = position
        variable = space.variables[position]
        self.starts = starts
    }

    /// The least value with the variable held at a place, from several starts.
    func fit(at place: Double, near: [[Double]]) -> (x: [Double], value: Double)? {
        problem.hold(position, at: place)
        defer { problem.release(position) }
        var best: (x: [Double], value: Double)?
        for start in near + starts {
            var x = start
            x[position] = place
            let result = ReweightedLeastSquares(iterationLimit: 80, tolerance: 1e-9).minimize(problem, from: x)
            if result.value.isFinite, result.value < best?.value ?? .infinity { best = (result.x, result.value) }
        }
        return best
    }

    /// Steps outwards, adapting the step to how fast the objective rises, until it has passed the threshold clearly or
    /// the variable's room ends.
    func walk(
        from x: [Double], value: Double, _ direction: Double, threshold: Double
    ) -> [(at: Double, value: Double, x: [Double])] {
        var found: [(at: Double, value: Double, x: [Double])] = []
        let range = variable.start.upperBound - variable.start.lowerBound
        var step = Swift.max(0.02 * range, 1e-3 * abs(x[position]))
        var current = x
        var place = x[position]
        // The walk ends two start ranges beyond the range in which searches start, or at the bound.
        let end =
            direction < 0
            ? Swift.max(variable.lower, Swift.min(variable.start.lowerBound, place) - 2 * range)
            : Swift.min(variable.upper, Swift.max(variable.start.upperBound, place) + 2 * range)
        let rise = threshold - value
        var last = value
        for _ in 0..<40 {
            guard (end - place) * direction > 1e-9 * Swift.max(1, abs(end)) else { break }
            let next = direction < 0 ? Swift.max(place - step, end) : Swift.min(place + step, end)
            guard let point = fit(at: next, near: [current]) else { break }
            // Too coarse across the threshold: halve once more.
            if last < threshold, point.value > threshold + rise, step > 1e-4 * Swift.max(range, 1e-9) {
                step *= 0.4
                continue
            }
            found.append((next, point.value, point.x))
            if point.value > threshold { break }
            let gained = point.value - last
            if gained < 0.15 * rise { step *= 1.8 } else if gained > 0.5 * rise { step *= 0.6 }
            place = next
            current = point.x
            last = point.value
        }
        return found
    }
}
