/// Reads the documents of one shard in their order.
///
/// A reader is a struct that belongs to one format. ``ShardPass`` and ``ShardSampler`` are generic over it, and the
/// compiler makes a copy of their loops for each reader, so that nothing in a loop is looked up.
protocol DocumentReader: ~Copyable, SendableMetatype {
    /// The kind of the format's documents.
    static var unit: DocumentUnit { get }

    /// Whether a damaged shard does not count at all, rather than up to the damage.
    static var countsOnlyWhole: Bool { get }

    /// How many records have been read, which is the number of the next one.
    var recordsRead: Int { get }

    /// The start of the next record, in decompressed bytes; a stopped scan resumes from here.
    ///
    /// It is 0 if a scan cannot resume within a shard.
    var offset: Int { get }

    /// How many decompressed bytes have been read: where damage that ends the reading is reported.
    var bytesRead: Int { get }

    /// The first bytes of the shard, as far as they are still in memory; read after the first record.
    var head: [UInt8] { get }

    /// The damage of the last record, and the repairs to it.
    ///
    /// A record without a document was lost to its damage; if it has no damage either, it is blank.
    var damage: [RecordDamage] { get }

    /// The file that was read next to the shard, if one was.
    var companion: CompanionFile? { get }

    /// The layout of the file, if its format has row groups.
    var layout: ShardLayout? { get }

    /// Reads a record; `nil` after the last.
    ///
    /// Throws where the rest of the shard cannot be read.
    mutating func next() throws(StreamFault) -> DocumentRecord?

    /// The place in the shard of an offset into the text of the last document.
    func place(ofText offset: Int) -> Int?

    /// The last document's record in its original form; `nil` if it is not worth a copy.
    ///
    /// Valid until the next record is read.
    mutating func rawRecord() throws(StreamFault) -> RawRecord?

    /// Identity and digest of the file, reading on to its end if need be.
    mutating func finish() throws(StreamFault) -> ShardEnd
}

extension DocumentReader where Self: ~Copyable {
    static var countsOnlyWhole: Bool { false }
    var companion: CompanionFile? { nil }
    var layout: ShardLayout? { nil }
}

/// The kinds of documents.
enum DocumentUnit {
    /// Records, which may name their source.
    case records
    /// Lines of text.
    case lines
    /// Runs of token ids.
    case documents
    /// The whole file is one document.
    case file

    /// The fate of the shard's documents when the reading ended early, as a clause.
    func remains(after count: Int) -> String {
        func counted(_ noun: String) -> String {
            count == 1 ? "the \(noun) before it counts" : "the \(count) \(noun)s before it count"
        }
        return switch self {
        case .records: counted("record")
        case .lines: counted("line")
        case .documents: counted("document")
        case .file: "the document in it is left out"
        }
    }

    /// Whether the shard's source is among the audit's sources although it has no document.
    var declaresSource: Bool { self == .lines || self == .documents }
}

/// A record as a reader gives it; the memory it refers to is valid until the next one is read.
struct DocumentRecord {
    /// The record's number, from 0.
    var index: Int
    /// The start of the record in the decompressed shard, if known.
    var offset: Int?
    /// Its document; `nil` if it is blank or damaged.
    var document: Document?
}

/// A document with the values of its record.
struct Document {
    /// The score of a record.
    enum Score {
        /// Scores of the shard's records are not read.
        case unasked
        case missing
        /// NaN or an infinity.
        case nonFinite
        case value(Double)
    }

    var text = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    /// Whether the text is known to be ASCII.
    var isASCII = false
    /// The name at the source key; `nil` if the record has none, or the key is not read.
    var source: UnsafeBufferPointer<UInt8>?
    var score = Score.unasked
    /// The token ids, in place of a text.
    var tokens: TokenDocument?
    /// Whether a condition leaves it out; it is counted as filtered, and may have no text.
    var isFiltered = false
}

/// A record as it is in its file, or as a line that says the same.
struct RawRecord {
    var bytes: UnsafeBufferPointer<UInt8>
    /// The suffix of files that hold such records, without its dot.
    var suffix: String
    /// Whether a line feed ends it.
    var isLine: Bool
}

/// Damage of a record: its kind, its place in the shard if known, and a sentence with advice.
struct RecordDamage: Error {
    let kind: ProblemKind
    let offset: Int?
    let message: String
}
