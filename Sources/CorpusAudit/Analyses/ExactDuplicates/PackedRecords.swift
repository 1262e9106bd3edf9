import CDataWallVector

/// Records in memory, in the order of their insertion: 28 bytes each, instead of 40 in a run file.
///
/// ```
/// 0    fingerprint, upper half and lower half
/// 16   origin:24 | position:40
/// 24   bytes:20 | copies − 1:12
/// ```
/// Tokens are in a separate column, which takes memory only once there are any. A record with a number that is too
/// large for its bits is stored in full in a third place: then all bits of its bytes field are set, and its position is
/// its index there. There is room for one such record in five.
struct PackedRecords: ~Copyable, Sendable {
    private let memory: MappedMemory
    private let tokenMemory: MappedMemory
    private let wholeMemory: MappedMemory
    private let capacity: Int
    private let wholeCapacity: Int
    private var wholeCount = 0
    private var hasTokens = false
    /// How many records there are.
    private(set) var count = 0

    /// The most bytes that a record can need: its own, its tokens, and its part of the room for full records.
    static let bytesPerRecord = View.stride + 4 + MemoryLayout<UnitRecord>.stride / recordsPerWhole
    private static let recordsPerWhole = 5
    private static let fewestWhole = 256

    /// Allocates room for `capacity` records, or returns `nil` if the system has none.
    ///
    /// `wholeCapacity` of them may have numbers that are too large for their bits (default: one in five).
    init?(capacity: Int, wholeCapacity: Int? = nil) {
        let whole = wholeCapacity ?? max(Self.fewestWhole, capacity / Self.recordsPerWhole)
        guard let memory = MappedMemory(byteCount: capacity * View.stride),
            let tokenMemory = MappedMemory(byteCount: capacity * MemoryLayout<UInt32>.stride),
            let wholeMemory = MappedMemory(byteCount: whole * MemoryLayout<UnitRecord>.stride)
        else { return nil }
        self.memory = memory
        self.tokenMemory = tokenMemory
        self.wholeMemory = wholeMemory
        self.capacity = capacity
        self.wholeCapacity = whole
    }

    /// How many more fit, whatever their numbers.
    var free: Int { min(capacity - count, wholeCapacity - wholeCount) }

    /// The records; the view holds until one is added or changed.
    @inline(__always)
    var view: View {
        // The mappings start at pages, which aligns tokens and whole records.
        View(
            bytes: memory.bytes.baseAddress.unsafelyUnwrapped,
            tokens: hasTokens
                ? tokenMemory.bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt32.self) : nil,
            whole: wholeMemory.bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UnitRecord.self),
            count: count)
    }

    /// Adds a record, for which there must be room.
    @inline(__always)
    mutating func append(_ record: UnitRecord) {
        precondition(count < capacity, "full records take no more")
        count += 1
        let view = view
        view.bytes.storeBytes(of: record.high, toByteOffset: (count - 1) * View.stride, as: UInt64.self)
        view.bytes.storeBytes(of: record.low, toByteOffset: (count - 1) * View.stride + 8, as: UInt64.self)
        store(record, at: count - 1)
    }

    /// Replaces all fields of a record except its fingerprint.
    @inline(__always)
    mutating func store(_ record: UnitRecord, at number: Int) {
        if let (place, size) = View.packed(record) {
            view.set(place, size, at: number)
        } else {
            storeWhole(record, at: number)
        }
        guard hasTokens || record.tokens != 0 else { return }
        hasTokens = true
        let tokens = tokenMemory.bytes.bindMemory(to: UInt32.self)
        tokens[number] = record.tokens
    }

    private mutating func storeWhole(_ record: UnitRecord, at number: Int) {
        let place: Int
        if number < count, let known = view.wholePlace(number) {
            place = known
        } else {
            precondition(wholeCount < wholeCapacity, "full records take no more")
            place = wholeCount
            wholeCount += 1
        }
        view.whole[place] = record
        view.set(UInt64(place), View.wholeMark << View.copyBits, at: number)
    }

    /// Counts one more copy of a record from the same origin, if the two agree and that takes no more than adding 1.
    @inline(__always)
    func addCopy(_ record: UnitRecord, at number: Int) -> Bool {
        let view = view
        let (place, size) = view.placeAndSize(number)
        guard size >> View.copyBits == record.bytes, record.bytes != View.wholeMark,
            size & View.mostCopies != View.mostCopies, place >> View.positionBits == record.word >> View.positionBits,
            view.tokens(number) == record.tokens
        else { return false }
        view.set(place, size + 1, at: number)
        return true
    }

    /// Reads records that another object owns.
    ///
    /// Numbers must be below ``count``: then every read is inside the mappings of the owner, which outlives the view.
    struct View {
        fileprivate let bytes: UnsafeMutableRawPointer
        fileprivate let tokens: UnsafeMutablePointer<UInt32>?
        fileprivate let whole: UnsafeMutablePointer<UnitRecord>
        /// How many records there are.
        let count: Int

        fileprivate static let stride = 28
        fileprivate static let positionBits: UInt64 = 40
        /// The bits of a place that have the origin, as in ``UnitRecord/word``.
        private static let originMask: UInt64 = ~0 << positionBits
        fileprivate static let copyBits: UInt32 = 12
        fileprivate static let mostCopies: UInt32 = 1 << copyBits - 1
        /// Stands for the bytes of a record that is kept whole.
        fileprivate static let wholeMark: UInt32 = 1 << (32 - copyBits) - 1
        /// Set in a position that is kept as it is, below 2³⁹.
        private static let plainMark: UInt64 = 1 << (positionBits - 1)
        /// Other positions have this many bits for the unit in its record, and the rest for the record.
        private static let unitBits: UInt64 = 14

        @inline(__always)
        func high(_ number: Int) -> UInt64 {
            bytes.loadUnaligned(fromByteOffset: number * Self.stride, as: UInt64.self)
        }

        @inline(__always)
        func fingerprint(_ number: Int) -> Fingerprint {
            Fingerprint(
                high: high(number), low: bytes.loadUnaligned(fromByteOffset: number * Self.stride + 8, as: UInt64.self))
        }

        /// The tokens of a record, or the number of its row.
        @inline(__always)
        func tokens(_ number: Int) -> UInt32 { tokens.map { $0[number] } ?? 0 }

        @inline(__always)
        subscript(number: Int) -> UnitRecord {
            let (place, size) = placeAndSize(number)
            guard size >> Self.copyBits != Self.wholeMark else { return whole[Int(place)] }
            var record = UnitRecord(
                fingerprint(number), tokens: tokens(number), bytes: size >> Self.copyBits, origin: 0, position: 0)
            record.word = place & Self.originMask | UInt64(size & Self.mostCopies)
            let position = place & ~Self.originMask
            record.position =
                position & Self.plainMark != 0
                ? position ^ Self.plainMark
                : (position >> Self.unitBits) << UnitRecord.unitBits | position & (1 << Self.unitBits - 1)
            return record
        }

        /// Asks for a record that will be read soon.
        @inline(__always)
        func prefetch(_ number: Int) {
            let record = bytes + number * Self.stride
            datawall_prefetch(record)
            // A record may span two cache lines.
            datawall_prefetch(record + Self.stride - 1)
        }

        @inline(__always)
        fileprivate func placeAndSize(_ number: Int) -> (place: UInt64, size: UInt32) {
            (
                bytes.loadUnaligned(fromByteOffset: number * Self.stride + 16, as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: number * Self.stride + 24, as: UInt32.self)
            )
        }

        @inline(__always)
        fileprivate func set(_ place: UInt64, _ size: UInt32, at number: Int) {
            bytes.storeBytes(of: place, toByteOffset: number * Self.stride + 16, as: UInt64.self)
            bytes.storeBytes(of: size, toByteOffset: number * Self.stride + 24, as: UInt32.self)
        }

        /// The index of a record that is stored in full, or `nil`.
        fileprivate func wholePlace(_ number: Int) -> Int? {
            let (place, size) = placeAndSize(number)
            return size >> Self.copyBits == Self.wholeMark ? Int(place) : nil
        }

        /// The place and size of a record in packed form, or `nil` if a number is too large for its bits.
        @inline(__always)
        fileprivate static func packed(_ record: UnitRecord) -> (place: UInt64, size: UInt32)? {
            let copies = UInt32(truncatingIfNeeded: record.word & 0xFFFF)
            let unit = record.position & (1 << UnitRecord.unitBits - 1)
            let document = record.position >> UnitRecord.unitBits
            let position: UInt64
            if unit >> unitBits == 0, document >> (positionBits - 1 - unitBits) == 0 {
                position = document << unitBits | unit
            } else if record.position < plainMark {
                position = plainMark | record.position
            } else {
                return nil
            }
            guard record.bytes < wholeMark, copies <= mostCopies else { return nil }
            return (record.word & originMask | position, record.bytes << copyBits | copies)
        }
    }
}
