import ArgumentParser
import DataWallKit

/// How a command reads a run table.
struct RunTableArguments: ParsableArguments {
    @Option(help: ArgumentHelp("The column of parameters, N (default: params, N, …).", valueName: "name"))
    var paramsColumn: String?

    @Option(help: ArgumentHelp("The column of training tokens, D (default: tokens, D, …).", valueName: "name"))
    var tokensColumn: String?

    @Option(help: ArgumentHelp("The column of losses (default: loss, val_loss, …).", valueName: "name"))
    var lossColumn: String?

    @Option(help: ArgumentHelp("The column of unique tokens, U (default: unique_tokens, U).", valueName: "name"))
    var uniqueTokensColumn: String?

    @Option(help: ArgumentHelp("The column of epochs, where there is none of unique tokens.", valueName: "name"))
    var epochsColumn: String?

    @Option(
        help: ArgumentHelp(
            "The column of compute in FLOPs; checked against 6ND, or fills in N or D.", valueName: "name"))
    var flopsColumn: String?

    @Option(help: ArgumentHelp("The column of seeds.", valueName: "name"))
    var seedColumn: String?

    @Option(help: ArgumentHelp("The column of groups.", valueName: "name"))
    var groupColumn: String?

    @Option(help: ArgumentHelp("The column of weights.", valueName: "name"))
    var weightColumn: String?

    @Option(help: ArgumentHelp("The column of bytes per token.", valueName: "name"))
    var bytesPerTokenColumn: String?

    @Option(help: ArgumentHelp("The column of tokenizers.", valueName: "name"))
    var tokenizerColumn: String?

    @Option(help: ArgumentHelp("The column of evaluation sets.", valueName: "name"))
    var evaluationSetColumn: String?

    @Option(help: ArgumentHelp("The unit of the parameters column, such as 1e9 or 1M.", valueName: "n"))
    var paramsUnit = ReadableQuantity(value: 1)

    @Option(help: ArgumentHelp("The unit of the token columns, such as 1e9.", valueName: "n"))
    var tokensUnit = ReadableQuantity(value: 1)

    @Option(help: ArgumentHelp("The unit of losses: nats/token, bits/token or bits/byte.", valueName: "unit"))
    var lossUnit = "nats/token"

    @Option(help: ArgumentHelp("Bytes of text per token, for runs whose row does not say.", valueName: "ratio"))
    var bytesPerToken: Double?

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp(
            "Use only rows that fulfil this, such as 'corpus=c4 && loss>0'; it is applied before cells are read, and a missing "
                + "value has no order.", valueName: "condition"))
    var condition: String?

    func validate() throws {
        guard LossUnit(rawValue: lossUnit) != nil else {
            throw ValidationError("--loss-unit is one of \(LossUnit.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
    }

    func options() throws -> RunTableOptions {
        RunTableOptions(
            columns: RunColumns(
                parameters: paramsColumn, tokens: tokensColumn, loss: lossColumn, uniqueTokens: uniqueTokensColumn,
                epochs: epochsColumn, compute: flopsColumn, seed: seedColumn, group: groupColumn, weight: weightColumn,
                bytesPerToken: bytesPerTokenColumn, tokenizer: tokenizerColumn, evaluationSet: evaluationSetColumn),
            lossUnit: LossUnit(rawValue: lossUnit) ?? .natsPerToken, bytesPerToken: bytesPerToken,
            parametersUnit: paramsUnit.value, tokensUnit: tokensUnit.value,
            filter: try condition.map { try RunExpression($0) })
    }
}
