import BuiltInModels
import CorpusAudit
import DataWallReports
import OrderedJSON
import ScalingLaws
import Testing
import TrainingPlanning

@Suite struct ReportTests {
    private static let laws = ModelCatalog.standard.laws

    private func planFile(_ plan: Result<Plan, any Error> = SamplePlan.oneLaw) throws -> JSONValue {
        PlanFile(try plan.get(), madeBy: "datawall plan --unique-tokens 25e9 --flops 1e22 --law muennighoff").json
    }

    private func html(_ parts: Report.Part...) -> String { Report(parts: parts, laws: Self.laws.models).html() }

    /// What must hold for any page: it ends, templates are filled, every chart has its table, no number is missing.
    private func check(_ page: String, figures: ClosedRange<Int>) {
        #expect(page.hasPrefix("<!DOCTYPE html>"))
        #expect(page.hasSuffix("</html>\n"))
        #expect(!page.contains("{{"))
        for word in ["nan", "NaN", ">inf", "Optional(", "http://", "https://"] {
            #expect(!page.contains(word), "\(word)")
        }
        let parts = page.split(separator: "<figure ").dropFirst()
        #expect(figures.contains(parts.count), "\(parts.count) figures")
        for part in parts {
            #expect(part.contains("<table"))
            #expect(part.contains("<tr><th>") || part.contains("<tr><th class="))
        }
        let identifiers = page.split(separator: " id=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
        #expect(Set(identifiers).count == identifiers.count, "an identifier occurs twice")
    }

    @Test("an audit's page says how much is unique, by source, by copies and by overlap")
    func audit() throws {
        let page = html(.audit(try SampleAudit.make(sources: 3), name: "audit.json"))
        check(page, figures: 6...6)
        for part in ["unique tokens est.", "hidden epochs", "source-2", "2 times", "truncated frame", "est."] {
            #expect(page.contains(part), "\(part)")
        }
        // A file of version 1 does not say what made it.
        #expect(!page.contains("<dt>Command</dt>"))
        #expect(page.contains("did not list the files it skipped"))
        var audit = try SampleAudit.make(sources: 3)
        audit.madeBy = "datawall audit 'a b' --level line"
        #expect(
            html(.audit(audit, name: "audit.json")).contains(
                "<dt>Command</dt><dd><code>datawall audit &#39;a b&#39; --level line</code></dd>"))
    }

    @Test(
        "names are shown, never obeyed",
        arguments: [
            "<script>alert(1)</script>", "</title><img src=x onerror=alert(1)>", "{{style}}",
            "a' onmouseover='alert(1)",
            "quote\\\"\u{301} onmouseover=alert(1) x=", "<\u{338}b>",
        ])
    func hostileNames(name: String) throws {
        let page = html(
            .audit(try SampleAudit.make(sources: 2) { "\(name)-\($0)" }, name: name),
            .plan(try PlanFile(try planFile()), name: name))
        check(page.replacing("{{style}}", with: ""), figures: 15...20)
        #expect(page.components(of: "<script") == 1)
        #expect(page.components(of: "<img") == 0)
        for attribute in [" onmouseover=alert(1) x=\"", "' onmouseover='", "<\u{338}b>"] {
            #expect(!page.unicodeScalars.containsSequence(attribute.unicodeScalars), "\(attribute)")
        }
    }

    @Test("a name of ten thousand characters loses its middle in tables and tips")
    func endlessName() throws {
        let name = String(repeating: "x", count: 10_000)
        let page = html(.audit(try SampleAudit.make(sources: 3) { "\(name)\($0)" }, name: "audit.json"))
        check(page, figures: 6...6)
        #expect(!page.contains(String(repeating: "x", count: 401)))
        #expect(page.contains("x … x"))
    }

    @Test("five hundred sources are grouped in the chart and all stand in the table")
    func manySources() throws {
        let page = html(.audit(try SampleAudit.make(sources: 500), name: "audit.json"))
        check(page, figures: 6...6)
        #expect(page.contains("The 20 largest are drawn, without"))
        #expect(page.contains("476 smaller sources"))
        #expect(page.contains("<table class=\"search\">"))
        #expect(page.contains("source-499"))
        #expect(page.utf8.count < 500_000)
    }

    @Test("a corpus without repeats says so, and has no chart of copies")
    func noRepeats() throws {
        let page = html(.audit(try SampleAudit.make(sources: 2, repeats: false), name: "audit.json"))
        check(page, figures: 5...5)
        #expect(page.contains("No document occurs twice"))
        #expect(page.contains("100.0 % owned"))
    }

    @Test("one source has no overlap to draw")
    func oneSource() throws {
        check(html(.audit(try SampleAudit.make(sources: 1, overlaps: false), name: "audit.json")), figures: 5...5)
    }

    @Test("a plan's page draws loss against epochs and curves of equal compute, with the recommended run in both")
    func plan() throws {
        let page = html(.plan(try PlanFile(try planFile()), name: "plan.json"))
        check(page, figures: 9...12)
        #expect(page.contains("What compute bought on fixed data, as reported"))
        #expect(page.contains("13.8 ×"))
        #expect(page.components(of: "recommended</text>") == 4)
        for part in [
            "7.026B", "237.2B", "epochs, more do not pay", "Muennighoff et al. 2023", "90 % of the law", "1e22 FLOPs",
        ] {
            #expect(page.contains(part), "\(part)")
        }
        #expect(page.contains("Does another epoch pay?"))
        #expect(page.contains("datawall plan --unique-tokens 25e9 --flops 1e22 --law muennighoff -o plan.json"))
        // Compute that saves as much as data is compute, not loss.
        let saved = PageReader(page).cell("part1-prices", "1 % more unique tokens", 2)
        #expect(saved.flatMap(PageReader.number)?.value ?? 0 > 1e19)
        #expect(!page.contains("in flops would save"))
    }

    @Test("a plan under several families draws each one's advice, their weights and what another epoch brings")
    func robust() throws {
        let page = html(.plan(try PlanFile(try planFile(SamplePlan.twoLaws)), name: "plan.json"))
        check(page, figures: 12...16)
        #expect(page.contains("Families of laws disagree by a weighted factor of"))
        #expect(page.contains("The size that each family advises") && page.contains("Does another epoch pay?"))
        #expect(page.contains("Expected excess against epochs"))
        #expect(page.contains("the size recommended") || page.contains("What a size costs under each law"))
        #expect(page.contains("refit here"))
    }

    @Test("a plan of laws that are not known here, without intervals or frontier, still has its page")
    func barePlan() throws {
        let text = """
            {"format": "datawall-plan", "version": 2, "status": "optimal", "objective": "min-loss", "law": "elsewhere",
             "laws": [{"name": "elsewhere", "provenance": "user"}], "supply": {"unique_tokens": 1e9}, "families": [],
             "recommended": {"parameters": 1e9, "tokens": 2e10, "tokens_per_parameter": 20.0, "epochs": 20.0, "loss": null, "loss_interval": null}}
            """
        let page = html(.plan(try PlanFile(parsing: Array(text.utf8)), name: "plan.json"))
        check(page, figures: 2...2)
        #expect(page.contains("Curves of elsewhere are not drawn"))
    }

    @Test(
        "the page says of ranges what they are over, as the plan's text does",
        arguments: [
            ("\"ensemble\"", "90 % of the law&#39;s ensemble"), ("\"covariance\"", "90 % of draws from its covariance"),
            ("\"unique_factor\"", "0.500 to 1.00 unique"), ("\"families\"", "90 % of all draws"),
        ])
    func ranges(source: String, label: String) throws {
        let text = """
            {"format": "datawall-plan", "version": 2, "status": "optimal", "objective": "min-loss", "law": "elsewhere",
             "laws": [{"name": "elsewhere"}], "families": [], "interval_level": 0.9, "interval_source": \(source),
             "supply": {"unique_tokens": 1e9, "unique_factor": \(source.contains("factor") ? "[0.5, 1.0]" : "null")},
             "recommended": {"parameters": 1e9, "tokens": 2e10, "tokens_per_parameter": 20.0, "epochs": 20.0, "loss": 2.5, "loss_interval": [2.4, 2.7]}}
            """
        let page = html(.plan(try PlanFile(parsing: Array(text.utf8)), name: "plan.json"))
        #expect(page.contains(label))
    }

    @Test("a mixture is drawn before and after")
    func mixture() throws {
        let text = """
            {"format": "datawall-plan", "version": 2, "status": "capped", "objective": "min-loss", "law": "muennighoff",
             "laws": [{"name": "muennighoff"}], "families": [],
             "supply": {"unique_tokens": 4e9, "sources": [{"name": "web", "unique_tokens": 3e9}, {"name": "code", "unique_tokens": 1e9}]},
             "recommended": {"parameters": 1e9, "tokens": 8e9, "tokens_per_parameter": 8.0, "epochs": 2.0,
             "mixture": [{"source": "web", "weight": 0.5, "tokens": 4e9, "epochs": 1.33, "cap": null, "binding": false},
                         {"source": "code", "weight": 0.5, "tokens": 4e9, "epochs": 4, "cap": 4, "binding": true}]}}
            """
        let page = html(.plan(try PlanFile(parsing: Array(text.utf8)), name: "plan.json"))
        check(page, figures: 4...4)
        #expect(page.contains("at its cap"))
        #expect(page.contains("75.0 %"))
    }

    @Test("a mixture's page draws it before and after, and the methods side by side, with units and how it was made")
    func mixturePage() throws {
        let page = html(.mixture(try SampleMixture.file(sources: 4, passes: 3.6), name: "mixture.json"))
        check(page, figures: 5...5)
        for part in [
            "of the unique tokens", "planned", " epochs</text>", "effective-data (followed)", "unimax", "at its cap",
            "loss under the law", "KL to natural, nats", "RD = 15.3878", "a unique token adds", "duality gap",
            "No weight for nothing", "a note", "xxh3_128:00",
            "datawall mix s.csv --tokens 1T -o mixture.json", "after the pull", "effective less pull: ",
            "KL to equal shares: ", "of the effect of quality",
        ] {
            #expect(page.contains(part), "\(part)")
        }
        #expect(!page.contains("est."))
        let estimated = html(.mixture(try SampleMixture.file(sources: 4, isEstimated: true), name: "mixture.json"))
        #expect(estimated.contains("unique tokens est.") && estimated.contains("effective tokens est."))
    }

    @Test("mixtures of one source and of five hundred have readable pages", arguments: [1, 500])
    func mixtureSizes(count: Int) throws {
        let page = html(.mixture(try SampleMixture.file(sources: count), name: "mixture.json"))
        check(page, figures: 5...5)
        #expect(page.contains("source-\(count - 1)"))
        #expect(page.contains("the other 480 share") == (count == 500))
        #expect(page.utf8.count < 500_000)
    }

    @Test("a mixture of hostile names shows them, beside an audit and a plan")
    func hostileMixture() throws {
        let name = "<script>alert(1)</script>' onmouseover='x"
        let page = html(
            .audit(try SampleAudit.make(sources: 2), name: "a"),
            .mixture(try SampleMixture.file(sources: 3) { "\(name)-\($0)" }, name: name),
            .plan(try PlanFile(try planFile()), name: "p"))
        check(page, figures: 20...26)
        #expect(page.components(of: "<script") == 1)
        #expect(!page.contains("' onmouseover="))
    }

    @Test("the same parts give the same bytes")
    func deterministic() throws {
        let parts = [
            Report.Part.audit(try SampleAudit.make(sources: 12), name: "a"),
            .plan(try PlanFile(try planFile()), name: "p"),
        ]
        let pages = (0..<2).map { _ in Report(parts: parts, laws: Self.laws.models).html() }
        #expect(pages[0] == pages[1])
    }

    @Test(
        "files that cannot be shown are refused with the reason and a way out",
        arguments: [
            (SampleAudit.text(sources: 1, version: 3), "of version 3, and this datawall"),
            (#"{"format": "datawall-plan", "version": 3}"#, "datawall-plan of version 3"),
            (#"{"format": "datawall-mixture", "version": 3}"#, "datawall-mixture of version 3"),
            (#"{"format": "datawall-fit", "version": 3}"#, "datawall-fit of version 3"),
            (#"{"format": "datawall-sweep", "version": 2}"#, "datawall-sweep of version 2"),
            (#"{"format": "datawall-upsampling", "version": 2}"#, "datawall-upsampling of version 2"),
            (#"{"format": "datawall-comparison", "version": 2}"#, "datawall-comparison of version 2"),
            (#"{"format": "datawall-design", "version": 2}"#, "datawall-design of version 2"),
            (#"{"format": "datawall-sweep", "version": 1}"#, "datawall_version is missing"),
            (#"{"format": "datawall-runs", "version": 1}"#, "\"datawall-runs\", not \"datawall-audit\""),
            ("{}", "not named"),
            ("no JSON", "not JSON"), (#"{"format": "datawall-plan", "version": 2}"#, "status is missing"),
            (#"{"format": "datawall-plan", "version": 1}"#, "make the file again with 'datawall plan'"),
        ])
    func refused(text: String, part: String) throws {
        let error = #expect(throws: (any Error).self) {
            try Report.Part(parsing: Array(text.utf8), name: "file.json", forms: Self.laws)
        }
        #expect("\(error.map { "\($0)" } ?? "")".contains(part), "\(String(describing: error))")
    }
}

extension String {
    /// How often a text occurs.
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}

extension String.UnicodeScalarView {
    /// Whether some scalars are in a row, whatever characters they make.
    fileprivate func containsSequence(_ other: String.UnicodeScalarView) -> Bool {
        Array(self).firstRange(of: Array(other)) != nil
    }
}
