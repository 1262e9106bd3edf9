/// Writes a file of sorted entries: entries in order, then their checksums and a footer.
struct EntryWriter<Entry: SpilledEntry>: ~Copyable {
    private let file: SystemFile
    private let header: SortedFile.Header
    private let isDurable: Bool
    private var block: [Entry] = []
    /// The rows of the block's entries, where they have any.
    private var columns: Entry.Columns?
    /// A block as it is written, where that is not how it is in memory.
    private var packed: [UInt8] = []
    private var checksums: [UInt64] = []
    /// Entries that were written.
    private(set) var count = 0

    /// Makes a file, which must not be there yet.
    ///
    /// `columns` are those that are behind entries, if any do, without a row. `isDurable` says whether the file must
    /// outlast a power cut.
    init(
        creating path: String, header: SortedFile.Header, columns: Entry.Columns? = nil, isDurable: Bool
    ) throws(RunError) {
        let file = try SystemFile(creating: path)
        try file.write(header.bytes)
        self.file = file
        self.header = header
        self.columns = columns
        self.isDurable = isDurable
        block.reserveCapacity(header.entriesPerBlock)
    }

    /// Appends an entry, which must not precede the one before it.
    mutating func append(_ entry: Entry) throws(RunError) {
        block.append(entry)
        if block.count == header.entriesPerBlock { try flush() }
    }

    /// Appends such an entry whose row is one of other columns.
    mutating func append(_ entry: Entry, of other: Entry.Columns) throws(RunError) {
        var entry = entry
        columns?.take(&entry, from: other)
        try append(entry)
    }

    /// Appends the next block of entries that are in order elsewhere: `copy` puts them into a buffer of a block's size
    /// and returns how many it had.
    mutating func appendBlock(
        of other: Entry.Columns? = nil, _ copy: (UnsafeMutableBufferPointer<Entry>) -> Int
    ) throws(RunError) {
        precondition(block.isEmpty, "blocks are appended whole")
        block = [Entry](unsafeUninitializedCapacity: header.entriesPerBlock) { target, initialized in
            initialized = copy(UnsafeMutableBufferPointer(rebasing: target[..<header.entriesPerBlock]))
        }
        if let other { for index in block.indices { columns?.take(&block[index], from: other) } }
        try flush()
    }

    /// Writes the end; a durable file is safe once this returns, and only then may a commit name it.
    ///
    /// `footer` is asked for once the number of entries is known.
    consuming func finish(footer: (_ count: Int) -> [UInt8]) throws(RunError) {
        try flush()
        let footer = footer(count)
        let sums = checksums.flatMap { SortedFile.bytes($0) }
        let tail = sums + footer
        let digest = tail.withUnsafeBytes { SortedFile.checksum($0) }
        let footerOffset = SortedFile.headerSize + count * header.stride + sums.count
        try file.write(
            tail + SortedFile.bytes(UInt64(footerOffset)) + SortedFile.bytes(UInt64(footer.count))
                + SortedFile.bytes(digest) + SortedFile.endMagic)
        if isDurable { try file.synchronize() }
    }

    private mutating func flush() throws(RunError) {
        guard !block.isEmpty else { return }
        count += block.count
        // An entry's memory is the file's layout on little-endian machines; others would swap here.
        #if _endian(big)
            #error("sorted files are little-endian")
        #endif
        if header.stride == MemoryLayout<Entry>.stride {
            checksums.append(
                try block.withUnsafeBufferPointer { (entries) throws(RunError) in
                    try Self.write(UnsafeRawBufferPointer(entries), to: file)
                })
        } else {
            pack()
            checksums.append(
                try packed.withUnsafeBufferPointer { (bytes) throws(RunError) in
                    try Self.write(UnsafeRawBufferPointer(bytes), to: file)
                })
            columns = columns?.emptied
        }
        block.removeAll(keepingCapacity: true)
    }

    /// Writes a block and returns its checksum.
    private static func write(_ bytes: UnsafeRawBufferPointer, to file: borrowing SystemFile) throws(RunError) -> UInt64
    {
        try file.write(bytes)
        return SortedFile.checksum(bytes)
    }

    /// Puts the block's entries one behind the other, each with its row behind it.
    private mutating func pack() {
        let size = MemoryLayout<Entry>.size
        let stride = header.stride
        packed = [UInt8](unsafeUninitializedCapacity: block.count * stride) { target, initialized in
            // Each step writes the whole of its entry's bytes: the entry's own, then its row.
            let bytes = UnsafeMutableRawBufferPointer(target)
            for (index, entry) in block.enumerated() {
                var entry = entry
                let place = index * stride
                columns?.store(
                    &entry, into: UnsafeMutableRawBufferPointer(rebasing: bytes[place + size..<place + stride]))
                withUnsafeBytes(of: entry) {
                    UnsafeMutableRawBufferPointer(rebasing: bytes[place..<place + size]).copyMemory(from: $0)
                }
            }
            initialized = block.count * stride
        }
    }
}
