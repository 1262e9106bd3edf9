import Testing

@testable import CorpusAudit

@Suite struct QualityMapTests {
    @Test(
        "a score has the weight of the highest step not above it",
        arguments: [(-1, 0.2), (0, 0.2), (2.9, 0.2), (3, 1), (4.999, 1), (5, 2), (100, 2)])
    func steps(score: Double, weight: Double) throws {
        #expect(try QualityMap("5:2,0:0.2,3:1").weight(of: score) == weight)
    }

    @Test("a map reads back as it is printed")
    func roundTrip() throws {
        #expect(try QualityMap("5:2,0:0.2,3:1").description == "0:0.2,3:1,5:2")
    }

    @Test(
        "a map that cannot be used is refused",
        arguments: ["", "1", "1:2,1:3", "a:1", "1:-1", "1:17", "1:nan", "inf:1"])
    func refusal(text: String) {
        #expect(throws: CorpusError.self) { try QualityMap(text) }
    }
}
