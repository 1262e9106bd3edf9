import Foundation
import OrderedJSON
import Testing

@testable import CorpusAudit

/// Runs that are not what their scan wrote are refused by name, never merged.
@Suite struct RunDamageTests {
    private func scanned(_ small: SmallCorpus, into name: String = "runs") async throws -> String {
        let folder = "\(small.folder.path)/\(name)"
        _ = try await Auditor(options: try small.options()).scan(try small.corpus(), into: folder)
        return folder
    }

    private func refusal(_ folders: [String]) async -> String {
        do {
            _ = try await RunMerger(threads: 2).merge(folders)
            return "merged"
        } catch {
            return "\(error)"
        }
    }

    private func firstRun(_ folder: String) throws -> String {
        let name = try #require(ScanJournal.names(in: folder + "/runs", endingIn: ".run").first)
        return "\(folder)/runs/\(name)"
    }

    @Test("every bit of a run is under a checksum")
    func flippedBits() async throws {
        let small = try SmallCorpus(seed: 1, shards: 3, records: 20)
        let folder = try await scanned(small)
        let path = try firstRun(folder)
        let sound = try #require(FileManager.default.contents(atPath: path))
        // The header's reserved bytes, 24 to 64, mean nothing.
        for place in Array(0..<24) + Array(stride(from: 64, to: sound.count, by: 13)) + [sound.count - 1] {
            var bytes = sound
            bytes[place] ^= 1 << UInt8(place % 8)
            try bytes.write(to: URL(fileURLWithPath: path))
            let message = await refusal([folder])
            #expect(message.contains(path), "byte \(place): \(message)")
        }
        try sound.write(to: URL(fileURLWithPath: path))
        #expect(await refusal([folder]) == "merged")
    }

    @Test(
        "a flipped bit of a commit or of the task's file is named, or means nothing",
        arguments: ["commits/000001.json", "task.json"])
    func flippedCommits(name: String) async throws {
        let small = try SmallCorpus(seed: 6, shards: 2, records: 5)
        let folder = try await scanned(small)
        let whole = try await RunMerger().merge([folder]).json.fileText()
        let path = "\(folder)/\(name)"
        let sound = try #require(FileManager.default.contents(atPath: path))
        for place in stride(from: 0, to: sound.count, by: 3) {
            var bytes = sound
            bytes[place] ^= 1 << UInt8(place % 8)
            try bytes.write(to: URL(fileURLWithPath: path))
            do {
                let merged = try await RunMerger().merge([folder])
                #expect(merged.json.fileText() == whole, "byte \(place)")
            } catch {
                #expect("\(error)".contains(path), "byte \(place): \(error)")
            }
        }
    }

    @Test("a run that is cut off, or gone, is named")
    func truncation() async throws {
        let small = try SmallCorpus(seed: 2, shards: 3, records: 20)
        let folder = try await scanned(small)
        let path = try firstRun(folder)
        let sound = try #require(FileManager.default.contents(atPath: path))
        for count in stride(from: 0, to: sound.count, by: 97) {
            try sound.prefix(count).write(to: URL(fileURLWithPath: path))
            #expect(await refusal([folder]).contains(path))
        }
        try FileManager.default.removeItem(atPath: path)
        #expect(
            await refusal([folder])
                == "\(path) is missing, though a commit names it; copy it here, or scan its shards again")
    }

    @Test("a shard that two scans hold, a scan with other settings and an unfinished one are refused")
    func unfit() async throws {
        let small = try SmallCorpus(seed: 3, shards: 4, records: 10)
        let folder = try await scanned(small)
        let again = try await scanned(small, into: "again")
        #expect(await refusal([folder, again]).contains("its text would count twice"))

        let lines = small.folder.path + "/lines"
        _ = try await Auditor(options: try small.options(level: .line)).scan(try small.corpus(), into: lines)
        #expect(await refusal([folder, lines]).contains("was scanned differently: level line, not document"))

        let commit = try #require(ScanJournal.names(in: again + "/commits", endingIn: ".json").first)
        try FileManager.default.removeItem(atPath: "\(again)/commits/\(commit)")
        #expect(await refusal([again]).contains("is not finished"))
        #expect(await refusal([small.folder.path + "/nowhere"]).contains("holds no committed runs"))
    }

    @Test("a missing task is named")
    func missingTask() async throws {
        let small = try SmallCorpus(seed: 4, shards: 4, records: 10)
        let folder = small.folder.path + "/runs"
        for task in ["0/3", "2/3"] {
            let share = try #require(ScanTask(task))
            _ = try await Auditor(options: try small.options()).scan(try small.corpus(), into: folder, task: share)
        }
        #expect(
            await refusal([folder])
                == "of the 3 tasks of the scan in \(folder)/task-000000-of-000003 these are missing: 1")
    }
}
