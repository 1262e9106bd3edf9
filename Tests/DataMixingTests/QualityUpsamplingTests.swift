import DataMixing
import ScalingLaws
import Testing

@Suite struct QualityUpsamplingTests {
    struct Topic: CustomStringConvertible, Sendable {
        var name: String
        var buckets: [Double] = []
        var factors: [Double] = []
        var wanted: Double

        var description: String { name }
    }

    static let file = "olmo3_quality_buckets.csv"

    /// OLMo 3's worked example (dolma3 repository, mixing notebook): 24 topics, 387 buckets, 127,939,584,000 tokens.
    static let topics: [Topic] = {
        var topics: [Topic] = []
        for row in PublishedData.rows(file) {
            guard let name = row["topic"], let share = row["topic_share"].flatMap({ Double($0) }) else { continue }
            if topics.last?.name != name { topics.append(Topic(name: name, wanted: share * 127_939_584_000)) }
            topics[topics.count - 1].buckets.append(row["pool_tokens"].flatMap { Double($0) } ?? .nan)
            topics[topics.count - 1].factors.append(row["published_upsample"].flatMap { Double($0) } ?? .nan)
        }
        return topics
    }()

    @Test(
        "OLMo 3's published factors come out within 0.04, totals exactly",
        .enabled(if: PublishedData.exists(file), "OLMo 3's buckets are not here"), arguments: topics)
    func olmo3(_ topic: Topic) throws {
        let result = try QualityUpsampling(bucketTokens: topic.buckets, shape: .olmo3).solved(for: topic.wanted)
        #expect(result.factors.count == topic.factors.count)
        for (factor, published) in zip(result.factors, topic.factors) { #expect(abs(factor - published) < 0.04) }
        #expect(abs(result.tokens.reduce(0, +) / topic.wanted - 1) < 1e-9)
        #expect(result.factors.allSatisfy { $0 <= 7 })
        #expect(zip(result.factors, result.factors.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test("all 387 buckets are compared", .enabled(if: PublishedData.exists(file), "OLMo 3's buckets are not here"))
    func count() { #expect(Self.topics.reduce(0) { $0 + $1.factors.count } == 387) }

    // The same pipeline in Python on the same input.
    @Test(
        "the curve's parameters", .enabled(if: PublishedData.exists(file), "OLMo 3's buckets are not here"),
        arguments: [
            ("science_math_and_technology", 1.7905, 0.0668, 7.0), ("software_development", 0.9526, 0.0024, 7.0),
            ("health", 2, 0.2, 2.498),
        ])
    func parameters(name: String, exponent: Double, rate: Double, top: Double) throws {
        let topic = try #require(Self.topics.first { $0.name == name })
        let result = try QualityUpsampling(bucketTokens: topic.buckets, shape: .olmo3).solved(for: topic.wanted)
        #expect(abs(result.exponent - exponent) < 1e-4)
        #expect(abs(result.rate - rate) < 1e-3)
        #expect(abs(try #require(result.factors.last) - top) < 1e-3)
    }

    @Test(
        "the power shape keeps the cap exactly, is the steepest that does, and draws what was asked", arguments: 1...20)
    func power(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let buckets = (0..<(2 + seed)).map { _ in 1e9 * random.uniform(0.5, 2) }
        let problem = try QualityUpsampling(bucketTokens: buckets)
        for share in [0.05, 0.5, 0.9, 0.999_999, 1] {
            let wanted = share * problem.mostTokens
            let result = try problem.solved(for: wanted)
            #expect(abs(result.tokens.reduce(0, +) / wanted - 1) < 1e-9)
            #expect(result.factors.allSatisfy { $0 >= 0 && $0 <= 7 })
            #expect(zip(result.factors, result.factors.dropFirst()).allSatisfy { $0 <= $1 * (1 + 1e-9) })
            #expect(result.isBinding || result.exponent == 2)
        }
    }

    // g(t) = ((t − a)/(1 − a))^(p + 1): four equal buckets, the worst left out, p = 2.
    @Test("four equal buckets by hand")
    func byHand() throws {
        let result = try QualityUpsampling(bucketTokens: [1e9, 1e9, 1e9, 1e9]).solved(for: 2e9)
        #expect(result.discarded == 0.25)
        #expect(result.exponent == 2)
        for (factor, expected) in zip(result.factors, [0, 2.0 / 27, 14.0 / 27, 38.0 / 27]) {
            #expect(abs(factor - expected) < 1e-12)
        }
    }

    @Test(
        "more tokens than cap and discard allow are an error with the most that they do",
        arguments: UpsamplingShape.allCases)
    func infeasible(shape: UpsamplingShape) throws {
        let problem = try QualityUpsampling(bucketTokens: [4e9, 3e9, 3e9], shape: shape)
        #expect(abs(problem.mostTokens - 7 * 0.6 * 10e9) < 1)
        _ = try problem.solved(for: 42e9)
        let error = try #require(throws: MixtureError.self) { try problem.solved(for: 42.1e9) }
        #expect(error.isInfeasible)
    }

    @Test("buckets and limits that cannot be are refused")
    func refusals() {
        #expect(throws: MixtureError.self) { try QualityUpsampling(bucketTokens: []) }
        #expect(throws: MixtureError.self) { try QualityUpsampling(bucketTokens: [1e9, -1]) }
        #expect(throws: MixtureError.self) { try QualityUpsampling(bucketTokens: [1e9, 0]) }
        #expect(throws: MixtureError.self) { try QualityUpsampling(bucketTokens: [1e9], cap: 0) }
        #expect(throws: MixtureError.self) { try QualityUpsampling(bucketTokens: [1e9], discard: 1) }
        #expect(throws: MixtureError.self) { try QualityUpsampling(bucketTokens: [1e9]).solved(for: .nan) }
    }
}
