public import DataMixing
public import LawFitting
import Quantities
import ScalingLaws

/// The pilots' evidence for a mixture: the laws fitted to them, how far to trust these, and the questions that they
/// leave open.
public struct PilotAdvice: Sendable {
    /// A fit and how much its target matters.
    public let fits: [(fit: MixingLawFit, importance: Double)]

    /// The pilots.
    public let pilots: MixturePilots

    /// Fits a mixing law to each target.
    ///
    /// - Parameters:
    ///   - pilots: The pilots.
    ///   - importance: The weight of each target, by name; empty for equal weights. Targets that are not named have no
    ///     weight, but their losses are predicted too.
    /// - Throws: `FittingError` for a target that the pilots do not have, or if a fit fails.
    public init(_ pilots: MixturePilots, importance: [String: Double] = [:]) throws(FittingError) {
        for name in importance.keys.sorted() where !pilots.targets.contains(name) {
            throw .unknownName(
                name, kind: "target", nearest: nearestNames(to: name, among: pilots.targets), known: pilots.targets)
        }
        var fits: [(fit: MixingLawFit, importance: Double)] = []
        for (index, target) in pilots.targets.enumerated() {
            let weight = importance.isEmpty ? 1 / Double(pilots.targets.count) : importance[target] ?? 0
            guard weight >= 0, weight < .infinity else {
                throw .unusableOption("the importance of '\(target)'", reason: "must be 0 or more, and finite")
            }
            fits.append((try MixingLawFit(pilots, target: index), weight))
        }
        guard fits.contains(where: { $0.importance > 0 }) else {
            throw .unusableOption("the importance of targets", reason: "leaves none: give one a weight above 0")
        }
        self.fits = fits
        self.pilots = pilots
    }

    /// The method that follows the fitted laws.
    public var method: MixingLawMixture {
        MixingLawMixture(
            sources: pilots.sources,
            targets: fits.filter { $0.importance > 0 }.map {
                ConvexMixture.Target(law: $0.fit.law, importance: $0.importance)
            }, pilotRun: pilotRun)
    }

    /// The geometric means of N and D over the pilots, where the table says both for each.
    private var pilotRun: (parameters: Double, tokens: Double)? {
        var (parameters, tokens) = (0.0, 0.0)
        for run in pilots.runs {
            guard let size = run.parameters, let trained = run.tokens else { return nil }
            parameters += Elementary.log(size)
            tokens += Elementary.log(trained)
        }
        let count = Double(pilots.runs.count)
        return (Elementary.exp(parameters / count), Elementary.exp(tokens / count))
    }

    /// The mean over targets, by importance, of the losses that the fitted laws predict, which ``method`` minimises.
    ///
    /// The pull is added to it. `nil` if the mixture's sources are not those of the pilots.
    ///
    /// - Parameter allocation: The mixture.
    /// - Returns: The mean.
    public func mean(of allocation: MixtureAllocation) -> Double? {
        let losses = losses(of: allocation)
        guard losses.count == fits.count else { return nil }
        var (sum, total) = (0.0, 0.0)
        for (loss, fit) in zip(losses, fits) {
            sum += fit.importance * loss
            total += fit.importance
        }
        return sum / total
    }

    /// The losses that the fitted laws predict for a mixture, by target, at the pilots' size and tokens; empty if the
    /// mixture's sources are not those of the pilots.
    ///
    /// - Parameter allocation: The mixture.
    /// - Returns: The losses, in the order of ``fits``.
    public func losses(of allocation: MixtureAllocation) -> [Double] {
        let weights = Dictionary(
            allocation.sources.map { ($0.source.name, $0.weight) }, uniquingKeysWith: { first, _ in first })
        guard pilots.sources.allSatisfy({ weights[$0] != nil }) else { return [] }
        return fits.map { fit, _ in fit.law.loss(fit.sources.map { weights[$0] ?? 0 }) }
    }

    /// How well the laws rank runs they were not fitted to; read this before any advice.
    public var quality: [String] {
        var table = TextTable(columns: [
            "target": .left, "importance": .right, "Spearman, held out": .right, "of a straight line": .right,
            "error, held out": .right, "error, fitted": .right, "floor": .right,
        ])
        for (fit, importance) in fits {
            table.add([
                fit.target, Quantity.significant(importance, digits: 3),
                fit.crossValidation.map { Quantity.fixed($0.spearman, decimals: 3) } ?? "too few runs",
                fit.straightLine.map { Quantity.fixed($0.spearman, decimals: 3) } ?? "",
                fit.crossValidation.map { Quantity.significant($0.error, digits: 3) } ?? "",
                Quantity.significant(fit.error, digits: 3), Quantity.fixed(fit.law.floor, decimals: 4),
            ])
        }
        var lines =
            ["Mixing laws fitted to \(pilots.runs.count) pilots, and how well each ranks runs it has not seen:"]
            + table.lines
        lines += doubts
        return lines
    }

    /// How well the laws rank runs they were not fitted to, in a line, and why that may not be enough.
    var summary: [String] {
        let ranks = fits.compactMap { $0.fit.crossValidation?.spearman }
        let range =
            ranks.isEmpty
            ? "too few runs to hold any out"
            : "Spearman \(Quantity.fixed(ranks.min() ?? 0, decimals: 2))"
                + (ranks.count > 1 ? " to \(Quantity.fixed(ranks.max() ?? 0, decimals: 2))" : "") + " on runs held out"
        return [
            "Mixing laws of \(Quantity.count(pilots.runs.count, "pilot")), "
                + "\(Quantity.count(fits.count, "target")): \(range)."
        ] + doubts
    }

    private var doubts: [String] {
        var lines: [String] = []
        let fits = fits.filter { $0.importance > 0 }
        let doubtful = fits.filter { ($0.fit.crossValidation?.spearman ?? 0) < Self.trustworthyRank }.map(\.fit.target)
        if !doubtful.isEmpty {
            lines.append(
                "! Ranks of \(doubtful.listed(atMost: 4)) are below \(Self.trustworthyRank): more pilots before this "
                    + "advice is followed.")
        }
        let straight = fits.filter { fit, _ in
            guard let own = fit.crossValidation, let line = fit.straightLine else { return false }
            return line.spearman > own.spearman + Self.muchBetterRank
        }.map(\.fit.target)
        if !straight.isEmpty {
            lines.append(
                "! A straight line ranks \(straight.listed(atMost: 4)) better: the runs are too few or too alike to show "
                    + "how losses bend.")
        }
        return lines
    }

    /// The least advantage of a straight line's rank correlation over the law's that is reported.
    private static let muchBetterRank = 0.02

    /// Below this rank correlation, advice carries a doubt: proxies from 15M parameters up were found to rank 1B runs
    /// above it (Olmix, arXiv:2602.12237).
    private static let trustworthyRank = 0.89

    /// The largest ratio between repetition in the pilots and in the target run that is not reported.
    private static let tolerableMismatch = 1.25

    /// The questions that the pilots leave open for a mixture: weights beyond theirs, and repetition other than the
    /// run's.
    ///
    /// - Parameter allocation: The mixture.
    /// - Returns: A warning for each.
    public func warnings(for allocation: MixtureAllocation) -> [PlanWarning] {
        var found: [PlanWarning] = []
        for item in allocation.sources {
            guard let index = pilots.sources.firstIndex(of: item.source.name), let fit = fits.first?.fit else {
                continue
            }
            let largest = fit.largestWeights[index]
            if item.weight > largest * 1.05 + 1e-6 {
                found.append(
                    PlanWarning(
                        code: "beyond_pilots", severity: .warning,
                        message:
                            "Source '\(item.source.name)' gets \(Quantity.percent(item.weight)), more than any pilot gave it "
                            + "(\(Quantity.percent(largest))): the law extrapolates.", value: item.weight,
                        limit: largest))
            }
        }
        return found + repetitionWarnings(allocation)
    }

    private func repetitionWarnings(_ allocation: MixtureAllocation) -> [PlanWarning] {
        guard pilots.runs.allSatisfy({ $0.tokens != nil && $0.uniqueTokens != nil }) else {
            return [
                PlanWarning(
                    code: "pilots_without_unique_tokens", severity: .warning,
                    message:
                        "The pilots do not say how many unique tokens of each source they drew on (columns tokens and "
                        + "unique_NAME), so it is not known whether they repeat sources as the run will.")
            ]
        }
        var found: [PlanWarning] = []
        for item in allocation.sources {
            guard let index = pilots.sources.firstIndex(of: item.source.name) else { continue }
            // Epochs for a weight of 1, in the pilots and in the run.
            let target = allocation.tokens / item.source.uniqueTokens
            let ratios = pilots.runs.compactMap { run -> Double? in
                guard let tokens = run.tokens, let unique = run.uniqueTokens?[index] else { return nil }
                return tokens / unique / target
            }.sorted()
            guard let least = ratios.first, let most = ratios.last,
                least < 1 / Self.tolerableMismatch || most > Self.tolerableMismatch
            else { continue }
            let range =
                most / least < 1.01
                ? "\(Quantity.rounded(least, digits: 3))"
                : "\(Quantity.rounded(least, digits: 3)) to \(Quantity.rounded(most, digits: 3))"
            found.append(
                PlanWarning(
                    code: "pilots_repetition", severity: .warning,
                    message:
                        "The pilots repeat '\(item.source.name)' \(range) times as often as the run would at the same "
                        + "weight: cut every source to the pilots' share of the tokens ('datawall pilots').",
                    value: least, limit: Self.tolerableMismatch))
        }
        return found
    }
}
