import DataWallKit
import TestSupport
import Testing

@Suite struct MixRequestTests {
    /// A change to a request that a rule forbids, and a part of the sentence that says so.
    struct Fault: CustomStringConvertible, Sendable {
        let sentence: String
        let change: @Sendable (inout MixRequest) -> Void

        var description: String { sentence }

        init(_ sentence: String, _ change: @escaping @Sendable (inout MixRequest) -> Void) {
            self.sentence = sentence
            self.change = change
        }
    }

    @Test("a request for the pools of a published mixture gives its weights beside the methods")
    func preset() throws {
        guard case .mixture(let report) = try MixRequest(preset: "gpt3", tokens: 300e9).run(madeBy: "datawall mix")
        else {
            Issue.record("a request without a target gave one source")
            return
        }
        #expect(report.comparison.answers.contains { $0.method == "gpt3" })
        #expect(abs(report.comparison.chosen.weights.reduce(0, +) - 1) < 1e-9)
        #expect(report.madeBy == "datawall mix")
    }

    @Test("a request for a scarce source answers how often to repeat it")
    func target() throws {
        var request = MixRequest(preset: "gpt3", tokens: 300e9)
        request.target = "Wikipedia"
        guard case .scarceTarget(let report, let warnings) = try request.run() else {
            Issue.record("a request with a target gave a mixture")
            return
        }
        #expect(report.study.target == "Wikipedia")
        #expect(warnings.isEmpty)
    }

    @Test(
        "values that contradict each other or have no effect are refused before anything is read",
        arguments: [
            Fault("one of the two") { $0.supply = "nowhere.csv" },
            Fault("one of the two") { $0.preset = nil },
            Fault("--as needs an audit") { $0.treatment = .asIs },
            Fault("--path has no {source}") { request in
                request.emit = .megatron
                request.path = "data"
            },
            Fault("name the loader with --emit") { $0.path = "data/{source}" },
            Fault("which no loader reads") { request in
                request.emit = .csv
                request.target = "Wikipedia"
            },
            Fault("--max-epochs must be above 0") { $0.maxEpochs = 0 },
            Fault("--max-epochs must be above 0") { $0.maxEpochs = .nan },
            Fault("names 'web' twice") { $0.weights = [NamedNumber("web", 1), NamedNumber("web", 2)] },
            Fault("The method 'given' needs weights") { $0.method = "given" },
            Fault("is fitted to pilot runs") { $0.method = "mixing-law" },
        ])
    func refusals(fault: Fault) {
        var request = MixRequest(preset: "gpt3", tokens: 300e9)
        fault.change(&request)
        let error = #expect(throws: RequestError.self) { try request.validate() }
        #expect(error?.description.contains(fault.sentence) == true, "\(String(describing: error))")
        #expect(throws: RequestError.self) { try request.run() }
    }

    @Test("an error about the table of pilots names the table")
    func pilots() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("w_web,w_code\n0.5,0.5\n", to: "pilots.csv")
        var request = MixRequest(preset: "gpt3", tokens: 300e9)
        request.pilots = PilotRequest(path: path)
        let error = #expect(throws: InputError.self) { try request.run() }
        #expect(error?.description.hasPrefix(path + ": ") == true)
    }
}
