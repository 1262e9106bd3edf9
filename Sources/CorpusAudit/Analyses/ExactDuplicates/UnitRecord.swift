/// The record of a unit: 40 bytes, whatever the unit's length.
///
/// In memory many of them are ``PackedRecords``. The layout is that of a run file, little-endian; see
/// `Sources/CorpusAudit/CorpusAudit.docc/Formats/RunFiles.md`. Scores, and the counts of further tokenizers, are in
/// ``RecordRows``.
struct UnitRecord: SpilledEntry {
    typealias Columns = RecordRows
    static let kindName = "units"

    var high: UInt64
    var low: UInt64
    /// The tokens, or the number of a row that has them.
    var tokens: UInt32
    var bytes: UInt32
    /// origin:24 | zeros:24 | copies − 1:16, from the high end: records sort by origin first.
    var word: UInt64
    /// The place where it was first seen: the record of the shard, or for a part of a record ``position(ofUnit:in:)``.
    var position: UInt64

    static let maximumOrigin = 1 << 24 - 1
    static let maximumCopies = 1 << 16
    /// The most bytes a unit may have, one less than 4 GiB; longer ones are reported and left out.
    static let maximumBytes = Int(UInt32.max)

    /// The bits of ``word`` that are zeros.
    static let reservedBits: UInt64 = 0xFF_FFFF << 16

    init(_ fingerprint: Fingerprint, tokens: UInt32, bytes: UInt32, origin: Int, position: Int) {
        high = fingerprint.high
        low = fingerprint.low
        self.tokens = tokens
        self.bytes = bytes
        word = UInt64(origin) << 40
        self.position = UInt64(position)
    }

    /// The bits of a position that have the number of the unit.
    static let unitBits: UInt64 = 24

    /// The position of a paragraph or line: by record of the shard, then by its number in the record.
    ///
    /// The 16,777,216th unit of a record and all later ones share a position.
    @inline(__always)
    static func position(ofUnit unit: Int, in record: Int) -> Int {
        record << Int(unitBits) | min(unit, 1 << Int(unitBits) - 1)
    }

    /// The record that contains a unit of a level, by its position.
    static func record(at position: Int, level: Audit.Level) -> Int {
        level == .document ? position : position >> Int(unitBits)
    }

    @inline(__always)
    var key: Fingerprint { fingerprint }
    var fingerprint: Fingerprint { Fingerprint(high: high, low: low) }
    var origin: Int { Int(word >> 40) }
    var copies: Int { Int(word & 0xFFFF) + 1 }

    @inline(__always)
    func hasSameText(as other: UnitRecord) -> Bool { high == other.high && low == other.low }

    /// Whether two records differ only in their number of copies, their origin and their position.
    @inline(__always)
    func folds(with other: UnitRecord) -> Bool {
        hasSameText(as: other) && tokens == other.tokens && bytes == other.bytes
    }

    @inline(__always)
    static func precedes(_ left: UnitRecord, _ right: UnitRecord) -> Bool {
        if left.high != right.high { return left.high < right.high }
        if left.low != right.low { return left.low < right.low }
        if left.word >> 16 != right.word >> 16 { return left.word < right.word }
        return left.position < right.position
    }
}
