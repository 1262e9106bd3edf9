import ScalingLaws

extension LawFit {
    /// The warnings to read before trusting the fit, one sentence each.
    public var warnings: [String] {
        var warnings: [String] = []
        let decades = runs.computeDecades
        if decades < 3 {
            warnings.append(
                "The runs span \(Self.rounded(decades)) orders of magnitude of compute, under 3: exponents from so short a span "
                    + "extrapolate badly.")
        }
        warnings += priorNotes
        if !fromPriorAlone.isEmpty {
            warnings.append(
                "The runs say nothing about \(fromPriorAlone.joined(separator: ", ")): only the prior gives "
                    + "\(fromPriorAlone.count == 1 ? "it" : "them").")
        }
        if let ray = singleRay {
            warnings.append(
                "All runs have about the same tokens per parameter (\(Self.rounded(ray.lowerBound)) to "
                    + "\(Self.rounded(ray.upperBound))): the weights of size and data are not identified. Add runs at other ratios."
            )
        }
        if degreesOfFreedom <= 0 {
            warnings.append(
                "\(runs.count) runs for \(freeCoefficients.count) coefficients leave no degree of freedom: there are no "
                    + "intervals, and a fit without error says nothing.")
        }
        for contact in boundaries {
            switch contact.side {
            case .lower, .upper:
                warnings.append(
                    "\(contact.name) is held at its \(contact.side.rawValue) bound: the runs want it further out.")
            case .unbounded:
                warnings.append(
                    "\(contact.name) runs off upwards and is held there: the runs put no upper limit on it.")
            }
        }
        let freedom = runs.count - freeCoefficients.count
        if freedom < 2 * freeCoefficients.count {
            warnings.append(
                "\(runs.count) runs for \(freeCoefficients.count) coefficients are few: errors on these runs say little "
                    + "about others.")
        }
        if let tied = tiedTokens {
            warnings.append(
                "N and D rise together (correlation \(Self.rounded(tied)) between logarithms): their effects are hard to tell "
                    + "apart. Vary tokens per parameter.")
        }
        if law.card.repetition == .none, runs.runs.contains(where: { $0.epochs > 1.000_001 }) {
            warnings.append("Some runs repeat data, which the law counts like fresh data.")
        }
        if !runs.repetitionIsKnown, law.card.repetition != .none {
            warnings.append("The table does not say how many tokens are unique: all are taken for unique.")
        }
        if !converged { warnings.append("The search stopped before its tolerance was met.") }
        return warnings
    }

    /// The correlation of log N and log D, if it is high enough to matter.
    private var tiedTokens: Double? {
        let n = runs.runs.map { Elementary.log($0.parameters) }
        let d = runs.runs.map { Elementary.log($0.tokens) }
        let (meanN, meanD) = (OrderStatistics.mean(n), OrderStatistics.mean(d))
        var (nn, dd, nd) = (0.0, 0.0, 0.0)
        for (x, y) in zip(n, d) {
            nn += (x - meanN) * (x - meanN)
            dd += (y - meanD) * (y - meanD)
            nd += (x - meanN) * (y - meanD)
        }
        guard nn > 0, dd > 0 else { return nil }
        let correlation = nd / (nn * dd).squareRoot()
        return correlation > 0.98 ? correlation : nil
    }

    private static func rounded(_ value: Double) -> String {
        "\((value * 1_000).rounded() / 1_000)"
    }
}
