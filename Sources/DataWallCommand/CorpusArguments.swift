import ArgumentParser
import DataWallKit

/// Which shards are read, and how a record is in them: shared by the commands that read a corpus.
struct CorpusArguments: ParsableArguments {
    @Argument(help: "Shards, directories or patterns ('**' crosses folders); '-' is standard input.")
    var paths: [String] = []

    @Option(help: ArgumentHelp("A YAML file that names sources, their shards, weights and caps.", valueName: "file"))
    var manifest: String?

    @Option(
        help: ArgumentHelp(
            "Read the objects of a listing: JSON lines with path, bytes and, if the store has them, etag, version and source.",
            valueName: "file"))
    var listing: String?

    @Option(
        help: ArgumentHelp(
            "Fetch each object with this command, such as 'aws s3 cp {path} -'. The object is its standard output, or the "
                + "scratch file that it writes to {file}. No shell runs. (Default: the paths are files.)",
            valueName: "command"))
    var open: String?

    @Option(
        help: ArgumentHelp(
            "The most bytes that scratch files ({file}) may take at one time (default: 50GB).", valueName: "size"))
    var scratch: ReadableQuantity?

    @Option(
        help: ArgumentHelp(
            "How many seconds the --open command may deliver nothing before it is ended and tried again (default: 60).",
            valueName: "seconds"))
    var openTimeout: Double?

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

    /// Whether shards are named; only a verification may leave them out.
    var namesInput: Bool { request.namesInput }

    var request: InputRequest {
        var request = InputRequest(paths: paths)
        request.manifest = manifest
        request.listing = listing
        request.open = open
        if let scratch { request.scratch = scratch.value }
        if let openTimeout { request.openTimeout = openTimeout }
        request.ignore = ignore
        request.streamName = name
        fields.apply(to: &request)
        request.format = format.selection
        return request
    }

    /// Finds the shards, and says where the paths could be understood in more than one way.
    func corpus() throws -> Corpus {
        let corpus = try request.corpus()
        for note in corpus.notes { FileOutput.note("note: \(note)") }
        return corpus
    }
}
