public import DataMixing
public import OrderedJSON
import Quantities

/// How often each quality bucket of a source is read, for a terminal or as JSON.
public struct UpsamplingReport: Sendable {
    /// The problem.
    public let problem: QualityUpsampling

    /// Its answer.
    public let result: QualityUpsampling.Result

    /// The names of the buckets, worst first.
    public let names: [String]

    /// Whether the buckets' tokens are estimates.
    public let isEstimated: Bool

    /// The command line that makes the report again, or `nil` if no command made it.
    public let madeBy: String?

    /// Creates a report.
    ///
    /// - Parameters:
    ///   - problem: The problem.
    ///   - result: Its answer.
    ///   - names: The names of the buckets, worst first; as many as there are buckets.
    ///   - isEstimated: Whether the buckets' tokens are estimates.
    ///   - madeBy: The command line that makes the report again.
    public init(
        _ problem: QualityUpsampling, _ result: QualityUpsampling.Result, names: [String], isEstimated: Bool = false,
        madeBy: String? = nil
    ) {
        precondition(names.count == problem.bucketTokens.count, "a name for each bucket")
        self.problem = problem
        self.result = result
        self.names = names
        self.isEstimated = isEstimated
        self.madeBy = madeBy
    }

    /// The report as lines for a terminal.
    ///
    /// - Parameter explained: Whether every bucket and the curve follow; otherwise the answer has at most 24 lines.
    /// - Returns: The lines, without line ends.
    public func text(explained: Bool = false) -> [String] {
        var table = TextTable(columns: [
            ("bucket", .left), ("tokens" + (isEstimated ? " est." : ""), .right), ("passes", .right), ("drawn", .right),
        ])
        for index in names.indices {
            table.add([
                names[index], Quantity.short(problem.bucketTokens[index]),
                Quantity.fixed(result.factors[index], decimals: 4), Quantity.short(result.tokens[index]),
            ])
        }
        let shape =
            problem.shape == .power
            ? "(x − a)^p" : "(x − a)^p·exp(λ(x − a)), λ = \(Quantity.significant(result.rate, digits: 4))"
        let drawn = result.tokens.reduce(0, +)
        var answer = ScreenAnswer()
        answer.say(
            "Draw \(Quantity.short(drawn)) tokens from \(Quantity.short(problem.totalTokens)); leave out the worst "
                + "\(Quantity.percent(result.discarded)).")
        answer.skipLine()
        answer.show(table, of: "bucket")
        answer.skipLine()
        let cap = Quantity.count(problem.cap, "pass", plural: "passes")
        answer.say(
            result.isBinding ? "The cap of \(cap) limits the best buckets." : "No bucket reaches the cap of \(cap).")
        answer.explain(
            "Curve",
            [
                "Passes over the rank x of a bucket: \(shape), p = \(Quantity.significant(result.exponent, digits: 4)).",
                "This shape can draw \(Quantity.short(problem.mostTokens)) tokens at most.",
            ])
        return answer.lines(explained: explained)
    }

    /// The report as JSON; write it with `fileText()`.
    ///
    /// - Complexity: O(*n*) in the buckets.
    public var json: JSONValue { UpsamplingFile(self).json }
}

extension UpsamplingFile {
    /// Creates the file of a report.
    init(_ report: UpsamplingReport) {
        self.init()
        madeBy = report.madeBy
        shape = report.problem.shape.rawValue
        isEstimated = report.isEstimated
        tokens = report.result.tokens.reduce(0, +)
        mostTokens = report.problem.mostTokens
        cap = report.problem.cap
        isBinding = report.result.isBinding
        discarded = report.result.discarded
        exponent = report.result.exponent
        rate = report.result.rate
        buckets = report.names.indices.map { index in
            var bucket = Bucket()
            bucket.name = report.names[index]
            bucket.tokens = report.problem.bucketTokens[index]
            bucket.factor = report.result.factors[index]
            bucket.drawn = report.result.tokens[index]
            return bucket
        }
    }
}
