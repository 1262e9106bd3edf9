/// Turns a record's quality score into a weight: `0:0.2,3:1,5:2`.
///
/// The listed scores are steps: a score has the weight of the highest listed score not above it, and one below them
/// all has the lowest one's weight. So `3:1,5:2` gives a score of 4 the weight 1.
public struct QualityMap: Sendable, Hashable {
    /// The steps, ascending by score.
    public let steps: [Step]

    /// A score from which a weight holds.
    public struct Step: Sendable, Hashable {
        /// The lowest score of the step.
        public var score: Double
        /// The weight of records with this score or a higher one.
        public var weight: Double

        /// Creates a step.
        public init(score: Double, weight: Double) {
            self.score = score
            self.weight = weight
        }
    }

    /// Creates a map.
    ///
    /// - Parameter steps: The steps in any order.
    /// - Throws: ``CorpusError/unusableQualityMap(reason:)`` without steps, with a score named twice, a score that is
    ///   not a number or a weight outside 0…16.777215.
    public init(steps: [Step]) throws(CorpusError) {
        guard !steps.isEmpty else { throw .unusableQualityMap(reason: "it lists no score") }
        let sorted = steps.sorted { $0.score < $1.score }
        for (index, step) in sorted.enumerated() {
            guard step.score.isFinite else { throw .unusableQualityMap(reason: "\(step.score) is not a score") }
            guard QualityWeight(step.weight) != nil else {
                throw .unusableQualityMap(reason: "the weight \(step.weight) is not from 0 to 16.777215")
            }
            guard index == 0 || sorted[index - 1].score != step.score else {
                throw .unusableQualityMap(reason: "the score \(step.score) occurs twice")
            }
        }
        self.steps = sorted
    }

    /// Reads `0:0.2,3:1,5:2`.
    ///
    /// - Parameter text: Scores and weights.
    /// - Throws: ``CorpusError/unusableQualityMap(reason:)``.
    public init(_ text: String) throws(CorpusError) {
        var steps: [Step] = []
        for pair in text.split(separator: ",", omittingEmptySubsequences: false) {
            let halves = pair.split(separator: ":", omittingEmptySubsequences: false)
            guard halves.count == 2, let score = Double(halves[0]), let weight = Double(halves[1]) else {
                throw .unusableQualityMap(reason: "'\(pair)' is not score:weight")
            }
            steps.append(Step(score: score, weight: weight))
        }
        try self.init(steps: steps)
    }

    /// The weight of a score.
    func weight(of score: Double) -> Double {
        (steps.last { $0.score <= score } ?? steps[0]).weight
    }
}

extension QualityMap: CustomStringConvertible {
    /// The map as ``init(_:)`` reads it.
    public var description: String {
        func short(_ value: Double) -> String {
            value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
        }
        return steps.map { "\(short($0.score)):\(short($0.weight))" }.joined(separator: ",")
    }
}
