import ScalingLaws

/// The weighted mean of ln cost over the draws of several families, which plans under several laws minimise.
///
/// The expected excess of a run is this mean, minus its value with every draw at its own best run, which is the same
/// for all runs. Tables hold scratch space, so only one thread at a time may use a surface.
final class ExcessSurface {
    /// A family's part.
    struct Part {
        /// Its weight.
        var weight: Double

        /// ln cost under its draws.
        let table: DrawTable

        /// ln cost under some of them, for a first look at many runs.
        let sample: DrawTable

        /// The law at its central coefficients, which knows the supply.
        let landscape: Landscape

        /// The landscape of each draw, for separate descents.
        let draws: [Landscape]

        /// ln of the costs of a run under all draws.
        func costs(parameters: Double, tokens: Double) -> [Double]? {
            table.costs(
                parameters: parameters, tokens: tokens, uniqueTokens: landscape.uniqueTokens(at: tokens))
        }

        /// The mean of ln cost of a run over a table's draws.
        func mean(_ table: DrawTable, parameters: Double, tokens: Double) -> Double? {
            table.mean(parameters: parameters, tokens: tokens, uniqueTokens: landscape.uniqueTokens(at: tokens))
        }
    }

    private(set) var parts: [Part]

    /// The fall of the mean of ln cost that e times the training compute must bring to be spent.
    let thrift: Double

    /// Creates a surface.
    ///
    /// - Parameters:
    ///   - parts: The families.
    ///   - thrift: The fall of the mean of ln cost that e times the training compute must bring.
    init(_ parts: [Part], thrift: Double) {
        self.parts = parts
        self.thrift = thrift
    }

    /// Gives the families other weights.
    func weigh(_ weights: [Double]) {
        for (index, weight) in weights.enumerated() { parts[index].weight = weight }
    }

    /// The weighted mean of ln cost at a run; infinite where some draw has no value.
    func value(_ x: Double, _ y: Double) -> Double { value(x, y, \.table) }

    /// The weighted mean of ln cost at a run under some of the draws.
    func sampledValue(_ x: Double, _ y: Double) -> Double { value(x, y, \.sample) }

    private func value(_ x: Double, _ y: Double, _ table: (Part) -> DrawTable) -> Double {
        let (parameters, tokens) = (Elementary.exp(x), Elementary.exp(y))
        var sum = 0.0
        for part in parts {
            guard let mean = part.mean(table(part), parameters: parameters, tokens: tokens) else { return .infinity }
            sum += part.weight * mean
        }
        return sum
    }

    // MARK: A first look

    /// A place and the mean of ln cost there under some draws of each part.
    struct Glance {
        let place: RunSearch.Place
        let means: [Double]
    }

    /// Looks at the places of a grid under some of the draws.
    func glances(_ places: [RunSearch.Place]) -> [Glance] {
        places.compactMap { place in
            let (parameters, tokens) = (Elementary.exp(place.x), Elementary.exp(place.y))
            var means: [Double] = []
            for part in parts {
                guard let mean = part.mean(part.sample, parameters: parameters, tokens: tokens) else { return nil }
                means.append(mean)
            }
            return Glance(place: place, means: means)
        }
    }

    /// The lowest points under some of the draws, the best first.
    ///
    /// - Parameters:
    ///   - search: The runs allowed.
    ///   - glances: Places with their mean costs.
    /// - Returns: The end points of descents from the lowest glances.
    func sampled(_ search: RunSearch, _ glances: [Glance]) -> [Candidate] {
        let starts = glances.map { glance in
            Candidate(
                x: glance.place.x, y: glance.place.y,
                cost: zip(parts, glance.means).reduce(0) { $0 + $1.0.weight * $1.1 })
        }
        return optima(search, starts: starts, tolerance: 1e-4, { self.value($0, $1, \.sample) })
    }

    /// The lowest point under some of the draws that a descent from another finds.
    func sampled(_ search: RunSearch, from start: Candidate) -> Candidate? {
        optima(search, starts: [start], tolerance: 1e-6, { self.value($0, $1, \.sample) }).first
    }

    // MARK: The lowest point

    /// The lowest point of the surface, from the lowest of some places.
    ///
    /// - Parameters:
    ///   - search: The runs allowed.
    ///   - starts: The places, each with an estimate of its cost.
    /// - Returns: The point, its cost the mean of ln cost; `nil` if no run has a value.
    func lowest(_ search: RunSearch, starts: [Candidate]) -> Candidate? {
        optima(search, starts: starts, tolerance: 1e-6, value).first
    }

    /// The points that descents from the lowest of some places lead to, the best first; compute counts in their order
    /// and not in their cost.
    private func optima(
        _ search: RunSearch, starts: [Candidate], tolerance: Double, _ value: @escaping (Double, Double) -> Double
    ) -> [Candidate] {
        let thrift = self.thrift
        func priced(_ x: Double, _ y: Double) -> Double { value(x, y) + thrift * (x + y) }
        func total(_ point: Candidate) -> Double { point.cost + thrift * (point.x + point.y) }
        var tried: [Candidate] = []
        var found: [Candidate] = []
        for start in starts.sorted(by: { (total($0), $0.x, $0.y) < (total($1), $1.x, $1.y) }) {
            if tried.count == Self.descents { break }
            guard !tried.contains(where: { $0.isClose(to: start, within: Self.apart) }) else { continue }
            tried.append(start)
            let place = RunSearch.Place(x: start.x, y: start.y)
            guard var point = search.descent(from: place, tolerance: tolerance, priced), point.cost < .infinity else {
                continue
            }
            point.cost -= thrift * (point.x + point.y)
            found.append(point)
        }
        return found.sorted { (total($0), $0.x, $0.y) < (total($1), $1.x, $1.y) }
    }

    /// The number of places to descend from, and their least distance, as powers of e.
    private static let descents = 3
    private static let apart = 1.5

    // MARK: Draws

    /// The best run of every draw.
    ///
    /// - Parameters:
    ///   - search: The runs allowed.
    ///   - centers: Places where optima are expected.
    ///   - best: A run that is known to be good, or `nil`.
    /// - Returns: For each part the best run of each draw, its cost as ln; infinite if no run has a value.
    func ownOptima(_ search: RunSearch, around centers: [Candidate], beside best: Candidate? = nil) -> [[Candidate]] {
        var own = parts.map { [Candidate](repeating: Candidate(x: 0, y: 0, cost: .infinity), count: $0.table.count) }
        func look(_ x: Double, _ y: Double) {
            let (parameters, tokens) = (Elementary.exp(x), Elementary.exp(y))
            for (index, part) in parts.enumerated() {
                guard let costs = part.costs(parameters: parameters, tokens: tokens) else { continue }
                for draw in costs.indices where costs[draw] < own[index][draw].cost {
                    own[index][draw] = Candidate(x: x, y: y, cost: costs[draw])
                }
            }
        }
        for place in search.grid(around: centers) { look(place.x, place.y) }
        if let best { look(best.x, best.y) }
        for (index, part) in parts.enumerated() {
            for (draw, landscape) in part.draws.enumerated() {
                let start = RunSearch.Place(x: own[index][draw].x, y: own[index][draw].y)
                let found = search.descent(from: start, tolerance: 1e-4) { Elementary.log(landscape.cost($0, $1)) }
                if let found, found.cost < own[index][draw].cost { own[index][draw] = found }
            }
        }
        return own
    }
}
