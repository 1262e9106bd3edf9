import ArgumentParser
import DataWallKit

struct LawsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "laws",
        abstract: "List laws, curves, objectives, hyperparameter rules and mixture methods, or describe one.",
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

    @Argument(
        help: "A law's name, a law file, or the name of a repetition curve or rule.", completion: Completions.laws)
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

    @Flag(help: "Print the rest too: every model, or all about the law.")
    var explain = false

    func validate() throws {
        guard name == nil || check == nil else { throw ValidationError("Name a law, or --check one, not both.") }
        guard feature.isEmpty || check != nil else { throw ValidationError("--feature goes with --check.") }
    }

    func run() throws {
        let models = DataWallCommand.models
        if let check {
            let violations = try LawsRequest(check, models: models).check(features: feature.dictionary)
            try FileOutput.print(lines: violations.map(\.description))
            guard violations.isEmpty else {
                throw CommandFailure(
                    "\(check) breaks \(Quantity.count(violations.count, "promise")) of laws", status: .damaged)
            }
            return try FileOutput.print(lines: ["\(models.law(check).card.identifier) keeps the promises of laws"])
        }
        guard let name else {
            let listing = models.listing
            return try json
                ? FileOutput.print(listing.json.fileText()) : FileOutput.print(lines: listing.text(explained: explain))
        }
        let request = LawsRequest(name, models: models)
        try json
            ? FileOutput.print(request.lawFile().fileText)
            : FileOutput.print(lines: request.describe().text(explained: explain))
    }
}
