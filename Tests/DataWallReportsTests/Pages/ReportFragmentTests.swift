import BuiltInModels
import CorpusAudit
import OrderedJSON
import ScalingLaws
import Testing
import TrainingPlanning

@testable import DataWallReports

@Suite struct ReportFragmentTests {
    private func fragment(_ parts: Report.Part...) -> String {
        Report(parts: parts, laws: ModelCatalog.standard.laws.models).fragment()
    }

    private func parts() throws -> [Report.Part] {
        let plan = PlanFile(try SamplePlan.oneLaw.get(), madeBy: "datawall plan --unique-tokens 25e9 --flops 1e22")
        return [
            .audit(try SampleAudit.make(sources: 3), name: "audit.json"),
            try .init(parsing: Array(plan.json.fileText().utf8), name: "plan.json", forms: ModelCatalog.standard.laws),
        ]
    }

    @Test("a fragment is one element without script, small, with each drawing once")
    func element() throws {
        for part in try parts() {
            let text = fragment(part)
            #expect(text.hasPrefix("<div class=\"datawall-report\">") && text.hasSuffix("</div>\n"))
            for word in ["<script", "<html", "<body", "javascript:", "{{", "class=\"narrow\""] {
                #expect(!text.contains(word), "\(word)")
            }
            #expect(text.utf8.count <= 200_000, "\(text.utf8.count) bytes")
            #expect(text.contains("<svg"))
        }
    }

    @Test("fragments of different files share no identifier, and the same file gives the same bytes")
    func identifiers() throws {
        let texts = try parts().map { fragment($0) }
        func identifiers(_ text: String) -> Set<String> {
            Set(text.split(separator: " id=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) })
        }
        #expect(identifiers(texts[0]).isDisjoint(with: identifiers(texts[1])))
        #expect(!identifiers(texts[0]).isEmpty)
        #expect(try fragment(parts()[0]) == texts[0])
    }

    @Test("long tables say how many rows they leave out")
    func longTables() throws {
        let text = fragment(.audit(try SampleAudit.make(sources: 60), name: "audit.json"))
        #expect(text.contains("more rows are in the report&#39;s page)"))
        #expect(!text.contains("class=\"rest\""))
    }

    @Test("every rule of the style applies to the element alone")
    func style() {
        var depth = 0
        for line in ScopedStyle.css.split(separator: "\n") {
            if depth == 0 || line.contains("{") {
                #expect(line.hasPrefix(".datawall-report") || line.hasPrefix("@media") || line == "}", "\(line)")
            }
            #expect(!line.contains("@page") && !line.contains("print{"), "\(line)")
            depth += line.count { $0 == "{" } - line.count { $0 == "}" }
        }
        #expect(depth == 0)
    }

    @Test(
        "rules are limited to a scope",
        arguments: [
            ("a{b:c}", ".s a{b:c}\n"), ("a,b c{d:e}", ".s a,.s b c{d:e}\n"),
            ("html{a:b}body{c:d}", ".s{a:b}\n.s{c:d}\n"),
            (":is(a,b) c{d:e}", ".s :is(a,b) c{d:e}\n"), ("@media print{a{b:c}}d{e:f}", ".s d{e:f}\n"),
            ("@media (x){a{b:c}d{e:f}}", "@media (x){.s a{b:c}\n.s d{e:f}\n}\n"), ("a{b:c", ".s a{b:c}\n"),
        ])
    func scope(_ css: String, _ scoped: String) {
        #expect(ScopedStyle.scoped(css, to: ".s") == scoped)
    }
}
