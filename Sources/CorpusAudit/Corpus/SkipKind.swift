/// Why a file is not read, as the audit lists it.
struct SkipKind: Sendable, Hashable {
    /// The kind's name in the audit file.
    let name: String
    /// One sentence with the reason, and what to do.
    let reason: String
    /// Whether files of this kind may hold training data.
    let mayHoldData: Bool

    /// A kind of files that clearly hold no data.
    ///
    /// The table of these is closed: everything else that is not read makes an audit incomplete.
    private static func noData(_ name: String, _ reason: String) -> SkipKind {
        SkipKind(name: name, reason: reason, mayHoldData: false)
    }

    private static func unread(_ name: String, _ reason: String) -> SkipKind {
        SkipKind(name: name, reason: reason, mayHoldData: true)
    }

    private static func unread(_ name: String, _ what: String, convert: String) -> SkipKind {
        SkipKind(name: name, reason: "\(what) is not read; \(convert)", mayHoldData: true)
    }
}

// MARK: No data

extension SkipKind {
    static let hidden = noData("hidden", "the name starts with a dot")
    static let document = noData("no_data", "README, LICENSE, _SUCCESS and .md files are taken for no data")
    static let index = noData("index", "the index belongs to a .bin that is read without it")
    static let attributes = noData("attributes", "attributes next to documents describe them (Dolma's layout)")
    static let datawall = noData("datawall", "datawall wrote this file")
    static let empty = noData("empty", "the file is empty")
    static let duplicate = noData("duplicate", "the same file is read under another path or link, and counts once")
    static let ignored = noData("ignored", "--ignore names it")
}

// MARK: Formats that are recognised and not read

extension SkipKind {
    static let parquet = unread(
        "parquet",
        "Parquet is read from files under --format auto or parquet: not from a stream, not inside zstd or gzip; write it "
            + "to a file of its own")
    static let parquetSummary = noData(
        "parquet_summary", "Spark repeats here what the Parquet files next to it contain")
    static let lfsPointer = unread(
        "git_lfs_pointer", "this names a file that Git LFS has not fetched; fetch it: git lfs pull")
    static let xz = unread("xz", "xz", convert: "recompress it as zstd: xz -dc FILE | zstd > FILE.zst")
    static let bzip2 = unread("bzip2", "bzip2", convert: "recompress it as zstd: bzip2 -dc FILE | zstd > FILE.zst")
    static let lz4 = unread("lz4", "LZ4", convert: "recompress it as zstd: lz4 -dc FILE | zstd > FILE.zst")
    static let otherCompression = unread(
        "other_compression", "this compression, or one inside another",
        convert: "decompress it, or recompress it as zstd")
    static let zip = unread("zip", "a ZIP archive", convert: "unpack it")
    static let sevenZip = unread("seven_zip", "a 7-Zip archive", convert: "unpack it")
    static let tar = unread("tar", "a tar archive", convert: "unpack it: tar -xf FILE")
    static let warc = unread("warc", "WARC", convert: "extract the text to JSON lines first")
    static let numPy = unread(
        "numpy",
        "a NumPy file, or token ids under its name, is not read here; --format uint16 or uint32 reads token ids of that width, "
            + "with a header of NumPy or without one (--end-of-document names the id that parts documents)")
    static let llmC = unread(
        "llmc", "token ids with llm.c's header; --format uint16 (or uint32) and --end-of-document read them")
    static let utf16 = unread(
        "utf16", "UTF-16 text", convert: "convert it: iconv -f UTF-16 -t UTF-8 (UTF-16LE or UTF-16BE without a mark)")
    static let utf32 = unread("utf32", "UTF-32 text", convert: "convert it: iconv -f UTF-32 -t UTF-8")
    static let hdf5 = unread("hdf5", "HDF5", convert: "convert it to JSON lines")
    static let arrow = unread(
        "arrow", "Arrow or Feather", convert: "convert it to JSON lines, for example with pyarrow")
    static let avro = unread("avro", "Avro", convert: "convert it to JSON lines")
    static let orc = unread("orc", "ORC", convert: "convert it to JSON lines, for example with pyarrow")
    static let sqlite = unread("sqlite", "an SQLite database", convert: "export its texts as JSON lines")
    static let pdf = unread("pdf", "PDF", convert: "extract the text first")
    static let mds = unread(
        "mds", "Mosaic's MDS",
        convert:
            "audit the JSON lines it was made from, or write its samples as JSON lines: json.dumps({'text': s['text']}) for s in "
            + "streaming.StreamingDataset(local=FOLDER, shuffle=False)")
    static let deltaTable = unread(
        "delta_table",
        "a Delta Lake folder also keeps files of older versions, which would count; name the files of the current "
            + "version instead (deltalake: DeltaTable(FOLDER).file_uris()), or write that version to a new folder")
    static let icebergTable = unread(
        "iceberg_table",
        "an Iceberg folder also keeps files of older snapshots, which would count; name the files of the current "
            + "snapshot instead (pyiceberg: table.scan().plan_files()), or write that snapshot to a new folder")
    static let csv = unread("csv", "CSV or TSV", convert: "convert it to JSON lines")
    static let jsonArray = unread(
        "json_array", "this is one JSON array, not JSON lines (one object a line); convert it: jq -c '.[]' FILE")
    static let prettyJSON = unread(
        "pretty_json", "a JSON object spans several lines, so this is not JSON lines; convert it: jq -c . FILE")
    static let tokenIDs = unread(
        "token_ids", "a .bin without an .idx does not say how wide its ids are; --format uint16 or uint32 says it")
    static let indexWithoutBin = unread("index_without_bin", "there is no .bin next to this .idx")
    static let jsonLines = unread(
        "json_lines",
        "--format asks for another format than JSON lines; audit them apart, or leave them out by --ignore")
    static let plainText = unread(
        "plain_text",
        "text that is neither JSON lines nor named .txt; read it with --format txt, or leave it out by --ignore")
    static let binary = unread(
        "binary", "the first bytes are of no known format; convert it to JSON lines, or leave it out by --ignore")
    static let otherTokens = unread(
        "other_token_width",
        "the header is not that of one row of little-endian ids as wide as --format says; name the right width, or write the "
            + "array again as such a row")
}

// MARK: Files that cannot be read

extension SkipKind {
    static let unreadableFolder = unread(
        ProblemKind.unreadableFolder.rawValue, "the folder cannot be listed; give yourself permission to read it")
    static let unreadableFile = unread(
        ProblemKind.unreadableFile.rawValue, "the file cannot be opened; give yourself permission to read it")
    static let brokenLink = unread(
        ProblemKind.brokenLink.rawValue, "the link leads to no file; remove it, or bring its file back")
    static let unusableName = unread(
        ProblemKind.unusableName.rawValue, "the name is not UTF-8, which an audit cannot list; rename it")
    static let specialFile = unread(
        ProblemKind.specialFile.rawValue, "a pipe, socket or device in a folder is not opened; name it to read it")

    /// The kind of the problem that names each such file; `nil` for files that could be read.
    var problemKind: ProblemKind? {
        switch self {
        case .unreadableFolder, .unreadableFile, .brokenLink, .unusableName, .specialFile: ProblemKind(rawValue: name)
        default: nil
        }
    }
}

// MARK: Names

extension SkipKind {
    /// Formats by the end of a name, for files whose bytes do not identify them.
    static let bySuffix: [(suffix: String, kind: SkipKind)] = [
        (".parquet", .parquet), (".pq", .parquet), (".xz", .xz), (".bz2", .bzip2), (".lz4", .lz4),
        (".lzma", .otherCompression), (".br", .otherCompression), (".z", .otherCompression), (".sz", .otherCompression),
        (".snappy", .otherCompression), (".lzo", .otherCompression), (".zip", .zip), (".npz", .zip), (".7z", .sevenZip),
        (".tar", .tar), (".tgz", .tar), (".warc", .warc), (".wet", .warc), (".wat", .warc), (".npy", .numPy),
        (".h5", .hdf5), (".hdf5", .hdf5), (".arrow", .arrow), (".feather", .arrow), (".avro", .avro), (".orc", .orc),
        (".sqlite", .sqlite), (".db", .sqlite), (".pdf", .pdf), (".mds", .mds), (".csv", .csv), (".tsv", .csv),
    ]
}
