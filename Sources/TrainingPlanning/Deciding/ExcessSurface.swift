import ScalingLaws

/// The weighted mean of ln cost over the draws of several families: what plans under several laws minimise.
///
/// The expected excess of a run is this less its value with every draw at its own best run, which is the same for all
/// runs. Tables hold scratch space, so that a surface belongs to one thread at a time.
final class ExcessSurface {
    /// A family's part.
    struct Part {
        /// Its weight.
        let weight: Double

        /// ln cost under its draws.
        let table: DrawTable

        /// The law at its central coefficients, which knows the supply.
        let landscape: Landscape

        /// ln of the costs of a run under all draws.
        func costs(parameters: Double, tokens: Double) -> [Double]? {
            table.costs(
                parameters: parameters, tokens: tokens, uniqueTokens: landscape.uniqueTokens(at: tokens))
        }

        /// Their mean.
        func mean(parameters: Double, tokens: Double) -> Double? {
            table.mean(parameters: parameters, tokens: tokens, uniqueTokens: landscape.uniqueTokens(at: tokens))
        }

        /// The cost under each of them, for descents of their own.
        let draws: [Landscape]
    }

    let parts: [Part]

    init(_ parts: [Part]) { self.parts = parts }

    /// The weighted mean of ln cost at a run; infinite where some draw has no value.
    func value(_ x: Double, _ y: Double) -> Double {
        let (parameters, tokens) = (Elementary.exp(x), Elementary.exp(y))
        var sum = 0.0
        for part in parts {
            guard let mean = part.mean(parameters: parameters, tokens: tokens) else { return .infinity }
            sum += part.weight * mean
        }
        return sum
    }

    /// The lowest point of the surface over all runs allowed, from a grid around where optima are expected.
    ///
    /// - Parameters:
    ///   - search: The runs allowed.
    ///   - centers: Where optima are expected.
    /// - Returns: The point, its cost the mean of ln cost; `nil` where no run has a value.
    func lowest(_ search: RunSearch, around centers: [Candidate]) -> Candidate? {
        let starts = search.grid(around: centers).map { Candidate(x: $0.x, y: $0.y, cost: value($0.x, $0.y)) }
        return lowest(search, starts: starts.filter { $0.cost < .infinity })
    }

    /// The best run of every draw, and of the surface.
    ///
    /// - Parameters:
    ///   - search: The runs allowed.
    ///   - centers: Where optima are expected.
    /// - Returns: The lowest point of the surface, and for each part the best run of each draw, its cost as ln; `nil` where
    ///   no run has a value.
    func optima(_ search: RunSearch, around centers: [Candidate]) -> (best: Candidate, own: [[Candidate]])? {
        var starts: [Candidate] = []
        var own = parts.map { [Candidate](repeating: Candidate(x: 0, y: 0, cost: .infinity), count: $0.table.count) }
        for place in search.grid(around: centers) {
            let (parameters, tokens) = (Elementary.exp(place.x), Elementary.exp(place.y))
            var sum = 0.0
            for (index, part) in parts.enumerated() {
                guard let costs = part.costs(parameters: parameters, tokens: tokens) else {
                    sum = .infinity
                    continue
                }
                var total = 0.0
                for draw in costs.indices {
                    total += costs[draw]
                    if costs[draw] < own[index][draw].cost {
                        own[index][draw] = Candidate(x: place.x, y: place.y, cost: costs[draw])
                    }
                }
                sum += part.weight * total / Double(costs.count)
            }
            if sum < .infinity { starts.append(Candidate(x: place.x, y: place.y, cost: sum)) }
        }
        guard let best = lowest(search, starts: starts) else { return nil }
        let (parameters, tokens) = (Elementary.exp(best.x), Elementary.exp(best.y))
        for (index, part) in parts.enumerated() {
            let atBest = part.costs(parameters: parameters, tokens: tokens) ?? []
            for (draw, landscape) in part.draws.enumerated() {
                if draw < atBest.count, atBest[draw] < own[index][draw].cost {
                    own[index][draw] = Candidate(x: best.x, y: best.y, cost: atBest[draw])
                }
                let start = RunSearch.Place(x: own[index][draw].x, y: own[index][draw].y)
                let found = search.descent(from: start, tolerance: 1e-4) { Elementary.log(landscape.cost($0, $1)) }
                if let found, found.cost < own[index][draw].cost { own[index][draw] = found }
            }
        }
        return (best, own)
    }

    /// The lowest point of the surface, from the grid's lowest places and from a start of one's own.
    func lowest(_ search: RunSearch, starts: [Candidate]) -> Candidate? {
        var tried: [Candidate] = []
        var best: Candidate?
        for start in starts.sorted(by: { ($0.cost, $0.x, $0.y) < ($1.cost, $1.x, $1.y) }) {
            if tried.count == Self.descents { break }
            guard !tried.contains(where: { $0.isClose(to: start, within: Self.apart) }) else { continue }
            tried.append(start)
            let place = RunSearch.Place(x: start.x, y: start.y)
            guard let found = search.descent(from: place, tolerance: 1e-6, value) else { continue }
            if found.cost < best?.cost ?? .infinity { best = found }
        }
        return best.flatMap { $0.cost < .infinity ? $0 : nil }
    }

    /// How many places the surface is descended from, and how far apart they lie, as powers of e.
    private static let descents = 3
    private static let apart = 1.5
}
