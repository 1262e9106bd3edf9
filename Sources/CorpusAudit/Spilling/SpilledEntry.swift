/// What is sorted where it is: small, of one size, in one order.
protocol SortedEntry: BitwiseCopyable, Sendable {
    /// What brings entries together; all with one key are a group.
    associatedtype Key: SortKey

    var key: Key { get }

    /// The order of entries, which goes by their keys first; entries that neither precedes are alike.
    static func precedes(_ left: Self, _ right: Self) -> Bool
}

extension SortedEntry {
    static func precedes(_ left: Self, _ right: Self) -> Bool { left.key < right.key }
}

/// What an external sort moves.
///
/// Entries are in files as they are in memory, one behind the other, so a type has no room between its members.
protocol SpilledEntry: SortedEntry {
    /// What is behind an entry in files where some entries hold more than others; for most, nothing does.
    associatedtype Columns: EntryColumns<Self> = NoColumns<Self>

    /// The name of this kind of entries in commits and files.
    ///
    /// It represents what the entries mean: where that changes, so does the name.
    static var kindName: String { get }
}

extension SpilledEntry {
    static var kind: EntryKind { EntryKind(name: kindName, stride: MemoryLayout<Self>.size) }
}

/// What entries are sorted by.
protocol SortKey: Comparable, BitwiseCopyable, Sendable {
    /// A number that never falls as the key rises.
    ///
    /// Partitions are ranges of it. The more evenly it is spread, the faster its entries are sorted.
    var lead: UInt64 { get }
}

extension UInt64: SortKey { var lead: UInt64 { self } }

extension Fingerprint: SortKey { var lead: UInt64 { high } }

/// A kind of entries by its name, and the bytes that each has in a file.
struct EntryKind: Sendable, Hashable {
    let name: String
    let stride: Int
}
