import CorpusAudit
import Foundation
import Testing
import TokenCounting

@testable import DataWallReports

@Suite struct PageScriptTests {
    @Test("the digest by which a page allows its script is that of the script")
    func digest() {
        let digits = Array(SHA256.hexDigest(of: Array(PageScript.text.utf8)))
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(digits[$0..<($0 + 2)]), radix: 16)
        }
        #expect(PageScript.digest == "sha256-" + Data(bytes).base64EncodedString())
    }
}
