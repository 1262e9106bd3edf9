import DataWallKit
import Foundation
import Testing

/// Looks at a page as a person's browser does, where Chromium is installed.
@Suite struct ReportInBrowserTests {
    /// The browser, or `nil`.
    static let browser = ["chromium", "chromium-browser", "google-chrome"].lazy
        .flatMap { name in ["/usr/bin", "/usr/local/bin", "/snap/bin"].map { "\($0)/\(name)" } }
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    private func measure(
        _ files: [String], in folder: TestFolder, name: String, isDark: Bool = false
    ) throws -> [PageProbe.Measured] {
        let place = folder.path + "/" + name
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        let run = try CommandRun(["report"] + files + ["-o", "\(name)/report.html"], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        try Data(PageProbe.page.utf8).write(to: URL(fileURLWithPath: place + "/probe.html"))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(Self.browser))
        process.arguments = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--allow-file-access-from-files",
            "--user-data-dir=\(place)/profile", "--enable-logging=stderr", "--window-size=1900,1000",
            // 0 prefers dark colours.
            "--blink-settings=preferredColorScheme=\(isDark ? 0 : 1)", "--virtual-time-budget=20000", "--dump-dom",
            "file://\(place)/probe.html",
        ]
        let (output, errors) = ("\(place)/dom.html", "\(place)/log.txt")
        for file in [output, errors] { _ = FileManager.default.createFile(atPath: file, contents: nil) }
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
        try process.run()
        process.waitUntilExit()
        let log = try String(contentsOfFile: errors, encoding: .utf8)
        let console = log.split(separator: "\n").filter { $0.contains("CONSOLE") }
        #expect(console.isEmpty, "the browser's console says: \(console)")
        let page = try String(contentsOfFile: output, encoding: .utf8)
        let start = try #require(page.range(of: "MEASURED"), "the browser did not measure: \(log.suffix(500))")
        let end = try #require(page.range(of: "DERUSAEM"))
        let text = page[start.upperBound..<end.lowerBound]
            .replacingOccurrences(of: "&lt;", with: "<").replacingOccurrences(of: "&gt;", with: ">")
            .replacingOccurrences(of: "&amp;", with: "&")
        return try JSONDecoder().decode([PageProbe.Measured].self, from: Data(text.utf8))
    }

    @Test(
        "a page has its marks, no message in the console, and no text out of place at 390 and 1440 pixels",
        .enabled(if: browser != nil, "Chromium is not installed: apt-get install chromium"))
    func page() throws {
        let folder = try ReportCommandTests.folder()
        let measured = try measure(["audit.json", "plan.json", "robust.json"], in: folder, name: "measured")
        #expect(measured.map(\.width) == [390, 1440])
        let plan = try PlanFile(parsing: Array(folder.read("plan.json").utf8))
        let robust = try PlanFile(parsing: Array(folder.read("robust.json").utf8))
        for page in measured {
            #expect(page.scriptRan)
            #expect(page.titlesLeft == 0)
            #expect(page.scrollWidth <= page.width)
            #expect(page.overflowing == [])
            // One source without repeats, one with; texts once, and texts three times.
            #expect(page.marks["part1-sources"] == 3)
            #expect(page.marks["part1-copies"] == 3)
            // The frontier's steps, the recommended run among them and on top of them.
            #expect(page.marks["part2-epochs"] == plan.frontier.count + 2)
            // The lowest point of each of five curves, and the recommended run.
            #expect(page.marks["part2-isoflop"] == 6)
            #expect(page.marks["part3-sizes"] == robust.families.count)
        }
    }

    @Test(
        "in light and in dark every text has the contrast of WCAG AA, and keys reach every link, table, chart and mark",
        .enabled(if: browser != nil, "Chromium is not installed: apt-get install chromium"), arguments: [false, true])
    func access(isDark: Bool) throws {
        let folder = try ReportCommandTests.folder()
        let sweep = try CommandRun(
            [
                "plan", "--law", "muennighoff", "--sweep", "flops=1e20:1e23:log:7", "--sweep",
                "unique-tokens=1e9:1e12:log:7", "--json", "-o", "sweep.json",
            ], in: folder.path)
        #expect(sweep.status == 0, "\(sweep.errors)")
        let files = ["audit.json", "plan.json", "robust.json", "sweep.json"]
        for page in try measure(files, in: folder, name: isDark ? "dark" : "light", isDark: isDark) {
            #expect(page.isDark == isDark)
            #expect(page.faint == [])
            #expect(page.judged > 500)
            #expect(page.unreachable == [])
            #expect(page.readCharts >= 10)
            #expect(page.uncued == [])
        }
    }

    /// A source's name that a page must show as it is: hostile, too long for its place, or in a wide script.
    private static func unwieldyName(_ index: Int) -> String {
        switch index % 3 {
        case 0: "<b onmouseover=alert(1)>\(index)"
        case 1: "a-name-without-any-place-to-break-" + String(repeating: "x", count: 90) + "\(index)"
        default: "源\(index)"
        }
    }

    @Test(
        "a page of five hundred sources with hostile and long names stays in place",
        .enabled(if: browser != nil, "Chromium is not installed: apt-get install chromium"))
    func manySources() throws {
        let folder = try TestFolder()
        for index in 0..<500 {
            let place = folder.path + "/shards/" + Self.unwieldyName(index)
            try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
            let text = (0...(index % 7)).map { "{\"text\": \"text \($0) of \(index % 50)\"}\n" }.joined()
            try Data(text.utf8).write(to: URL(fileURLWithPath: place + "/a.jsonl"))
        }
        #expect(try CommandRun(["audit", "shards", "-o", "audit.json"], in: folder.path).status == 0)
        for page in try measure(["audit.json"], in: folder, name: "many") {
            #expect(page.overflowing == [])
            #expect(page.scrollWidth <= page.width)
            #expect(page.marks["part1-overlap"] == 12 * 11)
            #expect(page.uncued == [])
            #expect(page.unreachable == [])
            #expect(page.found == 1)
        }
    }

    @Test(
        "pages of mixtures of one source, of four and of five hundred with hostile and long names stay in place",
        .enabled(if: browser != nil, "Chromium is not installed: apt-get install chromium"))
    func mixtures() throws {
        let many = (0..<500).map { index in
            "\(Self.unwieldyName(index)),\(1_000_000 * (index * index + 7)),\(1 + index % 3)\n"
        }.joined()
        let head = "source,unique_tokens,quality\n"
        let folder = try TestFolder([
            "one.csv": head + "all,10B,1\n", "four.csv": head + "web,1T,1\ncode,100B,2\nwiki,4B,3\nmaths,30B,2\n",
            "many.csv": head + many,
        ])
        for (name, tokens) in [("one", "20B"), ("four", "1.2T"), ("many", "60T")] {
            let run = try CommandRun(
                ["mix", "\(name).csv", "--tokens", tokens, "-o", "\(name).json"], in: folder.path)
            #expect(run.status == 0, "\(run.errors)")
        }
        for page in try measure(["one.json", "four.json", "many.json"], in: folder, name: "mixtures") {
            #expect(page.overflowing == [])
            #expect(page.scrollWidth <= page.width)
            // A bar of the share as it is and one of the share planned.
            #expect(page.marks["part1-mixture"] == 2)
            #expect(page.marks["part2-mixture"] == 8)
            #expect(page.marks["part3-mixture"] == 2 * 20)
            #expect(page.marks["part2-methods"] == 6)
        }
    }
}
