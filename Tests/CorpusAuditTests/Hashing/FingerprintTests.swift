import CorpusAudit
import Testing

@Suite struct FingerprintTests {
    @Test(
        "a fingerprint is what xxh128sum prints",
        arguments: [
            // Printed by xxh128sum 0.8.1 for these bytes.
            ("", "99aa06d3014798d86001c324468d497f"),
            ("hello\n", "6bba86c7e069f56d5a10b435f1c8e49c"),
        ])
    func vectors(text: String, digest: String) {
        let fingerprint = Array(text.utf8).withUnsafeBufferPointer { Fingerprint(of: $0) }
        #expect(fingerprint.description == digest)
        #expect(Fingerprint(hexadecimal: digest) == fingerprint)
    }
}
