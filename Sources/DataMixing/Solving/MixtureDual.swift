import ScalingLaws

/// The dual of a mixture problem: one price for a training token, at which every source chooses its weight by itself.
///
/// In units of D: Σ q·(U/D)·ρ(r) − strength·KL(w ‖ natural), with w = r·U/D. At a price μ a source is read as long as
/// q·ρ′(r) − strength·(ln(w/p) + 1) is above μ. The sum of the weights falls as μ rises; the optimum is at the price
/// where the sum is 1.
struct MixtureDual: Sendable {
    let problem: MixtureProblem
    let responses: [SourceResponse]
    let lower: [Double]
    let upper: [Double]
    let highestQuality: Double

    /// Weights for a strength of the pull, with the price that they answer to.
    struct State {
        var weights: [Double]
        var price: Double
        var strength: Double
        /// D_eff/D.
        var effective: Double

        init(_ dual: MixtureDual) {
            weights = dual.problem.naturalShares
            price = 0
            strength = 0
            effective = 0
        }
    }

    init(_ problem: MixtureProblem) throws(MixtureError) {
        self.problem = problem
        let curves = problem.curves.map(SourceResponse.Curve.init)
        var responses: [SourceResponse] = []
        responses.reserveCapacity(problem.sources.count)
        var shared: Double?
        for index in problem.sources.indices {
            let response = try SourceResponse(
                problem, index, curve: curves.count == 1 ? curves[0] : curves[index], slopePastOnset: shared)
            if problem.sharesCurve { shared = response.slopePastOnset }
            responses.append(response)
        }
        self.responses = responses
        lower = problem.lower
        upper = zip(problem.lower, problem.upper).map { Swift.max($0, $1) }
        highestQuality = problem.sources.reduce(0) { Swift.max($0, $1.quality) }
    }

    // MARK: The pull's strength

    /// The optimum of the problem.
    ///
    /// A pull on ln D_eff has the same effect as strength = pull·D_eff/D has on D_eff/D. A stronger pull leaves fewer
    /// effective tokens, and the strength rises with them, so exactly one strength satisfies both.
    func solve() throws(MixtureError) -> State {
        let pull = problem.pull.strength
        guard pull > 0 else { return try solve(strength: 0) }
        let start = ShareProjection.project(problem.naturalShares, lower: lower, upper: upper)
        var state = State(self)
        state.weights = start
        let first = pull * (try effective(start))
        guard first > 0 else { return try solve(strength: 0) }
        var failure: MixtureError?
        // The distance of a strength from the fixed point, in logarithms; above 0 below it.
        func excess(_ logStrength: Double) -> Double {
            guard failure == nil else { return 0 }
            do throws(MixtureError) {
                state = try solve(strength: Elementary.exp(logStrength), near: state.strength > 0 ? state : nil)
                return Elementary.log(pull * state.effective) - logStrength
            } catch {
                failure = error
                return 0
            }
        }
        // The map falls, so a full step from one side reaches the other; a longer one where rounding keeps it short.
        var before = RootSearch.End(x: Elementary.log(first), value: 0)
        before.value = excess(before.x)
        var reach = 1.0
        while failure == nil, abs(before.value) > 1e-14, reach < 1e6 {
            let x = before.x + reach * before.value
            let after = RootSearch.End(x: x, value: excess(x))
            guard failure == nil, abs(after.value) > 1e-14 else { break }
            if (after.value > 0) != (before.value > 0) {
                let root = RootSearch.bracket(before, after, tolerance: 1e-14, excess)
                if failure == nil, root.best.value != 0 || state.strength != Elementary.exp(root.best.x) {
                    _ = excess(root.best.x)
                }
                break
            }
            before = after
            reach *= 2
        }
        if let failure { throw failure }
        return state
    }

    // MARK: The price

    /// The optimum for a given strength of the pull.
    ///
    /// - Parameters:
    ///   - strength: The multiple of KL, in units of D.
    ///   - near: An optimum for about the same strength, to start from.
    /// - Returns: The optimum.
    /// - Throws: ``MixtureError/law(_:)`` where a curve has no value that is needed.
    func solve(strength: Double, near: State? = nil) throws(MixtureError) -> State {
        var low = Side(price: 0, weights: upper)
        var high = Side(price: 0, weights: lower)
        if strength > 0 {
            let centre = near?.price ?? highestQuality - strength
            var width = near.map { abs(strength - $0.strength) * 4 + 1e-9 * abs($0.price) } ?? strength
            width = Swift.max(width, 1e-12 * highestQuality)
            low = try side(centre - width, strength, between: nil)
            var reach = width
            while low.sum < 1, reach < 1e9 * (highestQuality + strength) {
                reach *= 4
                low = try side(centre - reach, strength, between: nil)
            }
            reach = width
            high = try side(centre + width, strength, between: nil)
            while high.sum > 1, reach < 1e9 * (highestQuality + strength) {
                reach *= 4
                high = try side(centre + reach, strength, between: nil)
            }
            // Beyond any price all that is left is the bounds themselves.
            if low.sum < 1 { low = Side(price: low.price, weights: upper) }
            if high.sum > 1 { high = Side(price: high.price, weights: lower) }
        } else {
            low = Side(price: -1e-9 * highestQuality, weights: upper)
            high = Side(price: highestQuality * (1 + 1e-9), weights: lower)
        }
        var failure: MixtureError?
        if low.sum - 1 > 0, high.sum - 1 < 0 {
            _ = RootSearch.bracket(
                RootSearch.End(x: low.price, value: low.sum - 1), RootSearch.End(x: high.price, value: high.sum - 1),
                tolerance: 0.5e-13
            ) { price in
                guard failure == nil else { return 0 }
                do throws(MixtureError) {
                    let middle = try side(price, strength, between: (low, high))
                    if middle.sum > 1 { low = middle } else { high = middle }
                    return middle.sum - 1
                } catch {
                    failure = error
                    return 0
                }
            }
        }
        if let failure { throw failure }
        var state = State(self)
        state.strength = strength
        // Sources that jump between the two prices are at a tie, where any share between is equally good. The one
        // nearest to natural shares is taken.
        state.weights = ShareProjection.project(
            problem.naturalShares, lower: high.weights.indices.map { Swift.min(high.weights[$0], low.weights[$0]) },
            upper: low.weights.indices.map { Swift.max(high.weights[$0], low.weights[$0]) })
        state.price = abs(low.sum - 1) < abs(high.sum - 1) ? low.price : high.price
        state.effective = try effective(state.weights)
        return state
    }

    /// The weights of all sources at one price.
    struct Side {
        var price: Double
        var weights: [Double]
        var sum: Double

        init(price: Double, weights: [Double]) {
            self.price = price
            self.weights = weights
            sum = weights.reduce(0, +)
        }
    }

    private func side(
        _ price: Double, _ strength: Double, between: (low: Side, high: Side)?
    ) throws(MixtureError) -> Side {
        var weights = [Double](repeating: 0, count: responses.count)
        for k in responses.indices {
            let most = between.map { $0.low.weights[k] } ?? upper[k]
            let least = between.map { $0.high.weights[k] } ?? lower[k]
            weights[k] = try responses[k].weight(price: price, strength: strength, between: least, and: most)
        }
        return Side(price: price, weights: weights)
    }

    // MARK: Values

    /// D_eff/D of weights.
    func effective(_ weights: [Double]) throws(MixtureError) -> Double {
        var sum = 0.0
        for k in weights.indices { sum += try responses[k].gain(weights[k]) }
        return sum
    }

    /// An upper bound of a state's distance from the optimum: the sum of each source's shortfall from its own best
    /// answer to the price, since the dual value at any price bounds every mixture.
    private func shortfall(of state: State) throws(MixtureError) -> Double {
        // A concave source gains at most its slope times the remaining distance: one evaluation of the curve each.
        var bound = 0.0
        for k in responses.indices {
            let weight = state.weights[k]
            let slopes = try responses[k].marginals(weight, state.strength)
            if weight < upper[k] { bound += Swift.max(0, (slopes.above - state.price) * (upper[k] - weight)) }
            if weight > lower[k] { bound += Swift.max(0, (state.price - slopes.below) * (weight - lower[k])) }
        }
        if bound <= MixtureProblem.certainGap * state.effective { return bound }
        var shortfall = 0.0
        for k in responses.indices {
            let response = responses[k]
            let answer = try response.weight(
                price: state.price, strength: state.strength, between: lower[k], and: upper[k])
            let best = try response.value(answer, state.strength) - state.price * answer
            let here = try response.value(state.weights[k], state.strength) - state.price * state.weights[k]
            shortfall += Swift.max(0, best - here)
        }
        return Swift.min(bound, shortfall)
    }

    /// The solution of a state with its certificate and prices.
    func solution(_ state: State) throws(MixtureError) -> MixtureSolution {
        let strength = state.strength
        var state = state
        if state.weights.indices.allSatisfy({ state.weights[$0] >= upper[$0] * (1 - 1e-9) }) {
            // The caps leave only one mixture, which any low enough price supports. The highest such price is the worth
            // of the tokens that one more unique token elsewhere would displace.
            state.price = .infinity
            for k in responses.indices {
                state.price = Swift.min(state.price, try responses[k].marginals(state.weights[k], strength).below)
            }
        }
        let shortfall = try shortfall(of: state)
        var divergence = 0.0
        var uniquePrices: [Double] = []
        var capPrices: [Double] = []
        for k in responses.indices {
            let response = responses[k]
            let weight = state.weights[k]
            if weight > 0 { divergence += weight * Elementary.log(weight / problem.naturalShares[k]) }
            let worth = try response.worth(weight)
            let capped = problem.sources[k].maxEpochs != nil && weight >= upper[k] * (1 - 1e-9) && weight < 1
            let excess = capped ? Swift.max(0, try response.marginal(weight, strength) - state.price) : 0
            capPrices.append(excess * problem.sources[k].uniqueTokens)
            uniquePrices.append(worth + excess * (problem.sources[k].maxEpochs ?? 0))
        }
        let epochs = zip(state.weights, problem.sources).map { weight, source in
            weight * problem.tokens / source.uniqueTokens
        }
        return MixtureSolution(
            weights: state.weights, epochs: epochs, effectiveTokens: state.effective * problem.tokens,
            divergence: Swift.max(0, divergence), gap: shortfall / state.effective, waterLevel: state.price,
            uniqueTokenPrices: uniquePrices, capPrices: capPrices)
    }
}
