import Foundation
import OrderedJSON
import Testing

@testable import CorpusAudit

/// Attempts at tasks, in every order of beginning and finishing.
@Suite struct ScanAttemptsTests {
    /// How far an attempt came.
    enum Progress: CaseIterable {
        case notBegun, begun, halfway, complete
    }

    /// Scans a task as an attempt and takes away what it would not have committed yet.
    private static func scan(
        _ small: SmallCorpus, _ task: String, attempt: Int, _ progress: Progress, into runs: String
    ) async throws {
        if progress == .notBegun { return }
        var options = try small.options()
        options.commitInterval = .zero
        _ = try await Auditor(options: options).scan(
            small.corpus(), into: runs, task: #require(ScanTask(task)), attempt: attempt)
        let folder = "\(runs)/" + (try #require(ScanTask(task)?.folderName(attempt: attempt)))
        var commits = ScanJournal.names(in: folder + "/commits", endingIn: ".json")
        #expect(commits.count > 1, "halfway is between two commits")
        if progress == .halfway { commits.removeFirst() }
        guard progress != .complete else { return }
        for name in commits { try FileManager.default.removeItem(atPath: "\(folder)/commits/\(name)") }
    }

    @Test("two attempts at a task, however far each came, merge to the one-pass audit or are refused by name")
    func twoAttempts() async throws {
        let small = try SmallCorpus(seed: 61)
        let whole = try await Auditor(options: small.options()).audit(small.corpus()).json.fileText()
        for first in Progress.allCases {
            for second in Progress.allCases {
                let runs = "\(small.folder.path)/runs-\(first)-\(second)"
                // Engines number attempts as they like; the other tasks have one each.
                try await Self.scan(small, "0/3", attempt: 7, .complete, into: runs)
                try await Self.scan(small, "1/3", attempt: 4, first, into: runs)
                try await Self.scan(small, "1/3", attempt: 1_000_000_007, second, into: runs)
                try await Self.scan(small, "2/3", attempt: 0, .complete, into: runs)
                if first == .complete || second == .complete {
                    #expect(try await RunMerger().merge([runs]).json.fileText() == whole, "\(first), \(second)")
                    #expect(try ScanStatus(of: [runs]).isComplete)
                } else {
                    let error = await #expect(throws: RunError.self) { try await RunMerger().merge([runs]) }
                    switch error {
                    case .missingTasks(_, [1], of: 3): #expect(first == .notBegun && second == .notBegun)
                    case .unfinished(let path, _):
                        #expect(path.hasSuffix(second == .notBegun ? "-000004" : "-1000000007"))
                    default: Issue.record("\(first), \(second): \(String(describing: error))")
                    }
                    #expect(try !ScanStatus(of: [runs]).isComplete)
                }
            }
        }
    }

    @Test("attempts that run at the same time do not disturb each other")
    func atTheSameTime() async throws {
        let small = try SmallCorpus(seed: 62)
        let options = try small.options()
        let whole = try await Auditor(options: options).audit(small.corpus()).json.fileText()
        let runs = small.folder.path + "/runs"
        let corpus = try small.corpus()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for attempt in 0..<4 {
                group.addTask {
                    _ = try await Auditor(options: options).scan(corpus, into: runs, attempt: attempt)
                }
            }
            try await group.waitForAll()
        }
        #expect(try await RunMerger().merge([runs]).json.fileText() == whole)
    }

    @Test("the same attempt goes on where it stopped")
    func sameAttempt() async throws {
        let small = try SmallCorpus(seed: 63)
        let whole = try await Auditor(options: small.options()).audit(small.corpus()).json.fileText()
        let runs = small.folder.path + "/runs"
        try await Self.scan(small, "0/1", attempt: 3, .halfway, into: runs)
        try await Self.scan(small, "0/1", attempt: 3, .complete, into: runs)
        #expect(try FileManager.default.contentsOfDirectory(atPath: runs) == ["task-000000-of-000001-attempt-000003"])
        #expect(try await RunMerger().merge([runs]).json.fileText() == whole)
    }

    @Test("a complete attempt whose commit is damaged is passed over for a lower one, and named where there is none")
    func damagedAttempt() async throws {
        let small = try SmallCorpus(seed: 64)
        let whole = try await Auditor(options: small.options()).audit(small.corpus()).json.fileText()
        let runs = small.folder.path + "/runs"
        for attempt in [1, 2] { try await Self.scan(small, "0/1", attempt: attempt, .complete, into: runs) }
        try small.folder.write("{", to: "runs/task-000000-of-000001-attempt-000002/commits/000001.json")
        #expect(try await RunMerger().merge([runs]).json.fileText() == whole)
        try FileManager.default.removeItem(atPath: runs + "/task-000000-of-000001-attempt-000001")
        let error = await #expect(throws: RunError.self) { try await RunMerger().merge([runs]) }
        guard case .damaged(let path, _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(path.hasSuffix("attempt-000002/commits/000001.json"))
    }

    @Test("a whole scan and attempts do not share a folder, and no attempt has a number below 0 or above 2⁵³")
    func refusals() async throws {
        let small = try SmallCorpus(seed: 65, shards: 2)
        let auditor = Auditor(options: try small.options())
        let runs = small.folder.path + "/runs"
        _ = try await auditor.scan(small.corpus(), into: runs)
        await #expect {
            try await auditor.scan(small.corpus(), into: runs, attempt: 1)
        } throws: {
            "\($0)".contains("a whole scan → task 0/1, attempt 1")
        }
        let attempts = small.folder.path + "/attempts"
        _ = try await auditor.scan(small.corpus(), into: attempts, attempt: 1)
        await #expect {
            try await auditor.scan(small.corpus(), into: attempts)
        } throws: {
            "\($0)".contains("several tasks or jobs")
        }
        for number in [-1, 1 << 53 + 1] {
            await #expect(throws: RunError.self) {
                try await auditor.scan(small.corpus(), into: attempts, attempt: number)
            }
        }
    }
}
