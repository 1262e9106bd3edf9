import ScalingLaws

/// The dual's optimum by Newton's method on price and strength together: fast, and checked by its certificate.
///
/// Past one pass, each source's slope ρ′ is modelled as an exponential fall from the last point evaluated. This is
/// exact for saturating exponentials, and a good local model of other concave curves. Between two evaluations of the
/// curves everything is arithmetic. Without progress, as at ties, there is no result, and the dual is bisected instead.
struct MixtureNewton {
    let dual: MixtureDual

    /// A source's slope: ρ′ at a weight, and how fast its logarithm falls with weight.
    private struct Anchor {
        var weight: Double
        var slope: Double
        var decay: Double
    }

    /// The weight that a source chooses by its model, with its derivatives in price and strength.
    private struct Answer {
        var weight: Double
        var byPrice: Double
        var byStrength: Double
        /// Whether the weight comes from the model, so that the curve must be evaluated there.
        var isModelled: Bool
    }

    private static let tolerance = 1e-12

    private let problem: MixtureProblem
    private let qualities: [Double]
    private let passes: [Double]
    /// The weights up to which no text is read twice.
    private let knees: [Double]
    private var anchors: [Anchor] = []
    private var answers: [Answer] = []
    private var effective = 0.0
    /// q·ρ′ at each answer.
    private var slopes: [Double] = []

    init(_ dual: MixtureDual) throws(MixtureError) {
        self.dual = dual
        problem = dual.problem
        qualities = dual.problem.sources.map(\.quality)
        passes = dual.problem.sources.map { $0.uniqueTokens / dual.problem.tokens }
        knees = dual.responses.map(\.onsetWeight)
        slopes = qualities
        anchors.reserveCapacity(passes.count)
        guard problem.sharesCurve else {
            // Separate curves are first evaluated at natural shares.
            let start = ShareProjection.project(problem.naturalShares, lower: dual.lower, upper: dual.upper)
            for index in passes.indices {
                let epochs = Swift.max(dual.responses[index].pastOnset, start[index] / passes[index])
                let slope = try dual.responses[index].slope(atEpochs: epochs)
                anchors.append(
                    Anchor(
                        weight: epochs * passes[index], slope: slope,
                        decay: try decay(index, atEpochs: epochs, slope: slope) / passes[index]))
            }
            return
        }
        // A shared curve falls in the same way for all sources above its onset.
        guard let first = dual.responses.first else { return }
        let slope = try first.slope(atEpochs: first.pastOnset)
        let decay = try decay(0, atEpochs: first.pastOnset, slope: slope)
        for index in passes.indices {
            anchors.append(Anchor(weight: knees[index], slope: slope, decay: decay / passes[index]))
        }
    }

    /// −d ln ρ′/dr by a difference of slopes.
    private func decay(_ index: Int, atEpochs epochs: Double, slope: Double) throws(MixtureError) -> Double {
        let step = 1e-5 * epochs
        let next = try dual.responses[index].slope(atEpochs: epochs + step)
        return slope > 0 && next > 0 ? Elementary.log(slope / next) / step : 0
    }

    /// The optimum of the problem; `nil` where Newton's method does not settle.
    mutating func solve() throws(MixtureError) -> MixtureDual.State? {
        let pull = problem.pull.strength
        var state = MixtureDual.State(dual)
        state.weights = ShareProjection.project(problem.naturalShares, lower: dual.lower, upper: dual.upper)
        guard pull > 0 else { return try solveWithoutPull(from: state) }
        var theta = pull * (try dual.effective(state.weights))
        guard theta > 0 else { return nil }
        // The start price is the mean slope of the sources between their bounds.
        var (price, free) = (0.0, 0.0)
        for bounded in [false, true] where free == 0 {
            for k in passes.indices where state.weights[k] > 0 {
                let weight = state.weights[k]
                guard bounded || (weight > dual.lower[k] && weight < dual.upper[k]) else { continue }
                price += weight * (try dual.responses[k].marginal(weight, theta))
                free += weight
            }
        }
        guard free > 0 else { return nil }
        price /= free
        var last: (price: Double, strength: Double)?
        for _ in 0..<40 {
            let modelError = try answer(price: price, strength: theta)
            let sum = answers.reduce(0) { $0 + $1.weight } - 1
            let asked = pull * effective
            guard asked > 0 else { return nil }
            let excess = Elementary.log(theta / asked)
            if abs(sum) < Self.tolerance, abs(excess) < 10 * Self.tolerance, modelError < 10 * Self.tolerance {
                state.price = price
                state.strength = theta
                return try settled(state)
            }
            var (a, b, c, d) = (0.0, 0.0, 0.0, 1.0)
            for k in passes.indices {
                let byLogStrength = answers[k].byStrength * theta
                a += answers[k].byPrice
                b += byLogStrength
                c -= slopes[k] * answers[k].byPrice / effective
                d -= slopes[k] * byLogStrength / effective
            }
            // Where every source is at a bound, nothing moves: take half the way back from there.
            if a == 0, let last {
                price = (price + last.price) / 2
                theta = (theta * last.strength).squareRoot()
                continue
            }
            last = (price, theta)
            let determinant = a * d - b * c
            guard determinant.isFinite, determinant != 0 else { return nil }
            var stepPrice = -(d * sum - b * excess) / determinant
            var stepStrength = -(a * excess - c * sum) / determinant
            guard stepPrice.isFinite, stepStrength.isFinite else { return nil }
            let longest = Swift.max(abs(stepStrength), abs(stepPrice) / (dual.highestQuality + theta))
            if longest > 1 {
                stepPrice /= longest
                stepStrength /= longest
            }
            price += stepPrice
            theta *= Elementary.exp(stepStrength)
        }
        return nil
    }

    /// Solves without a pull: seeks only the price, by the models, and then evaluates the curves again.
    private mutating func solveWithoutPull(
        from start: MixtureDual.State
    ) throws(MixtureError) -> MixtureDual.State? {
        var state = start
        for _ in 0..<40 {
            let lines = passes.indices.map(line)
            func sum(_ price: Double) -> Double {
                let logPrice = Elementary.log(price)
                return lines.reduce(-1) { $0 + $1.weight(price: price, logPrice: logPrice) }
            }
            let low = RootSearch.End(x: dual.highestQuality * 1e-12, value: sum(dual.highestQuality * 1e-12))
            let high = RootSearch.End(x: dual.highestQuality, value: sum(dual.highestQuality))
            guard low.value > 0, high.value < 0 else { return nil }
            let root = RootSearch.bracket(low, high, tolerance: 1e-15, sum)
            let isJump = abs(root.best.value) >= Self.tolerance
            // The sum jumps where the price is the quality of a source that is not read twice.
            state.price =
                isJump
                ? qualities.min { abs($0 - root.best.x) < abs($1 - root.best.x) } ?? root.best.x : root.best.x
            let modelError = try answer(price: state.price, strength: 0)
            guard modelError < 10 * Self.tolerance else { continue }
            return isJump ? try settledAtJump(state) : try settled(state)
        }
        return nil
    }

    /// The optimum where some sources are worth the price itself: any share of theirs up to the first pass is as good, and
    /// those nearest to natural shares are taken.
    private func settledAtJump(_ state: MixtureDual.State) throws(MixtureError) -> MixtureDual.State {
        var state = state
        var (least, most) = (answers.map(\.weight), answers.map(\.weight))
        for k in passes.indices where abs(qualities[k] - state.price) <= 1e-14 * state.price {
            least[k] = dual.lower[k]
            most[k] = Swift.max(dual.lower[k], Swift.min(dual.upper[k], knees[k]))
        }
        state.weights = ShareProjection.project(problem.naturalShares, lower: least, upper: most)
        state.effective = try dual.effective(state.weights)
        return state
    }

    /// A source's answers by its model to every price, without a pull: a straight line in the price's logarithm.
    private struct Line {
        var quality: Double
        var least: Double
        var most: Double
        /// Below its quality the source is read this much at least.
        var floor: Double
        /// The weight at a price of 1.
        var start: Double
        /// −dw/d ln price.
        var fall: Double

        func weight(price: Double, logPrice: Double) -> Double {
            quality <= price ? least : Swift.min(Swift.max(start - fall * logPrice, floor), most)
        }
    }

    private func line(_ k: Int) -> Line {
        let (least, most, knee) = (dual.lower[k], dual.upper[k], knees[k])
        var line = Line(
            quality: qualities[k], least: least, most: most, floor: Swift.min(Swift.max(least, knee), most),
            start: most,
            fall: 0)
        let anchor = anchors[k]
        guard most > knee, anchor.decay > 0, qualities[k] > 0 else {
            line.floor = most
            return line
        }
        line.fall = 1 / anchor.decay
        line.start = anchor.weight + Elementary.log(qualities[k] * anchor.slope) * line.fall
        return line
    }

    private func settled(_ state: MixtureDual.State) throws(MixtureError) -> MixtureDual.State {
        var state = state
        state.weights = ShareProjection.project(answers.map(\.weight), lower: dual.lower, upper: dual.upper)
        state.effective = try dual.effective(state.weights)
        return state
    }

    /// Computes every source's weight, evaluates the curves there, and makes the results the new anchors.
    ///
    /// - Returns: The largest error of the models, in shares of a source's quality.
    private mutating func answer(price: Double, strength: Double) throws(MixtureError) -> Double {
        answers.removeAll(keepingCapacity: true)
        effective = 0
        var modelError = 0.0
        for k in passes.indices {
            let answer = model(k, price: price, strength: strength)
            answers.append(answer)
            guard answer.weight > knees[k] else {
                effective += qualities[k] * answer.weight
                slopes[k] = qualities[k]
                continue
            }
            let (value, slope) = try dual.responses[k].valueAndSlope(atWeight: answer.weight)
            effective += qualities[k] * passes[k] * value
            slopes[k] = qualities[k] * slope
            guard answer.isModelled else { continue }
            let anchor = anchors[k]
            let error = abs(slope - anchor.slope * Elementary.exp(-anchor.decay * (answer.weight - anchor.weight)))
            modelError = Swift.max(modelError, error)
            guard error > Self.tolerance else { continue }
            anchors[k] = Anchor(
                weight: answer.weight, slope: slope,
                decay: try decay(k, atEpochs: answer.weight / passes[k], slope: slope) / passes[k])
        }
        return modelError
    }

    /// The weight that a source answers a price with by its model.
    private func model(_ k: Int, price: Double, strength: Double) -> Answer {
        let (least, most, knee) = (dual.lower[k], dual.upper[k], knees[k])
        func fixed(_ weight: Double) -> Answer {
            Answer(weight: weight, byPrice: 0, byStrength: 0, isModelled: false)
        }
        let natural = problem.naturalShares[k]
        if strength > 0 {
            let free = natural * Elementary.exp((qualities[k] - price) / strength - 1)
            if free <= knee {
                guard free > least, free < most else { return fixed(Swift.min(Swift.max(free, least), most)) }
                return Answer(
                    weight: free, byPrice: -free / strength,
                    byStrength: -free * (qualities[k] - price) / (strength * strength), isModelled: false)
            }
        } else if qualities[k] <= price {
            return fixed(least)
        }
        if most <= knee { return fixed(most) }
        let floor = Swift.max(least, knee)
        let anchor = anchors[k]
        guard anchor.decay > 0 else { return fixed(most) }
        if strength == 0 {
            let free = anchor.weight + Elementary.log(qualities[k] * anchor.slope / price) / anchor.decay
            guard free > floor, free < most else { return fixed(Swift.min(Swift.max(free, floor), most)) }
            let slope = -anchor.decay * price
            return Answer(weight: free, byPrice: 1 / slope, byStrength: 0, isModelled: true)
        }
        func excess(_ weight: Double) -> (value: Double, slope: Double) {
            let gain = qualities[k] * anchor.slope * Elementary.exp(-anchor.decay * (weight - anchor.weight))
            return (
                gain - strength * (Elementary.log(weight / natural) + 1) - price,
                -anchor.decay * gain - strength / weight
            )
        }
        // The excess falls and is convex: Newton's step from below the root never passes it, and one from above ends
        // below it. So a step past the upper end means that the root is there, and after a step past the lower end, the
        // lower end is evaluated.
        var weight = Swift.min(Swift.max(anchor.weight, floor), most)
        var here = excess(weight)
        for _ in 0..<60 {
            let next = weight - here.value / here.slope
            if next >= most { return fixed(most) }
            if next <= floor {
                here = excess(floor)
                if here.value <= 0 { return fixed(floor) }
                weight = floor
                continue
            }
            let step = next - weight
            weight = next
            // The error after a step is about the square of the step.
            if abs(step) <= 1e-9 * weight { break }
            here = excess(weight)
        }
        return Answer(
            weight: weight, byPrice: 1 / here.slope,
            byStrength: (Elementary.log(weight / natural) + 1) / here.slope, isModelled: true)
    }
}
