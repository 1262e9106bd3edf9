import Testing

@testable import CorpusAudit

@Suite struct OpenCommandTests {
    private static let object = ListedObject(bytes: 3, etag: "\"e\"", version: "v 1")

    private static func words(_ text: String, _ path: String = "s3://b/it's a \"shard\"; rm -rf $HOME") throws
        -> [String]
    {
        Array(try OpenCommand(text).words(for: path, object, file: "/tmp/f").dropFirst())
    }

    @Test("a path stays one word, whatever is in it")
    func pathIsOneWord() throws {
        let path = "s3://b/it's a \"shard\"; rm -rf $HOME"
        #expect(try Self.words("cat {path}") == [path])
        #expect(try Self.words("cat --from={path} {file}") == ["--from=\(path)", "/tmp/f"])
        #expect(try Self.words("cat {path}{path}") == [path + path])
    }

    @Test("a path that looks like a placeholder is not filled again")
    func pathIsNoTemplate() throws { #expect(try Self.words("cat {path}", "{file}/{path}") == ["{file}/{path}"]) }

    @Test("words are split as a shell splits them, and nothing is expanded")
    func splitting() throws {
        #expect(
            try Self.words(#"cat 'a b' "c 'd'" e\ f "g\"h" '' $HOME * ~ {path}"#, "p") == [
                "a b", "c 'd'", "e f", "g\"h", "", "$HOME", "*", "~", "p",
            ])
        #expect(try Self.words("cat {\"a\":{path}} {}", "p") == ["{a:p}", "{}"])
        #expect(try Self.words("cat --if-match={etag} {version} {path}", "p") == ["--if-match=\"e\"", "v 1", "p"])
    }

    @Test(
        "a command that cannot be used is refused with the reason",
        arguments: [
            ("", "empty"), ("cat", "{path}"), ("cat {paht} {path}", "'{paht}' is no placeholder"),
            ("cat '{path}", "quote"), ("cat {path}\\", "backslash"), ("no-such-program-here {path}", "PATH"),
            ("/no/such/program {path}", "no program"), ("{path} x", "program"),
        ])
    func refused(text: String, reason: String) {
        let error = #expect(throws: CorpusError.self) { try OpenCommand(text) }
        #expect("\(error.map { "\($0)" } ?? "")".contains(reason))
    }
}

@Suite struct SecretMaskTests {
    @Test(
        "a path is shown without what may be a signature or a password",
        arguments: [
            ("https://h/a/b.jsonl?X-Amz-Signature=abc&x=1", "https://h/a/b.jsonl"),
            ("https://me:pass@h:8080/a.jsonl#x", "https://h:8080/a.jsonl"),
            (
                "abfss://container@account.dfs.core.windows.net/a.jsonl",
                "abfss://container@account.dfs.core.windows.net/a.jsonl"
            ),
            ("s3://b/a.jsonl", "s3://b/a.jsonl"), ("what?.jsonl", "what?.jsonl"),
        ])
    func shownPath(path: String, shown: String) { #expect(SecretMask.shownPath(path) == shown) }

    @Test(
        "credentials are taken out of what a command wrote",
        arguments: [
            ("curl: (22) https://h/x?sig=AbC failed", "sig=AbC"),
            ("Authorization: Bearer abc.def", "abc.def"),
            ("--secret-access-key wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY", "wJalr"),
            ("The AWS Access Key Id AKIAIOSFODNN7EXAMPLE does not exist", "AKIAIOSFODNN7EXAMPLE"),
            ("password=hunter2 was wrong", "hunter2"), ("{\"token\":\"abc\"}", "abc"),
            ("got wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "wJalr"),
        ])
    func masked(text: String, secret: String) {
        let masked = SecretMask.masked(text)
        #expect(!masked.contains(secret), "\(masked)")
        #expect(masked.contains("***"))
    }

    @Test("what is no credential stays")
    func harmless() {
        let text = "fatal error: An error occurred (404) when calling the HeadObject operation: Not Found"
        #expect(SecretMask.masked(text) == text)
    }
}
