public import OrderedJSON
import Quantities
public import TrainingPlanning

/// The mixture of a plan's sources, or why the plan has none.
public enum PlanMixture: Sendable {
    /// The mixture.
    case mixture(JointMixture)

    /// Why there is none, in a sentence.
    case none(because: String)

    /// The lines that follow a plan's tables.
    ///
    /// - Parameter plan: The plan.
    /// - Returns: The lines, without line ends, an empty one first.
    public func text(beside plan: Plan) -> [String] {
        switch self {
        case .none(let reason): return ["", "No mixture of the sources: \(reason)."]
        case .mixture(let joint):
            var table = TextTable(columns: [
                "source": .left, "weight": .right, "tokens": .right, "epochs": .right, "cap": .right, "": .left,
                "a unique token adds": .right,
            ])
            for item in joint.allocation.sources {
                table.add([
                    item.source.name, Quantity.fixed(item.weight, decimals: 4), Quantity.short(item.tokens),
                    Quantity.short(item.epochs),
                    item.source.maxEpochs.map { Quantity.short($0) } ?? "–",
                    item.isBinding ? "at its cap" : "", Quantity.significant(item.uniqueTokenPrice, digits: 3),
                ])
            }
            let run =
                joint.isJoint
                ? "\(Quantity.short(joint.parameters)) parameters and \(Quantity.short(joint.tokens)) tokens, sought with the "
                    + "mixture inside, where the pool as one has \(Quantity.short(plan.recommended.parameters)) and "
                    + "\(Quantity.short(plan.recommended.tokens))"
                : joint.tokens < plan.recommended.tokens * (1 - 1e-9)
                    ? "\(Quantity.short(joint.tokens)) tokens, all that the caps allow of the plan's "
                        + Quantity.short(plan.recommended.tokens)
                    : "\(Quantity.short(joint.tokens)) tokens, the plan's own"
            var remarks: [String] = []
            if let target = plan.constraints.targetLoss, joint.loss > target * (1 + 1e-6) {
                remarks.append(
                    "! No mixture within these limits reaches the target loss of \(Quantity.significant(target, digits: 5))."
                )
            }
            return [
                "",
                "The mixture (\(joint.allocation.method)) at \(run); loss \(Quantity.fixed(joint.loss, decimals: 4)), "
                    + "quality not told to the law:", "",
            ] + table.lines + remarks + [
                "What one more unique token adds is in effective tokens. 'datawall mix' shows other methods, caps and what they cost."
            ]
        }
    }

    /// What a plan file says of the mixture.
    public var members: [JSONMember] {
        switch self {
        case .none(let reason):
            return [
                JSONMember(key: "mixture", value: .array([])),
                JSONMember(key: "no_mixture_because", value: .string(reason)),
            ]
        case .mixture(let joint):
            let sources = joint.allocation.sources.map { item -> JSONValue in
                .object([
                    "source": .string(item.source.name), "weight": .number(item.weight), "tokens": .number(item.tokens),
                    "epochs": .number(item.epochs), "cap": .number(optional: item.source.maxEpochs),
                    "binding": .bool(item.isBinding), "shadow_price": .number(item.uniqueTokenPrice),
                ])
            }
            return [
                JSONMember(key: "mixture", value: .array(sources)),
                JSONMember(
                    key: "joint",
                    value: .object([
                        "parameters": .number(joint.parameters), "tokens": .number(joint.tokens),
                        "loss": .number(joint.loss), "fresh_tokens": .number(joint.allocation.freshTokens),
                        "method": .string(joint.allocation.method), "sought": .bool(joint.isJoint),
                        "cost": .number(optional: joint.cost),
                    ])),
            ]
        }
    }
}
