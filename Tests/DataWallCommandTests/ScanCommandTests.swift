import DataWallKit
import Foundation
import Testing

@Suite struct ScanCommandTests {
    private static func folder() throws -> TestFolder {
        try TestFolder([
            "web/a.jsonl": "{\"text\": \"one two three four\"}\n{\"text\": \"one two three four\"}\n",
            "wiki/b.jsonl": "{\"text\": \"one two three four\"}\n{\"text\": \"five\"}\n",
        ])
    }

    /// The JSON objects among the lines of standard error.
    private static func events(_ run: CommandRun) throws -> [JSONValue] {
        try run.errors.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
    }

    @Test("attempts at the tasks of a job merge to the audit of one pass, and the status says when it is done")
    func attempts() throws {
        let folder = try Self.folder()
        func run(_ arguments: String...) throws -> CommandRun { try CommandRun(arguments, in: folder.path) }
        let begun = try run("scan", "web", "wiki", "--runs", "runs", "--task", "0/2", "--attempt", "31")
        #expect(begun.status == 0, "\(begun.errors)")
        let half = try run("scan", "--status", "runs")
        #expect(half.status == 1 && half.errors.isEmpty, "\(half.errors)")
        #expect(half.output.contains("1 of 2 tasks complete: 1 of 1 shard committed"), "\(half.output)")
        #expect(half.output.contains("Of 2 tasks these have not begun: 1"), "\(half.output)")
        for attempt in ["9", "4"] {
            let other = try run("scan", "web", "wiki", "--runs", "runs", "--task", "1/2", "--attempt", attempt)
            #expect(other.status == 0, "\(other.errors)")
        }
        let done = try run("scan", "--status", "runs", "--json")
        #expect(done.status == 0 && done.output.contains("\"complete\": true"), "\(done.output)")
        #expect(try run("scan", "--status", "runs").output.contains("1 further attempt will not count"))
        let merged = try run("merge", "runs", "--json")
        #expect(try merged.output == run("audit", "web", "wiki", "--json").output)
    }

    @Test("progress for programs is one object a line, from the beginning to the end")
    func progress() throws {
        let folder = try Self.folder()
        let scan = try CommandRun(
            ["scan", "web", "wiki", "--runs", "runs", "--attempt", "2", "--progress", "json"], in: folder.path)
        let scanned = try Self.events(scan)
        #expect(scanned.first?["event"] == "progress" && scanned.last?["event"] == "end", "\(scan.errors)")
        #expect(scanned.last?["task"] == "0/1" && scanned.last?["attempt"] == 2)
        #expect(scanned.last?["shards_read"] == 2 && scanned.last?["documents"] == 4)
        let merge = try CommandRun(["merge", "runs", "--progress", "json"], in: folder.path)
        let merged = try Self.events(merge)
        #expect(merged.last?["event"] == "end" && merged.last?["partitions"] == "0-4095", "\(merge.errors)")
        #expect(merged.last?["records"] == merged.last?["records_counted"])
        for arguments in [
            ["scan", "web", "--runs", "more", "--progress", "none"], ["merge", "runs", "--progress", "none"],
        ] {
            #expect(try CommandRun(arguments, in: folder.path).errors.isEmpty)
        }
    }

    @Test(
        "a scan that makes no sense is refused",
        arguments: [
            (["scan", "web"], 64, "Name the directory that runs go to"),
            (["scan", "web", "--runs", "r", "--json"], 64, "--json prints a --status"),
            (["scan", "web", "--status", "r"], 64, "--status reads nothing"),
            (["scan", "--status", "r", "--restart"], 64, "--status reads nothing"),
            (["scan", "--status", "none"], 66, "none holds no committed runs"),
            (["scan", "web", "--runs", "r", "--attempt", "9007199254740993"], 64, "--attempt is a number"),
            (["scan", "web", "--runs", "r", "--attempt", "first"], 64, "--attempt"),
            (["scan", "web", "--runs", "r", "--progress", "xml"], 64, "--progress"),
        ] as [([String], Int32, String)])
    func refusals(arguments: [String], status: Int32, message: String) throws {
        let folder = try Self.folder()
        let run = try CommandRun(arguments, in: folder.path)
        #expect(run.status == status, "\(run.errors)")
        #expect(run.errors.contains(message), "\(run.errors)")
    }
}
