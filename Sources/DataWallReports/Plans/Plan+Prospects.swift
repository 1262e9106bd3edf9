import Quantities
import TrainingPlanning

// Changes that would change a plan: prices, cuts by quality, the wall, in its text.

extension Plan {
    /// The saving from 1 % of something, and the compute that would save as much.
    private func saving(_ what: String, _ gain: Double, inFLOPs flops: Double?) -> String {
        let line = "1 % \(what) would save \(saved(gain))"
        guard let flops, flops > 0 else { return line }
        return line + ", as much as \(Quantity.flops(flops)) more FLOPs"
    }

    /// The prices of scarce resources, the wall, and the point at which epochs stop paying, as lines.
    var prospectLines: [String] {
        var lines: [String] = []
        if let data = shadowPrices.uniqueTokens {
            var line = saving("more unique tokens", data, inFLOPs: shadowPrices.uniqueTokensInFLOPs)
            if let flops = shadowPrices.flops {
                line += "; 1 % more compute \(saved(flops))"
            }
            lines.append(line + ".")
        }
        for prospect in prospects where prospect.factor >= 2 {
            let what = prospect.quantity == .flops ? "the compute" : "the unique tokens"
            lines.append(
                "\(Quantity.short(prospect.factor)) times \(what) would save \(saved(prospect.gain)): "
                    + "\(Quantity.count(prospect.parameters, "parameter")), \(Quantity.count(prospect.epochs, "epoch"))."
            )
        }
        for limit in shadowPrices.limits {
            guard let gain = limit.gain else { continue }
            var line = saving("of room in \(limit.name)", gain, inFLOPs: limit.gainInFLOPs)
            if let lifted = limit.liftedGain {
                line += "; lifting it \(saved(lifted))"
            }
            lines.append(line + ".")
        }
        if let flops = dataWall.flops, let parameters = dataWall.parameters {
            lines.append(
                "Unique data become the limit at \(Quantity.flops(flops)) FLOPs and "
                    + "\(Quantity.count(parameters, "parameter")). Below that the best plan needs less than one epoch.")
        }
        if supply.isAmple { return lines }
        lines.append(
            "At \(Quantity.count(dataWall.tokensPerParameter, "token")) per parameter one pass supports "
                + "\(Quantity.count(dataWall.largestModel, "parameter")), the passes of this plan "
                + "\(Quantity.short(dataWall.largestModelAtPlanEpochs)).")
        if let epochGain {
            lines.append(
                "After \(Quantity.count(epochGain.epochs, "epoch")) one more saves less than "
                    + "\(saved(epochGain.threshold)).")
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
                added(cut.excess),
            ])
        }
        return [
            "",
            "The best plan if only the best of the data are kept (quality relative to the mean; the law knows nothing",
            "of it, so the excess is what the cut costs in data, to be weighed against what better data give):",
        ] + table.lines
    }
}
