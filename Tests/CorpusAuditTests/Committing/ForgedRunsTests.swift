import Foundation
import OrderedJSON
import Testing

@testable import CorpusAudit

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Runs, commits, tasks and partial sums whose digests are right and whose content is forged.
///
/// A merge refuses them, or the forgery changes nothing that it counts. It never traps.
@Suite struct ForgedRunsTests {
    /// What a merge must come to where it does not refuse: the counts, which a forgery must not change.
    private struct Counts: Equatable {
        var documents: Int
        var units: Int
        var uniqueUnits: Int
        var sources: Int

        init(_ audit: Audit) {
            documents = audit.totals.documents
            units = audit.totals.units
            uniqueUnits = audit.totals.uniqueUnits
            sources = audit.sources.count
        }
    }

    /// Merges; returns `nil` where the merge refuses, as it should.
    private func merged(_ folder: String, _ what: String) async throws -> Audit? {
        do {
            let audit = try await RunMerger(topCopies: 5).merge([folder])
            let numbers = audit.sources.flatMap { [$0.documents, $0.units, $0.uniqueUnits, $0.tokens, $0.bytes] }
            #expect(numbers.allSatisfy { $0 >= 0 }, "\(what)")
            return audit
        } catch {
            #expect(error is RunError || error is CorpusError, "\(what): \(error)")
            return nil
        }
    }

    // MARK: JSON

    private static let integers = [
        -1, 0, 1, 7, 1 << 31, 1 << 32, 1 << 53, 1 << 53 + 1, 1 << 62, Int.max - 1, .max, .min,
    ]
    private static let strings = ["", "..", "../runs", "a/b", "000001.run", "\u{0}", "shards/../x", "-1", "9/3"]

    /// The value with one part of it replaced, in every way that a forger might.
    private static func forgeries(of value: JSONValue, at path: String = "") -> [(path: String, value: JSONValue)] {
        var forged: [(String, JSONValue)] = [(path, .null), (path, .array([])), (path, .string("x"))]
        switch value {
        case .integer: forged += integers.map { (path, .integer($0)) } + [(path, .number(1e300)), (path, .number(0.5))]
        case .number: forged += [-1, 0, 1e-300, 1e300].map { (path, .number($0)) }
        case .string: forged += strings.map { (path, .string($0)) }
        case .array(let elements):
            forged.append((path, .array(elements + elements)))
            for (index, element) in elements.enumerated() {
                forged += forgeries(of: element, at: "\(path)[\(index)]").map { place, value in
                    var changed = elements
                    changed[index] = value
                    return (place, .array(changed))
                }
            }
        case .object(let members):
            for (index, member) in members.enumerated() {
                forged += forgeries(of: member.value, at: "\(path).\(member.key)").map { place, value in
                    var changed = members
                    changed[index] = JSONMember(key: member.key, value: value)
                    return (place, .object(changed))
                }
                var without = members
                without.remove(at: index)
                forged.append(("\(path) without \(member.key)", .object(without)))
            }
        default: break
        }
        return forged
    }

    /// The files that a forgery of a sealed file gives, with right digests: some hundred, or all in a soak.
    private static func sealed(_ path: String, atMost most: Int = 250) throws -> [(path: String, text: String)] {
        let json = try JSONValue(parsing: Array(try #require(FileManager.default.contents(atPath: path))))
        guard case .object(let members) = json else { return [] }
        let all = forgeries(of: .object(members.dropLast()))
        // Neighbours replace the same value, so that a step meets all values.
        let step = isSoak ? 1 : max(1, all.count / most) | 1
        return stride(from: 0, to: all.count, by: step).map { all[$0] }.compactMap { place, value in
            guard case .object(let members) = value else { return nil }
            return (place, SealedJSON.text(members))
        }
    }

    @Test("no number or name of a commit or task can be forged into a trap or other counts")
    func commits() async throws {
        let small = try SmallCorpus(seed: 81, shards: 5, records: 8)
        let folder = small.folder.path + "/runs"
        _ = try await Auditor(options: try small.options(threads: 1)).scan(try small.corpus(), into: folder)
        let right = Counts(try await RunMerger().merge([folder]))
        var (tried, refused) = (0, 0)
        for name in ["commits/000001.json", "task.json"] {
            let path = "\(folder)/\(name)"
            let sound = try #require(FileManager.default.contents(atPath: path))
            for (place, text) in try Self.sealed(path) {
                try Data(text.utf8).write(to: URL(fileURLWithPath: path))
                tried += 1
                let what = "\(name)\(place)"
                if let audit = try await merged(folder, what) {
                    // A shard without a document has no unit to tell what its row says.
                    #expect(Counts(audit) == right || audit.totals.units == right.units, "\(what)")
                } else {
                    refused += 1
                }
            }
            try sound.write(to: URL(fileURLWithPath: path))
        }
        #expect(tried > 200 && refused > tried / 2, "\(refused) of \(tried) refused")
    }

    @Test("a scan goes on from a forged commit without a trap, and its folder then merges or is refused")
    func resumedCommits() async throws {
        let small = try SmallCorpus(seed: 82, shards: 2, records: 3)
        let folder = small.folder.path + "/runs"
        let auditor = Auditor(options: try small.options(threads: 1))
        _ = try await auditor.audit(try small.corpus(), state: folder)
        let path = "\(folder)/commits/000001.json"
        for (place, text) in try Self.sealed(path, atMost: 40) {
            try? FileManager.default.removeItem(atPath: folder)
            _ = try await auditor.audit(try small.corpus(), state: folder)
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            do {
                let audit = try await auditor.audit(try small.corpus(), state: folder)
                #expect(audit.sources.allSatisfy { $0.documents >= 0 && $0.units >= 0 }, "\(place)")
            } catch {
                #expect(error is RunError || error is CorpusError, "\(place): \(error)")
            }
        }
    }

    @Test("no partial sum can be forged into a trap or an impossible audit")
    func partials() async throws {
        let small = try SmallCorpus(seed: 83, shards: 4, records: 10)
        let folder = small.folder.path + "/runs"
        _ = try await Auditor(options: try small.options(threads: 1)).scan(try small.corpus(), into: folder)
        let paths = ["low", "high"].map { "\(small.folder.path)/\($0).json" }
        let merger = RunMerger(topCopies: 3)
        for (range, path) in zip(["0-2047", "2048-4095"], paths) {
            try await merger.reduce([folder], partitions: try #require(PartitionRange(range))).write(to: path)
        }
        let whole = try await merger.merge([folder])
        #expect(try await merger.merge([folder], partials: paths) == whole)
        var (tried, refused) = (0, 0)
        for (place, text) in try Self.sealed(paths[0]) {
            try Data(text.utf8).write(to: URL(fileURLWithPath: paths[0]))
            tried += 1
            do {
                let audit = try await merger.merge([folder], partials: paths)
                #expect(audit.totals.units == whole.totals.units, "\(place)")
                #expect(audit.sources.allSatisfy { $0.uniqueTokens <= $0.tokens && $0.uniqueTokens >= 0 }, "\(place)")
            } catch {
                refused += 1
                #expect(error is RunError || error is CorpusError, "\(place): \(error)")
            }
        }
        #expect(tried > 200 && refused > tried / 2, "\(refused) of \(tried) refused")
    }

    // MARK: Runs

    /// The bytes of a run of one tokenizer with its sums made right again.
    private static func resealed(_ bytes: [UInt8]) -> [UInt8] {
        func integer(at offset: Int) -> Int {
            (0..<8).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
        }
        func bytes8(_ value: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        let trailer = bytes.count - SortedFile.trailerSize
        let footer = integer(at: trailer)
        let block = RecordLayout.plain.stride * RunFile.recordsPerBlock
        let blocks = (footer - SortedFile.headerSize + block + 7) / (block + 8)
        let records = Array(bytes[SortedFile.headerSize..<footer - 8 * blocks])
        var tail: [UInt8] = []
        for start in stride(from: 0, to: records.count, by: block) {
            let slice = Array(records[start..<min(start + block, records.count)])
            tail += bytes8(slice.withUnsafeBytes { SortedFile.checksum($0) })
        }
        tail += bytes[footer..<trailer]
        return bytes[..<SortedFile.headerSize] + records + tail + bytes[trailer..<trailer + 16]
            + bytes8(tail.withUnsafeBytes { SortedFile.checksum($0) }) + SortedFile.endMagic
    }

    @Test("no field of a record can be forged into a trap or other counts")
    func records() async throws {
        let small = try SmallCorpus(seed: 84, shards: 3, records: 12)
        let folder = small.folder.path + "/runs"
        _ = try await Auditor(options: try small.options(threads: 1)).scan(try small.corpus(), into: folder)
        let right = Counts(try await RunMerger().merge([folder]))
        let path = "\(folder)/runs/000001.run"
        let sound = Array(try #require(FileManager.default.contents(atPath: path)))
        let count = try RunFile(opening: path).recordCount
        // Fields of a record with their sizes: fingerprint, tokens, bytes, origin and the rest, position.
        let fields = [(0, 8), (8, 8), (16, 4), (20, 4), (24, 2), (26, 3), (29, 3), (32, 8)]
        for record in [0, count / 2, count - 1] {
            for (offset, size) in fields {
                for pattern: UInt8 in [0x00, 0x7F, 0x80, 0xFF] {
                    var bytes = sound
                    let start = SortedFile.headerSize + record * RecordLayout.plain.stride + offset
                    for place in start..<start + size { bytes[place] = pattern }
                    try Data(Self.resealed(bytes)).write(to: URL(fileURLWithPath: path))
                    let what = "record \(record), offset \(offset), \(pattern)"
                    guard let audit = try await merged(folder, what) else { continue }
                    // Whether a fingerprint is that of the text only the text can tell.
                    #expect(Counts(audit).documents == right.documents && audit.totals.units == right.units, "\(what)")
                }
            }
        }
    }

    @Test("records whose sums no number holds are refused", arguments: [Audit.Level.document, .line])
    func sums(level: Audit.Level) async throws {
        let small = try SmallCorpus(seed: 85, shards: 1, records: 2)
        let folder = small.folder.path + "/runs"
        _ = try await Auditor(options: try small.options(level: level)).scan(try small.corpus(), into: folder)
        // On a busy machine the empty shard may have a commit of its own.
        let paths = ScanJournal.names(in: folder + "/commits", endingIn: ".json").map { "\(folder)/commits/\($0)" }
        let path = try #require(
            try paths.first { try RunCommit(sealedFile: $0).reports.contains { !$0.shares.isEmpty } })
        let commit = try RunCommit(sealedFile: path)
        var report = try #require(commit.reports.first { !$0.shares.isEmpty })
        let origin = RunOrigin(source: report.shares[0].source, shard: ByteName(report.shard.path))
        let count = 40_000
        var records: [UnitRecord] = []
        for place in 0..<count {
            var record = UnitRecord(
                Fingerprint(high: UInt64(place / 2) << 40, low: 1), tokens: .max, bytes: .max, origin: 0,
                position: place)
            record.word |= 0xFFFF
            records.append(record)
        }
        try RunWriter.write(try HeldRecords(records).sorted(), origins: [origin], to: folder + "/runs/000900.run")
        report.shares = [.init(source: origin.source, documents: count * UnitRecord.maximumCopies)]
        let others = commit.reports.filter { $0.shard.path != report.shard.path }
        let forged = RunCommit(
            settings: commit.settings, runs: [.init(name: "000900.run", records: count)], reports: others + [report])
        try Data(forged.sealedText.utf8).write(to: URL(fileURLWithPath: path))
        let error = await #expect(throws: RunError.self) { try await RunMerger().merge([folder]) }
        #expect(
            error?.description.contains("add up to more bytes or tokens than can be") == true,
            "\(String(describing: error))")
    }

    @Test("a run, a commit or a task that is a pipe is refused at once", arguments: ["runs", "commits", "task.json"])
    func pipes(part: String) async throws {
        let small = try SmallCorpus(seed: 86, shards: 2, records: 3)
        let folder = small.folder.path + "/runs"
        _ = try await Auditor(options: try small.options()).scan(try small.corpus(), into: folder)
        var path = "\(folder)/\(part)"
        if part != "task.json" {
            path += "/" + (try #require(FileManager.default.contentsOfDirectory(atPath: path).min()))
        }
        unlink(path)
        #expect(mkfifo(path, 0o600) == 0)
        #expect(try await merged(folder, path) == nil)
        await #expect(throws: RunError.self) { try await RecordKeeper().keep([folder], into: folder + "-kept") }
    }

    @Test("a commit that names the run of another one is refused, and so is one of a shard nobody asked for")
    func doubledRuns() async throws {
        let small = try SmallCorpus(seed: 87, shards: 2, records: 5)
        let folder = small.folder.path + "/runs"
        _ = try await Auditor(options: try small.options(threads: 1)).scan(try small.corpus(), into: folder)
        let commit = try RunCommit(sealedFile: folder + "/commits/000001.json")
        var report = try #require(commit.reports.first)
        report.shard.path += "-twin"
        let twin = RunCommit(settings: commit.settings, runs: commit.runs, reports: [report])
        try Data(twin.sealedText.utf8).write(to: URL(fileURLWithPath: folder + "/commits/000002.json"))
        #expect(try await merged(folder, "twin") == nil)
    }
}
