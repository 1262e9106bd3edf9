import BlockDecompression

/// Decodes one column of a row group, one block of rows after the other.
///
/// It keeps a page, a dictionary and a window of the file, whatever the row group's size. Values decoded before damage
/// are returned before the error is thrown, so that the rows that can be read do not depend on the size of blocks.
struct ColumnCursor {
    let column: ParquetColumn
    private let limits: ParquetLimits
    private let blockRows: Int
    private var input: ChunkInput
    private var rowGroup = 0
    private var chunk: ParquetChunk?
    /// The offset in the file of the next page, its number, and the offset of the page being decoded.
    private var offset = 0
    private var nextPage = 0
    private var pageOffset = 0
    /// Rows of the row group that are in pages not yet begun.
    private var rowsAhead = 0
    private var page: DataPage?
    /// Memory of the decompressed page.
    private var plain: PageBuffer?
    private var dictionary: Dictionary?
    private var dictionaryMemory: PageBuffer?
    private var scratch = TextScratch()

    /// Decoded rows; those at `taken` and after it were not returned yet.
    private var places: [TextPlace] = []
    private var scalars: [ParquetScalar?] = []
    private var buffer: PageBuffer?
    private var taken = 0
    private var fault: ParquetError?

    private enum Dictionary {
        case texts([TextPlace])
        case scalars(ScalarDictionary)
    }

    /// The longest header of a page; statistics in it hold values of the page.
    private static let longestHeader = 16 << 20
    private static let firstHeader = 512
    /// Bytes by which old writers understate a chunk: the dictionary page's header (PARQUET-816).
    private static let understatedBytes = 100

    init(_ column: ParquetColumn, of file: ParquetFile, blockRows: Int, readAhead: Int) {
        self.column = column
        self.blockRows = blockRows
        limits = file.limits
        input = ChunkInput(file.source, readAhead: readAhead)
    }

    /// Begins a row group; the pages of the file end at `end` at the latest.
    mutating func start(_ chunk: ParquetChunk, rowGroup: ParquetRowGroup, end: Int) {
        self.chunk = chunk
        self.rowGroup = rowGroup.index
        clearBlock()
        (page, dictionary, fault) = (nil, nil, nil)
        (offset, pageOffset, nextPage) = (chunk.byteOffset, chunk.byteOffset, 0)
        rowsAhead = rowGroup.rowCount
        input.begin(end: min(end, chunk.byteOffset + chunk.compressedBytes + Self.understatedBytes))
    }

    /// Rows that are decoded and were not returned.
    var available: Int { places.count + scalars.count - taken }

    /// Hands over rows that are decoded.
    mutating func take(_ count: Int) -> ParquetValues {
        defer { taken += count }
        if column.kind == .text {
            return .texts(ParquetTexts(count: count, buffer: buffer, places: places, first: taken))
        }
        return .scalars(ParquetScalars(values: scalars[taken..<(taken + count)]))
    }

    /// Decodes a block of rows of one page, after all earlier rows were returned.
    ///
    /// `observe` gets each page with its header as stored in the file, before it is decoded. Throws if not a single row
    /// can be decoded.
    mutating func fill(
        _ decompressor: inout BlockDecompressor, observe: ((UnsafeRawBufferPointer) -> Void)?
    ) throws(ParquetError) {
        clearBlock()
        do throws(ParquetError) {
            if let fault { throw fault }
            while page?.rowsLeft ?? 0 == 0 { try loadPage(&decompressor, observe) }
            try decodeBlock()
        } catch {
            var error = error
            error.rowGroup = rowGroup
            error.column = column.path
            error.page = max(0, nextPage - 1)
            if error.kind != .unreadable { error.byteOffset = pageOffset }
            fault = error
            if available == 0 { throw error }
        }
    }

    /// Drops the decoded values, so that their memory can be used again.
    private mutating func clearBlock() {
        places.removeAll(keepingCapacity: true)
        scalars.removeAll(keepingCapacity: true)
        buffer = nil
        taken = 0
        scratch.begin()
    }

    // MARK: Pages

    /// Reads the next page: a dictionary is kept, a data page is begun.
    private mutating func loadPage(
        _ decompressor: inout BlockDecompressor, _ observe: ((UnsafeRawBufferPointer) -> Void)?
    ) throws(ParquetError) {
        page = nil
        pageOffset = offset
        nextPage += 1
        let (header, headerBytes) = try readHeader()
        guard header.compressedBytes <= input.end - offset - headerBytes else {
            throw .damaged("the page has \(header.compressedBytes) bytes and the column's chunk ends before them")
        }
        guard max(header.compressedBytes, header.uncompressedBytes) <= limits.pageBytes else {
            throw ParquetError(
                .tooLarge,
                "the page has \(max(header.compressedBytes, header.uncompressedBytes)) bytes and the limit is "
                    + "\(limits.pageBytes)")
        }
        let size = headerBytes + header.compressedBytes
        let whole = UnsafeRawBufferPointer(rebasing: try input.window(at: offset, atLeast: size)[..<size])
        observe?(whole)
        let body = UnsafeRawBufferPointer(rebasing: whole[headerBytes...])
        if let checksum = header.checksum, BlockDecompressor.crc32(body) != checksum {
            throw .damaged("the page's checksum is not the one in its header")
        }
        let bodyPlace = input.place(of: offset + headerBytes)
        offset += size
        switch header.kind {
        case .other: break
        case .dictionary: try readDictionary(header, body, &decompressor)
        case .data: try readData(header, body, at: bodyPlace, &decompressor)
        case .data2(let repetitionBytes, let definitionBytes, let isCompressed):
            try readData2(
                header, body, at: bodyPlace, levels: (repetitionBytes, definitionBytes), isCompressed: isCompressed,
                &decompressor)
        }
    }

    private mutating func readHeader() throws(ParquetError) -> (PageHeader, bytes: Int) {
        let rest = input.end - offset
        guard rest > 0 else { throw .damaged("the column's chunk ends before its last \(rowsAhead) values") }
        var size = min(Self.firstHeader, rest)
        while true {
            let window = try input.window(at: offset, atLeast: size)
            do throws(ParquetError) {
                var thrift = ThriftReader(ByteReader(window))
                let header = try PageHeader(&thrift)
                return (header, thrift.bytes.position)
            } catch  where error.endsEarly && window.count < min(rest, Self.longestHeader) {
                size = min(rest, window.count * 2)
            }
        }
    }

    private mutating func readDictionary(
        _ header: PageHeader, _ body: UnsafeRawBufferPointer, _ decompressor: inout BlockDecompressor
    ) throws(ParquetError) {
        guard dictionary == nil else { throw .damaged("the column has a second dictionary") }
        guard header.encoding == PageEncoding.plain.rawValue || header.encoding == PageEncoding.plainDictionary.rawValue
        else { throw .encoding(header.encoding, of: "dictionaries") }
        // The window moves on, so that a dictionary without compression is copied too.
        let memory = try PageBuffer.writable(&dictionaryMemory, count: header.uncompressedBytes)
        try decompressor.fill(
            UnsafeMutableRawBufferPointer(rebasing: memory[..<header.uncompressedBytes]), from: body, chunk?.block)
        var bytes = ByteReader(UnsafeRawBufferPointer(memory), 0..<header.uncompressedBytes)
        guard column.kind == .text else {
            dictionary = .scalars(
                try ScalarDictionary(bytes, count: header.valueCount, type: column.physical))
            return
        }
        guard header.valueCount <= bytes.remaining / 4 else {
            throw .damaged("a dictionary of \(header.valueCount) texts has \(bytes.remaining) bytes")
        }
        var texts: [TextPlace] = []
        texts.reserveCapacity(header.valueCount)
        for _ in 0..<header.valueCount { texts.append(try bytes.nextText()) }
        dictionary = .texts(texts)
    }

    /// Begins a page whose levels are before its values, and are compressed with them.
    private mutating func readData(
        _ header: PageHeader, _ body: UnsafeRawBufferPointer, at place: Int, _ decompressor: inout BlockDecompressor
    ) throws(ParquetError) {
        var (buffer, bytes) = try decompressed(
            body, at: place, size: header.uncompressedBytes, isCompressed: true, &decompressor)
        var levels: ByteReader?
        if column.maximumDefinition > 0 {
            guard header.levelEncoding == PageEncoding.runLength.rawValue else {
                throw .encoding(header.levelEncoding, of: "definition levels")
            }
            levels = try bytes.part(Int(try bytes.integer(UInt32.self)), of: "the definition levels")
        }
        try begin(header, buffer, levels, bytes)
    }

    /// Begins a page whose levels are before its values without compression.
    private mutating func readData2(
        _ header: PageHeader, _ body: UnsafeRawBufferPointer, at place: Int, levels sizes: (Int, Int),
        isCompressed: Bool, _ decompressor: inout BlockDecompressor
    ) throws(ParquetError) {
        var bytes = ByteReader(body)
        try bytes.skip(sizes.0, of: "the repetition levels")
        let levels = try bytes.part(sizes.1, of: "the definition levels")
        // Both sizes are within the page, as the lines above have checked.
        guard header.uncompressedBytes >= bytes.position else {
            throw .damaged("the page's levels have more bytes than the page")
        }
        let values = UnsafeRawBufferPointer(rebasing: body[bytes.position...])
        let (buffer, rest) = try decompressed(
            values, at: place + bytes.position, size: header.uncompressedBytes - bytes.position,
            isCompressed: isCompressed, &decompressor)
        try begin(header, buffer, column.maximumDefinition > 0 ? levels : nil, rest)
    }

    private mutating func begin(
        _ header: PageHeader, _ buffer: PageBuffer?, _ levels: ByteReader?, _ bytes: ByteReader
    ) throws(ParquetError) {
        guard header.valueCount <= rowsAhead else {
            throw .damaged("the page has \(header.valueCount) values and the row group \(rowsAhead) rows left")
        }
        let hasDictionary = dictionary != nil
        let values: DataPage.Values =
            column.kind == .text
            ? .texts(try TextDecoder(header.encoding, bytes, hasDictionary: hasDictionary))
            : .scalars(try ScalarDecoder(header.encoding, column.physical, bytes, hasDictionary: hasDictionary))
        page = try DataPage(
            rowCount: header.valueCount, buffer: buffer, levels: levels, maximumDefinition: column.maximumDefinition,
            values: values)
        rowsAhead -= header.valueCount
    }

    /// The uncompressed bytes of a page or of its values, and the memory that contains them.
    ///
    /// The compressed bytes are at `place` in the window's memory.
    private mutating func decompressed(
        _ bytes: UnsafeRawBufferPointer, at place: Int, size: Int, isCompressed: Bool,
        _ decompressor: inout BlockDecompressor
    ) throws(ParquetError) -> (PageBuffer?, ByteReader) {
        guard isCompressed, let codec = chunk?.block else {
            guard bytes.count == size else {
                throw .damaged("the page has \(bytes.count) bytes, and \(size) without compression")
            }
            guard let window = input.buffer else { return (nil, ByteReader(bytes)) }
            return (window, ByteReader(window.bytes, place..<(place + size)))
        }
        let memory = try PageBuffer.writable(&plain, count: size)
        try decompressor.fill(UnsafeMutableRawBufferPointer(rebasing: memory[..<size]), from: bytes, codec)
        return (plain, ByteReader(UnsafeRawBufferPointer(memory), 0..<size))
    }

    // MARK: Values

    /// Decodes rows of the page: a whole block, or fewer if the scratch memory is full.
    private mutating func decodeBlock() throws(ParquetError) {
        while let rowsLeft = page?.rowsLeft, rowsLeft > 0, available < blockRows {
            let before = available
            let room = blockRows - before
            guard let (isPresent, run) = try page?.nextRun(room) else { return }
            defer {
                let decoded = available - before
                page?.pass(decoded)
            }
            switch (isPresent, column.kind == .text) {
            case (false, true): for _ in 0..<run { places.append(.null) }
            case (false, false): for _ in 0..<run { scalars.append(nil) }
            case (true, true):
                try decodeTexts(run)
                if available - before < run { return }
            case (true, false): try decodeScalars(run)
            }
        }
    }

    private mutating func decodeTexts(_ count: Int) throws(ParquetError) {
        guard case .texts(let decoder)? = page?.values else { return }
        buffer = page?.buffer
        switch decoder {
        case .plain(var bytes):
            defer { page?.values = .texts(.plain(bytes)) }
            for _ in 0..<count { places.append(try bytes.nextText()) }
        case .lengths(var lengths, var bytes):
            defer { page?.values = .texts(.lengths(lengths, bytes)) }
            for _ in 0..<count {
                let length = try lengths.nextCount()
                let from = bytes.position
                try bytes.skip(length, of: "a text")
                places.append(TextPlace(from..<bytes.position))
            }
        case .dictionary(var indices):
            defer { page?.values = .texts(.dictionary(indices)) }
            guard case .texts(let texts)? = dictionary else { return }
            buffer = dictionaryMemory
            var left = count
            while left > 0 {
                let (index, times) = try indices.next(left)
                guard index < texts.count else {
                    throw .damaged("the page refers to text \(index) of a dictionary of \(texts.count)")
                }
                for _ in 0..<times { places.append(texts[Int(index)]) }
                left -= times
            }
        case .prefixes(var prefixes):
            defer {
                page?.values = .texts(.prefixes(prefixes))
                // Also where a text is damaged: those before it are there.
                buffer = scratch.buffer
            }
            for _ in 0..<count {
                guard let place = try scratch.append(&prefixes, limit: limits.pageBytes) else { return }
                places.append(place)
            }
        }
    }

    private mutating func decodeScalars(_ count: Int) throws(ParquetError) {
        guard case .scalars(var decoder)? = page?.values, let kind = column.kind else { return }
        defer { page?.values = .scalars(decoder) }
        var values: ScalarDictionary?
        if case .scalars(let found)? = dictionary { values = found }
        var left = count
        while left > 0 {
            let (bits, times) = try decoder.next(left, dictionary: values)
            let value = ParquetScalar(bits, kind, of: column)
            for _ in 0..<times { scalars.append(value) }
            left -= times
        }
    }
}
