import DataWallKit
import Testing

/// Tables as people have them: diverged runs, empty cells, other encodings.
@Suite struct TableCaseTests {
    /// 24 runs that obey a law, two that diverged and one without a size.
    private static let runs: String = {
        var text = "params,tokens,loss,state\n"
        for size in [70e6, 160e6, 410e6, 1e9] {
            for ratio in [5.0, 10, 20, 40, 80, 160] {
                let tokens = size * ratio
                // E + A/√N + B/√D, where roots need no library.
                let loss = 1.7 + 4_000 / size.squareRoot() + 20_000 / tokens.squareRoot()
                text += "\(size),\(tokens),\(loss),finished\n"
            }
        }
        return text + "70000000,1400000000,NaN,crashed\n70000000,2800000000,,crashed\n,2800000000,3.2,finished\n"
    }()

    @Test("rows that a filter drops do not stop a fit, whatever their cells contain")
    func filtersFirst() throws {
        let folder = try TestFolder(["runs.csv": Self.runs])
        let fit = ["fit", "runs.csv", "--law", "chinchilla", "--bootstrap", "0", "--json"]
        let run = try CommandRun(fit + ["--where", "state=finished && params>0"], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        let file = try JSONValue(parsing: Array(run.output.utf8))
        #expect(file["runs"] == 24)
    }

    @Test(
        "a cell that cannot be used is named by line and column, with the filter that leaves it out",
        arguments: [
            (
                "state=finished", "runs.csv", "runs.csv: the run table, line 28, column 'params': the cell is empty",
                "'params>0'"
            ),
            ("params>0", "runs.csv", "runs.csv: the run table, line 26, column 'loss': the cell is 'NaN'", "'loss>0'"),
        ])
    func namesCells(filter: String, file: String, place: String, hint: String) throws {
        let folder = try TestFolder([file: Self.runs])
        let run = try CommandRun(["fit", file, "--law", "chinchilla", "--where", filter], in: folder.path)
        #expect(run.status == 65)
        #expect(run.errors.contains(place) && run.errors.contains(hint), "\(run.errors)")
    }

    @Test("a table of another kind is named for what it is, and each table by its own name")
    func foreignTables() throws {
        let folder = try TestFolder(["buckets.csv": "bucket,tokens\n1,many\n", "pilots.csv": "w_a,w_b\n1,0\n"])
        let buckets = try CommandRun(["upsample", "buckets.csv", "--tokens", "1B"], in: folder.path)
        #expect(buckets.status == 65)
        #expect(
            buckets.errors.contains("buckets.csv: the table of buckets, line 2, column 'tokens': 'many' is not a"),
            "\(buckets.errors)")
        let text = "params,tokens,loss\n"
        let utf16: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        try folder.write(utf16, to: "runs.csv")
        let runs = try CommandRun(["fit", "runs.csv", "--law", "chinchilla"], in: folder.path)
        #expect(runs.status == 65)
        #expect(runs.errors.contains("the run table is UTF-16 text: save it as CSV in UTF-8"), "\(runs.errors)")
    }
}
