import Foundation
import Testing

@testable import CorpusAudit

/// The inputs that fuzzing starts from and those it found, and some thousand mutations of them.
@Suite struct DecoderProbeTests {
    private static let folder = PackageFolder.tests("Fuzzing/inputs").path

    private static func inputs(_ probe: DecoderProbe) throws -> [(name: String, bytes: [UInt8])] {
        let folder = "\(folder)/\(probe.rawValue)"
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { name in
            (name, Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))))
        }
    }

    @Test("a decoder keeps its promises for every input that was found", arguments: DecoderProbe.allCases)
    func found(probe: DecoderProbe) throws {
        let inputs = try Self.inputs(probe)
        #expect(inputs.count >= 4)
        for (name, bytes) in inputs {
            #expect(probe.feed(bytes) == nil, "\(probe.rawValue)/\(name)")
        }
        #expect(probe.feed([]) == nil)
    }

    @Test("a decoder keeps its promises for inputs with a few bytes changed", arguments: DecoderProbe.allCases)
    func mutated(probe: DecoderProbe) throws {
        let seed: UInt64 = 20_261_121
        var random = SeededGenerator(seed: seed)
        let inputs = try Self.inputs(probe).filter { $0.bytes.count < 20_000 }
        for round in 0..<200 {
            guard let chosen = inputs.randomElement(using: &random) else { return }
            var bytes = chosen.bytes
            for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 1: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF, 0x22, 0x5C].randomElement(using: &random) ?? 0
                case 2: bytes.removeSubrange(place..<min(place + 9, bytes.count))
                default: bytes.insert(contentsOf: bytes[place...].prefix(17), at: place)
                }
            }
            #expect(probe.feed(bytes) == nil, "\(probe.rawValue)/\(chosen.name), seed \(seed), round \(round)")
        }
    }
}
