/// A kind of damage, as it is counted in an audit.
public struct ProblemKind: Sendable, Hashable, RawRepresentable {
    /// The kind's name in the audit file, in snake case.
    public let rawValue: String

    /// Creates a kind from its name in the audit file.
    public init(rawValue: String) { self.rawValue = rawValue }

    private init(_ name: String) { rawValue = name }

    /// A path that was named and is not there.
    public static let missingInput = ProblemKind("missing_input")
    /// A file that cannot be opened or read.
    public static let unreadableInput = ProblemKind("unreadable_input")
    /// A file that changed while it was read.
    public static let changedInput = ProblemKind("changed_input")
    /// An object that the command to open it did not deliver whole; nothing of it counts.
    public static let unfetchedObject = ProblemKind("unfetched_object")
    /// An object that is not the one listed; nothing of it counts.
    public static let changedObject = ProblemKind("changed_object")
    /// A directory without shards, or a pattern that matches none.
    public static let noShards = ProblemKind("no_shards")
    /// A named file that is not read, since its format is not.
    public static let unreadFormat = ProblemKind("unread_format")
    /// A folder below a named path that cannot be listed.
    public static let unreadableFolder = ProblemKind("unreadable_folder")
    /// A file below a named path that cannot be opened.
    public static let unreadableFile = ProblemKind("unreadable_file")
    /// A link below a named path that leads to no file.
    public static let brokenLink = ProblemKind("broken_link")
    /// A file or folder below a named path whose name is not UTF-8.
    public static let unusableName = ProblemKind("name_not_utf8")
    /// A pipe, socket or device below a named path.
    public static let specialFile = ProblemKind("special_file")
    /// A header before token ids that does not fit the requested format, or the ids after it.
    public static let badHeader = ProblemKind("bad_header")
    /// A file without a single byte.
    public static let emptyFile = ProblemKind("empty_file")
    /// A file named `.zst` or `.gz` that does not start as its name says.
    public static let notCompressed = ProblemKind("not_compressed")
    /// A compressed frame that ends before its end mark.
    public static let truncatedFrame = ProblemKind("truncated_frame")
    /// A compressed frame that cannot be decoded, or whose checksum is wrong.
    public static let corruptFrame = ProblemKind("corrupt_frame")
    /// A frame that requests more memory than is allowed.
    public static let windowTooLarge = ProblemKind("window_too_large")
    /// A record longer than the limit.
    public static let recordTooLong = ProblemKind("record_too_long")
    /// A line that is not a JSON object.
    public static let badJSON = ProblemKind("bad_json")
    /// A Parquet file, or a row group of one, that cannot be read.
    public static let damagedParquet = ProblemKind("damaged_parquet")
    /// A Parquet file without a requested column; nothing in it is read.
    public static let missingColumn = ProblemKind("missing_column")
    /// A Parquet file in which a requested column has values of an unsuitable type; nothing in it is read.
    public static let wrongColumnType = ProblemKind("wrong_column_type")
    /// Columns that a sample leaves out: lists, and types that are not read.
    public static let columnsLeftOut = ProblemKind("columns_left_out")
    /// A record with a value that a condition cannot compare; it is neither counted nor filtered.
    public static let unfilterable = ProblemKind("unfilterable")
    /// A shard whose attributes are not there or cannot be read; nothing in it is read.
    public static let missingAttributes = ProblemKind("missing_attributes")
    /// Attributes that do not belong to the shard: other documents, or another number of them.
    public static let mismatchedAttributes = ProblemKind("mismatched_attributes")
    /// An attribute that gives no quality: no number, or spans that do not cover the text; the record counts with quality 1.
    public static let unusableAttribute = ProblemKind("unusable_attribute")
    /// A record without the text key.
    public static let missingKey = ProblemKind("missing_key")
    /// A record whose text is no string: a number, an object, null.
    public static let textNotAString = ProblemKind("text_not_a_string")
    /// Text that is not UTF-8; it counts with U+FFFD in place of each bad sequence.
    public static let invalidUTF8 = ProblemKind("invalid_utf8")
    /// Half a surrogate pair in an escape; it counts as U+FFFD.
    public static let loneSurrogate = ProblemKind("lone_surrogate")
    /// An index of a shard of token ids that cannot be used, or that points outside its shard.
    public static let badIndex = ProblemKind("bad_index")
    /// A shard of token ids that ends inside an id.
    public static let truncatedToken = ProblemKind("truncated_token")
    /// A key that occurs twice in one object; the last one counts.
    public static let duplicateKey = ProblemKind("duplicate_key")
    /// A record without a usable source key; it counts for its shard's folder.
    public static let missingSource = ProblemKind("missing_source")
    /// A record without a usable quality; it counts with quality 1.
    public static let missingQuality = ProblemKind("missing_quality")
    /// A record whose score is no weight from 0 to 16.777215 and has no quality map; it counts with quality 1.
    public static let unusableQuality = ProblemKind("unusable_quality")

    /// Zero bytes after the last gzip member, as tapes and block storage leave them.
    public static let trailingPadding = ProblemKind("trailing_padding")
    /// Other bytes after the last gzip member, which `gzip -d` ignores with a warning.
    public static let trailingGarbage = ProblemKind("trailing_garbage")
    /// NUL bytes at the end of a shard of text, left by a machine that stopped while it wrote.
    public static let nulPadding = ProblemKind("nul_padding")
    /// A byte order mark before a record that is not the first: files that were joined.
    public static let innerByteOrderMark = ProblemKind("inner_byte_order_mark")
    /// NaN or an infinity in a field that is not read, which JSON does not have and Python writes.
    public static let nonFiniteNumber = ProblemKind("non_finite_number")

    /// Whether this is a file that was not read at all: ``Audit/skipped`` counts it, and ``Audit/damagedShare`` does
    /// not.
    var isUnreadFile: Bool {
        switch self {
        case .unreadableFolder, .unreadableFile, .brokenLink, .unusableName, .specialFile: true
        default: false
        }
    }

    /// Memory ran out: the machine's failure, never damage of the corpus.
    ///
    /// It ends the scan and is in no report, as does ``stopped``.
    static let outOfMemory = ProblemKind("out_of_memory")
    /// The work was cancelled.
    static let stopped = ProblemKind("stopped")

    /// Whether the machine caused the problem, so that the next run may not meet it: such a shard is never committed.
    var isOfTheMachine: Bool {
        [
            .unreadableInput, .missingInput, .changedInput, .unfetchedObject, .changedObject, .outOfMemory, .stopped,
        ].contains(self)
    }

    /// Whether a record with this damage is left out of the counts.
    ///
    /// Kinds that do not lose the record repair it in a stated way and count it.
    public var losesRecord: Bool {
        switch self {
        case .invalidUTF8, .loneSurrogate, .duplicateKey, .missingSource, .missingQuality, .unusableQuality,
            .unusableAttribute, .nulPadding:
            false
        default: !isNote
        }
    }

    /// Whether this is a note rather than damage: nothing is lost, and the tools of the field accept it.
    ///
    /// Notes are counted and listed like damage, once for each shard and kind. An audit with notes is still complete,
    /// and they are not part of ``Audit/damagedShare``; but a strict audit stops at them.
    public var isNote: Bool {
        switch self {
        case .emptyFile, .trailingPadding, .trailingGarbage, .innerByteOrderMark, .nonFiniteNumber, .columnsLeftOut:
            true
        default: false
        }
    }
}
