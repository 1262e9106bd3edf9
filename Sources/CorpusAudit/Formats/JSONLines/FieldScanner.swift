import CDataWallVector

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Finds the text, source and quality fields of one JSON record and unescapes them, checking the whole record against
/// RFC 8259 on the way.
///
/// The scanner walks raw memory up to 64 bytes at a time. What makes that safe is the contract of ``scan(_:)``: the byte
/// just past a record is a control character other than tab and carriage return (a line feed, or the zero padding of the
/// window), which no JSON token contains, so every loop below stops there at the latest; and at least
/// ``requiredPadding`` bytes past the record may be read, so a load that starts inside a record stays in memory
/// that is ours.
struct FieldScanner: ~Copyable {
    /// Readable bytes that must follow a record, its terminator included.
    static let requiredPadding = 128

    /// Deepest nesting of a record; deeper ones are refused rather than risk the stack.
    private static let maximumDepth = 512

    /// The fields of ``FieldValues``; further ones are ``further``, which has its first one in the slot behind them.
    private enum Slot {
        static let text = 0, source = 1, quality = 2, count = 3
    }

    /// A bit for each slot.
    private typealias Slots = UInt64

    let selection: FieldSelection
    /// The keys of each wanted field, or none.
    private let keys: [[[UInt8]]]
    private let wanted: Slots
    private let slotCount: Int
    /// The slots that enter a list, by the number of keys that lead to the list.
    private let listSlots: [Slots]

    /// Fields of a condition, and those whose texts are joined, of the current record.
    private(set) var further: [FurtherField]

    private let strings: StringUnescaper

    /// Receives unescaped text.
    private let memory: TextMemory
    /// The memory's start, which changes in `reserve` only.
    private var scratch: UnsafeMutablePointer<UInt8>

    // State of the current record.
    private var start: UnsafePointer<UInt8>
    private var end: UnsafePointer<UInt8>
    private(set) var fields = FieldValues()
    /// The end of the line in hand, where ``scanLine(_:before:)`` has scanned it.
    private var scannedEnd: UnsafePointer<UInt8>?

    /// Creates a scanner.
    ///
    /// `values` are fields that are read beside those of the selection; ``further`` has them behind those of the condition.
    /// `memory` is for text and has no other user while this scanner is there.
    init(
        _ selection: FieldSelection, values: [FieldPath] = [], memory: TextMemory = TextMemory(),
        vectors: datawall_vectors = datawall_widest_vectors()
    ) {
        self.selection = selection
        strings = StringUnescaper(vectors: vectors)
        let texts = selection.joinsTexts ? selection.texts : []
        let conditions = (selection.condition?.fields ?? []) + values
        let paths =
            [selection.joinsTexts ? nil : selection.text, selection.source, selection.quality] + conditions + texts
        keys = paths.map { path in (path?.keys ?? []).map { Array($0.utf8) } }
        var wanted: Slots = 0
        var listSlots = [Slots](repeating: 0, count: (paths.compactMap { $0?.keys.count }.max() ?? 0) + 1)
        for (slot, path) in paths.enumerated() {
            guard let path else { continue }
            wanted |= 1 << Slots(slot)
            for (index, entersList) in path.entersList.enumerated() where entersList {
                listSlots[index + 1] |= 1 << Slots(slot)
            }
        }
        self.wanted = wanted
        self.listSlots = selection.joinsTexts ? listSlots : []
        slotCount = paths.count
        further = conditions.map { _ in FurtherField(isText: false) } + texts.map { _ in FurtherField(isText: true) }
        self.memory = memory
        memory.begin()
        scratch = memory.bytes
        start = UnsafePointer(scratch)
        end = start
    }

    /// Scans one record.
    ///
    /// - Parameter record: The record without its line end; followed by a control character that is neither tab nor
    ///   carriage return, and by ``requiredPadding`` readable bytes in all.
    /// - Returns: The wanted fields. Their memory is that of the record or of this scanner, and holds until the next scan.
    /// - Throws: Where and why the record is not a JSON object.
    mutating func scan(_ record: UnsafeBufferPointer<UInt8>) throws(RecordFault) -> FieldValues {
        try find(in: record)
        return fields
    }

    /// Scans one record as ``scan(_:)`` does, and leaves what it finds in ``fields``.
    mutating func find(in record: UnsafeBufferPointer<UInt8>) throws(RecordFault) {
        guard let base = record.baseAddress else { throw RecordFault(.badJSON, at: 0, "an empty record") }
        if let scannedEnd, scannedEnd == base + record.count, start == base {
            self.scannedEnd = nil
            return
        }
        begin(base, before: base + record.count)
        var cursor = skipSpace(start)
        guard cursor < end, cursor.pointee == UInt8(ascii: "{") else {
            guard cursor < end else { throw fault(cursor, "an empty record") }
            throw fault(
                cursor, cursor.pointee == 0 ? "it starts with NUL bytes" : "a JSON object must start here")
        }
        let objectEnd = try object(cursor + 1, depth: 0, path: 0, active: wanted)
        cursor = skipSpace(objectEnd)
        guard cursor == end else { throw fault(cursor, textAfter(objectEnd, at: cursor)) }
        if selection.joinsTexts { joinTexts() }
    }

    /// Scans the line that starts at a place, whose end is not known, so that nobody has to look for it.
    ///
    /// - Parameters:
    ///   - place: The line's first byte.
    ///   - limit: Where what has been read ends. A line feed is there, with ``requiredPadding`` readable bytes.
    /// - Returns: The line feed behind a record, which ``scan(_:)`` gives the fields of at once; `nil` where the line is no
    ///   record, has a fault or goes on behind the limit, which is for ``scan(_:)`` to say once its end is known.
    mutating func scanLine(
        _ place: UnsafePointer<UInt8>, before limit: UnsafePointer<UInt8>
    ) -> UnsafePointer<UInt8>? {
        scannedEnd = nil
        guard place.pointee == UInt8(ascii: "{") else { return nil }
        begin(place, before: limit)
        guard let objectEnd = try? object(place + 1, depth: 0, path: 0, active: wanted) else { return nil }
        let lineEnd = skipSpace(objectEnd)
        guard lineEnd < limit, lineEnd.pointee == UInt8(ascii: "\n") else { return nil }
        if selection.joinsTexts { joinTexts() }
        scannedEnd = lineEnd
        return lineEnd
    }

    private mutating func begin(_ place: UnsafePointer<UInt8>, before limit: UnsafePointer<UInt8>) {
        start = place
        end = limit
        fields = FieldValues()
        if !further.isEmpty { for index in further.indices { further[index].clear() } }
        // Joined texts are written behind those that they are joined from.
        reserve((selection.joinsTexts ? 2 : 1) * (limit - place) + StringUnescaper.overshoot)
    }

    /// What to say of text behind the object: lines that end with a bare carriage return are one record.
    private func textAfter(_ objectEnd: UnsafePointer<UInt8>, at place: UnsafePointer<UInt8>) -> String {
        let space = UnsafeBufferPointer(start: objectEnd, count: place - objectEnd)
        return place.pointee == UInt8(ascii: "{") && space.contains(UInt8(ascii: "\r"))
            ? "another object after a single carriage return; lines end with LF or CRLF, so convert the line ends"
            : "text after the end of the object"
    }

    private mutating func reserve(_ count: Int) {
        guard count > memory.capacity else { return }
        memory.grow(to: count)
        scratch = memory.bytes
    }

    private func fault(_ place: UnsafePointer<UInt8>, _ reason: String) -> RecordFault {
        RecordFault(.badJSON, at: min(place, end) - start, reason)
    }

    /// What is wrong with a string whose opening quote is just before a place.
    private func fault(_ string: StringFault, from opening: UnsafePointer<UInt8>) -> RecordFault {
        let place = opening + string.offset
        if string.reason == .control, place >= end { return fault(opening - 1, "a string that does not end") }
        return fault(place, string.reason.rawValue)
    }

    @inline(__always)
    private func skipSpace(_ place: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
        var place = place
        while place.pointee == 0x20 || place.pointee == 0x09 || place.pointee == 0x0D { place += 1 }
        return place
    }

    // MARK: Structure

    /// Reads the members of an object, from just past its brace to just past its closing one.
    ///
    /// `active` has a bit for each wanted field whose first `path` keys led here.
    private mutating func object(
        _ place: UnsafePointer<UInt8>, depth: Int, path: Int, active: Slots
    ) throws(RecordFault) -> UnsafePointer<UInt8> {
        guard depth < Self.maximumDepth else { throw fault(place, "more than \(Self.maximumDepth) levels of nesting") }
        var cursor = skipSpace(place)
        if cursor.pointee == UInt8(ascii: "}") { return cursor + 1 }
        var seen: Slots = 0
        while true {
            guard cursor.pointee == UInt8(ascii: "\"") else { throw fault(cursor, "a key in quotes is missing here") }
            let keyStart = cursor + 1
            let keyEnd = try skipString(keyStart)
            cursor = skipSpace(keyEnd)
            guard cursor.pointee == UInt8(ascii: ":") else { throw fault(cursor, "a colon is missing here") }
            cursor = skipSpace(cursor + 1)
            let matched = active == 0 ? 0 : try match(keyStart, keyEnd - 1, path: path, active: active)
            if matched == 0 {
                cursor = try skipValue(cursor, depth: depth + 1)
            } else {
                if seen & matched != 0 { fields.note(.duplicateKey, at: keyStart - 1 - start) }
                seen |= matched
                cursor = try value(cursor, depth: depth + 1, path: path + 1, matched: matched)
            }
            cursor = skipSpace(cursor)
            if cursor.pointee == UInt8(ascii: ",") {
                cursor = skipSpace(cursor + 1)
            } else if cursor.pointee == UInt8(ascii: "}") {
                return cursor + 1
            } else {
                throw fault(
                    cursor, cursor >= end ? "the record ends inside an object" : "a comma or } is missing here")
            }
        }
    }

    /// The wanted fields whose key at this level is the one between two quotes.
    private mutating func match(
        _ keyStart: UnsafePointer<UInt8>, _ keyEnd: UnsafePointer<UInt8>, path: Int, active: Slots
    ) throws(RecordFault) -> Slots {
        var count = keyEnd - keyStart
        var key = keyStart
        // Where the first special byte is the quote behind the key, the key has no escape.
        if datawall_json_specials16(keyStart).trailingZeroBitCount != count,
            memchr(keyStart, Int32(UInt8(ascii: "\\")), count) != nil
        {
            // A key written with escapes is rare: undo them past what the text already holds.
            let unescaped = try unescape(keyStart)
            key = UnsafePointer(unescaped.start)
            count = unescaped.count
        }
        var matched: Slots = 0
        for slot in 0..<slotCount where active & 1 << Slots(slot) != 0 {
            let wantedKey = keys[slot][path]
            if wantedKey.count == count, memcmp(wantedKey, key, count) == 0 { matched |= 1 << Slots(slot) }
        }
        return matched
    }

    /// Reads the value of a key that leads to wanted fields.
    private mutating func value(
        _ place: UnsafePointer<UInt8>, depth: Int, path: Int, matched: Slots
    ) throws(RecordFault) -> UnsafePointer<UInt8> {
        var leaves: Slots = 0
        for slot in 0..<slotCount where matched & 1 << Slots(slot) != 0 {
            if slot < Slot.count {
                fields.clear(slot)
            } else {
                further[slot - Slot.count].clearValue(inList: !listSlots.isEmpty && isInList(slot, before: path))
            }
            if keys[slot].count == path { leaves |= 1 << Slots(slot) }
        }
        let kind: JSONKind = isNonFinite(place) ? .nonFinite : JSONKind(firstByte: place.pointee)
        if !listSlots.isEmpty, matched & listSlots[path] != 0 {
            return try list(place, kind, depth: depth, path: path, matched: matched)
        }
        let below = matched & ~leaves
        for slot in 0..<slotCount where leaves & 1 << Slots(slot) != 0 { markKind(slot, kind) }
        if place.pointee == UInt8(ascii: "{"), below != 0 {
            return try object(place + 1, depth: depth, path: path, active: below)
        }
        if leaves == 0 { return try skipValue(place, depth: depth) }
        if place.pointee == UInt8(ascii: "\"") {
            let string = try unescape(place + 1)
            if string.usesScratch { fields.scratchUsed += string.count }
            let bytes = UnsafeBufferPointer(start: UnsafePointer(string.start), count: string.count)
            for slot in 0..<slotCount where leaves & 1 << Slots(slot) != 0 {
                if slot < Slot.count {
                    fields.setString(slot, bytes)
                } else {
                    further[slot - Slot.count].setString(bytes, isASCII: string.isASCII, at: place + 1 - start)
                }
            }
            if leaves & 1 << Slots(Slot.text) != 0 {
                fields.textIsASCII = string.isASCII
                fields.textOffset = place + 1 - start
            }
            if string.hasLoneSurrogate { fields.note(.loneSurrogate, at: place - start) }
            return string.next
        }
        let noted = fields.nonFiniteOffset
        let next = try skipValue(place, depth: depth)
        // What is read has a problem of its own.
        if kind == .nonFinite { fields.nonFiniteOffset = noted }
        let bytes = UnsafeBufferPointer(start: place, count: next - place)
        for slot in 0..<slotCount where leaves & 1 << Slots(slot) != 0 {
            if slot < Slot.count {
                fields.setRaw(slot, bytes, kind: kind)
            } else {
                further[slot - Slot.count].setRaw(bytes, kind)
            }
        }
        return next
    }

    private mutating func markKind(_ slot: Int, _ kind: JSONKind) {
        if slot < Slot.count { fields.markKind(slot, kind) } else { further[slot - Slot.count].mark(kind) }
    }

    // MARK: Lists

    /// Whether a field was in a list before the key that has led to its next one.
    private func isInList(_ slot: Int, before path: Int) -> Bool {
        listSlots[..<path].contains { $0 & 1 << Slots(slot) != 0 }
    }

    /// Reads the value of a key at which some of the wanted fields enter a list.
    private mutating func list(
        _ place: UnsafePointer<UInt8>, _ kind: JSONKind, depth: Int, path: Int, matched: Slots
    ) throws(RecordFault) -> UnsafePointer<UInt8> {
        let entering = matched & listSlots[path]
        for slot in Slot.count..<slotCount where entering & 1 << Slots(slot) != 0 {
            further[slot - Slot.count].enterList(kind, isInner: isInList(slot, before: path))
        }
        // Fields that end here, or go on in an object, have the list for a value.
        let others = matched & ~entering
        if place.pointee != UInt8(ascii: "[") {
            return try others == 0
                ? skipValue(place, depth: depth) : value(place, depth: depth, path: path, others: others)
        }
        guard depth < Self.maximumDepth else { throw fault(place, "more than \(Self.maximumDepth) levels of nesting") }
        var cursor = skipSpace(place + 1)
        if cursor.pointee != UInt8(ascii: "]") {
            while true {
                cursor = skipSpace(try element(cursor, depth: depth + 1, path: path, entering: entering))
                if cursor.pointee == UInt8(ascii: "]") { break }
                guard cursor.pointee == UInt8(ascii: ",") else {
                    throw fault(cursor, cursor >= end ? "the record ends inside a value" : "a comma is missing here")
                }
                cursor = skipSpace(cursor + 1)
            }
        }
        let bytes = UnsafeBufferPointer(start: place, count: cursor + 1 - place)
        for slot in 0..<slotCount where others & 1 << Slots(slot) != 0 && keys[slot].count == path {
            markKind(slot, kind)
            if slot >= Slot.count { further[slot - Slot.count].setRaw(bytes, kind) }
        }
        return cursor + 1
    }

    /// Reads an element of a list.
    private mutating func element(
        _ place: UnsafePointer<UInt8>, depth: Int, path: Int, entering: Slots
    ) throws(RecordFault) -> UnsafePointer<UInt8> {
        let kind: JSONKind = isNonFinite(place) ? .nonFinite : JSONKind(firstByte: place.pointee)
        var leaves: Slots = 0
        for slot in Slot.count..<slotCount where entering & 1 << Slots(slot) != 0 {
            further[slot - Slot.count].beginElement()
            if keys[slot].count == path {
                leaves |= 1 << Slots(slot)
            } else if kind != .object, kind != .null {
                further[slot - Slot.count].wrongKind = kind
            }
        }
        if kind == .object, entering & ~leaves != 0 {
            for slot in Slot.count..<slotCount where leaves & 1 << Slots(slot) != 0 {
                further[slot - Slot.count].wrongKind = kind
            }
            return try object(place + 1, depth: depth, path: path, active: entering & ~leaves)
        }
        return try leaves == 0
            ? skipValue(place, depth: depth) : value(place, depth: depth, path: path, others: leaves)
    }

    /// Reads a value for fields none of which enters a list here.
    private mutating func value(
        _ place: UnsafePointer<UInt8>, depth: Int, path: Int, others: Slots
    ) throws(RecordFault) -> UnsafePointer<UInt8> {
        if place.pointee == UInt8(ascii: "\"") {
            let string = try unescape(place + 1)
            if string.usesScratch { fields.scratchUsed += string.count }
            let bytes = UnsafeBufferPointer(start: UnsafePointer(string.start), count: string.count)
            for slot in 0..<slotCount where others & 1 << Slots(slot) != 0 && keys[slot].count == path {
                markKind(slot, .string)
                if slot < Slot.count {
                    fields.setString(slot, bytes)
                } else {
                    further[slot - Slot.count].setString(bytes, isASCII: string.isASCII, at: place + 1 - start)
                }
            }
            if string.hasLoneSurrogate { fields.note(.loneSurrogate, at: place - start) }
            return string.next
        }
        let kind: JSONKind = isNonFinite(place) ? .nonFinite : JSONKind(firstByte: place.pointee)
        let leaves = (0..<slotCount).filter { others & 1 << Slots($0) != 0 && keys[$0].count == path }
        for slot in leaves { markKind(slot, kind) }
        if kind == .object {
            let below = leaves.reduce(others) { $0 & ~(1 << Slots($1)) }
            if below != 0 { return try object(place + 1, depth: depth, path: path, active: below) }
        }
        let next = try skipValue(place, depth: depth)
        for slot in leaves {
            let bytes = UnsafeBufferPointer(start: place, count: next - place)
            if slot < Slot.count {
                fields.setRaw(slot, bytes, kind: kind)
            } else {
                further[slot - Slot.count].setRaw(bytes, kind)
            }
        }
        return next
    }

    // MARK: Joined texts

    /// Joins the texts of several fields, and of the elements of lists, by line feeds.
    private mutating func joinTexts() {
        let texts = further.filter(\.isText)
        if let wrong = texts.firstIndex(where: { $0.wrongKind != nil }), let kind = texts[wrong].wrongKind {
            fields.markKind(Slot.text, kind)
            fields.faultyText = wrong
            return
        }
        guard texts.contains(where: { $0.kind != nil && $0.kind != .null }) else { return }
        let pieces = texts.flatMap(\.pieces)
        fields.markKind(Slot.text, .string)
        fields.textIsASCII = texts.allSatisfy(\.isASCII)
        fields.textOffset = texts.first { !$0.pieces.isEmpty }?.offset ?? 0
        if pieces.count == 1 { return fields.setString(Slot.text, pieces[0]) }
        let joined = scratch + fields.scratchUsed
        var count = 0
        for (index, piece) in pieces.enumerated() {
            if index > 0 {
                joined[count] = 0x0A
                count += 1
            }
            // Each piece was a string of the record, with two quotes around it, so that all fit behind the unescaped ones.
            if let source = piece.baseAddress { memcpy(joined + count, source, piece.count) }
            count += piece.count
        }
        fields.scratchUsed += count
        fields.setString(Slot.text, UnsafeBufferPointer(start: UnsafePointer(joined), count: count))
    }

    /// Whether NaN, Infinity or -Infinity starts here.
    @inline(__always)
    private func isNonFinite(_ place: UnsafePointer<UInt8>) -> Bool {
        let first = place.pointee == UInt8(ascii: "-") ? place[1] : place.pointee
        return first == UInt8(ascii: "I") || place.pointee == UInt8(ascii: "N")
    }

    /// Passes over NaN, Infinity or -Infinity.
    private mutating func skipNonFinite(
        _ place: UnsafePointer<UInt8>
    ) throws(RecordFault) -> UnsafePointer<UInt8> {
        let next: UnsafePointer<UInt8>
        if place.pointee == UInt8(ascii: "N") {
            next = try skipWord(place, "NaN")
        } else {
            next = try skipWord(place.pointee == UInt8(ascii: "-") ? place + 1 : place, "Infinity")
        }
        fields.nonFiniteOffset = fields.nonFiniteOffset ?? place - start
        return next
    }

    /// Passes over a value of any kind, checking it.
    private mutating func skipValue(
        _ place: UnsafePointer<UInt8>, depth: Int
    ) throws(RecordFault) -> UnsafePointer<UInt8> {
        switch place.pointee {
        case UInt8(ascii: "\""):
            return try skipString(place + 1)
        case UInt8(ascii: "{"):
            return try skipContainer(place + 1, close: UInt8(ascii: "}"), depth: depth)
        case UInt8(ascii: "["):
            return try skipContainer(place + 1, close: UInt8(ascii: "]"), depth: depth)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try isNonFinite(place) ? skipNonFinite(place) : skipNumber(place)
        case UInt8(ascii: "N"), UInt8(ascii: "I"): return try skipNonFinite(place)
        case UInt8(ascii: "t"): return try skipWord(place, "true")
        case UInt8(ascii: "f"): return try skipWord(place, "false")
        case UInt8(ascii: "n"): return try skipWord(place, "null")
        default:
            throw fault(place, place >= end ? "the record ends before a value" : "no JSON value starts so")
        }
    }

    private mutating func skipContainer(
        _ place: UnsafePointer<UInt8>, close: UInt8, depth: Int
    ) throws(RecordFault) -> UnsafePointer<UInt8> {
        guard depth < Self.maximumDepth else { throw fault(place, "more than \(Self.maximumDepth) levels of nesting") }
        var cursor = skipSpace(place)
        if cursor.pointee == close { return cursor + 1 }
        while true {
            if close == UInt8(ascii: "}") {
                guard cursor.pointee == UInt8(ascii: "\"") else {
                    throw fault(cursor, "a key in quotes is missing here")
                }
                cursor = skipSpace(try skipString(cursor + 1))
                guard cursor.pointee == UInt8(ascii: ":") else { throw fault(cursor, "a colon is missing here") }
                cursor = skipSpace(cursor + 1)
            }
            cursor = skipSpace(try skipValue(cursor, depth: depth + 1))
            if cursor.pointee == UInt8(ascii: ",") {
                cursor = skipSpace(cursor + 1)
            } else if cursor.pointee == close {
                return cursor + 1
            } else {
                throw fault(cursor, cursor >= end ? "the record ends inside a value" : "a comma is missing here")
            }
        }
    }

    private func skipWord(
        _ place: UnsafePointer<UInt8>, _ word: StaticString
    ) throws(RecordFault) -> UnsafePointer<UInt8> {
        // Nine bytes at most, inside the padding.
        guard memcmp(place, word.utf8Start, word.utf8CodeUnitCount) == 0 else {
            throw fault(place, "a word that is not \(word)")
        }
        return place + word.utf8CodeUnitCount
    }

    private func skipNumber(_ place: UnsafePointer<UInt8>) throws(RecordFault) -> UnsafePointer<UInt8> {
        var cursor = place
        if cursor.pointee == UInt8(ascii: "-") { cursor += 1 }
        let first = cursor
        cursor = skipDigits(cursor)
        guard cursor > first else { throw fault(cursor, "a digit is missing here") }
        guard first.pointee != UInt8(ascii: "0") || cursor == first + 1 else {
            throw fault(first, "a number does not start with 0")
        }
        if cursor.pointee == UInt8(ascii: ".") {
            let fraction = cursor + 1
            cursor = skipDigits(fraction)
            guard cursor > fraction else { throw fault(cursor, "a digit is missing here") }
        }
        if cursor.pointee | 0x20 == UInt8(ascii: "e") {
            var exponent = cursor + 1
            if exponent.pointee == UInt8(ascii: "+") || exponent.pointee == UInt8(ascii: "-") { exponent += 1 }
            cursor = skipDigits(exponent)
            guard cursor > exponent else { throw fault(cursor, "a digit is missing here") }
        }
        return cursor
    }

    @inline(__always)
    private func skipDigits(_ place: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
        var place = place
        while true {
            // Without a loop for each digit, whose end is mispredicted.
            let count = (~datawall_digits16(place)).trailingZeroBitCount
            place += count
            if count < 16 { return place }
        }
    }

    @inline(__always)
    private func skipString(_ place: UnsafePointer<UInt8>) throws(RecordFault) -> UnsafePointer<UInt8> {
        do throws(StringFault) { return try strings.skip(place) } catch { throw fault(error, from: place) }
    }

    /// Undoes the escapes of a string behind what the scratch space holds already.
    @inline(__always)
    private func unescape(_ place: UnsafePointer<UInt8>) throws(RecordFault) -> StringUnescaper.Unescaped {
        do throws(StringFault) {
            return try strings.unescape(place, to: scratch + fields.scratchUsed)
        } catch { throw fault(error, from: place) }
    }
}
