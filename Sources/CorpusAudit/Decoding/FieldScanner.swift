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

    private enum Slot {
        static let text = 0, source = 1, quality = 2, count = 3
    }

    let selection: FieldSelection
    /// The keys of each wanted field, or none.
    private let keys: [[[UInt8]]]
    private let wanted: UInt8

    /// For each byte `c`, what `\c` stands for, or 0 where it is no one-letter escape.
    ///
    /// A table rather than a switch, whose jump is mispredicted. Owned like `scratch`.
    private let escapes: UnsafeMutablePointer<UInt8>

    /// Whether this processor undoes escapes sixty-four bytes at a time.
    private let unescapesBlocks: Bool

    static var canUnescapeBlocks: Bool { datawall_can_unescape_blocks() != 0 }

    /// Receives unescaped text.
    ///
    /// Owned by this value: allocated here, grown in `reserve`, freed in `deinit`.
    private var scratch: UnsafeMutablePointer<UInt8>
    private var capacity: Int

    // State of the record in hand.
    private var start: UnsafePointer<UInt8>
    private var end: UnsafePointer<UInt8>
    private var fields = FieldValues()

    init(_ selection: FieldSelection, unescapesBlocks: Bool = FieldScanner.canUnescapeBlocks) {
        self.selection = selection
        self.unescapesBlocks = unescapesBlocks && Self.canUnescapeBlocks
        let paths = [selection.text, selection.source, selection.quality]
        keys = paths.map { path in (path?.keys ?? []).map { Array($0.utf8) } }
        var wanted: UInt8 = 0
        for (slot, path) in paths.enumerated() where path != nil { wanted |= 1 << UInt8(slot) }
        self.wanted = wanted
        escapes = .allocate(capacity: 256)
        escapes.initialize(repeating: 0, count: 256)
        for (letter, meaning) in zip("\"\\/bfnrt".utf8, [0x22, 0x5C, 0x2F, 0x08, 0x0C, 0x0A, 0x0D, 0x09]) {
            escapes[Int(letter)] = UInt8(meaning)
        }
        capacity = 1 << 16
        scratch = .allocate(capacity: capacity)
        start = UnsafePointer(scratch)
        end = start
    }

    deinit {
        scratch.deallocate()
        escapes.deallocate()
    }

    /// Scans one record.
    ///
    /// - Parameter record: The record without its line end; followed by a control character that is neither tab nor
    ///   carriage return, and by ``requiredPadding`` readable bytes in all.
    /// - Returns: The wanted fields. Their memory is that of the record or of this scanner, and holds until the next scan.
    /// - Throws: Where and why the record is not a JSON object.
    mutating func scan(_ record: UnsafeBufferPointer<UInt8>) throws(RecordFault) -> FieldValues {
        guard let base = record.baseAddress else { throw RecordFault(.badJSON, at: 0, "an empty record") }
        start = base
        end = base + record.count
        fields = FieldValues()
        reserve(record.count + 128)

        var cursor = skipSpace(start)
        guard cursor < end, cursor.pointee == UInt8(ascii: "{") else {
            throw fault(cursor, cursor < end ? "a JSON object should start here" : "an empty record")
        }
        cursor = try object(cursor + 1, depth: 0, path: 0, active: wanted)
        cursor = skipSpace(cursor)
        guard cursor == end else { throw fault(cursor, "text after the end of the object") }
        return fields
    }

    private mutating func reserve(_ count: Int) {
        guard count > capacity else { return }
        scratch.deallocate()
        capacity = max(count, capacity * 2)
        scratch = .allocate(capacity: capacity)
    }

    private func fault(_ place: UnsafePointer<UInt8>, _ reason: String) -> RecordFault {
        RecordFault(.badJSON, at: min(place, end) - start, reason)
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
        _ place: UnsafePointer<UInt8>, depth: Int, path: Int, active: UInt8
    ) throws(RecordFault) -> UnsafePointer<UInt8> {
        guard depth < Self.maximumDepth else { throw fault(place, "more than \(Self.maximumDepth) levels of nesting") }
        var cursor = skipSpace(place)
        if cursor.pointee == UInt8(ascii: "}") { return cursor + 1 }
        var seen: UInt8 = 0
        while true {
            guard cursor.pointee == UInt8(ascii: "\"") else { throw fault(cursor, "a key in quotes should stand here") }
            let keyStart = cursor + 1
            let keyEnd = try skipString(keyStart)
            cursor = skipSpace(keyEnd)
            guard cursor.pointee == UInt8(ascii: ":") else { throw fault(cursor, "a colon should stand here") }
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
                    cursor, cursor >= end ? "the record ends inside an object" : "a comma or } should stand here")
            }
        }
    }

    /// The wanted fields whose key at this level is the one between two quotes.
    private mutating func match(
        _ keyStart: UnsafePointer<UInt8>, _ keyEnd: UnsafePointer<UInt8>, path: Int, active: UInt8
    ) throws(RecordFault) -> UInt8 {
        var count = keyEnd - keyStart
        var key = keyStart
        if memchr(keyStart, Int32(UInt8(ascii: "\\")), count) != nil {
            // A key written with escapes is rare: undo them past what the text already holds.
            let unescaped = try unescape(keyStart, to: scratch + fields.scratchUsed)
            key = UnsafePointer(unescaped.start)
            count = unescaped.count
        }
        var matched: UInt8 = 0
        for slot in 0..<Slot.count where active & 1 << UInt8(slot) != 0 {
            let wantedKey = keys[slot][path]
            if wantedKey.count == count, memcmp(wantedKey, key, count) == 0 { matched |= 1 << UInt8(slot) }
        }
        return matched
    }

    /// Reads the value of a key that leads to wanted fields.
    private mutating func value(
        _ place: UnsafePointer<UInt8>, depth: Int, path: Int, matched: UInt8
    ) throws(RecordFault) -> UnsafePointer<UInt8> {
        var leaves: UInt8 = 0
        for slot in 0..<Slot.count where matched & 1 << UInt8(slot) != 0 {
            fields.clear(slot)
            if keys[slot].count == path { leaves |= 1 << UInt8(slot) }
        }
        let below = matched & ~leaves
        for slot in 0..<Slot.count where leaves & 1 << UInt8(slot) != 0 {
            fields.markKind(slot, JSONKind(firstByte: place.pointee))
        }
        if place.pointee == UInt8(ascii: "{"), below != 0 {
            return try object(place + 1, depth: depth, path: path, active: below)
        }
        if leaves == 0 { return try skipValue(place, depth: depth) }
        if place.pointee == UInt8(ascii: "\"") {
            let string = try unescape(place + 1, to: scratch + fields.scratchUsed)
            if string.usesScratch { fields.scratchUsed += string.count }
            for slot in 0..<Slot.count where leaves & 1 << UInt8(slot) != 0 {
                fields.setString(slot, UnsafeBufferPointer(start: UnsafePointer(string.start), count: string.count))
            }
            if leaves & 1 << UInt8(Slot.text) != 0 {
                fields.textIsASCII = string.isASCII
                fields.textOffset = place + 1 - start
            }
            if string.hasLoneSurrogate { fields.note(.loneSurrogate, at: place - start) }
            return string.next
        }
        let next = try skipValue(place, depth: depth)
        for slot in 0..<Slot.count where leaves & 1 << UInt8(slot) != 0 {
            fields.setRaw(slot, UnsafeBufferPointer(start: place, count: next - place))
        }
        return next
    }

    /// Passes over a value of any kind, checking it.
    private func skipValue(
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
            return try skipNumber(place)
        case UInt8(ascii: "t"): return try skipWord(place, "true")
        case UInt8(ascii: "f"): return try skipWord(place, "false")
        case UInt8(ascii: "n"): return try skipWord(place, "null")
        default:
            throw fault(place, place >= end ? "the record ends where a value should stand" : "no JSON value starts so")
        }
    }

    private func skipContainer(
        _ place: UnsafePointer<UInt8>, close: UInt8, depth: Int
    ) throws(RecordFault) -> UnsafePointer<UInt8> {
        guard depth < Self.maximumDepth else { throw fault(place, "more than \(Self.maximumDepth) levels of nesting") }
        var cursor = skipSpace(place)
        if cursor.pointee == close { return cursor + 1 }
        while true {
            if close == UInt8(ascii: "}") {
                guard cursor.pointee == UInt8(ascii: "\"") else {
                    throw fault(cursor, "a key in quotes should stand here")
                }
                cursor = skipSpace(try skipString(cursor + 1))
                guard cursor.pointee == UInt8(ascii: ":") else { throw fault(cursor, "a colon should stand here") }
                cursor = skipSpace(cursor + 1)
            }
            cursor = skipSpace(try skipValue(cursor, depth: depth + 1))
            if cursor.pointee == UInt8(ascii: ",") {
                cursor = skipSpace(cursor + 1)
            } else if cursor.pointee == close {
                return cursor + 1
            } else {
                throw fault(cursor, cursor >= end ? "the record ends inside a value" : "a comma should stand here")
            }
        }
    }

    private func skipWord(
        _ place: UnsafePointer<UInt8>, _ word: StaticString
    ) throws(RecordFault) -> UnsafePointer<UInt8> {
        // Five bytes at most, inside the padding.
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
        guard cursor > first else { throw fault(cursor, "a digit should stand here") }
        guard first.pointee != UInt8(ascii: "0") || cursor == first + 1 else {
            throw fault(first, "a number does not start with 0")
        }
        if cursor.pointee == UInt8(ascii: ".") {
            let fraction = cursor + 1
            cursor = skipDigits(fraction)
            guard cursor > fraction else { throw fault(cursor, "a digit should stand here") }
        }
        if cursor.pointee | 0x20 == UInt8(ascii: "e") {
            var exponent = cursor + 1
            if exponent.pointee == UInt8(ascii: "+") || exponent.pointee == UInt8(ascii: "-") { exponent += 1 }
            cursor = skipDigits(exponent)
            guard cursor > exponent else { throw fault(cursor, "a digit should stand here") }
        }
        return cursor
    }

    @inline(__always)
    private func skipDigits(_ place: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
        var place = place
        while place.pointee &- UInt8(ascii: "0") < 10 { place += 1 }
        return place
    }

    // MARK: Strings

    /// Passes over a string from just past its opening quote to just past its closing one, checking its escapes.
    @inline(__always)
    private func skipString(_ place: UnsafePointer<UInt8>) throws(RecordFault) -> UnsafePointer<UInt8> {
        var cursor = place
        while true {
            let specials = datawall_json_specials16(cursor)
            if specials == 0 {
                cursor += 16
                continue
            }
            cursor += specials.trailingZeroBitCount
            if cursor.pointee == UInt8(ascii: "\"") { return cursor + 1 }
            guard cursor.pointee == UInt8(ascii: "\\") else { throw stringFault(cursor, from: place) }
            cursor = try skipEscape(cursor)
        }
    }

    private func skipEscape(_ place: UnsafePointer<UInt8>) throws(RecordFault) -> UnsafePointer<UInt8> {
        if escapes[Int(place[1])] != 0 { return place + 2 }
        guard place[1] == UInt8(ascii: "u") else { throw fault(place, "an unknown escape") }
        guard hexadecimal(place + 2) != nil else { throw fault(place, "\\u without four hexadecimal digits") }
        return place + 6
    }

    private func stringFault(_ place: UnsafePointer<UInt8>, from opening: UnsafePointer<UInt8>) -> RecordFault {
        place >= end
            ? fault(opening - 1, "a string that does not end")
            : fault(place, "a control character inside a string")
    }

    private struct Unescaped {
        var start: UnsafeMutablePointer<UInt8>
        var count: Int
        var next: UnsafePointer<UInt8>
        var isASCII: Bool
        var hasLoneSurrogate: Bool
        var usesScratch: Bool
    }

    /// Undoes the escapes of a string, from just past its opening quote.
    ///
    /// A string without escapes stays where it is. One with escapes is written to `output`, which has room for the
    /// whole record and 128 bytes more: unescaped text is never longer than what it was escaped to, U+FFFD for a lone
    /// surrogate (three bytes for six) included, and a copy overshoots by less than 32.
    ///
    /// Sixty-four bytes are classified at once; the gaps between specials are then copied without looking at them
    /// again, so that a misprediction costs once a block and not once an escape.
    private func unescape(
        _ place: UnsafePointer<UInt8>, to output: UnsafeMutablePointer<UInt8>
    ) throws(RecordFault) -> Unescaped {
        var cursor = place
        var high: UInt64 = 0

        // Until the first escape nothing is copied.
        while true {
            let block = datawall_json_specials64(cursor)
            high |= block.high
            if block.specials != 0 {
                cursor += block.specials.trailingZeroBitCount
                break
            }
            cursor += 64
        }
        if cursor.pointee == UInt8(ascii: "\"") {
            return Unescaped(
                start: UnsafeMutablePointer(mutating: place), count: cursor - place, next: cursor + 1,
                isASCII: high == 0, hasLoneSurrogate: false, usesScratch: false)
        }
        let prefix = cursor - place
        memcpy(output, place, prefix)

        var out = output + prefix
        var hasLoneSurrogate = false
        while unescapesBlocks {
            let stop = datawall_unescape_blocks(cursor, out, escapes)
            high |= stop.high
            out = stop.target
            cursor = stop.source
            if cursor.pointee == UInt8(ascii: "\"") {
                return Unescaped(
                    start: output, count: out - output, next: cursor + 1,
                    isASCII: high == 0, hasLoneSurrogate: hasLoneSurrogate, usesScratch: true)
            }
            guard cursor.pointee == UInt8(ascii: "\\") else { throw stringFault(cursor, from: place) }
            guard cursor[1] == UInt8(ascii: "u") else { throw fault(cursor, "an unknown escape") }
            // Where there is one there are more: text of another script, every letter of it.
            repeat {
                let scalar = try unescapeUnicode(cursor, to: out)
                out = scalar.out
                cursor = scalar.next
                hasLoneSurrogate = hasLoneSurrogate || scalar.isLoneSurrogate
            } while cursor.pointee == UInt8(ascii: "\\") && cursor[1] == UInt8(ascii: "u")
        }
        while true {
            let base = cursor
            let block = datawall_json_specials64(base)
            high |= block.high
            var specials = block.specials
            /// How much of the block is done.
            var done = 0
            while specials != 0 {
                let index = specials.trailingZeroBitCount
                datawall_copy_gap(out, base + done, index &- done)
                out += index &- done
                let special = base + index
                if special.pointee == UInt8(ascii: "\\") {
                    let plain = escapes[Int(special[1])]
                    if plain != 0 {
                        out.pointee = plain
                        out += 1
                        done = index &+ 2
                        // The escape's second byte may be a special of its own: `\"`, `\\`.
                        specials &= ~(3 << UInt64(index))
                    } else if special[1] == UInt8(ascii: "u") {
                        // By value: an address taken of `out` would keep it out of a register in the whole loop.
                        let scalar = try unescapeUnicode(special, to: out)
                        out = scalar.out
                        done = scalar.next - base
                        hasLoneSurrogate = hasLoneSurrogate || scalar.isLoneSurrogate
                        specials = done < 64 ? specials & ~(1 << UInt64(done) - 1) : 0
                    } else {
                        throw fault(special, "an unknown escape")
                    }
                } else if special.pointee == UInt8(ascii: "\"") {
                    return Unescaped(
                        start: output, count: out - output, next: special + 1,
                        isASCII: high == 0, hasLoneSurrogate: hasLoneSurrogate, usesScratch: true)
                } else {
                    throw stringFault(special, from: place)
                }
            }
            if done < 64 {
                datawall_copy_gap(out, base + done, 64 &- done)
                out += 64 - done
                done = 64
            }
            cursor = base + done
        }
    }

    /// Undoes one `\uXXXX`, or a pair of them that makes a surrogate pair.
    private func unescapeUnicode(
        _ place: UnsafePointer<UInt8>, to out: UnsafeMutablePointer<UInt8>
    ) throws(RecordFault) -> (next: UnsafePointer<UInt8>, out: UnsafeMutablePointer<UInt8>, isLoneSurrogate: Bool) {
        guard var code = hexadecimal(place + 2) else { throw fault(place, "\\u without four hexadecimal digits") }
        var next = place + 6
        var isLoneSurrogate = false
        if code & 0xF800 == 0xD800 {
            if code < 0xDC00, next.pointee == UInt8(ascii: "\\"), next[1] == UInt8(ascii: "u"),
                let low = hexadecimal(next + 2), low & 0xFC00 == 0xDC00
            {
                code = 0x10000 + (code & 0x3FF) << 10 + low & 0x3FF
                next += 6
            } else {
                code = 0xFFFD
                isLoneSurrogate = true
            }
        }
        switch code {
        case 0..<0x80:
            out[0] = UInt8(truncatingIfNeeded: code)
            return (next, out + 1, isLoneSurrogate)
        case 0x80..<0x800:
            out[0] = UInt8(truncatingIfNeeded: 0xC0 | code >> 6)
            out[1] = UInt8(truncatingIfNeeded: 0x80 | code & 0x3F)
            return (next, out + 2, isLoneSurrogate)
        case 0x800..<0x10000:
            out[0] = UInt8(truncatingIfNeeded: 0xE0 | code >> 12)
            out[1] = UInt8(truncatingIfNeeded: 0x80 | code >> 6 & 0x3F)
            out[2] = UInt8(truncatingIfNeeded: 0x80 | code & 0x3F)
            return (next, out + 3, isLoneSurrogate)
        default:
            out[0] = UInt8(truncatingIfNeeded: 0xF0 | code >> 18)
            out[1] = UInt8(truncatingIfNeeded: 0x80 | code >> 12 & 0x3F)
            out[2] = UInt8(truncatingIfNeeded: 0x80 | code >> 6 & 0x3F)
            out[3] = UInt8(truncatingIfNeeded: 0x80 | code & 0x3F)
            return (next, out + 4, isLoneSurrogate)
        }
    }

    /// Four hexadecimal digits, or `nil`.
    ///
    /// Reads at most six bytes past a backslash inside the record: padding.
    @inline(__always)
    private func hexadecimal(_ place: UnsafePointer<UInt8>) -> UInt32? {
        let digits = (hexDigit(place[0]), hexDigit(place[1]), hexDigit(place[2]), hexDigit(place[3]))
        guard (digits.0 | digits.1 | digits.2 | digits.3) < 16 else { return nil }
        return UInt32(digits.0) << 12 | UInt32(digits.1) << 8 | UInt32(digits.2) << 4 | UInt32(digits.3)
    }
}

/// The value of a hexadecimal digit, or 255.
@inline(__always)
private func hexDigit(_ letter: UInt8) -> UInt8 {
    let digit = letter &- 0x30
    if digit < 10 { return digit }
    let letter = (letter | 0x20) &- 0x61
    return letter < 6 ? letter + 10 : 255
}
