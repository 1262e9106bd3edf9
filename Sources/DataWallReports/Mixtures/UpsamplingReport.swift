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

    /// The command line that makes the report again, or `nil` where no command made it.
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
    public var json: JSONValue { object }
}

extension UpsamplingReport: JSONWrittenRecord {
    package static let schemaFile = schemaFile(
        of: "datawall-upsampling-1", title: "datawall upsampling file, version 1",
        summary: "How often each quality bucket of a source is read, worst first.")

    package static let fields: [JSONField<UpsamplingReport>] = [
        .init("format", constant: "datawall-upsampling"),
        .init("version", constant: 1),
        .init(written: "made_by", \.madeBy, "The command line that makes the file again; null where none did."),
        .init(written: "shape", \.problem.shape.rawValue, "The form of the curve over quality."),
        .init(written: "estimated_tokens", \.isEstimated, "Whether the buckets' tokens are estimates."),
        .init(written: "tokens", { $0.result.tokens.reduce(0, +) }, "The tokens drawn."),
        .init(written: "most_tokens", \.problem.mostTokens, "The most tokens that the cap allows."),
        .init(written: "cap", \.problem.cap, "The most passes over a bucket."),
        .init(written: "binding", \.result.isBinding, "Whether the cap holds the curve back."),
        .init(written: "discarded", \.result.discarded, "The share of the tokens that is left out, the worst."),
        .init(written: "exponent", \.result.exponent, "The exponent of the curve."),
        .init(written: "rate", \.result.rate, "The rate of the curve's exponential; 0 without one."),
        .init(written: "buckets", \.buckets, "The buckets, worst first."),
    ]

    private var buckets: [Bucket] { names.indices.map { Bucket(report: self, index: $0) } }

    private struct Bucket: JSONWrittenRecord {
        let report: UpsamplingReport
        let index: Int

        static let fields: [JSONField<Bucket>] = [
            .init(written: "bucket", { $0.report.names[$0.index] }, "Its name."),
            .init(written: "tokens", { $0.report.problem.bucketTokens[$0.index] }, "Its tokens."),
            .init(written: "factor", { $0.report.result.factors[$0.index] }, "Passes over it."),
            .init(written: "drawn", { $0.report.result.tokens[$0.index] }, "The tokens drawn from it."),
        ]
    }
}
