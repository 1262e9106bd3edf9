import BuiltInModels
import DataWallReports
import OrderedJSON
import ScalingLaws
import Testing
import TrainingPlanning

@Suite struct SweepPageTests {
    private func part(_ sweep: Result<PlanSweep, any Error>, _ madeBy: String = "datawall plan") throws -> Report.Part {
        let text = try sweep.get().json(madeBy: madeBy).fileText()
        return try Report.Part(parsing: Array(text.utf8), name: "sweep.json", forms: ModelCatalog.standard.laws)
    }

    private func html(_ parts: Report.Part...) -> String { Report(parts: parts).html() }

    private func count(_ part: String, in text: String) -> Int { text.ranges(of: part).count }

    @Test(
        "a sweep over two axes is a map of epochs and one of sizes, with the wall on both, unique tokens rising upwards"
    )
    func plane() throws {
        let page = html(try part(SampleSweep.plane))
        #expect(page.contains("id=\"part1-epochs\"") && page.contains("id=\"part1-sizes\""))
        // Twelve cells, on two maps, each drawn for a wide and for a narrow page.
        #expect(count("class=\"mark cell\"", in: page) == 12 * 4)
        #expect(count("one epoch: the data wall", in: page) == 4)
        #expect(page.contains("unique tokens</text>") && page.contains("compute budget (FLOPs) →"))
        // The file has the unique tokens falling; the map has them rising.
        let table = try #require(page.split(separator: "id=\"part1-epochs\"").last).split(separator: "<tbody>")[1]
        #expect(table.split(separator: "<tr><th>")[1].hasPrefix("1T"))
    }

    @Test("the reader's plans are places on the map, whichever axis comes first")
    func places() throws {
        let plan = try PlanFile(PlanFile(SamplePlan.oneLaw.get(), madeBy: nil).json)
        for sweep in [SampleSweep.plane, SampleSweep.holes] {
            let page = html(.plan(plan, name: "mine.json"), try part(sweep))
            #expect(page.contains("The dot is your plan."))
            #expect(page.contains("mine.json: 1e22, 25B"))
        }
        #expect(!html(try part(SampleSweep.plane)).contains("The dot is your plan."))
    }

    @Test("a sweep with holes says why at each of them, and how many there are")
    func holes() throws {
        let sweep = try SampleSweep.holes.get()
        let failures = sweep.points.filter { (try? $0.result.get()) == nil }.count
        #expect(failures > 0 && failures < sweep.points.count)
        let page = html(try part(SampleSweep.holes))
        #expect(page.contains("There is no plan at \(failures) of 12 points, for example: "))
        #expect(count("class=\"mark blank\"", in: page) == failures * 4)
        #expect(page.contains("no plan: "))
    }

    @Test("a sweep over one axis is drawn as lines, and its command line writes JSON")
    func line() throws {
        let page = html(try part(SampleSweep.line, "datawall plan --sweep flops=1e21:1e23:log:5"))
        #expect(
            page.contains("Epochs over compute budget (FLOPs)") && page.contains("Loss over compute budget (FLOPs)"))
        #expect(page.contains("datawall plan --sweep flops=1e21:1e23:log:5 --json -o sweep.json"))
    }

    @Test("a sweep of no plan at all, and one of three axes, still have their page")
    func unusual() throws {
        let axis = #"{"quantity": "flops", "values": [1, 2]}"#
        let point = #"{"flops": 1, "status": "infeasible", "reason": "too small"}"#
        func page(axes: Int) throws -> String {
            let axes = Array(repeating: axis, count: axes)
            let points = Array(repeating: point, count: 1 << axes.count)
            let text = """
                {"format": "datawall-sweep", "version": 1, "datawall_version": "0.2.0", "made_by": null,
                 "axes": [\(axes.joined(separator: ","))], "points": [\(points.joined(separator: ","))]}
                """
            return html(
                try Report.Part(parsing: Array(text.utf8), name: "s", forms: ModelCatalog.standard.laws))
        }
        #expect(try page(axes: 2).contains("There is no plan at 4 of 4 points, for example: too small."))
        #expect(try page(axes: 3).contains("A sweep over 3 axes is not drawn"))
    }

    @Test("a sweep file with a point too few is refused")
    func refused() throws {
        var json = try SampleSweep.line.get().json()
        guard case .object(var members) = json, let index = members.firstIndex(where: { $0.key == "points" }),
            case .array(let points) = members[index].value
        else {
            Issue.record("a sweep has points")
            return
        }
        members[index].value = .array(Array(points.dropLast()))
        json = .object(members)
        let error = #expect(throws: ReportFileError.self) { try SweepFile(json) }
        #expect("\(error.map { "\($0)" } ?? "")".contains("points has 4 points for 5 combinations"))
    }
}
