import CDataWallVector

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Passes over the strings of JSON records and undoes their escapes.
///
/// A string is read from just past its opening quote, under the contract of ``FieldScanner/scan(_:)``: a control
/// character is behind the record, at which every loop stops, and bytes past it may be read.
struct StringUnescaper: ~Copyable {
    /// For each byte `c`, what `\c` represents, or 0 where it is no one-letter escape.
    ///
    /// A table rather than a switch, whose jump is mispredicted. Owned: allocated in `init`, freed in `deinit`.
    private let escapes: UnsafeMutablePointer<UInt8>

    /// For each byte, its value as a hexadecimal digit, or 255 where it is none.
    ///
    /// A table for the same reason; owned as `escapes` is.
    private let digits: UnsafeMutablePointer<UInt8>

    /// The orders that move some of eight bytes to the front, for escapes by blocks.
    ///
    /// Owned as `escapes` is.
    private let orders: UnsafeMutablePointer<UInt64>

    /// The instructions used to undo escapes by blocks, if any.
    private let vectors: datawall_vectors

    /// Bytes that may be written past the unescaped text.
    static let overshoot = 128

    /// Creates an unescaper that uses some of this processor's instructions.
    init(vectors: datawall_vectors) {
        precondition(vectors.rawValue <= datawall_widest_vectors().rawValue, "the processor has these instructions")
        self.vectors = vectors
        orders = .allocate(capacity: 256)
        datawall_fill_unescape_orders(orders)
        escapes = .allocate(capacity: 256)
        escapes.initialize(repeating: 0, count: 256)
        for (letter, meaning) in zip("\"\\/bfnrt".utf8, [0x22, 0x5C, 0x2F, 0x08, 0x0C, 0x0A, 0x0D, 0x09]) {
            escapes[Int(letter)] = UInt8(meaning)
        }
        digits = .allocate(capacity: 256)
        digits.initialize(repeating: 255, count: 256)
        for alphabet in ["0123456789abcdef", "0123456789ABCDEF"] {
            for (value, letter) in alphabet.utf8.enumerated() { digits[Int(letter)] = UInt8(value) }
        }
    }

    deinit {
        escapes.deallocate()
        digits.deallocate()
        orders.deallocate()
    }

    /// Passes over a string, from just past its opening quote to just past its closing one, checking its escapes.
    @inline(__always)
    func skip(_ place: UnsafePointer<UInt8>) throws(StringFault) -> UnsafePointer<UInt8> {
        // Keys and most values end in the first bytes.
        let specials = datawall_json_specials16(place)
        let first = place + specials.trailingZeroBitCount
        return specials != 0 && first.pointee == UInt8(ascii: "\"") ? first + 1 : try skipLong(place)
    }

    private func skipLong(_ place: UnsafePointer<UInt8>) throws(StringFault) -> UnsafePointer<UInt8> {
        var block = place
        while true {
            var specials = datawall_json_specials64(block).specials
            var next = block + 64
            while specials != 0 {
                let special = block + specials.trailingZeroBitCount
                if special.pointee == UInt8(ascii: "\"") { return special + 1 }
                guard special.pointee == UInt8(ascii: "\\") else { throw StringFault(.control, at: special - place) }
                let behind = try skipEscape(special, from: place)
                // The escape's other bytes may be specials, too.
                if behind < next { specials &= ~0 << UInt64(behind - block) } else { (next, specials) = (behind, 0) }
            }
            block = next
        }
    }

    private func skipEscape(
        _ place: UnsafePointer<UInt8>, from opening: UnsafePointer<UInt8>
    ) throws(StringFault) -> UnsafePointer<UInt8> {
        if escapes[Int(place[1])] != 0 { return place + 2 }
        guard place[1] == UInt8(ascii: "u") else { throw StringFault(.escape, at: place - opening) }
        guard hexadecimal(place + 2) != nil else { throw StringFault(.digits, at: place - opening) }
        return place + 6
    }

    /// A string without its escapes.
    struct Unescaped {
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
    /// whole record and ``overshoot`` bytes more: unescaped text is never longer than what it was escaped to, U+FFFD for a lone
    /// surrogate (three bytes for six) included, and a copy overshoots by less than 32.
    ///
    /// Sixty-four bytes are classified at once; the gaps between specials are then copied without looking at them
    /// again, so that a misprediction costs once a block and not once an escape.
    func unescape(
        _ place: UnsafePointer<UInt8>, to output: UnsafeMutablePointer<UInt8>
    ) throws(StringFault) -> Unescaped {
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
        while vectors != DATAWALL_VECTORS_BASIC {
            let stop = datawall_unescape_blocks(vectors, cursor, out, escapes, digits, orders)
            high |= stop.high
            out = stop.target
            cursor = stop.source
            if cursor.pointee == UInt8(ascii: "\"") {
                return Unescaped(
                    start: output, count: out - output, next: cursor + 1,
                    isASCII: high == 0, hasLoneSurrogate: hasLoneSurrogate, usesScratch: true)
            }
            guard cursor.pointee == UInt8(ascii: "\\") else { throw StringFault(.control, at: cursor - place) }
            guard cursor[1] == UInt8(ascii: "u") else { throw StringFault(.escape, at: cursor - place) }
            // Where there is one there are more: text of another script, every letter of it.
            repeat {
                let scalar = try unescapeUnicode(cursor, to: out, from: place)
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
                        let scalar = try unescapeUnicode(special, to: out, from: place)
                        out = scalar.out
                        done = scalar.next - base
                        hasLoneSurrogate = hasLoneSurrogate || scalar.isLoneSurrogate
                        specials = done < 64 ? specials & ~(1 << UInt64(done) - 1) : 0
                    } else {
                        throw StringFault(.escape, at: special - place)
                    }
                } else if special.pointee == UInt8(ascii: "\"") {
                    return Unescaped(
                        start: output, count: out - output, next: special + 1,
                        isASCII: high == 0, hasLoneSurrogate: hasLoneSurrogate, usesScratch: true)
                } else {
                    throw StringFault(.control, at: special - place)
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
        _ place: UnsafePointer<UInt8>, to out: UnsafeMutablePointer<UInt8>, from opening: UnsafePointer<UInt8>
    ) throws(StringFault) -> (next: UnsafePointer<UInt8>, out: UnsafeMutablePointer<UInt8>, isLoneSurrogate: Bool) {
        guard var code = hexadecimal(place + 2) else { throw StringFault(.digits, at: place - opening) }
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
        let first = UInt32(digits[Int(place[0])]), second = UInt32(digits[Int(place[1])])
        let third = UInt32(digits[Int(place[2])]), fourth = UInt32(digits[Int(place[3])])
        guard (first | second | third | fourth) < 16 else { return nil }
        return first << 12 | second << 8 | third << 4 | fourth
    }
}
