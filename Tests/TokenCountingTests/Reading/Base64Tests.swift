import Testing

@testable import TokenCounting

@Suite struct Base64Tests {
    @Test(
        "Texts decode as in the standard's examples",
        arguments: [
            // RFC 4648, section 10.
            ("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob"), ("Zm9vYmE=", "fooba"),
            ("Zm9vYmFy", "foobar"),
        ])
    func vectors(text: String, decoded: String) {
        #expect(Base64.decode(Array(text.utf8)) == Array(decoded.utf8))
    }

    @Test(
        "Anything else is refused",
        arguments: ["Z", "Zg", "Zg=", "Zg===", "Z===", "Zh==", "Zm9=", "Zm9v!", "Zg==Zg==", "Zm 9v"])
    func faults(text: String) {
        #expect(Base64.decode(Array(text.utf8)) == nil)
    }
}
