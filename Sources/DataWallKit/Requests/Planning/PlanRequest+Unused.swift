import BuiltInModels
import CorpusAudit
import DataMixing
import ScalingLaws
import TrainingPlanning

extension PlanRequest {
    /// Refuses values that would have no effect, so that nobody mistakes the plan for an answer to another question.
    func refuseUnused(
        by planner: Planner, models: ModelCatalog, supply: DataSupply, audit: Audit?
    ) throws(RequestError) {
        try RequestError.refuse(
            quantityRules(planner.objective, models) + servingRules + trainingRules
                + sweepRules(planner.objective, models) + dataRules(supply, audit) + lawRules(planner.laws))
    }

    private typealias Rule = (isBroken: Bool, message: String)

    private static func readers(of quantity: PlanningQuantity, among models: ModelCatalog) -> String {
        let names = models.objectives.models
            .filter { ($0.needs + $0.mayRead).contains(quantity) }.map(\.identifier)
        return names.isEmpty ? "no objective reads it" : "--objective \(names.joined(separator: ", ")) does"
    }

    private var servedFlag: String? {
        serving.inferenceTokens != nil
            ? "--inference-tokens" : serving.requestsPerDay != nil ? "--requests-per-day" : nil
    }

    private var hasServingPrice: Bool {
        serving.mfu != nil && (serving.dollarsPerGPUHour ?? budget.dollarsPerGPUHour) != nil
    }

    private func quantityRules(_ objective: any PlanningObjective, _ models: ModelCatalog) -> [Rule] {
        let reads = objective.needs + objective.mayRead
        let name = objective.identifier
        return [
            // With a price, the plan also reports the cost of serving.
            (
                servedFlag != nil && !reads.contains(.inferenceTokens) && !hasServingPrice,
                "\(servedFlag ?? "") has no part in '\(name)': \(Self.readers(of: .inferenceTokens, among: models)). To see the "
                    + "cost of serving with this plan, also give "
                    + (serving.mfu == nil
                        ? "--serving-mfu and a price per hour."
                        : "--serving-dollars-per-gpu-hour, or --dollars-per-gpu-hour.")
            ),
            (
                costWeight != nil && !reads.contains(.costWeight),
                "--cost-weight has no part in '\(name)': \(Self.readers(of: .costWeight, among: models))."
            ),
            (
                serving.mfu != nil && servedFlag == nil && !isSwept(.inferenceTokens),
                "--serving-mfu says what serving costs, and nothing is said to be served: give --inference-tokens, or "
                    + "--requests-per-day with --tokens-per-request and --months."
            ),
            (
                serving.mfu != nil && !hasServingPrice,
                "--serving-mfu also needs a price: --serving-dollars-per-gpu-hour, or --dollars-per-gpu-hour."
            ),
        ]
    }

    private var servingRules: [Rule] {
        let hasMemory = serving.memory != nil || serving.gpus != nil
        let hasLatency = serving.maxTokenLatency != nil
        let usesServer =
            serving.mfu != nil || hasLatency || (serving.gpus != nil && serving.memory == nil)
        return [
            (
                serving.gpu != nil && !usesServer,
                "--serving-gpu by itself changes nothing: give --serving-mfu for what serving costs, --serving-gpus for the "
                    + "memory that the weights must fit, or --max-token-latency."
            ),
            (
                serving.weightsShare != nil && !hasMemory,
                "--weights-share is a share of the memory that the weights must fit: give --serving-memory, or "
                    + "--serving-gpus with --serving-gpu."
            ),
            (
                serving.bytesPerParameter != nil && !hasMemory && !hasLatency,
                "--bytes-per-parameter bounds the model by memory or latency: give --serving-memory, --serving-gpus or "
                    + "--max-token-latency."
            ),
        ]
    }

    private var trainingRules: [Rule] {
        let servesFromIt =
            serving.gpu == nil
            && (serving.mfu != nil || serving.maxTokenLatency != nil
                || (serving.gpus != nil && serving.memory == nil))
        return budget.unusedRules(serving, servesFromIt: servesFromIt)
    }

    private func isSwept(_ quantity: SweepAxis.Quantity) -> Bool {
        sweeps.contains { $0.quantity == quantity }
    }

    private func sweepRules(_ objective: any PlanningObjective, _ models: ModelCatalog) -> [Rule] {
        let given: [(SweepAxis.Quantity, String?)] = [
            (
                .flops,
                budget.flops != nil
                    ? "--flops" : budget.days != nil ? "--days" : budget.dollars != nil ? "--dollars" : nil
            ),
            (.maxEpochs, constraints.maxEpochs != nil ? "--max-epochs" : nil),
            (.maxParameters, constraints.maxParameters != nil ? "--max-parameters" : nil),
            (.targetLoss, constraints.targetLoss != nil ? "--target-loss" : nil),
            (.inferenceTokens, servedFlag),
            (.uniqueTokens, supply.path == nil && supply.uniqueTokens != nil ? "--unique-tokens" : nil),
        ]
        let reads = objective.needs + objective.mayRead
        return given.map { quantity, flag in
            (
                isSwept(quantity) && flag != nil,
                "\(flag ?? "") is swept as well: leave it out, or the axis '\(quantity.rawValue)' of --sweep."
            )
        } + [
            (
                isSwept(.inferenceTokens) && !reads.contains(.inferenceTokens),
                "'inference_tokens' has no part in '\(objective.identifier)': \(Self.readers(of: .inferenceTokens, among: models))."
            ),
            (
                !sweeps.isEmpty && epochGain != nil,
                "--epoch-gain belongs to one plan, not to a sweep: leave out one of them."
            ),
        ]
    }

    private func dataRules(_ supply: DataSupply, _ audit: Audit?) -> [Rule] {
        [
            (
                self.supply.acceptsParts && (audit == nil || audit?.level == .document),
                "--level-as-supply is for an audit of paragraphs or lines; this supply is none."
            ),
            (
                lawBytesPerToken != nil && supply.bytesPerToken == nil,
                "--law-bytes-per-token is compared with the bytes per token of these data, which are not known: give "
                    + "--bytes-per-token as well."
            ),
        ]
    }

    private func lawRules(_ laws: [any ScalingLaw]) -> [Rule] {
        features.featureRules(readBy: laws)
    }
}
