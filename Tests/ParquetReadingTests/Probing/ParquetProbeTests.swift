import Foundation
import TestSupport
import Testing

@testable import ParquetReading

/// The inputs that fuzzing starts from and those it found, and some thousand mutations of them.
@Suite struct ParquetProbeTests {
    private static func inputs() throws -> [(name: String, bytes: [UInt8])] {
        let folder = PackageFolder.tests("Fuzzing/inputs/parquet")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
            (name, Array(try Data(contentsOf: folder.appending(path: name))))
        }
    }

    @Test("the reader keeps its promises for every input that was found")
    func found() throws {
        let inputs = try Self.inputs()
        #expect(inputs.count > 30)
        for (name, bytes) in inputs {
            #expect(bytes.count <= 2048, "\(name)")
            #expect(ParquetProbe.feed(bytes) == nil, "\(name)")
        }
        #expect(ParquetProbe.feed([]) == nil)
    }

    @Test("the reader keeps its promises for inputs with a few bytes changed")
    func mutated() throws {
        var state: UInt64 = 20_261_129
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % max(1, bound)
        }
        let inputs = try Self.inputs()
        for round in 0..<3000 {
            let (name, original) = inputs[random(inputs.count)]
            var bytes = original
            for _ in 0..<(1 + random(4)) where !bytes.isEmpty {
                let place = random(bytes.count)
                switch random(4) {
                case 0: bytes[place] ^= 1 << UInt8(random(8))
                case 1: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF][random(5)]
                case 2: bytes.removeSubrange(place..<min(place + 3, bytes.count))
                default: bytes.insert(contentsOf: bytes[place...].prefix(9), at: place)
                }
            }
            #expect(ParquetProbe.feed(bytes) == nil, "\(name), round \(round)")
        }
    }
}
