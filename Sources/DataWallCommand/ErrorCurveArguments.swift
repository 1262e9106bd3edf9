import ArgumentParser
import DataWallKit

/// The options of `fit` for fitting a benchmark's error over the loss.
struct ErrorCurveArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Fit this column, the share of wrong answers on a benchmark, as a curve over the loss; no law is named.",
            valueName: "name"))
    var errorColumn: String?

    @Option(
        help: ArgumentHelp("The same for a column that holds the share of right answers.", valueName: "name"))
    var accuracyColumn: String?

    @Option(help: ArgumentHelp("The error of guessing, as 0.75 for four choices.", valueName: "share"))
    var guessingError: ReadableShare?

    @Option(
        help: ArgumentHelp(
            "The curve: exponential or logistic (default: the better one on model sizes left out).",
            valueName: "form"))
    var curve: String?

    @Option(
        help: ArgumentHelp(
            "How many tokens of an answer must all be right; prints what that does to small gains.", valueName: "n"))
    var answerTokens: Int?

    func validate() throws {
        guard errorColumn == nil || accuracyColumn == nil else {
            throw ValidationError("Give --error-column or --accuracy-column, not both.")
        }
        guard curve == nil || curve.flatMap(ErrorCurve.Form.init(rawValue:)) != nil else {
            throw ValidationError(
                "--curve is one of \(ErrorCurve.Form.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        guard answerTokens.map({ $0 > 0 }) ?? true else {
            throw ValidationError("--answer-tokens is a number of tokens from 1 up.")
        }
        let isAsked = errorColumn != nil || accuracyColumn != nil
        guard isAsked || (guessingError == nil && curve == nil && answerTokens == nil) else {
            throw ValidationError(
                "--guessing-error, --curve and --answer-tokens need --error-column or --accuracy-column.")
        }
    }

    /// The request; `nil` if no benchmark is named.
    func request(runs: String, _ table: RunTableOptions) -> ErrorCurveRequest? {
        guard let column = errorColumn ?? accuracyColumn else { return nil }
        var request = ErrorCurveRequest(
            runs: runs, column: column, measure: errorColumn == nil ? .accuracy : .error)
        request.chance = guessingError?.value
        request.form = curve.flatMap(ErrorCurve.Form.init(rawValue:))
        request.table = table
        return request
    }
}
