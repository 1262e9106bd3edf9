import CorpusAudit
import Testing

@Suite struct ShellWordsTests {
    @Test("words of a command are quoted where a shell would read them otherwise")
    func quoting() {
        #expect(ShellWords.joined(["datawall", "report", "my file.json"]) == "datawall report 'my file.json'")
        #expect(ShellWords.quoted("it's") == "'it'\\''s'")
        #expect(ShellWords.quoted("$(rm -rf x)") == "'$(rm -rf x)'")
        #expect(ShellWords.quoted("") == "''")
    }
}
