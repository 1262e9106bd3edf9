import DataWallKit
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
}
