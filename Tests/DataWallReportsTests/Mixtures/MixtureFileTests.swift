import DataWallReports
import OrderedJSON
import Testing
import TrainingPlanning

@Suite struct MixtureFileTests {
    @Test("a mixture's file says what the mixture is")
    func roundTrip() throws {
        let report = try SampleMixture.make(sources: 5)
        let file = try MixtureFile(parsing: Array(report.json.fileText().utf8))
        let chosen = report.comparison.chosen
        #expect(file.method == "effective-data" && file.tokens == chosen.tokens)
        #expect(file.uniqueTokens == report.supply.uniqueTokens)
        #expect(file.sources.map(\.weight) == chosen.weights)
        #expect(file.sources.map(\.epochs) == chosen.sources.map(\.epochs))
        #expect(file.sources.map(\.cap) == [4, 4, 4, 4, 4])
        #expect(file.methods.map(\.name) == report.comparison.answers.map(\.method))
        #expect(file.methods[0].sources.map(\.weight) == chosen.weights)
        #expect(file.loss == chosen.loss && file.effectiveTokens == chosen.effectiveTokens)
        #expect(file.pull?.strength == 0.4 && file.madeBy == "datawall mix s.csv --tokens 1T")
        #expect(file.pull?.removedQualityEffect == report.comparison.removedQualityEffect)
        #expect(file.methods[0].objective?.value == chosen.effectiveTokensAfterPull)
        #expect(file.methods.map { $0.objective?.unit } == ["tokens", "tokens", "tokens", "nats", "nats", nil])
        #expect(file.curve?.name == "muennighoff" && file.law == "muennighoff" && file.parameters == 7e9)
        #expect(file.emptySources == ["nothing"] && file.notes == ["a note"] && file.cap == 4)
        #expect(!file.isEstimated && file.treatment == .dedup && file.auditDigest == "xxh3_128:00")
    }

    @Test(
        "files that cannot be used name the key",
        arguments: [
            (#"{"format": "datawall-mixture", "version": 3}"#, "of version 3, made by a later"),
            (
                #"{"format": "datawall-mixture", "version": 1}"#,
                "of version 1, made by an earlier datawall; this one reads version 2: make the file again with 'datawall mix'"
            ),
            (#"{"format": "datawall-mixture", "version": 2}"#, "method is missing"),
            (
                #"{"format": "datawall-mixture", "version": 2, "method": "m", "tokens": -1}"#,
                "tokens must be positive, not -1"
            ),
            (
                #"{"format": "datawall-mixture", "version": 2, "method": "m", "tokens": 1, "unique_tokens": 1}"#,
                "mixture is missing"
            ),
            (
                #"{"format": "datawall-mixture", "version": 2, "method": "m", "tokens": 1, "unique_tokens": 1, "mixture": [{"source": "a", "weight": "b"}]}"#,
                "mixture[0].weight must be a number, not a string"
            ),
        ])
    func refused(text: String, part: String) {
        let error = #expect(throws: ReportFileError.self) { try MixtureFile(parsing: Array(text.utf8)) }
        #expect("\(error.map { "\($0)" } ?? "")".contains(part), "\(String(describing: error))")
    }
}
