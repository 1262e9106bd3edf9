import Quantities
import ScalingLaws

/// Tests, before anything is fitted, whether runs can separate the coefficients.
struct RunDesign {
    let runs: MeasuredRuns
    let table: RunTable
    let space: FitSpace
    let weights: [Double]
    var prior: FitPrior?

    private struct Setting: Hashable {
        var parameters, tokens, uniqueTokens: Double
    }

    /// Refuses runs that cannot determine the coefficients, with or without the prior.
    ///
    /// - Returns: The coefficients that the runs say nothing about, so that only the prior gives them.
    func validate() throws(FittingError) -> [String] {
        let names = space.variables.map(\.name)
        guard !names.isEmpty else {
            throw .unusableOption("the held coefficients", reason: "leave nothing to fit")
        }
        let used = table.parameters.indices.filter { weights[$0] > 0 }
        let settings = Set(
            used.map {
                Setting(
                    parameters: table.parameters[$0], tokens: table.tokens[$0], uniqueTokens: table.uniqueTokens[$0])
            })
        let stated = prior?.rows.count ?? 0
        // A prior is in for runs, but two runs more than it leaves open, and four in all, must be there.
        let needed = stated == 0 ? names.count : Swift.max(names.count - stated + 2, 4)
        guard used.count >= needed else { throw .tooFewRuns(used.count, coefficients: names) }
        // Each of several places must find the same coefficients undetermined, else it is the place's fault.
        var unknown: Set<Int>?
        let problem = try FitProblem(
            space, table: table, measured: [Double](repeating: 0, count: table.count), weights: weights, delta: 1)
        var places = 0
        var samples = (0..<5).map { sample in
            zip(space.variables, LowDiscrepancy.point(sample, dimensions: names.count)).map { variable, fraction in
                variable.start.lowerBound
                    + (0.15 + 0.7 * fraction) * (variable.start.upperBound - variable.start.lowerBound)
            }
        }
        // Some coefficients matter only in a corner, such as a decay of parameters in excess: the card's values are there.
        if let values = try? space.card.values() { samples.append(space.point(values)) }
        for x in samples {
            guard let columns = problem.jacobian(x) else { continue }
            places += 1
            let here = undetermined(columns, used: used)
            unknown = unknown.map { $0.intersection(here) } ?? here
            if unknown?.isEmpty == true { break }
        }
        var fromPriorAlone: [String] = []
        if places > 0, var unknown, !unknown.isEmpty {
            let spoken = prior?.variables ?? []
            fromPriorAlone = unknown.intersection(spoken).sorted().map { names[$0] }
            unknown.subtract(spoken)
            guard unknown.isEmpty else {
                throw .unknowable(coefficients: unknown.sorted().map { names[$0] }, reason: reason(used))
            }
        }
        guard settings.count >= needed else {
            throw .unknowable(
                coefficients: names,
                reason: "the \(used.count) runs have only \(settings.count) different sizes, tokens and unique tokens")
        }
        return fromPriorAlone
    }

    /// The variables on which some direction depends along which no run's loss changes.
    private func undetermined(_ columns: [Double], used: [Int]) -> Set<Int> {
        let n = space.count
        let rows = table.count
        var norms = [Double](repeating: 0, count: n)
        for i in 0..<n {
            norms[i] = used.reduce(0) { $0 + columns[i * rows + $1] * columns[i * rows + $1] }.squareRoot()
        }
        var result: Set<Int> = []
        let largest = norms.max() ?? 0
        for i in 0..<n where norms[i] <= 1e-13 * largest { result.insert(i) }
        var matrix = [Double](repeating: 0, count: n * n)
        for i in 0..<n {
            for j in 0..<n {
                guard !result.contains(i), !result.contains(j) else {
                    matrix[i * n + j] = i == j ? 1 : 0
                    continue
                }
                var sum = 0.0
                for row in used { sum += columns[i * rows + row] * columns[j * rows + row] }
                matrix[i * n + j] = sum / (norms[i] * norms[j])
            }
        }
        for (value, vector) in SymmetricSystem.eigen(matrix, count: n) where value < 2e-14 {
            for i in 0..<n where abs(vector[i]) > 0.05 { result.insert(i) }
        }
        return result
    }

    /// The quantity that all runs have in common, as the reason why they cannot separate the coefficients.
    private func reason(_ used: [Int]) -> String {
        func common(_ value: (Int) -> Double) -> Double? {
            guard let first = used.first.map(value) else { return nil }
            return used.allSatisfy { abs(value($0) - first) <= 1e-9 * first } ? first : nil
        }
        let count = "all \(used.count) runs"
        if let value = common({ table.parameters[$0] }) {
            return "\(count) have the same model size, N = \(Quantity.short(value))"
        }
        if let value = common({ table.tokens[$0] }) {
            return "\(count) have the same number of tokens, D = \(Quantity.short(value))"
        }
        if !runs.repetitionIsKnown {
            return "the table does not say how many tokens are unique, so that no run repeats data"
        }
        if let value = common({ Swift.max(table.tokens[$0] / table.uniqueTokens[$0], 1) }) {
            return value == 1
                ? "no run repeats data (all \(used.count) have one epoch at most)"
                : "\(count) have the same number of epochs, \(Quantity.short(value))"
        }
        if let value = common({ table.uniqueTokens[$0] }) {
            return "\(count) have the same unique tokens, U = \(Quantity.short(value))"
        }
        return "\(count) do not separate these coefficients"
    }
}
