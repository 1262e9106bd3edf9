public import OrderedJSON
import Quantities
public import TrainingPlanning

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

    /// Creates a report.
    ///
    /// - Parameters:
    ///   - problem: The problem.
    ///   - result: Its answer.
    ///   - names: The names of the buckets, worst first; as many as there are buckets.
    ///   - isEstimated: Whether the buckets' tokens are estimates.
    public init(
        _ problem: QualityUpsampling, _ result: QualityUpsampling.Result, names: [String], isEstimated: Bool = false
    ) {
        precondition(names.count == problem.bucketTokens.count, "a name for each bucket")
        self.problem = problem
        self.result = result
        self.names = names
        self.isEstimated = isEstimated
    }

    /// The report as lines for a terminal.
    ///
    /// - Returns: The lines, without line ends.
    public func text() -> [String] {
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
        return [
            "\(Quantity.short(drawn)) tokens from \(Quantity.short(problem.totalTokens)), the worst "
                + "\(Quantity.percent(result.discarded)) left out: \(shape), p = \(Quantity.significant(result.exponent, digits: 4)).",
            "",
        ] + table.lines + [
            "",
            result.isBinding
                ? "The cap of \(Quantity.count(problem.cap, "pass", plural: "passes")) holds the curve back."
                : "The cap of \(Quantity.count(problem.cap, "pass", plural: "passes")) is not met.",
            "At most \(Quantity.short(problem.mostTokens)) tokens can be drawn so.",
        ]
    }

    /// The report as JSON.
    ///
    /// - Complexity: O(*n*) in the buckets.
    public var json: JSONValue {
        .object([
            "format": "datawall-upsampling", "version": 1, "shape": .string(problem.shape.rawValue),
            "estimated_tokens": .bool(isEstimated),
            "tokens": .number(result.tokens.reduce(0, +)), "most_tokens": .number(problem.mostTokens),
            "cap": .number(problem.cap), "binding": .bool(result.isBinding), "discarded": .number(result.discarded),
            "exponent": .number(result.exponent), "rate": .number(result.rate),
            "buckets": .array(
                names.indices.map { index in
                    .object([
                        "bucket": .string(names[index]), "tokens": .number(problem.bucketTokens[index]),
                        "factor": .number(result.factors[index]), "drawn": .number(result.tokens[index]),
                    ])
                }),
        ])
    }
}
