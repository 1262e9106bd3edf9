import LawFitting
import ScalingLaws
import Testing

@Suite struct RunTableReaderTests {
    static let header = "params,tokens,loss\n"

    static func read(_ text: String, _ change: (inout RunTableOptions) -> Void = { _ in }) throws -> MeasuredRuns {
        var options = RunTableOptions()
        change(&options)
        return try RunTableReader(options).read(text)
    }

    static func message(_ text: String, _ change: (inout RunTableOptions) -> Void = { _ in }) -> String {
        let error = #expect(throws: FittingError.self) { try read(text, change) }
        return error?.description ?? ""
    }

    @Test("columns are found by their usual names, and numbers read as people write them")
    func usualNames() throws {
        let runs = try Self.read(
            """
            N,tokens,U,val_loss,seed,group,weight
            70M,1.4B,350e6,3.25,1,dense,2
            7e9, 140_000_000_000 ,140B,2.1,,,0
            """)
        #expect(runs.count == 2)
        #expect(runs.runs[0].parameters == 70e6)
        #expect(runs.runs[0].tokens == 1.4e9)
        #expect(runs.runs[0].epochs == 4)
        #expect(runs.runs[0].weight == 2)
        #expect(runs.runs[0].group == "dense")
        #expect(runs.runs[0].seed == "1")
        #expect(runs.runs[1].tokens == 140e9)
        #expect(runs.runs[1].group == nil)
        #expect(runs.runs[1].weight == 0)
        #expect(runs.repetitionIsKnown)
        #expect(runs.groups == ["dense"])
    }

    @Test("CSV may be separated by semicolons or tabs, quoted, with a byte order mark, CRLF and blank lines")
    func spellings() throws {
        for text in [
            "params;tokens;loss\n1e9;2e10;2.5\n", "params\ttokens\tloss\n1e9\t2e10\t2.5",
            "\u{FEFF}params,tokens,loss\r\n1e9,2e10,2.5\r\n\r\n",
            "\"params\",\"tokens\",\"loss\"\n\"1e9\",\"2e10\",\"2.5\"\n",
        ] {
            let runs = try Self.read(text)
            #expect(runs.count == 1)
            #expect(runs.runs[0].loss == 2.5)
        }
    }

    @Test("JSON lines say the same")
    func jsonLines() throws {
        let runs = try Self.read(
            """
            {"params": 1e9, "tokens": "20B", "epochs": 4, "loss": 2.5}
            {"loss": 2.4, "params": 2000000000, "tokens": 40000000000, "epochs": 1, "note": "x"}
            """)
        #expect(runs.runs.map(\.uniqueTokens) == [5e9, 40e9])
        #expect(Self.message("{\"params\": 1e9,\n").contains("the run table, line 1: it is not JSON"))
        #expect(Self.message("{\"params\": 1e9}\n[1]\n").contains("line 2: it is not a JSON object"))
        #expect(Self.message("{\"params\": 1e9, \"tokens\": 1e9}").contains("no column for the loss"))
    }

    @Test("two of N, D and C give the third, and all three are checked")
    func compute() throws {
        let tokens = try Self.read("params,flops,loss\n1e9,1.2e20,2.5\n")
        #expect(tokens.runs[0].tokens == 2e10)
        #expect(tokens.notes == ["D is filled in as C/(6·N)."])
        let size = try Self.read("tokens,flops,loss\n2e10,1.2e20,2.5\n")
        #expect(size.runs[0].parameters == 1e9)
        let high = try Self.read("params,tokens,flops,loss\n1e9,2e10,1.8e20,2.5\n")
        #expect(high.runs[0].compute == 1.8e20)
        #expect(high.notes.first?.contains("1.5 times 6·N·D") == true)
        #expect(
            Self.message("params,tokens,flops,loss\n1e9,2e10,1.2e11,2.5\n").contains(
                "the run table, line 2: the compute 1.2e11 is not near 6·N·D = 1.2e20"))
    }

    @Test("epochs that contradict tokens and unique tokens are refused, rounded ones are not")
    func epochs() throws {
        let header = "params,tokens,unique_tokens,epochs,loss\n"
        let read = try Self.read(header + "1e9,2e10,8e9,3,2.5\n1e9,2e10,4e10,1,2.5\n1e9,2e10,4e10,,2.5\n")
        #expect(read.runs.map(\.uniqueTokens) == [8e9, 4e10, 4e10])
        #expect(
            Self.message(header + "1e9,2e10,2e10,4,2.5\n").contains(
                "the run table, line 2: 4 epochs is not near D/U = 1. Check tokens, unique tokens and epochs"))
    }

    @Test("two columns for one quantity are refused, unless an option names one")
    func rivalColumns() throws {
        let text = "params,N,tokens,loss\n1e9,2e9,2e10,2.5\n"
        #expect(
            Self.message(text)
                == "the run table has two columns for the parameters (N), 'params' and 'N': name the right one by "
                + "--params-column, or rename the other")
        #expect(try Self.read(text) { $0.columns.parameters = "N" }.runs.map(\.parameters) == [2e9])
    }

    @Test(
        "a bad cell is named by line and column, with what to do",
        arguments: [
            (
                "1e9,2e10,nan",
                "line 3, column 'loss': the cell is 'nan'; fill it in, or leave such rows out by the filter 'loss>0'"
            ),
            ("1e9,2e10,inf", "line 3, column 'loss': 'inf' is not a finite number; fill it in"),
            ("-1e9,2e10,2", "line 3, column 'params': '-1e9' must be positive"),
            ("1e9,0,2", "line 3, column 'tokens': '0' must be positive"),
            (
                "1e9,,2",
                "line 3, column 'tokens': the cell is empty; fill it in, or leave such rows out by the filter 'tokens>0' (--where)"
            ),
            ("1e9,2e10,two", "line 3, column 'loss': 'two' is not a number"),
            ("1e9,2e10,\"2,5\"", "line 3, column 'loss': '2,5' cannot be read: a comma"),
            ("7,2e10,2", "line 3, column 'params': 7 looks like a count in millions or billions"),
            ("7e9,140,2", "line 3, column 'tokens': 140 looks like a count in millions or billions"),
            ("1e9,2e10", "line 3: it has 2 cells where the header has 3"),
            ("1e9,2e10,2,3", "it has 4 cells where the header has 3"),
            ("\"1e9,2e10,2", "quote"),
        ])
    func badCells(line: String, expected: String) {
        let text = Self.header + "1e9,2e10,2.5\n" + line + "\n"
        #expect(Self.message(text).contains(expected))
    }

    @Test("units turn billions into counts")
    func units() throws {
        let runs = try Self.read(Self.header + "7,140,2.5\n") {
            $0.parametersUnit = 1e9
            $0.tokensUnit = 1e9
        }
        #expect(runs.runs[0].parameters == 7e9)
        #expect(runs.runs[0].tokens == 140e9)
        #expect(Self.message(Self.header + "7,140,2.5\n") { $0.parametersUnit = 0 }.contains("the unit of parameters"))
    }

    @Test("columns named by option must exist, and an unknown one lists the nearest")
    func columns() throws {
        let runs = try Self.read("size,seen,ppl\n1e9,2e10,2.5\n") {
            $0.columns = RunColumns(parameters: "size", tokens: "seen", loss: "ppl")
        }
        #expect(runs.runs[0].loss == 2.5)
        #expect(
            Self.message(Self.header + "1e9,2e10,2.5\n") { $0.columns.loss = "los" }
                == "the run table has no column 'los'; did you mean 'loss'?")
        #expect(Self.message("a,b\n1,2\n").contains("no column for the loss"))
        #expect(Self.message("params,params,loss\n1e9,1e9,2\n").contains("several columns named 'params'"))
        // Two columns of one name matter only where one of them is asked for.
        let noted = try Self.read("params,tokens,loss,note,note\n1e9,2e10,2.5,x,y\n")
        #expect(noted.runs[0].cells["note"] == nil)
        #expect(
            Self.message("params,tokens,loss,note,note\n1e9,2e10,2.5,x,y\n") {
                $0.filter = try? RunExpression("note=x")
            }
            .contains("several columns named 'note'"))
    }

    @Test("rows are filtered before their cells are read, so that those of diverged runs do not stop the rest")
    func filtersFirst() throws {
        let text =
            Self.header.replacing("loss", with: "loss,state") + "1e9,2e10,2.5,finished\n1e9,,NaN,crashed\n,2e10,,\n"
        for filter in ["state=finished", "loss>0 && params>0", "loss!=NaN && tokens!=''", "epochs>0 && loss<9"] {
            let runs = try Self.read(text) { $0.filter = try? RunExpression(filter) }
            #expect(runs.runs.map(\.loss) == [2.5], "\(filter)")
            #expect(runs.runs.map(\.row) == [1])
        }
        // What a filter needs and finds unusable is named, in a row that it would not have dropped.
        let error = Self.message(text) { $0.filter = try? RunExpression("state!=crashed") }
        #expect(error.contains("line 4, column 'params': the cell is empty"))
        #expect(Self.message(text) { $0.filter = try? RunExpression("state>1") }.contains("line 2, column 'state'"))
    }

    @Test("filters see quantities that a table gives in other columns or units")
    func filtersQuantities() throws {
        let text = "size,tokens,epochs,loss\n1,20,4,2.5\n7,140,1,2.1\n"
        for (filter, losses) in [
            ("params>2e9", [2.1]), ("tokens<1e11", [2.5]), ("unique_tokens=5B", [2.5]), ("flops>1e21", [2.1]),
            ("size>2", [2.1]), ("epochs=1", [2.1]),
        ] {
            let runs = try Self.read(text) {
                $0.columns.parameters = "size"
                ($0.parametersUnit, $0.tokensUnit) = (1e9, 1e9)
                $0.filter = try? RunExpression(filter)
            }
            #expect(runs.runs.map(\.loss) == losses, "\(filter)")
        }
    }

    @Test("comment lines are counted in a note, and cells in quotes may contain line breaks")
    func commentsAndBreaks() throws {
        let runs = try Self.read(
            "# two runs\nparams,tokens,loss,note\n1e9,2e10,2.5,\"a\nb\"\n# 1e9,2e10,2.4,\n1e9,2e10,2.6,\n")
        #expect(runs.runs.map(\.loss) == [2.5, 2.6])
        #expect(runs.runs[0].cells["note"] == "a\nb")
        #expect(runs.notes == ["2 lines of the table that begin with # are comments."])
    }

    @Test("a log has its own name in messages")
    func log() throws {
        let reader = RunTableReader()
        #expect(try reader.readLog("tokens,loss\n1B,3.5\n").map(\.loss) == [3.5])
        for (text, part) in [
            ("step,loss\n1,2\n", "the log of the run in flight has no column for the training tokens (D)"),
            ("tokens,loss\n1e9,\n", "the log of the run in flight, line 2, column 'loss': the cell is empty"),
            ("tokens,loss\n1e9\n", "the log of the run in flight, line 2: it has 1 cell"),
        ] {
            let error = #expect(throws: FittingError.self) { try reader.readLog(text) }
            #expect(error?.description.hasPrefix(part) == true, "\(String(describing: error))")
        }
    }

    @Test("tables without runs say so")
    func empty() {
        #expect(Self.message("").contains("holds no run"))
        #expect(Self.message(Self.header).contains("holds no run"))
        #expect(Self.message("\n\n").contains("holds no run"))
        #expect(
            Self.message(Self.header + "1e9,2e10,2.5\n") { $0.filter = try? RunExpression("params>1e10") }
                .contains("'params>1e10' selects none of the runs"))
    }

    @Test("runs of different tokenizers are pooled only in bits per byte, with bytes per token")
    func pooling() throws {
        let text = "params,tokens,loss,tokenizer,bytes_per_token\n1e9,2e10,0.9,a,4\n1e9,1e10,0.8,b,5\n"
        #expect(Self.message(text).contains("the runs differ in 'tokenizer' (a, b)"))
        let pooled = try Self.read(text) { $0.lossUnit = .bitsPerByte }
        // 1e10 tokens of 5 bytes are as much text as 1.25e10 of 4.
        #expect(pooled.runs.map(\.tokens) == [2e10, 1.25e10])
        #expect(pooled.lossUnit == .bitsPerByte)
        #expect(pooled.bytesPerToken == 4)
        let bare = "params,tokens,loss,tokenizer\n1e9,2e10,0.9,a\n1e9,1e10,0.8,b\n"
        #expect(Self.message(bare) { $0.lossUnit = .bitsPerByte }.contains("has no bytes per token"))
        let sets = "params,tokens,loss,eval_set\n1e9,2e10,0.9,c4\n1e9,1e10,0.8,pile\n"
        #expect(Self.message(sets).contains("the runs differ in 'evaluation set' (c4, pile)"))
        let filtered = try Self.read(sets) { $0.filter = try? RunExpression("eval_set=c4") }
        #expect(filtered.count == 1)
    }

    @Test("seeds of one setting are kept and give the scatter that no law can beat")
    func seeds() throws {
        let runs = try Self.read(Self.header + "1e9,2e10,2.0\n1e9,2e10,2.02\n2e9,2e10,1.9\n")
        #expect(runs.count == 3)
        let scatter = try #require(runs.repeatability)
        #expect(abs(scatter - 0.00995 / 2.0.squareRoot()) < 1e-5)
        #expect(try runs.selecting([0, 2]).repeatability == nil)
    }

    @Test("losses that can only be perplexities are pointed out")
    func perplexities() throws {
        let runs = try Self.read(Self.header + "1e9,2e10,25\n")
        #expect(runs.notes.first?.contains("perplexities") == true)
    }
}
