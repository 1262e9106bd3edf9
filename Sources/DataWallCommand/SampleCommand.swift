import ArgumentParser
import DataWallKit

struct SampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample",
        abstract: "Write a share of every source's documents, for pilots that repeat sources as the run does.",
        discussion: """
            A document is taken by the fingerprint of its text: the same documents whatever the files, all copies of a \
            text or none, whole records as they lie. A smaller share is part of a larger one.

            Examples:
              datawall sample shards/ --share 1/16 -o pilots/
              datawall sample --manifest corpus.yml --share 0.05 -o pilots/

            Exit status: 0 done; 1 some of the input was damaged; 64 wrong usage; 66 no such input; 73 cannot write.
            """
    )

    @Argument(help: "Shards of JSON lines, directories or patterns ('**' crosses folders).")
    var paths: [String] = []

    @Option(help: ArgumentHelp("A YAML file that names sources and their shards.", valueName: "file"))
    var manifest: String?

    @OptionGroup(title: "Fields of a record")
    var fields: FieldArguments

    @Option(help: ArgumentHelp("The share of every source, such as 1/16.", valueName: "share"))
    var share: ReadableShare

    @Option(
        name: [.short, .long], help: ArgumentHelp("The folder to write to; a new one, or empty.", valueName: "dir"))
    var output: String

    func validate() throws {
        guard paths.isEmpty != (manifest == nil) else {
            throw ValidationError("Name shards or a --manifest, one of the two.")
        }
        guard share.value < 1 else { throw ValidationError("--share is less than 1: all of it is the corpus itself.") }
    }

    func run() throws {
        let selection = try fields.selection()
        let corpus =
            if let manifest { try Corpus(manifest: manifest, fields: selection) } else {
                try Corpus(paths: paths, fields: selection)
            }
        let sample = try CorpusSampler(share: share.value).write(corpus, to: output)
        FileOutput.print(lines: sample.text())
        for problem in sample.problems.prefix(20) { FileOutput.note("\(problem)") }
        guard sample.problems.isEmpty else {
            throw CommandFailure(
                "\(sample.problems.count) problem\(sample.problems.count == 1 ? "" : "s") in the input; what they "
                    + "concern was left out", status: .damaged)
        }
    }
}
