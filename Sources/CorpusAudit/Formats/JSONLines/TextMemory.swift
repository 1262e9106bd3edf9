/// Memory for the text of one record, which the readers of one thread pass on: else each shard would take it anew from the
/// system, which clears every page of it.
final class TextMemory {
    // Owned: allocated here, freed in `take` and `deinit`, used by one scanner at a time.
    private(set) var bytes: UnsafeMutablePointer<UInt8>
    private(set) var capacity = leastCapacity

    private static let leastCapacity = 1 << 16
    /// More than this goes back to the system when the next scanner starts.
    private static let mostKept = 8 << 20

    init() { bytes = .allocate(capacity: capacity) }

    deinit { bytes.deallocate() }

    /// Starts another scanner.
    func begin() { if capacity > Self.mostKept { take(Self.leastCapacity) } }

    /// Makes room for some bytes, which then have any content.
    func grow(to count: Int) { take(max(count, capacity * 2)) }

    private func take(_ count: Int) {
        bytes.deallocate()
        capacity = count
        bytes = .allocate(capacity: count)
    }
}
