import DataWallKit
import Foundation
import Testing

@Suite struct TargetErrorTests {
    /// Runs of the law 'chinchilla' whose error falls with their loss, and the files of law and curve fitted to them.
    private static func files(in folder: URL) throws -> (law: String, curve: String) {
        var lines = ["params,tokens,loss,wrong"]
        for size in [1e8, 4e8, 1.6e9, 6.4e9] {
            for ratio in 1...5 {
                let tokens = 20 * size * Double(ratio)
                let loss = 1.69 + 406.4 / pow(size, 0.34) + 410.7 / pow(tokens, 0.28)
                lines.append("\(size),\(tokens),\(loss),\(0.2 + 0.55 / (1 + exp(-4 * (loss - 2.6))))")
            }
        }
        let table = folder.appending(path: "runs.csv")
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: table)
        let curve = folder.appending(path: "curve.json")
        var request = ErrorCurveRequest(runs: table.path(), column: "wrong")
        request.chance = 0.75
        try Data(try request.run().json.fileText().utf8).write(to: curve)
        var fit = FitRequest(runs: table.path(), laws: ["chinchilla"])
        fit.analysis.bootstrap = nil
        fit.analysis.backtests = false
        let law = folder.appending(path: "law.json")
        try Data(try fit.run().law.fileText.utf8).write(to: law)
        return (law.path(), curve.path())
    }

    private static func inFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "target-error-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    @Test("a target error is the loss that its curve names, and the plan says so")
    func plan() throws {
        try Self.inFolder { folder in
            let files = try Self.files(in: folder)
            var request = PlanRequest(supply: SupplyRequest(uniqueTokens: 1e12))
            request.objective = "min-total-flops"
            request.serving.inferenceTokens = 1e10
            request.laws = [files.law]
            request.targetError = TargetErrorRequest(error: 0.4, curve: files.curve)
            guard case .plan(let plan, _) = try request.run() else {
                Issue.record("a request without ranges gave a sweep")
                return
            }
            let loss = try #require(plan.constraints.targetLoss)
            #expect(abs(0.2 + 0.55 / (1 + exp(-4 * (loss - 2.6))) - 0.4) < 0.005)
            #expect(abs(try #require(plan.recommended.loss) - loss) < 1e-6)
            #expect(plan.warnings.contains { $0.code == "target_error" })
            #expect(!plan.warnings.contains { $0.code == "target_of_other_runs" })
            request.laws = ["chinchilla"]
            guard case .plan(let other, _) = try request.run() else { return }
            #expect(other.warnings.contains { $0.code == "target_of_other_runs" })
        }
    }

    @Test("an error below the curve, a file that is no curve and two targets are refused")
    func refusals() throws {
        try Self.inFolder { folder in
            let files = try Self.files(in: folder)
            var request = PlanRequest(supply: SupplyRequest(uniqueTokens: 1e12))
            request.objective = "min-total-flops"
            request.serving.inferenceTokens = 1e10
            request.laws = [files.law]
            request.targetError = TargetErrorRequest(error: 0.05, curve: files.curve)
            #expect(throws: InputFailure.self) { try request.run() }
            request.targetError = TargetErrorRequest(error: 0.4, curve: files.law)
            #expect(throws: InputFailure.self) { try request.run() }
            request.targetError = TargetErrorRequest(error: 0.4, curve: files.curve)
            request.constraints.targetLoss = 2
            #expect(throws: RequestError.self) { try request.run() }
        }
    }

    @Test("coefficients that are set hold in the plan and its interval")
    func set() throws {
        var request = PlanRequest(supply: SupplyRequest(uniqueTokens: 25e9), budget: BudgetRequest(flops: 1e22))
        request.coefficients = [NamedNumber("alpha", 0.4)]
        #expect(throws: RequestError.self) { try request.run() }
        request.laws = ["muennighoff-soft"]
        guard case .plan(let plan, _) = try request.run() else { return }
        request.coefficients = []
        guard case .plan(let own, _) = try request.run() else { return }
        #expect(plan.recommended.parameters != own.recommended.parameters)
        if let interval = plan.recommended.parametersInterval {
            #expect(interval.contains(plan.recommended.parameters))
        }
    }
}
