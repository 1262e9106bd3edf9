import Charts
import Quantities
import ScalingLaws
import TrainingPlanning

/// A number of a swept plan: its value, its range, and how both are written.
enum SweepFigure {
    case epochs, parameters, tokens, loss

    var name: String {
        switch self {
        case .epochs: "epochs"
        case .parameters: "N"
        case .tokens: "D"
        case .loss: "loss"
        }
    }

    func value(_ point: SweepFile.Point) -> Double? {
        switch self {
        case .epochs: point.epochs
        case .parameters: point.parameters
        case .tokens: point.tokens
        case .loss: point.loss
        }
    }

    func range(_ point: SweepFile.Point) -> ClosedRange<Double>? {
        let ends: (Double?, Double?) =
            switch self {
            case .epochs: (point.epochsLow, point.epochsHigh)
            case .parameters: (point.parametersLow, point.parametersHigh)
            case .tokens: (nil, nil)
            case .loss: (point.lossLow, point.lossHigh)
            }
        guard let low = ends.0, let high = ends.1, low <= high else { return nil }
        return low...high
    }

    func text(_ value: Double) -> String {
        self == .loss ? Quantity.fixed(value, decimals: 4) : Quantity.short(value)
    }

    func rangeText(_ point: SweepFile.Point) -> String { range(point).map { Quantity.range($0, text) } ?? "" }
}

/// A quantity that sweeps go over, in words and on an axis.
struct SweepQuantity {
    private let key: String

    init(_ key: String) { self.key = key }

    var name: String {
        switch SweepAxis.Quantity(rawValue: key) {
        case .flops: "compute budget (FLOPs)"
        case .uniqueTokens: "unique tokens"
        case .maxEpochs: "most epochs"
        case .maxParameters: "most parameters"
        case .targetLoss: "target loss"
        case .inferenceTokens: "tokens served"
        case nil: key.spelled
        }
    }

    func text(_ value: Double) -> String {
        switch SweepAxis.Quantity(rawValue: key) {
        case .flops: Quantity.flops(value)
        case .targetLoss: Quantity.significant(value, digits: 4)
        default: Quantity.short(value)
        }
    }

    /// The axis: logarithmic where the values span more than a factor of five.
    func axis(_ values: [Double]) -> Axis {
        let (least, most) = (values.min() ?? 1, values.max() ?? 1)
        let isWide = least > 0 && most / least > 5
        return Axis(name, scale: isWide ? .logarithmic : .linear, format: key == "flops" ? .powers : .counts)
    }

    /// The plan's own value, if it has one.
    func value(of plan: PlanFile) -> Double? {
        switch SweepAxis.Quantity(rawValue: key) {
        case .flops: plan.budget?.flops
        case .uniqueTokens: plan.supply.uniqueTokens
        case .maxEpochs: plan.constraints.limits.maxEpochs
        case .maxParameters: plan.constraints.limits.maxParameters
        case .targetLoss: plan.constraints.limits.targetLoss
        case .inferenceTokens: plan.constraints.terms.inferenceTokens
        case nil: nil
        }
    }
}
