import ComputeOptimal
import DataWallReports
import Foundation
import LawFiles
import LawFitting
import OrderedJSON
import ScalingLaws
import Testing
import TrainingPlanning

/// One file of each format of plans, fits and laws, as this version writes it.
///
/// After a wanted change, write the files anew with `DATAWALL_RECORD=1` and look at each. Numbers may differ by a
/// millionth from one processor to the next; keys, order, words and nulls may not.
@Suite struct GoldenFileTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Golden")

    private static func compare(_ json: JSONValue, _ name: String) throws {
        let file = folder.appendingPathComponent(name + ".json")
        if ProcessInfo.processInfo.environment["DATAWALL_RECORD"] != nil {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(json.fileText().utf8).write(to: file)
        }
        let golden = try JSONValue(parsing: Array(Data(contentsOf: file)))
        #expect(differences(json, golden, name) == [])
    }

    private static func differences(_ own: JSONValue, _ golden: JSONValue, _ path: String) -> [String] {
        switch (own, golden) {
        case (.object(let members), .object(let others)):
            guard members.map(\.key) == others.map(\.key) else { return ["\(path): keys"] }
            return zip(members, others).flatMap { differences($0.value, $1.value, "\(path).\($0.key)") }
        case (.array(let items), .array(let others)):
            guard items.count == others.count else { return ["\(path): length"] }
            return zip(items, others).enumerated().flatMap { differences($1.0, $1.1, "\(path)[\($0)]") }
        default:
            if let a = own.number, let b = golden.number {
                return abs(a - b) <= 1e-6 * max(abs(a), abs(b)) + 1e-9 ? [] : ["\(path): \(a), not \(b)"]
            }
            return own == golden ? [] : ["\(path)"]
        }
    }

    @Test("a plan under several families")
    func plan() throws {
        let planner = Planner(laws: SamplePlan.decidingLaws(draws: 20), objective: MinimumLoss())
        let plan = try planner.plan(
            DataSupply(uniqueTokens: 25e9), within: .flops(1e22), constraints: PlanConstraints(maxEpochs: 4))
        try Self.compare(
            PlanFile(plan, madeBy: "datawall plan --unique-tokens 25e9 --flops 1e22 --max-epochs 4").json, "plan")
    }

    @Test("a fit")
    func fit() throws { try Self.compare(FitFileTests.fit().json, "fit") }

    @Test("a law")
    func law() throws {
        try Self.compare(SamplePlan.decidingLaws(draws: 3)[0].json, "law")
    }
}
