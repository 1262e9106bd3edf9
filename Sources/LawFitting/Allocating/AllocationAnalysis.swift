import ScalingLaws

/// Estimates how to divide compute between size and data from runs, by all three approaches of Hoffmann and others (2022).
public struct AllocationAnalysis: Sendable {
    /// The estimates that the runs allow, in the order envelope, IsoFLOP, parametric.
    public let estimates: [AllocationEstimate]

    /// The reasons for missing estimates, and cautions, one sentence each.
    public let notes: [String]

    /// Analyses the runs of a fit.
    ///
    /// The envelope treats final losses as points of training curves. An IsoFLOP profile is a set of at least 4 runs of
    /// different sizes, with compute within 10 % of each other, whose parabola has its minimum among them. The fitted
    /// law is the third approach. Evaluated at the same runs, it also shows the bias that the other two have without
    /// any noise.
    ///
    /// - Parameter fit: A law fitted to single-epoch runs.
    public init(_ fit: LawFit) {
        var estimates: [AllocationEstimate] = []
        var notes: [String] = []
        let runs = fit.runs.runs
        let computes = runs.map { 6 * $0.parameters * $0.tokens }
        let measured = runs.indices.map {
            IsoFLOPProfile.Run(compute: computes[$0], parameters: runs[$0].parameters, loss: runs[$0].loss)
        }
        let modelled = zip(measured, fit.predictions).map {
            IsoFLOPProfile.Run(compute: $0.compute, parameters: $0.parameters, loss: $1)
        }
        if runs.contains(where: { $0.epochs > 1.000_001 }) {
            notes.append(
                "Some runs repeat data: the envelope and IsoFLOP profiles take them for what unique data would give.")
        }
        let span = Self.span(computes)
        let frontier = Self.frontier(fit.compiled, span)

        for (approach, points) in [
            (AllocationEstimate.Approach.envelope, Self.envelope), (.isoFLOP, Self.isoFLOP),
        ] {
            let found = points(measured)
            guard let line = PowerLawLine(found.map { ($0.compute, $0.parameters) }), found.count >= 3 else {
                notes.append(
                    approach == .envelope
                        ? "The runs trace no envelope: fewer than 3 stretches of compute have a best run of their own."
                        : "The runs hold fewer than 3 IsoFLOP profiles (4 sizes or more within 10 % of one compute, the "
                            + "best among them).")
                continue
            }
            var bias: AllocationEstimate.Bias?
            if let frontier, let ideal = PowerLawLine(points(modelled).map { ($0.compute, $0.parameters) }) {
                let middle = (span.lowerBound * span.upperBound).squareRoot()
                bias = AllocationEstimate.Bias(
                    exponent: ideal.exponent - frontier.exponent,
                    parametersRatio: ideal.value(at: middle) / frontier.value(at: middle))
            }
            estimates.append(AllocationEstimate(approach: approach, points: found, parameters: line, bias: bias))
        }
        if let frontier {
            let points = Self.computes(span).compactMap { compute -> AllocationEstimate.Point? in
                guard let best = ComputeFrontier.best(fit.compiled, compute: compute) else { return nil }
                let loss: Double
                do {
                    loss = try fit.compiled.loss(parameters: best.parameters, tokens: best.tokens)
                } catch {
                    return nil
                }
                return AllocationEstimate.Point(
                    compute: compute, parameters: best.parameters, loss: loss, runs: runs.count)
            }
            estimates.append(AllocationEstimate(approach: .parametric, points: points, parameters: frontier, bias: nil))
        } else {
            notes.append("The fitted law has no best size over the runs' compute.")
        }
        self.estimates = estimates
        self.notes = notes
    }

    private static func span(_ computes: [Double]) -> ClosedRange<Double> {
        (computes.min() ?? 1)...(computes.max() ?? 1)
    }

    private static func computes(_ span: ClosedRange<Double>) -> [Double] {
        let (low, high) = (Elementary.log(span.lowerBound), Elementary.log(span.upperBound))
        return (0...8).map { Elementary.exp(low + (high - low) * Double($0) / 8) }
    }

    private static func frontier(_ law: CompiledLaw, _ span: ClosedRange<Double>) -> PowerLawLine? {
        PowerLawLine(
            computes(span).compactMap { compute in
                ComputeFrontier.best(law, compute: compute).map { (compute, $0.parameters) }
            })
    }

    /// Approach 1 on final losses: along rising compute, the runs that no run of less compute beats, the best of each
    /// third of a decade.
    private static func envelope(_ samples: [IsoFLOPProfile.Run]) -> [AllocationEstimate.Point] {
        var best = Double.infinity
        var bins: [Int: (sample: IsoFLOPProfile.Run, count: Int)] = [:]
        for sample in samples.sorted(by: { ($0.compute, $0.loss) < ($1.compute, $1.loss) }) {
            let bin = Int((Elementary.log(sample.compute) / Elementary.log(10) * 3).rounded(.down))
            bins[bin, default: (sample, 0)].count += 1
            guard sample.loss < best else { continue }
            best = sample.loss
            if let known = bins[bin], sample.loss <= known.sample.loss { bins[bin]?.sample = sample }
        }
        var lowest = Double.infinity
        return bins.sorted { $0.key < $1.key }.compactMap { _, bin in
            guard bin.sample.loss < lowest, bin.count >= 3 else { return nil }
            lowest = bin.sample.loss
            return AllocationEstimate.Point(
                compute: bin.sample.compute, parameters: bin.sample.parameters, loss: bin.sample.loss, runs: bin.count)
        }
    }

    /// Approach 2: a parabola in log N through the losses at nearly equal compute.
    private static func isoFLOP(_ samples: [IsoFLOPProfile.Run]) -> [AllocationEstimate.Point] {
        IsoFLOPProfile.profiles(of: samples).map { profile in
            AllocationEstimate.Point(
                compute: profile.compute, parameters: profile.bestParameters, loss: profile.bestLoss,
                runs: profile.runs.count)
        }
    }
}
