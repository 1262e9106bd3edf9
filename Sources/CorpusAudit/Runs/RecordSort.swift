/// Sorts records by fingerprint, then origin and quality.
///
/// Fingerprints are uniform, so the records are dealt into buckets of a few by their leading bits, twice over so that
/// each deal stays in cache, and the buckets sorted by insertion: some 40 ns a record where the standard library's
/// sort takes 200.
enum RecordSort {
    private static let insertionLimit = 48

    /// - Complexity: O(*n*) expected for hashed keys; O(*n* log *n*) when one text has very many records.
    static func sort(_ records: inout [UnitRecord]) {
        guard records.count > insertionLimit else { return insertionSort(&records, 0..<records.count) }
        let scratch = [UnitRecord](unsafeUninitializedCapacity: records.count) { target, initialized in
            records.withUnsafeBufferPointer { deal($0, into: target, shift: 56) }
            initialized = records.count
        }
        records = scratch
        var start = 0
        while start < records.count {
            // One bucket of the first deal: the records with the same leading eight bits.
            let lead = records[start].high >> 56
            let end = partition(of: records, from: start) { $0.high >> 56 == lead }
            refine(&records, start..<end)
            start = end
        }
    }

    /// Deals records into 256 buckets by eight bits of the fingerprint.
    private static func deal(
        _ source: UnsafeBufferPointer<UnitRecord>, into target: UnsafeMutableBufferPointer<UnitRecord>, shift: UInt64
    ) {
        var offsets = [Int](repeating: 0, count: 257)
        for record in source { offsets[Int(record.high >> shift & 0xFF) + 1] += 1 }
        for bucket in 1...256 { offsets[bucket] += offsets[bucket - 1] }
        for record in source {
            let bucket = Int(record.high >> shift & 0xFF)
            target.initializeElement(at: offsets[bucket], to: record)
            offsets[bucket] += 1
        }
    }

    private static func partition(of records: [UnitRecord], from start: Int, while belongs: (UnitRecord) -> Bool) -> Int
    {
        var low = start
        var high = records.count
        while low < high {
            let middle = (low + high) / 2
            if belongs(records[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func refine(_ records: inout [UnitRecord], _ range: Range<Int>) {
        guard range.count > insertionLimit else { return insertionSort(&records, range) }
        // Enough bits for buckets of about eight.
        var bits = 0
        while range.count >> bits > 8, bits < 24 { bits += 1 }
        let shift = UInt64(56 - bits)
        let mask = UInt64(1) << UInt64(bits) - 1
        var offsets = [Int](repeating: 0, count: 1 << bits + 1)
        for index in range { offsets[Int(records[index].high >> shift & mask) + 1] += 1 }
        for bucket in 1...(1 << bits) { offsets[bucket] += offsets[bucket - 1] }
        let dealt = [UnitRecord](unsafeUninitializedCapacity: range.count) { target, initialized in
            for index in range {
                let bucket = Int(records[index].high >> shift & mask)
                target.initializeElement(at: offsets[bucket], to: records[index])
                offsets[bucket] += 1
            }
            initialized = range.count
        }
        records.replaceSubrange(range, with: dealt)
        // `offsets[b]` is now where bucket b ends.
        var start = range.lowerBound
        for bucket in 0..<(1 << bits) {
            let end = range.lowerBound + offsets[bucket]
            if end - start > insertionLimit {
                records[start..<end].sort(by: UnitRecord.precedes)
            } else {
                insertionSort(&records, start..<end)
            }
            start = end
        }
    }

    private static func insertionSort(_ records: inout [UnitRecord], _ range: Range<Int>) {
        guard range.count > 1 else { return }
        for index in range.lowerBound + 1..<range.upperBound {
            let record = records[index]
            var place = index
            while place > range.lowerBound, UnitRecord.precedes(record, records[place - 1]) {
                records[place] = records[place - 1]
                place -= 1
            }
            records[place] = record
        }
    }
}
