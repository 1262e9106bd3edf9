public import OrderedJSON
import TrainingPlanning

extension ComparisonReport {
    /// The report as JSON; write it with `fileText()`.
    public var json: JSONValue { ComparisonFile(self).json }
}

extension ComparisonFile {
    /// Creates the file of a report.
    init(_ report: ComparisonReport) {
        self.init()
        madeBy = report.madeBy
        runs = report.comparison.rows.map {
            Run($0, expense: report.cluster?.expense(of: $0.run.flops), service: report.service)
        }
        duels = report.comparison.duels.map { duel in
            var entry = Duel()
            (entry.better, entry.worse) = (duel.better, duel.worse)
            (entry.gain, entry.share) = (duel.gain, duel.share)
            entry.dissenters = duel.dissenters
            entry.breakEven = duel.breakEven
            entry.dollarBreakEven = report.dollarBreakEven(duel)
            return entry
        }
    }
}

extension ComparisonFile.Run {
    fileprivate init(_ row: RunComparison.Row, expense: TrainingExpense?, service: RunService?) {
        self.init()
        name = row.run.name
        parameters = row.run.parameters
        tokens = row.run.tokens
        uniqueTokens = row.run.uniqueTokens
        epochs = row.run.epochs
        tokensPerParameter = row.run.tokensPerParameter
        flops = row.run.flops
        bestParameters = row.bestParameters
        bestTokens = row.bestTokens
        overtraining = row.overtraining
        gap = row.gap
        equalLossFLOPs = row.equalLossFLOPs
        families = row.families.map { family in
            var entry = ComparisonFile.Family()
            (entry.law, entry.weight) = (family.law, family.weight)
            (entry.gap, entry.logLoss) = (family.gap, family.logLoss)
            return entry
        }
        acceleratorHours = expense?.acceleratorHours
        days = expense?.days
        trainingDollars = expense?.dollars
        secondsPerToken = service?.secondsPerToken(row.run)
        servingDollarsPerToken = service?.dollarsPerToken(row.run)
        totalDollars = service?.dollars(row.run)
        source = row.run.source
    }
}
