import ArgumentParser
import DataWallKit

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check an audit against limits; fail if one is broken.",
        discussion: """
            Limits on a single source are written SOURCE=NUMBER, once for each source. Every other limit is given once. \
            Hidden epochs are tokens over unique tokens. Overlap is the share of a source's unique tokens that another source holds too; of each pair \
            the smaller source counts.

            Examples:
              datawall check audit.json --max-hidden-epochs 1.1 --complete
              datawall check audit.json --max-hidden-epochs web=1.5 \\
                  --min-unique-tokens 100B --min-unique-tokens wiki=3B
              datawall check audit.json --max-damaged 1e-6 --max-overlap 0.05 \\
                  --max-copies 1000
              datawall check audit.json --max-near-repeated 0.3

            Exit status: 0 all limits are kept; 1 one is not; 64 wrong usage; 65 not an audit; 66 no such file.
            """
    )

    @Argument(help: "The audit file; '-' is standard input.")
    var audit: String

    @Option(
        help: ArgumentHelp("The most hidden epochs: tokens over unique tokens.", valueName: "[source=]epochs"))
    var maxHiddenEpochs: [SourceBound] = []

    @Option(help: ArgumentHelp("The same for every source.", valueName: "epochs"))
    var maxSourceHiddenEpochs: Double?

    @Option(help: ArgumentHelp("The fewest unique tokens, such as 100B.", valueName: "[source=]tokens"))
    var minUniqueTokens: [SourceBound] = []

    @Option(
        help: ArgumentHelp(
            "The largest share of damaged records, such as 1e-6. A file that cannot be read to its end counts as one "
                + "record; --complete allows none.", valueName: "share"))
    var maxDamaged: ShareFromZero?

    @Option(
        help: ArgumentHelp("The largest share of a source that another source contains too.", valueName: "share"))
    var maxOverlap: ShareFromZero?

    @Option(help: ArgumentHelp("The most occurrences of any text.", valueName: "n"))
    var maxCopies: Int?

    @Option(
        help: ArgumentHelp(
            "The largest share of the tokens that repeats earlier ones, exactly or nearly (est.); needs an audit --near.",
            valueName: "share"))
    var maxNearRepeated: Double?

    @Option(
        help: ArgumentHelp(
            "The largest share of the items of an evaluation set that may be contaminated; needs an audit --benchmarks.",
            valueName: "share"))
    var maxContaminated: Double?

    @Flag(help: "All that was named must have been read without damage; no file may be left unread.")
    var complete = false

    @Flag(help: "Tokens must have been counted, not estimated.")
    var counted = false

    @Option(help: ArgumentHelp("The tokenizer that must have counted.", valueName: "name"))
    var tokenizer: String?

    @Flag(help: "Print JSON instead of a table.")
    var json = false

    /// The options that take one value each.
    ///
    /// The parser would keep the last value without a word.
    private static let singleLimits = [
        "--max-source-hidden-epochs", "--max-damaged", "--max-overlap", "--max-copies", "--max-near-repeated",
        "--max-contaminated", "--tokenizer",
    ]

    func validate() throws {
        let words = CommandLine.arguments.prefix { $0 != "--" }
        let twice =
            Self.singleLimits.first { name in words.count { $0 == name || $0.hasPrefix(name + "=") } > 1 }
            ?? [("--max-hidden-epochs", maxHiddenEpochs), ("--min-unique-tokens", minUniqueTokens)]
            .first { _, bounds in bounds.count { $0.source == nil } > 1 }?.0
        if let twice { throw ValidationError("\(twice) is given twice: keep one of the two.") }
    }

    private var check: AuditCheck {
        var check = AuditCheck()
        check.maximumHiddenEpochs = maxHiddenEpochs.first { $0.source == nil }?.value
        check.hiddenEpochLimits = Self.limits(maxHiddenEpochs)
        check.maximumSourceHiddenEpochs = maxSourceHiddenEpochs
        check.minimumUniqueTokens = minUniqueTokens.first { $0.source == nil }?.value
        check.uniqueTokenLimits = Self.limits(minUniqueTokens)
        check.maximumDamagedShare = maxDamaged?.value
        check.maximumOverlap = maxOverlap?.value
        check.maximumCopies = maxCopies
        check.maximumNearRepeatedShare = maxNearRepeated
        check.maximumContaminatedShare = maxContaminated
        check.requiresCompleteness = complete
        check.requiresCountedTokens = counted
        check.tokenizer = tokenizer
        return check
    }

    private static func limits(_ bounds: [SourceBound]) -> [AuditCheck.SourceLimit] {
        bounds.compactMap { bound in bound.source.map { .init(source: $0, limit: bound.value) } }
    }

    @Flag(help: "List every check.")
    var explain = false

    func run() throws {
        var request = CheckRequest(audit: audit)
        request.limits = check
        let answer = try request.run()
        answer.notes.forEach(FileOutput.note)
        if json {
            try FileOutput.print(answer.json.fileText())
        } else {
            try FileOutput.print(lines: answer.text(explained: explain))
        }
        guard answer.failures == 0 else {
            throw CommandFailure(
                "\(Quantity.grouped(answer.failures)) of \(Quantity.count(answer.results.count, "check")) failed",
                status: .damaged)
        }
    }
}
