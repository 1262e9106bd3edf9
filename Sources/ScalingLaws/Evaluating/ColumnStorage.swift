/// The columns an evaluator works in, in blocks of runs small enough to stay in the processor's cache.
///
/// Raw memory rather than arrays: the loops read several columns and write one, and must not check bounds or uniqueness
/// for each element. Only this object owns the memory, which is initialised at once and freed with the object. Columns
/// and blocks are handed out by index, checked in debug builds, and every row index is below `blockRows`.
final class ColumnStorage {
    /// Runs in a block: 2 KiB a column.
    static let blockRows = 256

    let blocks: Int
    /// The seeds of the block at work.
    let seeds: UnsafeMutablePointer<Double>
    private let rowCount: Int
    private let columns: Int
    private let adjoints: Int
    private let values: UnsafeMutablePointer<Double>
    private let adjointBase: UnsafeMutablePointer<Double>
    private let memory: UnsafeMutablePointer<Double>
    private var rowSumsMemory: UnsafeMutablePointer<Double>?

    init(rows: Int, columns: Int, adjoints: Int) {
        rowCount = rows
        self.columns = columns
        self.adjoints = adjoints
        blocks = (rows + Self.blockRows - 1) / Self.blockRows
        let valueCount = blocks * columns * Self.blockRows
        let total = valueCount + (adjoints + 1) * Self.blockRows
        memory = .allocate(capacity: total)
        memory.initialize(repeating: 0, count: total)
        values = memory
        seeds = memory + valueCount
        adjointBase = memory + valueCount + Self.blockRows
    }

    deinit {
        // Doubles need no deinitialisation.
        memory.deallocate()
        rowSumsMemory?.deallocate()
    }

    /// A block's columns, one per scalar node, for derivatives run by run; allocated on first use, and cleared.
    func rowSums(nodes: Int) -> UnsafeMutablePointer<Double> {
        let size = nodes * Self.blockRows
        let sums = rowSumsMemory ?? .allocate(capacity: size)
        sums.initialize(repeating: 0, count: size)
        rowSumsMemory = sums
        return sums
    }

    func rows(in block: Int) -> Int {
        Swift.min(Self.blockRows, rowCount - block * Self.blockRows)
    }

    @inline(__always)
    func column(_ column: Int, block: Int) -> UnsafeMutablePointer<Double> {
        assert(column >= 0 && column < columns && block >= 0 && block < blocks, "a column that is not there")
        return values + (block * columns + column) * Self.blockRows
    }

    /// A column of derivatives of the block at work; −1 is the seeds'.
    @inline(__always)
    func adjoint(_ column: Int) -> UnsafeMutablePointer<Double> {
        assert(column >= -1 && column < adjoints, "a column that is not there")
        return adjointBase + column * Self.blockRows
    }
}
