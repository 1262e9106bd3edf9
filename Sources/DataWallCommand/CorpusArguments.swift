import ArgumentParser
import DataWallKit

/// Which shards are read, and how a record lies in them: shared by the commands that read a corpus.
struct CorpusArguments: ParsableArguments {
    @Argument(help: "Shards, directories or patterns ('**' crosses folders); '-' is standard input.")
    var paths: [String] = []

    @Option(help: ArgumentHelp("A YAML file that names sources, their shards, weights and caps.", valueName: "file"))
    var manifest: String?

    @Option(
        help: ArgumentHelp(
            "Leave out files and folders of this name or path, such as '*.csv'; may be repeated. The audit lists "
                + "them as ignored.", valueName: "pattern"))
    var ignore: [String] = []

    @Option(
        help: ArgumentHelp(
            "List the stream ('-' or a pipe) under this name, so that scans of several streams merge. The folder in the "
                + "name is the source.", valueName: "name"))
    var name: String?

    @OptionGroup(title: "Fields of a record")
    var fields: FieldArguments

    @OptionGroup(title: "Format of shards")
    var format: FormatArguments

    func validate() throws {
        guard ignore.allSatisfy({ IgnorePattern($0) != nil }) else {
            throw ValidationError("--ignore names a file, a folder or a pattern; it is empty.")
        }
        guard name == nil || namesInput else { throw ValidationError("--name is for a stream: name '-' or a pipe.") }
        guard !paths.contains("") else { throw ValidationError("A path is empty.") }
        guard paths.isEmpty || manifest == nil else { throw Self.nothingNamed }
        guard manifest == nil || fields.sourceKey.isEmpty else {
            throw ValidationError("A manifest names its sources itself: drop --source-key.")
        }
    }

    private static let nothingNamed = ValidationError("Name shards or a --manifest, one of the two.")

    /// Whether shards were named at all; only a verification goes without.
    var namesInput: Bool { !paths.isEmpty || manifest != nil }

    /// Finds the shards, and says where the paths could be understood in more than one way.
    func corpus() throws -> Corpus {
        guard namesInput else { throw Self.nothingNamed }
        let selection = try fields.selection()
        let ignored = ignore.compactMap { IgnorePattern($0) }
        let found =
            if let manifest {
                try Corpus(manifest: manifest, fields: selection, format: format.selection, ignoring: ignored)
            } else {
                try Corpus(paths: paths, fields: selection, format: format.selection, ignoring: ignored)
            }
        let corpus = try name.map { try found.naming(stream: $0, format: format.selection) } ?? found
        for note in corpus.notes { FileOutput.note("note: \(note)") }
        return corpus
    }

    /// Ends the command where files were left unread that may hold data.
    static func refuseUnreadFiles(_ skipped: [Audit.Skipped]) throws {
        let unread = skipped.filter(\.mayHoldData)
        guard let first = unread.first else { return }
        let count = unread.fileCount
        throw CommandFailure(
            "\(Quantity.grouped(count)) \(count == 1 ? "file was" : "files were") not read, so counts are not complete: "
                + "\(first.examples[0]): \(first.reason)", status: .damaged)
    }

    /// Ends the command where an input was not there to be read, which weighs more than damage.
    static func refuseAbsentInputs(_ problems: [Problem]) throws {
        let absent: [ProblemKind] = [.missingInput, .unreadableInput, .noShards]
        guard let problem = problems.first(where: { absent.contains($0.kind) }) else { return }
        throw CommandFailure("\(problem)", status: .noInput)
    }
}
