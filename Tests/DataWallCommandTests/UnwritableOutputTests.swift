import Foundation
import Testing

/// Outputs that fail: a full disk, a closed descriptor, a reader that has gone, a folder that is not there.
@Suite struct UnwritableOutputTests {
    private static func corpus() throws -> TestFolder { try TestFolder(["in/a.jsonl": "{\"text\": \"a\"}\n"]) }

    private static let commands = [
        "laws", "audit in", "audit in --json", "accelerators", "--help", "--version", "scan in --runs runs",
        "plan --unique-tokens 1e9 --flops 1e18 --law muennighoff --json", "audit in -o -",
    ]

    @Test("standard output that is full or closed ends with 73 and one sentence", arguments: commands)
    func standardOutput(command: String) throws {
        let folder = try Self.corpus()
        for (redirection, reason) in [("> /dev/full", "No space left on device"), (">&-", "Bad file descriptor")] {
            let run = try ShellRun("rm -rf runs; \"$D\" \(command) \(redirection)", in: folder.path)
            #expect(run.status == 73, "\(redirection): \(run.errors)")
            #expect(run.errors == "datawall: standard output cannot be written: \(reason)\n")
        }
    }

    @Test("a reader that has seen enough ends the command quietly, with 73")
    func closedPipe() throws {
        let folder = try TestFolder()
        let run = try ShellRun(
            "mkfifo p; head -c 1 p > /dev/null & \"$D\" laws --json > p; echo $? >&2", in: folder.path)
        // What fits the pipe before it is closed may pass.
        #expect(["73\n", "0\n"].contains(run.errors))
        let unread = try ShellRun("{ trap '' PIPE; \"$D\" laws; echo $? > s; } | true; cat s", in: folder.path)
        #expect(["73\n", "0\n"].contains(unread.output) && unread.errors == "")
    }

    @Test("a closed standard error or input costs neither answer nor status")
    func otherDescriptors() throws {
        let folder = try Self.corpus()
        let run = try ShellRun(
            "\"$D\" audit in -o a.json 2>&-; echo $?; \"$D\" audit gone 2>&-; echo $?", in: folder.path)
        #expect(run.output.hasSuffix("0\n66\n"))
        let noInput = try ShellRun(
            "\"$D\" audit in -o b.json <&- > /dev/null && cmp a.json b.json; \"$D\" plan - --flops 1e20 <&- ",
            in: folder.path)
        #expect(noInput.status == 66, "\(noInput.errors)")
        // With all of them closed, the first file opened must not become standard output.
        let allClosed = try ShellRun(
            "\"$D\" audit in -o c.json <&- >&- 2>&-; s=$?; cmp a.json c.json && echo $s", in: folder.path)
        #expect(allClosed.output == "73\n")
    }

    @Test("pipes, links and private files that -o names stay what they are")
    func specialFiles() throws {
        let folder = try Self.corpus()
        let run = try ShellRun(
            """
            mkfifo pipe; echo old > target; ln -s target link; echo x > private; chmod 600 private
            cat pipe > got & "$D" audit in -o pipe > o1 && "$D" audit in -o link > o2 && "$D" audit in -o private > o3; wait
            stat -c '%F %a' pipe link private | sed 's/^fifo .*/fifo/'; cmp got target && cmp target private
            """, in: folder.path)
        #expect(run.output == "fifo\nsymbolic link 777\nregular file 600\n", "\(run.errors)")
        #expect(run.status == 0)
    }

    @Test(
        "an output that cannot be written is refused before the work",
        arguments: [
            "audit in -o no/a.json", "audit in -o in", "merge runs -o no/a.json",
            "plan --unique-tokens 1e9 -o no/p.json",
            "mix s.csv --tokens 1e9 -o no/m.json", "fit r.csv --law chinchilla --residuals no/r.csv",
            "report a.json -o no/r.html", "pilots s.csv --tokens 1e9 -o no/p.csv",
            "merge runs --partitions 0-1 -o no/p.json",
        ])
    func refusedEarly(command: String) throws {
        let folder = try Self.corpus()
        let run = try ShellRun("\"$D\" \(command)", in: folder.path)
        // The inputs are not there either: the output is looked at first.
        #expect(run.status == 73, "\(run.errors)")
        #expect(run.output == "")
        #expect(run.errors.contains(" cannot be written: ") && run.errors.split(separator: "\n").count == 1)
    }

    @Test("where a file cannot be written in the end, the answer is printed, then the command fails")
    func answerIsPrinted() throws {
        let folder = try Self.corpus()
        // A device that takes nothing represents a disk that fills up during the work.
        let run = try ShellRun("\"$D\" audit in -o /dev/full", in: folder.path)
        #expect(run.status == 73)
        // All but how to print it again.
        func answer(_ run: ShellRun) -> Substring? { run.output.split(separator: "More:").first }
        #expect(try answer(run) == answer(ShellRun("\"$D\" audit in", in: folder.path)))
        #expect(run.errors == "datawall: /dev/full cannot be written: No space left on device\n")
        let sweep = try ShellRun(
            "\"$D\" plan --unique-tokens 1e9 --law chinchilla --sweep flops=1e18:1e19:2 -o /dev/full", in: folder.path)
        #expect(sweep.status == 73 && sweep.output.hasPrefix("flops,"))
    }

    @Test(
        "an output that the command reads, or that belongs to a scan, is refused and stays as it is",
        arguments: [
            "audit in -o in/a.jsonl", "audit in --output=in/a.jsonl", "audit in -o linked",
            "audit --manifest m.yml -o m.yml",
            "plan audit.json --flops 1e18 --law chinchilla -o audit.json", "fit r.csv --law chinchilla -o r.csv",
            "fit r.csv --law chinchilla --residuals r.csv", "merge runs -o runs/task.json",
            "merge runs -o runs/commits/000001.json",
        ])
    func inputs(command: String) throws {
        let folder = try TestFolder([
            "in/a.jsonl": "{\"text\": \"a\"}\n", "r.csv": "params,tokens,loss\n1e9,1e10,3\n",
            "m.yml": "sources:\n  - {name: in, paths: [in]}\n",
        ])
        let run = try ShellRun(
            """
            ln -s in/a.jsonl linked; "$D" audit in -o audit.json > o; "$D" scan in --runs runs > o; cp -rL . ../"$(basename "$PWD")"-copy
            "$D" \(command) > o 2> e; echo $?; cat e >&2; diff -r . ../"$(basename "$PWD")"-copy -x o -x e && echo same
            rm -rf ../"$(basename "$PWD")"-copy
            """, in: folder.path)
        #expect(run.output == "73\nsame\n", "\(run.output) \(run.errors)")
        #expect(run.errors.contains("name another output") || run.errors.contains("part of a scan's folder"))
    }
}
