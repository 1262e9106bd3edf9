import ArgumentParser
import DataWallKit

struct AcceleratorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accelerators",
        abstract: "List known accelerators, with peaks and memories.",
        discussion: """
            Examples:
              datawall accelerators
              datawall accelerators --accelerators ours.csv --json

            A table that adds accelerators is CSV with the columns name and peak_flops (dense BF16, in FLOP/s), and \
            optionally aliases, memory_bytes, memory_bandwidth and source.

            Exit status: 0 done; 64 wrong usage; 65 unusable table; 66 no such table.
            """
    )

    @Option(
        help: ArgumentHelp(
            "A table that adds accelerators: CSV with columns name and peak_flops.", valueName: "file"))
    var accelerators: String?

    @Flag(help: "Print JSON.")
    var json = false

    @Flag(help: "Print the rest too: sources.")
    var explain = false

    func run() throws {
        let listing = AcceleratorListing(try AcceleratorTable.standard(extendedBy: accelerators))
        if json {
            try FileOutput.print(listing.json.fileText())
        } else {
            try FileOutput.print(lines: listing.text(explained: explain))
        }
    }
}
