public import DataWallReports
public import OrderedJSON
import RunDesign
import TrainingPlanning

extension DesignReport {
    /// The report as JSON; write it with `fileText()`.
    public var json: JSONValue { file.json }

    /// The report as its file says it.
    public var file: DesignFile {
        var file = DesignFile.blank
        let expense = cluster?.expense(of: design.compute)
        file.madeBy = madeBy
        file.law = design.question.law.card.identifier
        file.budget = design.question.budget
        file.flops = design.compute
        file.acceleratorHours = expense?.acceleratorHours
        file.dollars = expense?.dollars
        file.decades = design.decades
        file.scatter = design.question.scatter
        file.knownBefore = design.priorSource
        file.target.flops = design.question.target
        file.target.parameters = design.target.parameters
        file.target.tokens = design.target.tokens
        file.target.uniqueTokens = design.target.uniqueTokens
        file.forecast = Self.forecast(design.trial)
        file.rivals = design.rivals.map { rival in
            var entry = DesignFile.Rival.blank
            entry.name = rival.name
            entry.runs = rival.runs.count
            (entry.width, entry.sizeWidth) = (rival.trial.width, rival.trial.sizeWidth)
            return entry
        }
        file.runs = entries.map(Self.run)
        file.pilots = pilots.map { pilots in
            var entry = DesignFile.Pilots.blank
            entry.runs = pilots.runs
            (entry.parameters, entry.tokens, entry.flops) = (pilots.parameters, pilots.tokens, pilots.flops)
            entry.command = pilots.command
            return entry
        }
        file.notes = notes
        return file
    }

    private static func forecast(_ trial: DesignTrial) -> DesignFile.Forecast {
        var forecast = DesignFile.Forecast.blank
        (forecast.width, forecast.widthBefore, forecast.sizeWidth) = (trial.width, trial.widthBefore, trial.sizeWidth)
        (forecast.trials, forecast.failures) = (trial.trials, trial.failures)
        forecast.coefficients = trial.coefficients.map { coefficient in
            var entry = DesignFile.Coefficient.blank
            entry.name = coefficient.name
            (entry.before, entry.after) = (coefficient.before, coefficient.error)
            entry.verdict = coefficient.verdict.rawValue
            return entry
        }
        return forecast
    }

    private static func run(_ entry: Entry) -> DesignFile.Run {
        let (run, shape) = (entry.run, entry.run.shape)
        var row = DesignFile.Run.blank
        row.number = entry.number
        (row.parameters, row.tokens, row.uniqueTokens) = (run.parameters, run.tokens, run.uniqueTokens)
        (row.level, row.flops) = (run.level, run.compute)
        (row.layers, row.width, row.heads) = (shape.layers, shape.width, shape.heads)
        (row.keyValueHeads, row.feedForwardWidth) = (shape.keyValueHeads, shape.feedForwardWidth)
        row.rule = entry.suggestion?.law
        (row.batchTokens, row.learningRate) = (entry.suggestion?.batchTokens, entry.suggestion?.learningRate)
        return row
    }
}
