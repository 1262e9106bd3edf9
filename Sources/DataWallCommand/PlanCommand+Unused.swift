import DataWallKit

/// An option that was given and would have no part in the plan, or that contradicts another.
private struct Refusal {
    let isRefused: Bool
    let message: String

    init(_ isRefused: Bool, _ message: String) {
        self.isRefused = isRefused
        self.message = message
    }
}

extension PlanCommand {
    /// Refuses options that would silently have no effect, so that nobody takes a plan for an answer to what they did
    /// not ask.
    func refuseUnused(
        objective: any PlanningObjective, laws: [any ScalingLaw], supply: DataSupply, audit: Audit?
    ) throws {
        let refusals =
            quantityRefusals(objective) + servingRefusals + trainingRefusals + sweepRefusals(objective)
            + dataRefusals(supply, audit) + lawRefusals(laws)
        if let refusal = refusals.first(where: \.isRefused) { throw PlanningError.contradiction(refusal.message) }
    }

    private static func readers(of quantity: PlanningQuantity) -> String {
        let names = DataWallCommand.models.objectives.models
            .filter { ($0.needs + $0.mayRead).contains(quantity) }.map(\.identifier)
        return names.isEmpty ? "no objective reads it" : "--objective \(names.joined(separator: ", ")) does"
    }

    private var servedFlag: String? {
        serving.inferenceTokens != nil
            ? "--inference-tokens" : serving.requestsPerDay != nil ? "--requests-per-day" : nil
    }

    private var hasServingPrice: Bool {
        serving.servingMfu != nil && (serving.servingDollarsPerGpuHour ?? budget.dollarsPerGpuHour) != nil
    }

    private func quantityRefusals(_ objective: any PlanningObjective) -> [Refusal] {
        let reads = objective.needs + objective.mayRead
        let name = objective.identifier
        return [
            // With a price, what serving would cost is told beside the plan.
            Refusal(
                servedFlag != nil && !reads.contains(.inferenceTokens) && !hasServingPrice,
                "\(servedFlag ?? "") has no part in '\(name)': \(Self.readers(of: .inferenceTokens)). To see what serving "
                    + "would cost beside this plan, give --serving-mfu and a price an hour as well."),
            Refusal(
                aim.costWeight != nil && !reads.contains(.costWeight),
                "--cost-weight has no part in '\(name)': \(Self.readers(of: .costWeight))."),
            Refusal(
                serving.servingMfu != nil && servedFlag == nil && !sweeps(.inferenceTokens),
                "--serving-mfu says what serving costs, and nothing is said to be served: give --inference-tokens, or "
                    + "--requests-per-day with --tokens-per-request and --months."),
            Refusal(
                serving.servingMfu != nil && !hasServingPrice,
                "--serving-mfu needs a price beside it: --serving-dollars-per-gpu-hour, or --dollars-per-gpu-hour."),
        ]
    }

    private var servingRefusals: [Refusal] {
        let hasMemory = serving.servingMemory != nil || serving.servingGpus != nil
        let hasLatency = serving.maxTokenLatency != nil
        let usesServer =
            serving.servingMfu != nil || hasLatency || (serving.servingGpus != nil && serving.servingMemory == nil)
        return [
            Refusal(
                serving.servingGpu != nil && !usesServer,
                "--serving-gpu alone changes nothing: give --serving-mfu for what serving costs, --serving-gpus for the "
                    + "memory that the weights must fit, or --max-token-latency."),
            Refusal(
                serving.weightsShare != nil && !hasMemory,
                "--weights-share is a share of the memory that the weights must fit: give --serving-memory, or "
                    + "--serving-gpus with --serving-gpu."),
            Refusal(
                serving.bytesPerParameter != nil && !hasMemory && !hasLatency,
                "--bytes-per-parameter bounds the model by memory or latency: give --serving-memory, --serving-gpus or "
                    + "--max-token-latency."),
        ]
    }

    private var trainingRefusals: [Refusal] {
        let servesFromIt =
            serving.servingGpu == nil
            && (serving.servingMfu != nil || serving.maxTokenLatency != nil
                || (serving.servingGpus != nil && serving.servingMemory == nil))
        return [
            Refusal(
                budget.gpu != nil && budget.mfu == nil && !servesFromIt,
                "--gpu says nothing of training without --mfu, the share of its peak that training reaches."),
            Refusal(
                budget.accelerators != nil && budget.gpu == nil && serving.servingGpu == nil,
                "--accelerators adds accelerators to choose from: name one with --gpu or --serving-gpu."),
        ]
    }

    private func sweeps(_ quantity: SweepAxis.Quantity) -> Bool {
        prospects.sweep.contains { $0.axis.quantity == quantity }
    }

    private func sweepRefusals(_ objective: any PlanningObjective) -> [Refusal] {
        let given: [(SweepAxis.Quantity, String?)] = [
            (
                .flops,
                budget.flops != nil
                    ? "--flops" : budget.days != nil ? "--days" : budget.dollars != nil ? "--dollars" : nil
            ),
            (.maxEpochs, limits.maxEpochs != nil ? "--max-epochs" : nil),
            (.maxParameters, limits.maxParameters != nil ? "--max-parameters" : nil),
            (.targetLoss, limits.targetLoss != nil ? "--target-loss" : nil),
            (.inferenceTokens, servedFlag),
        ]
        let reads = objective.needs + objective.mayRead
        return given.map { quantity, flag in
            Refusal(
                sweeps(quantity) && flag != nil,
                "\(flag ?? "") is swept as well: leave it out, or the axis '\(quantity.rawValue)' of --sweep.")
        } + [
            Refusal(
                sweeps(.inferenceTokens) && !reads.contains(.inferenceTokens),
                "'inference_tokens' has no part in '\(objective.identifier)': \(Self.readers(of: .inferenceTokens))."),
            Refusal(
                !prospects.sweep.isEmpty && prospects.epochGain != nil,
                "--epoch-gain is told beside one plan, not in a table of many: leave it or --sweep out."),
        ]
    }

    private func dataRefusals(_ supply: DataSupply, _ audit: Audit?) -> [Refusal] {
        [
            Refusal(
                data.levelAsSupply && (audit == nil || audit?.level == .document),
                "--level-as-supply is for an audit of paragraphs or lines; this supply is none."),
            Refusal(
                asked.lawBytesPerToken != nil && supply.bytesPerToken == nil,
                "--law-bytes-per-token is compared with the bytes per token of these data, which are not known: give "
                    + "--bytes-per-token as well."),
        ]
    }

    private func lawRefusals(_ laws: [any ScalingLaw]) -> [Refusal] {
        var known: Set<String> = []
        for law in laws {
            for case .feature(let name) in law.formula.symbols { known.insert(name) }
        }
        let names = asked.feature.map(\.name)
        let twice = names.first { name in names.count { $0 == name } > 1 }
        return [Refusal(twice != nil, "--feature \(twice ?? "") is given twice: leave one out.")]
            + asked.feature.map { feature in
                Refusal(
                    !known.contains(feature.name),
                    "--feature \(feature.name): no law asked reads it"
                        + (known.isEmpty ? "." : "; they read \(known.sorted().joined(separator: ", "))."))
            }
    }
}
