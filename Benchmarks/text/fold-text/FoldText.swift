import Foundation
import UnicodeText

/// `fold-text MODE IN OUT` folds texts; `fold-text time FILE…` says how fast each mode is.
///
/// A mode is names of `--normalize` joined by `+`, or `words`. A file of texts holds for each its length, four bytes from
/// the lowest on, and its bytes. For `words` each text gives two: the words, and the offsets of their ends, with a `c`
/// behind those that are characters of scripts without blanks.
@main struct FoldText {
    static func main() throws {
        let arguments = CommandLine.arguments
        if arguments.count > 2, arguments[1] == "time" { return try time(arguments.dropFirst(2)) }
        guard arguments.count == 4 else {
            print("usage: fold-text nfc+lowercase+whitespace|words IN OUT, or fold-text time FILE…")
            exit(64)
        }
        let texts = [UInt8](try Data(contentsOf: URL(fileURLWithPath: arguments[2])))
        var out: [UInt8] = []
        func write(_ text: some Collection<UInt8>) {
            withUnsafeBytes(of: UInt32(text.count).littleEndian) { out.append(contentsOf: $0) }
            out.append(contentsOf: text)
        }
        let words = NormalizedWords()
        let folder = arguments[1] == "words" ? nil : Self.folder(arguments[1])
        texts.withUnsafeBytes { raw in
            var offset = 0
            while offset < raw.count {
                let length = Int(UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
                let text = UnsafeRawBufferPointer(rebasing: raw[(offset + 4)..<(offset + 4 + length)])
                    .bindMemory(to: UInt8.self)
                offset += 4 + length
                if let folder {
                    folder.withFolded(text) { write($0) }
                } else {
                    words.read(text)
                    write(words.bytes)
                    write(words.ends.map { "\($0.offset)\($0.isCharacter ? "c" : "")" }.joined(separator: " ").utf8)
                }
            }
        }
        try Data(out).write(to: URL(fileURLWithPath: arguments[3]))
    }

    private static func folder(_ mode: String) -> TextFolder {
        let names = mode.split(separator: "+")
        return TextFolder(
            composes: names.contains("nfc"), lowercases: names.contains("lowercase"),
            collapsesSpace: names.contains("whitespace"))
    }

    /// MB of text per CPU second, the best of seven rounds in which all modes take turns; texts of some 5,000 bytes.
    private static func time(_ files: some Sequence<String>) throws {
        let words = NormalizedWords()
        let modes = ["nfc", "lowercase", "whitespace", "nfc+lowercase+whitespace"]
        var steps: [(name: String, step: (UnsafeBufferPointer<UInt8>) -> Int)] = modes.map { mode in
            let folder = folder(mode)
            return (mode, { text in folder.withFolded(text) { $0.count } })
        }
        steps.append(("UTF8Check", { UTF8Check.firstFault($0) ?? 0 }))
        steps.append(
            (
                "UTF8Span",
                { text in
                    do { return try UTF8Span(validating: text.span).count } catch { return 0 }
                }
            ))
        steps.append(
            (
                "words",
                { text in
                    words.read(text)
                    return words.ends.count
                }
            ))
        for file in files {
            let text = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
            guard !text.isEmpty else { continue }
            let repeats = max(1, 20_000_000 / text.count)
            var best = [Double](repeating: .infinity, count: steps.count)
            var sum = 0
            text.withUnsafeBufferPointer { text in
                for _ in 0..<7 {
                    for (index, step) in steps.enumerated() {
                        let start = clock()
                        for _ in 0..<repeats {
                            var offset = 0
                            while offset < text.count {
                                var end = min(offset + 5_000, text.count)
                                while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
                                sum &+= step.step(UnsafeBufferPointer(rebasing: text[offset..<end]))
                                offset = end
                            }
                        }
                        best[index] = min(best[index], Double(clock() - start) / Double(CLOCKS_PER_SEC))
                    }
                }
            }
            let speeds = zip(steps, best).map { step, seconds in
                "\(step.name) \(Int(Double(repeats * text.count) / max(seconds, 1e-9) / 1e6))"
            }
            print("\(file): \(speeds.joined(separator: ", ")) MB/s (\(sum & 1))")
        }
    }
}
