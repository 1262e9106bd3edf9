import BuiltInModels
import DataWallReports
import OrderedJSON
import ScalingLaws
import Testing

@Suite struct PredictionReportTests {
    static func report(_ names: [String], unique: Double) throws -> PredictionReport {
        let run = try TrainingRun(parameters: 6.34e9, tokens: 242e9, uniqueTokens: unique)
        let laws = try names.map { try ModelCatalog.standard.laws.model(named: $0).compiled() }
        return try PredictionReport(of: run, by: laws)
    }

    @Test("a prediction says loss, interval, provenance, and what is outside the law's range")
    func text() throws {
        let lines = try Self.report(["besiroglu", "lovelace"], unique: 25e9).text()
        #expect(lines[0].hasPrefix("6.34B parameters, 242B tokens, 25B unique tokens available: 9.68 epochs"))
        #expect(lines.contains { $0.hasPrefix("besiroglu") && $0.contains("2.14797") && $0.contains("not known") })
        #expect(
            lines.contains {
                $0.hasPrefix("lovelace") && $0.contains("refit here") && $0.contains("(90.0 %, coefficients alone)")
            })
        let flat = lines.joined(separator: " ").replacing("   ", with: " ")
        #expect(flat.contains("a number of epochs of 9.68 is outside the 0 to 1"), "\(flat)")
        #expect(flat.contains("! besiroglu: this law counts repeated tokens as new ones, and this run repeats"))
        #expect(
            flat.contains("! Losses of different laws have different corpora and tokenizers; do not compare them"))
    }

    @Test("the interval of an ensemble holds its middle, and the JSON carries it")
    func interval() throws {
        let law = try ModelCatalog.standard.laws.model(named: "lovelace").compiled()
        let run = try TrainingRun(parameters: 1e9, tokens: 50e9, uniqueTokens: 5e9)
        let prediction = try law.prediction(for: run)
        let logs = try law.ensemble().map { member throws in Elementary.log(try member.loss(of: run)) }
        let interval = try #require(prediction.interval)
        // The card knows of no scatter: the doubt in only the coefficients, 1.645 deviations of ln L either way.
        let half = Elementary.log(interval.upperBound / prediction.loss)
        #expect(abs(half / (1.644_854 * OrderStatistics.deviation(logs)) - 1) < 1e-4)
        #expect(abs(Elementary.log(prediction.loss / interval.lowerBound) - half) < 1e-12)
        #expect(interval.contains(prediction.loss))
        #expect(prediction.extrapolations.isEmpty)
        let json = try PredictionReport(of: run, by: [law]).json
        #expect(json["format"] == "datawall-prediction")
        #expect(json["run"]?["epochs"] == .number(10))
    }

    @Test("a law whose card knows its errors predicts what a run will measure, wider the further it lies out")
    func predictive() throws {
        let law = try ModelCatalog.standard.laws.model(named: "bounded-log").compiled()
        var last = 0.0
        for compute in [1e21, 1e23, 1e25] {
            let size = (compute / 120).squareRoot()
            let run = try TrainingRun(parameters: size, tokens: 20 * size)
            let parts = try #require(try law.prediction(for: run).predictive)
            #expect(parts.isPredictive)
            let width = Elementary.log(parts.range.upperBound / parts.range.lowerBound)
            #expect(width > last)
            last = width
        }
        let lines = try PredictionReport(of: TrainingRun(parameters: 1e9, tokens: 2e10), by: [law]).text()
        #expect(lines.contains { $0.hasPrefix("bounded-log") && $0.contains("(90.0 %)") })
    }
}
