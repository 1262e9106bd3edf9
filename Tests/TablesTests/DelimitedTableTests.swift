import Quantities
import ScalingLaws
import Tables
import Testing

@Suite struct DelimitedTableTests {
    private func table(_ text: String) throws -> DelimitedTable { try DelimitedTable(text, called: "table of runs") }

    private func cells(_ text: String) throws -> [[String]] { try table(text).rows.map(\.cells) }

    private func message(_ bytes: [UInt8]) -> String {
        let error = #expect(throws: TableError.self) { try DelimitedTable(bytes, called: "table of runs") }
        return error?.description ?? ""
    }

    private func message(_ text: String) -> String { message(Array(text.utf8)) }

    // MARK: What is read

    @Test(
        "commas, semicolons and tabs separate cells, whatever ends a line",
        arguments: [
            "a,b\n1,x y\n2,\n", "a;b\r\n1;x y\r\n2;\r\n", "a\tb\r1\tx y\r2\t\r", "\u{FEFF}a , b\n 1 , x y \n2,",
            "sep=;\na;b\n1;x y\n2;", "\"a\",\"b\"\n\"1\",\"x y\"\n\"2\",\"\"\n", "\n\n  \na,b\n\n1,x y\n,\n2,\n\n",
            "# a comment, with commas\n#another\na,b\n1,x y\n# 1,2\n## 1,2\n2,\n# no line end",
        ])
    func spellings(text: String) throws {
        let table = try table(text)
        #expect(table.header == ["a", "b"])
        #expect(table.rows.map(\.cells) == [["1", "x y"], ["2", ""]])
    }

    @Test("cells in quotes contain separators, line breaks, quotes and blanks")
    func quotes() throws {
        #expect(try cells("a,b\n\"1,2\",\"x \"\"y\"\" z\"\n") == [["1,2", "x \"y\" z"]])
        #expect(try cells("a,b\n\"one\ntwo\r\nthree\",4\n") == [["one\ntwo\r\nthree", "4"]])
        #expect(try cells("a,b\n\" 1 \" , 2\n") == [[" 1 ", "2"]])
        #expect(try cells("a,b\n\"\"\"\",\"\"\n") == [["\"", ""]])
        // A quote inside a cell that does not begin with one is text.
        #expect(try cells("a,b\n5\" disk,2\n") == [["5\" disk", "2"]])
        #expect(try table("\"a,b\";c\n1;2\n").header == ["a,b", "c"])
    }

    @Test("rows know their line in the file, and their number among the rows")
    func lines() throws {
        let rows = try table("# one\na,b\n\"x\ny\r\nz\",1\n\n# comment\n2,3\r\n4,5\n").rows
        #expect(rows.map(\.line) == [3, 8, 9])
        #expect(rows.map(\.number) == [1, 3, 4])
        #expect(try table("# one\n# two\na,b\n# three\n1,2\n").comments == 3)
    }

    @Test(
        "an empty file and one of comments alone have no header and no rows",
        arguments: ["", "\n\n", "# x\n", "\u{FEFF}"])
    func empty(text: String) throws {
        let table = try table(text)
        #expect(table.header.isEmpty && table.rows.isEmpty)
    }

    @Test("columns are found in either case; two of one name matter only to those who ask for it")
    func columns() throws {
        let table = try table("Loss,note,note,N\n2.5,x,y,7B\n")
        #expect(try table.column("loss")?.index == 0)
        #expect(try table.column("loss")?.name == "Loss")
        #expect(try table.column("tokens") == nil)
        #expect(try table.column("params", "n")?.index == 3)
        let twice = #expect(throws: TableError.self) { try table.column("note") }
        #expect(twice?.description == "the table of runs has 2 columns named 'note': rename all but one")
        let many = #expect(throws: TableError.self) { try table.column("loss", "n") }
        #expect(many?.description.contains("('Loss', 'N')") == true)
        let none = #expect(throws: TableError.self) {
            try table.column(required: "tokens", purpose: "the columns tokens and loss")
        }
        #expect(
            none?.description
                == "the table of runs has no column 'tokens': it needs the columns tokens and loss; its columns are Loss, "
                + "note, note, N")
    }

    @Test("numbers are read by the one reader, with line, column and reason where they cannot be")
    func numbers() throws {
        let table = try table("tokens;loss\n25B;\n\"25,000,000\";2,981\nmany;nan\n0;1\n")
        let (tokens, loss) = (try table.column("tokens"), try table.column("loss"))
        let count = "a count of tokens, such as 25e9 or 25B"
        #expect(try table.number(table.rows[0], tokens, count) == 25e9)
        #expect(try table.number(table.rows[0], loss, "a loss") == nil)
        #expect(try table.number(table.rows[0], nil, "a weight") == nil)
        #expect(try table.number(table.rows[1], tokens, count, grouping: .allowed) == 25e6)
        let refusals: [(Int, DelimitedTable.Column?, String)] = [
            (1, loss, "line 3, column 'loss': '2,981' is not a number: a comma may be meant as a decimal point"),
            (2, tokens, "line 4, column 'tokens': 'many' is not a number"),
            (2, loss, "line 4, column 'loss': 'nan' is not a number: 'nan' is not a finite number"),
            (3, tokens, "line 5, column 'tokens': '0' is not a number"),
        ]
        for (row, column, part) in refusals {
            let error = #expect(throws: TableError.self) {
                try table.number(table.rows[row], column, "a number", where: { $0 > 0 })
            }
            #expect(error?.description.hasPrefix("the table of runs, " + part) == true, "\(String(describing: error))")
        }
    }

    // MARK: What is refused

    @Test(
        "a file that is no UTF-8 table is named for what it is",
        arguments: [
            ([0xFF, 0xFE, 0x61, 0x00, 0x2C, 0x00], "is UTF-16 text"), ([0xFE, 0xFF, 0x00, 0x61], "is UTF-16 text"),
            ([0x61, 0x00, 0x2C, 0x00, 0x62, 0x00, 0x0A, 0x00], "is UTF-16 text"),
            (Array("PK\u{3}\u{4}…".utf8), "is a workbook"), (Array("PAR1".utf8), "is a Parquet file"),
            ([0x1F, 0x8B, 0x08], "is compressed by gzip"), ([0x28, 0xB5, 0x2F, 0xFD], "is compressed by zstd"),
            (Array("a,b\n1,2\n".utf8) + [0, 0, 0], "is no text: it contains NUL bytes"),
            (Array("a,b\n1,2\nx".utf8) + [0xE9, 0x2C], "line 3: byte 10 of the file is not UTF-8"),
        ] as [([UInt8], String)])
    func foreignForms(bytes: [UInt8], part: String) {
        #expect(message(bytes).contains(part), "\(message(bytes))")
    }

    @Test(
        "other separators are named", arguments: [("a|b\n1|2\n", "'|'"), ("a  b\n1  2\n", "blanks"), ("a:b\n", "':'")])
    func otherSeparators(text: String, separator: String) {
        #expect(message(text).contains("separated by \(separator)"), "\(message(text))")
    }

    @Test(
        "rows and quotes that do not fit are refused with their line",
        arguments: [
            ("a,b\n1\n", "line 2: it has 1 cell where the header has 2 columns"),
            ("a,b\n1,2\n1,2,3\n", "line 3: it has 3 cells"),
            ("a,b\n\"x\ny\",1\n2\n", "line 4: it has 1 cell"),
            ("a,b\n1,\"2\n3,4\n", "line 2: a quote does not end: the cell begins \"2"),
            ("a,b\n\"1\" 2,3\n", "line 2: text follows a closing quote"),
            ("a,b\n#1,2\n", "line 2: it begins with # like a comment and has as many cells as the header"),
        ])
    func refuses(text: String, part: String) {
        #expect(message(text).contains(part), "\(message(text))")
    }

    // MARK: Properties

    @Test("a table that is written is read back, cell by cell, whatever its cells contain")
    func roundTrips() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        let letters: [Character] = Array("ab \"\"\n,;\t#é🌍") + ["\r\n", "\r"]
        for _ in 0..<400 {
            let separator: Character = [",", ";", "\t"].randomElement(using: &random) ?? ","
            let columns = Int.random(in: 2...4, using: &random)
            var rows: [[String]] = []
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                rows.append(
                    (0..<columns).map { _ in
                        String(
                            (0..<Int.random(in: 0...6, using: &random)).map { _ in
                                letters[random.index(below: letters.count)]
                            })
                    })
            }
            rows.removeAll { $0.allSatisfy(\.isEmpty) }
            let header = (0..<columns).map { "c\($0)" }
            let end = ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
            let text = ([header] + rows).map { row in
                row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: String(separator)) + end
            }.joined()
            let read = try table(text)
            #expect(read.header == header, "seed \(seed)")
            #expect(
                read.rows.map { $0.cells.map { Array($0.utf8) } } == rows.map { $0.map { Array($0.utf8) } },
                "seed \(seed)")
        }
    }

    @Test("no bytes make the reader stop without an error of its own")
    func survivesNoise() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("a1,;\t\"\n\r# |=\u{FEFF}".utf8) + [0xFF, 0x00, 0xC3, 0xA9]
        for _ in 0..<1_500 {
            let count = Int.random(in: 0...40, using: &random)
            let bytes = (0..<count).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            guard let table = try? DelimitedTable(bytes, called: "table") else { continue }
            for row in table.rows {
                #expect(row.cells.count == table.header.count, "seed \(seed)")
                #expect(row.line >= 1 && row.line <= count + 1, "seed \(seed)")
            }
        }
    }

    @Test("time grows with the bytes: a long cell, in quotes or not, costs as much a byte as a short one")
    func isLinear() throws {
        func seconds(_ text: String) throws -> Double {
            let bytes = Array(text.utf8)
            // The least of three: other work on the machine only adds.
            let times = try (0..<3).map { _ in
                try ContinuousClock().measure { _ = try DelimitedTable(bytes, called: "table") }
            }
            let least = times.min() ?? .zero
            return Double(least.components.attoseconds) * 1e-18 + Double(least.components.seconds)
        }
        for quote in ["", "\""] {
            let short = try seconds("a,b\n1,\(quote)\(String(repeating: "x", count: 20_000))\(quote)\n")
            let long = try seconds("a,b\n1,\(quote)\(String(repeating: "x", count: 320_000))\(quote)\n")
            // 16 times the bytes; a quadratic reader takes 256 times as long.
            #expect(long < short * 100 + 0.05, "\(short) s and \(long) s")
        }
    }
}
