import DataWallKit
import Foundation
import Testing

/// Holds the heads of tables to the terms that `datawall terms` defines.
@Suite struct TermsTests {
    @Test("every head of a table in an answer is defined", arguments: AnswerTests.cases)
    func heads(_ example: AnswerTests.Case) throws {
        let file = GoldenFile("Answers/\(example.name).txt", in: "DataWallCommandTests/Golden").url
        let lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
        for (head, rule) in zip(lines, lines.dropFirst()) where rule.hasPrefix("──") {
            for name in head.split(separator: #/ {2,}/#).map({ $0.trimmingCharacters(in: .whitespaces) }) {
                let plain = name.replacing(" est.", with: "").replacing("…", with: "")
                #expect(
                    plain.isEmpty || Glossary.standard.defines(plain) || !Glossary.standard.matching(plain).isEmpty,
                    "\(example.name): '\(name)'")
            }
        }
    }

    @Test("a term has a definition of one line, and a part of its name finds it")
    func definitions() throws {
        for term in Glossary.standard.terms {
            let line = "\(term.names.joined(separator: ", ")): \(term.definition)"
            #expect(line.count <= 150, "\(line)")
            #expect(term.definition.hasSuffix("."))
        }
        let run = try CommandRun(["terms", "hidden"])
        #expect(run.output.hasPrefix("hidden epochs: "), "\(run.output)")
        #expect(try CommandRun(["terms", "no such term"]).status == 64)
    }
}
