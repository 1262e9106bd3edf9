import ArgumentParser
import DataWallKit

struct MixCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mix",
        abstract: "Choose how much of each source to train on, and how many epochs of it.",
        discussion: """
            Weights make the most effective tokens (unique tokens weighted by quality, repeats discounted), less a pull \
            to natural shares. Caps on epochs hold only where you set them: in the manifest, in the table, or with \
            --max-epochs. Other methods are shown for comparison, all valued alike.

            Examples:
              datawall mix audit.json --tokens 1.2T -o mixture.json
              datawall mix sources.csv --tokens 1.2T --parameters 7B --max-epochs 6
              datawall mix sources.csv --tokens 1.2T --weight web=0.7 --weight code=0.3
              datawall mix sources.csv --tokens 1.2T --pilots runs.csv
              datawall mix sources.csv --tokens 1.2T --target maths
              datawall mix --preset olmo3 --tokens 5.93T
              datawall mix audit.json --as is --tokens 300B --emit megatron \
            --path 'data/{source}_text_document'

            A table of sources has the columns source and unique_tokens, and optionally quality, max_epochs and floor.

            Pilots are a table of runs with the columns w_SOURCE, loss or loss_TARGET, and optionally params, tokens and \
            unique_SOURCE. A mixing law is fitted to them; how well it ranks runs that it has not seen is printed first.

            More tokens than the caps allow are an error that says how many they allow.

            Exit status: 0 done; 64 wrong usage; 65 unusable data; 66 no such input; 73 cannot write; 78 no feasible \
            mixture.
            """
    )

    @Argument(help: "An audit file or a table of sources (CSV); '-' is standard input.")
    var supply: String?

    @Option(
        help: ArgumentHelp("Mix the pools of a published mixture, its weights beside the methods.", valueName: "name"))
    var preset: String?

    @Option(help: ArgumentHelp("Training tokens D, repeats included, such as 1.2T.", valueName: "d"))
    var tokens: ReadableQuantity

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("What happens to copies before training: dedup or is.", valueName: "what"))
    var treatment: CopyTreatment = .dedup

    @Flag(help: "Take an audit of paragraphs or lines for the supply.")
    var levelAsSupply = false

    @OptionGroup(title: "Method")
    var choice: MixMethodArguments

    @OptionGroup(title: "Models")
    var asked: MixModelArguments

    @Option(
        help: ArgumentHelp(
            "A scarce source: print how often to repeat it, over what its tokens may be worth.", valueName: "source"))
    var target: String?

    @Option(help: ArgumentHelp("Print what a loader reads: megatron, mosaic or csv.", valueName: "format"))
    var emit: LoaderFormat?

    @Option(help: ArgumentHelp("The path of a source's data for --emit.", valueName: "pattern"))
    var path = "{source}"

    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "Write the mixture file here, or what --emit prints; '-' is standard output.", valueName: "file"))
    var output: String?

    @Flag(help: "Print the mixture file instead of tables.")
    var json = false

    @Flag(help: "Print the rest too: every source, method and target, prices, and what was assumed.")
    var explain = false

    func validate() throws {
        guard (supply == nil) != (preset == nil) else {
            throw ValidationError("Name an audit file or a table of sources, or give --preset, one of the two.")
        }
        guard emit != .megatron || path.contains("{source}") else {
            throw ValidationError("--path has no {source}, so that every source would be read from the same place.")
        }
    }

    func run() throws {
        let file = try OutputFile(optional: output)
        let pool = try pool()
        if let target { return try study(target, of: pool, to: file) }
        let report = try report(of: pool)
        if let emit {
            for warning in report.comparison.warnings where warning.severity == .warning {
                FileOutput.note(warning.message)
            }
            return try FileOutput.put(report.emitted(emit, path: path), to: file)
        }
        try FileOutput.report(report.json.fileText(), text: report.text(explained: explain), to: file, asJSON: json)
    }

    /// What there is to mix, and where it comes from.
    private struct Pool {
        var supply: DataSupply
        var file: SupplyFile?
        var published: PublishedMixture?
    }

    private func pool() throws -> Pool {
        if let preset {
            let published = try PublishedMixture.named(preset)
            guard treatment == .dedup else {
                throw ValidationError("--as needs an audit, which counts copies.")
            }
            return Pool(supply: try published.supply(), published: published)
        }
        let file = try SupplyFile(path: supply ?? "-")
        return Pool(supply: try file.supply(as: treatment, acceptsParts: levelAsSupply), file: file)
    }

    /// N, or a twentieth of the training tokens where none is given.
    private var parameters: Double { asked.parameters?.value ?? max(1, tokens.value / 20) }

    /// The horizon of the pilots that settle how much of a scarce source to read.
    private static let horizon = 1.0 / 16

    private func study(_ target: String, of pool: Pool, to file: OutputFile?) throws {
        let question = try MixtureQuestion(
            supply: pool.supply, tokens: tokens.value, curve: try asked.compiledCurve(among: DataWallCommand.models),
            parameters: parameters, cap: nil)
        let report = ScarceTargetReport(
            try ScarceTargetStudy(of: target, in: question),
            pilots: try PilotPlan(for: pool.supply, tokens: tokens.value, horizon: Self.horizon),
            isEstimated: pool.file?.isEstimated ?? false)
        let incomplete = (pool.file?.audit?.planWarnings ?? []).filter { $0.code == "incomplete_audit" }
        try FileOutput.report(
            report.json.fileText(), text: incomplete.map { "! " + $0.message } + report.text(), to: file, asJSON: json)
    }

    private func report(of pool: Pool) throws -> MixtureReport {
        let models = DataWallCommand.models
        let evidence = try choice.evidence()
        var data = pool.supply
        var curve = try asked.compiledCurve(among: models)
        if case .values(let values)? = evidence {
            data = try data.calibrated(values)
            curve = try values.curve(among: models)
        }
        var notes: [String] = []
        if asked.parameters == nil {
            notes.append(
                "No --parameters: the law is asked at a twentieth of the training tokens, \(Quantity.short(parameters))."
            )
        }
        let named = try models.law(asked.law)
        let law = try CompiledLaw(named)
        let scale = asked.tokenScale(of: law, for: data)
        if let scale, abs(scale - 1) > 0.005 {
            notes.append(
                "The law is asked in its own tokens, \(Quantity.significant(scale, digits: 3)) for each of these.")
        }
        let question = try MixtureQuestion(
            supply: data, tokens: tokens.value, curve: curve, parameters: parameters,
            pull: choice.pull.map { NaturalPull($0) } ?? .standard, cap: choice.maxEpochs,
            forecast: try MixtureForecast(
                law, parameters: parameters, isCalibrated: asked.calibratedQuality || evidence?.isCalibrating == true,
                tokenScale: scale ?? 1, curve: try named.ownCurve()))
        if let published = pool.published { notes.append("Pools and weights as published: \(published.source).") }
        let (followed, all) = try choice.methods(
            among: models, and: pool.published.map { [$0.method] } ?? [], advice: evidence?.advice)
        var comparison = try MixtureComparison(question, following: followed, beside: all)
        comparison.warnings =
            (pool.file?.audit?.planWarnings ?? []) + (evidence?.advice?.warnings(for: comparison.chosen) ?? [])
            + comparison.warnings
        return MixtureReport(
            comparison, supply: data, emptySources: pool.file?.emptySources ?? [], auditDigest: pool.file?.auditDigest,
            isComplete: pool.file?.audit?.isComplete, isEstimated: pool.file?.isEstimated ?? false,
            rawWeights: data.treatment == .asIs
                ? pool.file?.audit.flatMap { RawShardWeights(comparison.chosen, audit: $0) } : nil,
            notes: notes, pilots: evidence, madeBy: MadeBy.line)
    }
}
