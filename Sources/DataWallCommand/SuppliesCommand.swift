import ArgumentParser
import DataWallKit

struct SuppliesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "supplies",
        abstract: "List public corpora, with tokens and the largest model that each supports.",
        discussion: """
            Examples:
              datawall supplies
              datawall supplies --json
              datawall plan --supply fineweb-edu --flops 1e23

            Exit status: 0 done; 64 wrong usage.
            """
    )

    @Option(
        help: ArgumentHelp(
            "Tokens per parameter used to compute the largest model that the data support.",
            valueName: "n"))
    var tokensPerParameter: Double = DataWall.usualTokensPerParameter

    @Flag(help: "Print JSON.")
    var json = false

    @Flag(help: "Print the rest too: notes and sources.")
    var explain = false

    func run() throws {
        var request = SuppliesRequest()
        request.tokensPerParameter = tokensPerParameter
        let listing = try request.run()
        try json ? FileOutput.print(listing.json.fileText()) : FileOutput.print(lines: listing.text(explained: explain))
    }
}
