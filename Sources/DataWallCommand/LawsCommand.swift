import ArgumentParser
import DataWallKit

struct LawsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "laws",
        abstract: "List laws, curves, objectives, rules for hyperparameters and mixture methods, or say all about one.",
        discussion: """
            A law is named, or is a law file: JSON that states a formula or names a known form.

            Examples:
              datawall laws
              datawall laws muennighoff
              datawall laws lovelace --json > my-law.json
              datawall laws --check my-law.json
              datawall laws --check my-law.json --feature depth=24

            Exit status: 0 done; 1 the check found violations; 64 no such law; 65 unusable law file; 66 no such file.
            """
    )

    @Argument(help: "A law's name, a law file, or the name of a repetition curve or rule.")
    var name: String?

    @Option(help: ArgumentHelp("Check that a law or law file keeps the promises of laws.", valueName: "law"))
    var check: String?

    @Option(
        help: ArgumentHelp(
            "A value at which --check evaluates a further quantity of the run; may be repeated.",
            valueName: "name=value"))
    var feature: [NamedNumber] = []

    @Flag(help: "Print JSON; of one law, the law file that states it.")
    var json = false

    func validate() throws {
        guard name == nil || check == nil else { throw ValidationError("Name a law, or --check one, not both.") }
        guard feature.isEmpty || check != nil else { throw ValidationError("--feature goes with --check.") }
    }

    func run() throws {
        let models = DataWallCommand.models
        if let check {
            let law = try models.law(check)
            let violations = LawConformance(features: feature.dictionary).violations(of: law)
            try FileOutput.print(lines: violations.map(\.description))
            guard violations.isEmpty else {
                throw CommandFailure(
                    "\(check) breaks \(violations.count) promises of laws", status: .damaged)
            }
            return try FileOutput.print(lines: ["\(law.card.identifier) keeps the promises of laws"])
        }
        guard let name else {
            let listing = LawListing(
                laws: models.laws.models, curves: models.curves.models, objectives: models.objectives.models,
                hyperparameters: models.hyperparameters.models, mixtures: models.mixtures.models)
            return try json
                ? FileOutput.print(listing.json.fileText()) : FileOutput.print(lines: listing.text())
        }
        if models.laws[name] == nil, let curve = models.curves[name], !json {
            return try FileOutput.print(lines: ModelDescription(curve).text())
        }
        if models.laws[name] == nil, let rule = models.hyperparameters[name], !json {
            return try FileOutput.print(lines: ModelDescription(rule).text())
        }
        let law = try models.law(name)
        if json {
            try FileOutput.print((law as? FileLaw ?? FileLaw(card: law.card, formula: law.formula)).fileText)
        } else {
            try FileOutput.print(lines: ModelDescription(law).text())
        }
    }
}
