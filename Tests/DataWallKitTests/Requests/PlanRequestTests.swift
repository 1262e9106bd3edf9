import DataWallKit
import TestSupport
import Testing

@Suite struct PlanRequestTests {
    /// A change to a request that a rule forbids, and a part of the sentence that says so.
    struct Fault: CustomStringConvertible, Sendable {
        let sentence: String
        let change: @Sendable (inout PlanRequest) -> Void

        var description: String { sentence }

        init(_ sentence: String, _ change: @escaping @Sendable (inout PlanRequest) -> Void) {
            self.sentence = sentence
            self.change = change
        }
    }

    private static func request() -> PlanRequest {
        var request = PlanRequest(supply: SupplyRequest(uniqueTokens: 25e9), budget: BudgetRequest(flops: 1e22))
        request.laws = ["chinchilla"]
        return request
    }

    @Test("a request gives the plan of the planner that it describes")
    func samePlan() throws {
        guard case .plan(let plan, let file) = try Self.request().run(madeBy: "datawall plan") else {
            Issue.record("a request without ranges gave a sweep")
            return
        }
        let models = ModelCatalog.standard
        var planner = Planner(
            laws: [try models.law("chinchilla")], objective: try models.objectives.model(named: "min-loss"))
        planner.hyperparameterLaws = models.hyperparameters.models
        let own = try planner.plan(DataSupply(uniqueTokens: 25e9), within: .flops(1e22))
        #expect(plan.recommended.parameters == own.recommended.parameters)
        #expect(plan.recommended.tokens == own.recommended.tokens)
        #expect(file.madeBy == "datawall plan")
    }

    @Test("without a supply data are ample: the plan says so, and draws no frontier over epochs")
    func ample() throws {
        var request = Self.request()
        request.supply.uniqueTokens = nil
        let answer = try request.run()
        guard case .plan(_, let file) = answer else { return }
        #expect(file.supply.isAmple && file.frontier.isEmpty && file.dataWall == nil)
        #expect(file.recommended.run.epochs == 1)
        #expect(try PlanFile(parsing: Array(file.json.fileText().utf8)) == file)
        let text = answer.text(explained: true).joined(separator: " ")
        #expect(text.contains("no supply was given") && text.contains("no frontier over epochs"))
    }

    @Test(
        "values that contradict each other are refused before anything is read",
        arguments: [
            Fault("Name an audit file or a table of sources") { request in
                request.supply.uniqueTokens = nil
                request.budget.flops = nil
            },
            Fault("--max-epochs needs a supply") { request in
                request.supply.uniqueTokens = nil
                request.constraints.maxEpochs = 4
            },
            Fault("--derived needs a supply") { request in
                request.supply.uniqueTokens = nil
                request.supply.derived = DerivedSupply(worth: 0.5, multiple: 1)
            },
            Fault("less than a page of text") { $0.supply.uniqueTokens = 25 },
            Fault("more text than there is") { $0.supply.uniqueTokens = 1e19 },
            Fault("adds to an audit or a table of sources") { $0.supply.addsTokens = true },
            Fault("both give the supply") { $0.supply.path = "nowhere.csv" },
            Fault("--as needs an audit") { $0.supply.treatment = .asIs },
            Fault("--flops is a budget already") { $0.budget.days = 3 },
            Fault("less than a millisecond") { $0.budget.flops = 1 },
            Fault("--gpus also needs --gpu and --mfu") { $0.budget.gpus = 8 },
            Fault("--mfu also needs --gpu") { $0.budget.mfu = 0.4 },
            Fault("one of the two") { request in
                request.serving.inferenceTokens = 1e12
                request.serving.months = 3
            },
            Fault("go together") { $0.serving.requestsPerDay = 1e6 },
            Fault("--prompt-mfu and --generated-share go together") { $0.serving.promptMFU = 0.3 },
            Fault("--set names 'alpha' twice") {
                $0.coefficients = [NamedNumber("alpha", 0.3), NamedNumber("alpha", 0.4)]
            },
            Fault("also needs --serving-mfu") { $0.serving.dollarsPerGPUHour = 2 },
        ])
    func contradictions(fault: Fault) {
        var request = Self.request()
        fault.change(&request)
        let error = #expect(throws: RequestError.self) { try request.validate() }
        #expect(error?.description.contains(fault.sentence) == true, "\(String(describing: error))")
        #expect(throws: RequestError.self) { try request.run() }
    }

    @Test(
        "values without effect are refused",
        arguments: [
            Fault("--cost-weight has no part in 'min-loss'") { $0.costWeight = 1e-9 },
            Fault("--inference-tokens has no part in 'min-loss'") { $0.serving.inferenceTokens = 1e12 },
            Fault("with this plan, also give --serving-dollars-per-gpu-hour") {
                ($0.serving.inferenceTokens, $0.serving.mfu) = (1e12, 0.1)
            },
            Fault("--weights-share is a share of the memory") { $0.serving.weightsShare = 0.5 },
            Fault("--gpu says nothing of training without --mfu") { $0.budget.gpu = "h100" },
            Fault("--feature depth: no law asked reads it") { $0.features = [NamedNumber("depth", 24)] },
            Fault("--feature depth is given twice") {
                $0.features = [NamedNumber("depth", 24), NamedNumber("depth", 32)]
            },
            Fault("--level-as-supply is for an audit") { $0.supply.acceptsParts = true },
            Fault("bytes per token of these data, which are not known") { $0.lawBytesPerToken = 4 },
        ])
    func effects(fault: Fault) {
        var request = Self.request()
        fault.change(&request)
        let error = #expect(throws: RequestError.self) { try request.run() }
        #expect(error?.description.contains(fault.sentence) == true, "\(String(describing: error))")
    }

    @Test("a sweep over unique tokens needs no other supply, and refuses one")
    func sweptSupply() throws {
        var request = Self.request()
        request.sweeps = [try SweepAxis(.uniqueTokens, from: 1e9, to: 1e11, points: 3)]
        let error = #expect(throws: RequestError.self) { try request.run() }
        #expect(error?.description.contains("--unique-tokens is swept as well") == true)
        request.supply.uniqueTokens = nil
        guard case .sweep(let sweep, _) = try request.run() else {
            Issue.record("a request with a range gave one plan")
            return
        }
        let tokens = try sweep.points.map { try $0.result.get().supply.uniqueTokens }
        #expect(tokens.count == 3 && tokens.first == 1e9 && tokens.last == 1e11)
    }

    // MARK: Law files

    private static func law(
        unit: String = "nats/token", formula: String = "E + A/N^alpha + B/D^beta", alpha: String = "0.35"
    ) -> String {
        """
        {"format": "datawall-law", "version": 1, "name": "ours", "summary": "ours", "formula": "\(formula)",
         "coefficients": {"E": 0.62, "A": 225, "alpha": {"value": \(alpha), "start": [0.1, 1]}, "B": 586, "beta": 0.35},
         "setup": {"loss_unit": "\(unit)"}, "provenance": {"kind": "user", "source": "runs.csv"}}
        """
    }

    /// The plan's file, and its answer as one line.
    private static func answer(_ request: PlanRequest) throws -> (file: PlanFile, text: String) {
        let answer = try request.run()
        guard case .plan(_, let file) = answer else { throw RequestError("a sweep") }
        let lines = answer.text()
        #expect(lines.count <= 24)
        return (file, lines.joined(separator: " ").split(separator: " ").joined(separator: " "))
    }

    @Test("a law of losses in bits per byte has its unit in the answer, the file and the explanation")
    func unit() throws {
        let folder = try TemporaryFolder()
        var request = Self.request()
        request.laws = [try folder.write(Self.law(unit: "bits/byte"), to: "law.json")]
        let (file, text) = try Self.answer(request)
        #expect(file.costUnit == "bits/byte")
        #expect(text.contains(" bits/byte status"))
        #expect(!(try request.run().text(explained: true).joined().contains("nats/token")))
        request.laws = [try folder.write(Self.law(unit: "nats/byte"), to: "law.json")]
        let error = #expect(throws: LawFileError.self) { try request.run() }
        #expect(error?.description.contains("'nats/token', 'bits/token', 'bits/byte'") == true)
    }

    @Test("a coefficient set by hand is named with the origin of the others")
    func setByHand() throws {
        var request = Self.request()
        request.laws = ["muennighoff"]
        request.coefficients = [NamedNumber("RD", 1)]
        let (file, text) = try Self.answer(request)
        #expect(text.contains("(published, with RD = 1 set by hand)"))
        #expect(file.laws.first?.provenance == "published, with RD = 1 set by hand")
        request.laws = ["muennighoff", "lovelace"]
        request.coefficients = [NamedNumber("alpha", 0.35)]
        #expect(try Self.answer(request).text.contains("'muennighoff' are published, with alpha = 0.35 set by hand"))
    }

    @Test("laws asked for and left out are named in the answer, those of one name by their paths")
    func leftOut() throws {
        let folder = try TemporaryFolder()
        var request = Self.request()
        request.laws = try ["a.json", "b.json", "c.json"].map { try folder.write(Self.law(), to: $0) }
        let (file, text) = try Self.answer(request)
        #expect(
            text.contains(
                "! 2 of 3 laws asked for are left out, because another law of the same family was named first"))
        #expect(file.leftOut.map(\.law) == Array(request.laws.dropFirst()))
        #expect(file.law == request.laws[0])
    }

    @Test("a law file that breaks a promise is planned with only under a warning that comes first")
    func brokenPromise() throws {
        let folder = try TemporaryFolder()
        var request = Self.request()
        let path = try folder.write(Self.law(formula: "-E - A/N^alpha - B/D^beta"), to: "law.json")
        request.laws = [path]
        let (_, text) = try Self.answer(request)
        #expect(text.hasPrefix("! Do not trust the numbers of law 'ours'"), "\(text)")
        #expect(text.contains("Train 1 parameter on 5 tokens"))
        let prediction = PredictRequest(laws: [path], parameters: 1e9, tokens: 1e10)
        #expect(try prediction.run().text().joined().contains("! Do not trust the numbers of law 'ours'"))
        // The same law without its fault.
        request.laws = [try folder.write(Self.law(), to: "law.json")]
        #expect(try Self.answer(request).text.hasPrefix("Train "))
    }

    @Test("a law file with a coefficient that has no value breaks a promise")
    func missingValue() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.law(alpha: "null"), to: "law.json")
        #expect(try LawsRequest(path).check().contains { $0.detail.contains("'alpha' has no value") })
        #expect(throws: (any Error).self) {
            var request = Self.request()
            request.laws = [path]
            _ = try request.run()
        }
    }

    @Test("a law that counts repeats like fresh data is not limited by unique data, and rounding saves nothing")
    func noUniqueLimit() throws {
        var request = Self.request()
        request.supply.uniqueTokens = 10e9
        let (file, text) = try Self.answer(request)
        #expect(text.contains("Limited by compute (more unique data would save nothing)"), "\(text)")
        #expect(text.contains("More unique tokens would save nothing, 2× / 10× the compute "))
        #expect(file.shadowPrices.uniqueTokens == 0)
        request.budget.flops = nil
        request.objective = "min-total-flops"
        request.constraints.targetLoss = 2.1
        request.serving.inferenceTokens = 1e12
        let cheapest = try Self.answer(request)
        #expect(cheapest.file.prospects.allSatisfy { $0.gain == 0 })
        #expect(cheapest.text.contains("More unique tokens would save nothing."))
    }
}
