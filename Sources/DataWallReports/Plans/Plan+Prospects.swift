import CorpusAudit
import OrderedJSON
import Quantities
import ScalingLaws
import TrainingPlanning

// What would change a plan: prices, cuts by quality, the wall, other basins; in its text and in its file.

extension LawReference {
    /// The law in the plan file.
    var json: JSONValue {
        let digest = Array(definition.utf8).withUnsafeBufferPointer { "xxh3_128:\(Fingerprint(of: $0))" }
        return .object([
            "name": .string(name), "digest": .string(digest), "provenance": .string(provenance.rawValue),
        ])
    }
}

extension Recommendation {
    /// A run that is not the one recommended, in brief.
    var briefJSON: JSONValue {
        .object([
            "parameters": .number(parameters), "tokens": .number(tokens), "epochs": .number(epochs),
            "flops": .number(flops), "loss": .number(optional: loss), "cost": .number(optional: cost),
        ])
    }
}

extension Plan {
    /// The members of the plan file that say what would change the plan.
    var prospectMembers: [JSONMember] {
        [
            JSONMember(
                key: "shadow_prices",
                value: .object([
                    "unique_tokens": .number(optional: shadowPrices.uniqueTokens),
                    "flops": .number(optional: shadowPrices.flops),
                    "unique_tokens_in_flops": .number(optional: shadowPrices.uniqueTokensInFLOPs),
                    "law": shadowPrices.law.map { .string($0) } ?? .null,
                    "limits": .array(shadowPrices.limits.map(\.json)),
                ])),
            JSONMember(
                key: "data_wall",
                value: .object([
                    "flops": .number(optional: dataWall.flops), "parameters": .number(optional: dataWall.parameters),
                    "tokens_per_parameter": .number(dataWall.tokensPerParameter),
                    "largest_model": .number(dataWall.largestModel),
                    "largest_model_at_plan_epochs": .number(dataWall.largestModelAtPlanEpochs),
                ])),
            JSONMember(
                key: "epoch_gain",
                value: epochGain.map {
                    .object([
                        "threshold": .number($0.threshold), "epochs": .number($0.epochs),
                        "next_gain": .number(optional: $0.nextGain),
                    ])
                } ?? .null),
            JSONMember(key: "quality_frontier", value: .array(qualityCuts.map(\.json))),
        ]
    }

    private func amount(_ cost: Double) -> String { Quantity.amount(cost, in: costUnit) }

    /// What 1 % of something would save, and how much compute would save as much.
    private func saving(_ what: String, _ gain: Double, inFLOPs flops: Double?) -> String {
        let line = "1 % \(what) would save \(amount(gain))"
        guard let flops, flops > 0 else { return line }
        return line + ", as much as \(Quantity.flops(flops)) more FLOPs"
    }

    /// The prices of what is scarce, the wall, and where epochs stop paying, as lines.
    var prospectLines: [String] {
        var lines: [String] = []
        if let data = shadowPrices.uniqueTokens {
            var line = saving("more unique tokens", data, inFLOPs: shadowPrices.uniqueTokensInFLOPs)
            if let flops = shadowPrices.flops {
                line += "; 1 % more compute \(amount(flops))"
            }
            lines.append(line + ".")
        }
        for limit in shadowPrices.limits {
            guard let gain = limit.gain else { continue }
            var line = saving("of room in \(limit.name)", gain, inFLOPs: limit.gainInFLOPs)
            if let lifted = limit.liftedGain {
                line += "; lifting it \(amount(lifted))"
            }
            lines.append(line + ".")
        }
        if let flops = dataWall.flops, let parameters = dataWall.parameters {
            lines.append(
                "The data become the wall at \(Quantity.flops(flops)) FLOPs, with "
                    + "\(Quantity.short(parameters)) parameters: up to there the law takes less than one pass.")
        }
        lines.append(
            "At \(Quantity.short(dataWall.tokensPerParameter)) tokens per parameter one pass supports "
                + "\(Quantity.short(dataWall.largestModel)) parameters, the passes of this plan "
                + "\(Quantity.short(dataWall.largestModelAtPlanEpochs)).")
        if let epochGain {
            lines.append(
                "From \(Quantity.count(epochGain.epochs, "epoch")) on, another saves less than "
                    + "\(amount(epochGain.threshold)).")
        }
        return lines.isEmpty ? [] : [""] + lines
    }

    /// The frontier over a cut by quality, as lines.
    var qualityLines: [String] {
        guard !qualityCuts.isEmpty else { return [] }
        var table = TextTable(columns: [
            "keep the best": .right, "quality from": .right, "mean quality": .right, "unique tokens": .right,
            "epochs": .right, "parameters": .right, "excess": .right,
        ])
        for cut in qualityCuts {
            table.add([
                Quantity.percent(cut.share), Quantity.significant(cut.quality, digits: 3),
                Quantity.significant(cut.meanQuality, digits: 3), Quantity.short(cut.uniqueTokens),
                Quantity.short(cut.epochs), Quantity.short(cut.parameters),
                Quantity.significant(cut.excess, digits: 3),
            ])
        }
        return [
            "",
            "The best plan if only the best of the data are kept (quality relative to the mean; the law knows nothing",
            "of it, so the excess is what the cut costs in data, to be weighed against what better data give):",
        ] + table.lines
    }
}

extension LimitPrice {
    fileprivate var json: JSONValue {
        .object([
            "limit": .string(code), "value": .number(limit), "gain": .number(optional: gain),
            "gain_in_flops": .number(optional: gainInFLOPs), "lifted_gain": .number(optional: liftedGain),
            "lifted": lifted?.briefJSON ?? .null,
        ])
    }
}

extension QualityCut {
    fileprivate var json: JSONValue {
        .object([
            "share": .number(share), "quality": .number(quality), "mean_quality": .number(meanQuality),
            "unique_tokens": .number(uniqueTokens), "epochs": .number(epochs), "parameters": .number(parameters),
            "tokens": .number(tokens), "loss": .number(optional: loss), "excess": .number(excess),
        ])
    }
}
