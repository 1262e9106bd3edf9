import Synchronization

/// Records in memory, as they were taken in; their order is made once it is asked for.
///
/// An audit that ends with one run, in memory, needs no order but of the texts that have several records: the others,
/// nearly all, are summed as they are.
final class HeldRecords: Sendable {
    // Written before `init`, when no other thread can see them, and read ever after.
    private let records: PackedRecords
    /// A bit for each record, set where another one has its text or entries of an analysis are joined with it.
    private let markMemory: MappedMemory
    /// Whether there are marks: whether anybody looked which texts have several records.
    let knowsShared: Bool

    private struct Orders: ~Copyable {
        /// Memory of any content that an order may take.
        var room: MappedMemory?
        var whole: RecordOrder?
    }
    private let orders: Mutex<Orders>

    /// How many there are.
    var count: Int { records.count }

    /// Holds records.
    ///
    /// `marks` has a bit for each, set where another has its text or entries are joined with it, if that is known; `room`
    /// is memory of any content, for an order.
    init(
        _ records: consuming PackedRecords, knowsShared: Bool, marks: consuming MappedMemory,
        room: consuming MappedMemory
    ) {
        precondition(records.count <= UInt32.max, "a run in memory has at most 2³² records")
        self.records = records
        markMemory = marks
        self.knowsShared = knowsShared
        orders = Mutex(Orders(room: room, whole: nil))
    }

    /// Holds an array's records.
    convenience init(_ records: [UnitRecord]) throws(RunError) {
        guard var packed = PackedRecords(capacity: records.count, wholeCapacity: records.count),
            let marks = MappedMemory(byteCount: 0), let room = MappedMemory(byteCount: 0)
        else { throw .outOfMemory("records") }
        for record in records { packed.append(record) }
        self.init(packed, knowsShared: false, marks: marks, room: room)
    }

    /// The records as they are.
    var all: PackedRecords.View { records.view }

    /// All records in order.
    func sorted() throws(RunError) -> SortedRecords {
        let order = try orders.withLock { (orders) throws(RunError) -> RecordOrder in
            if let known = orders.whole { return known }
            let order = try RecordOrder(of: all, places: 0..<count, count: count, room: orders.room.take())
            orders.whole = order
            return order
        }
        return SortedRecords(self, order)
    }

    /// The records of texts that have several or that entries are joined with, apart from the others.
    ///
    /// With `inOrder` they have the order of entries; without it they are only together by text.
    func shared(inOrder: Bool) throws(RunError) -> SharedRecords {
        try SharedRecords(of: self, inOrder: inOrder, room: orders.withLock { $0.room.take() })
    }

    /// The bits of records that share a text or that entries are joined with, where anybody looked.
    var marks: UnsafeMutableRawBufferPointer? { knowsShared ? markMemory.bytes : nil }
}
