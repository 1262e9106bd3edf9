import Foundation
import TestSupport
import Testing
import TrainingPlanning

@Suite struct FixedDataStudyTests {
    private let study = FixedDataStudy.slowrun

    @Test("a loss is worth the tokens of the baseline's best size, in a straight line between its runs")
    func baseline() throws {
        // The two figures of the records' own yardstick: 381 million and 1.38 billion tokens.
        let first = try #require(study.baselineTokens(reaching: 3.402))
        #expect(abs(first - 380_780_781) < 1)
        let last = try #require(study.baselineTokens(reaching: 2.987))
        #expect(abs(last - 1_383_116_883) < 1)
        #expect(try abs(#require(study.dataEfficiency(at: 2.987)) - 13.831) < 0.001)
        // At its own runs, the best size: 200 million tokens with 12 layers, 2 billion with 26.
        #expect(study.baselineTokens(reaching: 3.703) == 200_000_000)
        #expect(study.baselineTokens(reaching: 2.892) == 2_000_000_000)
    }

    @Test("nothing is extrapolated beyond the baseline's losses")
    func outside() {
        #expect(study.baselineTokens(reaching: 3.71) == nil)
        #expect(study.baselineTokens(reaching: 2.89) == nil)
        #expect(study.baselineTokens(reaching: .nan) == nil)
        #expect(study.dataEfficiency(at: 5) == nil)
    }

    @Test("the frontier holds each record whose loss no cheaper one reaches")
    func frontier() {
        let frontier = study.frontier
        #expect(frontier.count == 15)
        for record in study.records {
            let isBeaten = study.records.contains {
                $0 != record && $0.loss <= record.loss && $0.acceleratorHours <= record.acceleratorHours
            }
            #expect(isBeaten != frontier.contains(record))
        }
        #expect(frontier.last?.acceleratorHours == 3200)
    }

    @Test("the tables that ship are the dataset")
    func dataset() throws {
        func rows(_ name: String) throws -> [Substring] {
            try String(contentsOf: PackageFolder.dataset("fixed_data/\(name).csv"), encoding: .utf8)
                .split(separator: "\n").dropFirst().map { $0 }
        }
        let records = try rows("records")
        #expect(records.count == study.records.count)
        for (line, record) in zip(records, study.records) {
            let cells = line.split(separator: ",", maxSplits: 5).map(String.init)
            #expect(cells[0].replacingOccurrences(of: "_", with: " ") == record.track)
            #expect(Int(cells[1]) == record.number)
            #expect(Double(cells[2]) == record.loss)
            #expect(cells[3] == record.date)
            #expect(Double(cells[4]) == record.acceleratorHours)
            #expect(cells[5].trimmingCharacters(in: ["\""]) == record.change)
        }
        let baseline = try rows("baseline")
        #expect(baseline.count == study.baseline.count)
        for (line, run) in zip(baseline, study.baseline) {
            let cells = line.split(separator: ",").map(String.init)
            #expect(Double(cells[0]) == run.uniqueTokens)
            #expect(cells[1] == run.model)
            #expect(Double(cells[2]) == run.loss)
        }
    }
}
