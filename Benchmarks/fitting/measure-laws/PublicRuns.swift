import Foundation
import LawFitting

/// The public run tables that laws are measured on, from a folder that holds them.
struct PublicRuns {
    let folder: String

    /// The C4 runs of Muennighoff et al. 2023 that did not diverge; weighed by U as the cards are where asked.
    func c4(weighted: Bool = false) throws -> MeasuredRuns {
        let runs = try read("datablations_runs.csv", "corpus=c4 && loss<6.5", loss: "val_loss")
        return weighted ? Self.weighted(runs) : runs
    }

    /// Runs of few unique tokens count less: half at 4e8, a quarter at 1e8.
    private static func weighted(_ runs: MeasuredRuns) -> MeasuredRuns {
        var runs = runs
        for index in runs.runs.indices {
            let unique = runs.runs[index].uniqueTokens
            runs.runs[index].weight = unique >= 5e8 ? 1 : unique >= 3e8 ? 0.5 : 0.25
        }
        return runs
    }

    /// The C4 runs of one epoch.
    func c4OneEpoch() throws -> MeasuredRuns {
        try read("datablations_runs.csv", "corpus=c4 && loss<6.5 && epochs<=1", loss: "val_loss")
    }

    /// The 182 runs of the paper's own fit, weighed by U.
    func c4PaperFit() throws -> MeasuredRuns {
        Self.weighted(try read("datablations_runs.csv", "in_paper_fit=1", loss: "val_loss"))
    }

    /// The 240 points of Besiroglu et al. 2024.
    func chinchilla() throws -> MeasuredRuns { try read("chinchilla_runs.csv", "in_besiroglu_fit=1", loss: "loss") }

    /// The cooled-down points of Gemstones, grouped by model.
    func gemstones() throws -> MeasuredRuns {
        try read("gemstones_cooled_runs.csv", nil, loss: "loss", group: "model")
    }

    private func read(
        _ file: String, _ condition: String?, loss: String, group: String? = nil
    ) throws -> MeasuredRuns {
        let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
        return try RunTableReader(
            RunTableOptions(
                columns: RunColumns(loss: loss, group: group), filter: try condition.map { try RunExpression($0) })
        ).read(text)
    }
}

extension MeasuredRuns {
    func filtered(_ keep: (MeasuredRun) -> Bool) throws -> MeasuredRuns {
        try selecting(runs.indices.filter { keep(runs[$0]) })
    }

    /// 6·N·D of each run.
    var flops: [Double] { runs.map { 6 * $0.parameters * $0.tokens } }
}
