/// Numbers of 64 bits behind each entry of a file, for entries of which some hold more than others.
///
/// In memory such an entry holds the number of a row instead, and the rows are here.
protocol EntryColumns<Entry>: Sendable {
    associatedtype Entry

    /// How many numbers are behind each entry.
    var width: Int { get }

    /// The same columns without a row.
    var emptied: Self { get }

    /// Takes over an entry's row of other columns; the entry then holds the row's number here.
    mutating func take(_ entry: inout Entry, from other: Self)

    /// Writes an entry's row behind the entry, which then holds what it does in a file.
    func store(_ entry: inout Entry, into bytes: UnsafeMutableRawBufferPointer)

    /// Reads the row behind an entry, which then holds the row's number; returns what is wrong with it, if anything is.
    mutating func load(_ entry: inout Entry, from bytes: UnsafeRawBufferPointer) -> String?
}

/// The columns of entries that have none.
struct NoColumns<Entry>: EntryColumns {
    var width: Int { 0 }
    var emptied: Self { self }
    func take(_ entry: inout Entry, from other: Self) {}
    func store(_ entry: inout Entry, into bytes: UnsafeMutableRawBufferPointer) {}
    func load(_ entry: inout Entry, from bytes: UnsafeRawBufferPointer) -> String? { nil }
}
