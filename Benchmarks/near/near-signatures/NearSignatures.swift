import CorpusAudit
import Foundation

/// `near-signatures texts|shingles PATH IN OUT` makes signatures; `near-signatures time FILE` says how fast each path is.
///
/// A file of texts holds for each its length, four bytes from the lowest on, and its bytes. A file of shingles is the same, and
/// its bytes are 32-bit numbers. For each, 112 minima of 32 bits and 14 band keys of 64 bits are written: all zeros for
/// texts without words.
@main struct NearSignatures {
    static func main() throws {
        let arguments = CommandLine.arguments
        if arguments.count == 3, arguments[1] == "time" { return try time(arguments[2]) }
        guard arguments.count == 5, let path = NearSignature.Path(rawValue: arguments[2]), path.isSupported else {
            print("usage: near-signatures texts|shingles plain|avx2 IN OUT, or near-signatures time FILE")
            exit(64)
        }
        let signature = NearSignature(path: path)
        var out: [UInt8] = []
        try forEach(in: arguments[3]) { text in
            if arguments[1] == "texts" {
                signature.read(text)
            } else {
                text.withMemoryRebound(to: UInt32.self) { signature.read(shingles: $0) }
            }
            let minima = signature.isPresent ? signature.minima : Array(repeating: 0, count: NearMethod.minima)
            minima.withUnsafeBytes { out.append(contentsOf: $0) }
            for band in 0..<NearMethod.bands {
                let key = signature.isPresent ? signature.key(ofBand: band) : 0
                withUnsafeBytes(of: key) { out.append(contentsOf: $0) }
            }
        }
        try Data(out).write(to: URL(fileURLWithPath: arguments[4]))
    }

    private static func forEach(in file: String, body: (UnsafeBufferPointer<UInt8>) -> Void) throws {
        let texts = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
        texts.withUnsafeBytes { raw in
            var offset = 0
            while offset < raw.count {
                let length = Int(UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
                body(
                    UnsafeRawBufferPointer(rebasing: raw[(offset + 4)..<(offset + 4 + length)])
                        .bindMemory(to: UInt8.self))
                offset += 4 + length
            }
        }
    }

    /// MB of text per CPU second of each path, the best and the median of seven rounds in which all take turns.
    private static func time(_ file: String) throws {
        var speeds: [NearSignature.Path: [Double]] = [:]
        var digests: Set<UInt64> = []
        for _ in 0..<7 {
            for path in NearSignature.Path.allCases where path.isSupported {
                let signature = NearSignature(path: path)
                var (digest, bytes, ticks) = (UInt64(0), 0, 0)
                try forEach(in: file) { text in
                    let start = clock()
                    signature.read(text)
                    for band in 0..<NearMethod.bands where signature.isPresent {
                        digest = digest &* 31 &+ signature.key(ofBand: band)
                    }
                    ticks += clock() - start
                    bytes += text.count
                }
                digests.insert(digest)
                speeds[path, default: []].append(Double(bytes) / Double(ticks))
            }
        }
        for path in NearSignature.Path.allCases {
            guard let speeds = speeds[path]?.sorted(), let best = speeds.last else { continue }
            print("\(path): median \(Int(speeds[speeds.count / 2])), best \(Int(best)) MB/s")
        }
        guard digests.count == 1 else {
            print("the paths differ")
            exit(1)
        }
    }
}
