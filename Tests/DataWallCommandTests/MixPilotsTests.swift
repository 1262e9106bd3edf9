import DataWallKit
import Testing

@Suite struct MixPilotsTests {
    static func pilots(_ count: Int, unique: Bool = true) -> String {
        var lines = ["w_web,w_curated,w_reference,tokens,unique_web,unique_curated,unique_reference,loss_all,loss_code"]
        for index in 0..<count {
            let weights = [0.3 + 0.02 * Double(index % 12), 0.1 + 0.03 * Double((index * 5) % 9)]
            let third = 1 - weights[0] - weights[1]
            let loss = 2 + Elementary.exp(0.4 * weights[0] - 0.5 * weights[1] + 0.2 * third)
            let code = 1 + Elementary.exp(0.6 * weights[0] + 0.1 * weights[1] - 0.9 * third)
            lines.append(
                "\(weights[0]),\(weights[1]),\(third)," + (unique ? "75e9,62.5e9,6.25e9,0.625e9" : ",,,")
                    + ",\(loss),\(code)")
        }
        return lines.map { $0 + "\n" }.joined()
    }

    @Test("pilots are judged before their advice, and their repetition is compared with the run's")
    func pilotAdvice() throws {
        let folder = try TestFolder([
            "s.csv": MixCommandTests.table, "runs.csv": Self.pilots(40), "blind.csv": Self.pilots(40, unique: false),
        ])
        let run = try CommandRun(["mix", "s.csv", "--tokens", "1.2T", "--pilots", "runs.csv"], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.sentences.hasPrefix("Mixing laws of 40 pilots, 2 targets: Spearman "))
        #expect(run.sentences.contains("Method mixing-law: the least loss"))
        // What the pilots foretell is next to every method, and no method's is less than that of their own law.
        let both = try MixCommandTests.json(
            ["s.csv", "--tokens", "1.2T", "--pilots", "runs.csv", "--pull", "0"],
            ["s.csv": MixCommandTests.table, "runs.csv": Self.pilots(40)])
        guard case .array(let methods)? = both["methods"] else {
            Issue.record("no methods")
            return
        }
        let foretold = methods.compactMap { method -> Double? in
            guard case .number(let all)? = method["pilot_losses"]?["all"],
                case .number(let code)? = method["pilot_losses"]?["code"], method["keeps_limits"] == true
            else { return nil }
            return all + code
        }
        #expect(foretold.count >= 5)
        #expect(foretold.allSatisfy { $0 >= foretold[0] - 1e-6 }, "\(foretold)")
        #expect(!run.sentences.contains("The pilots repeat"))
        #expect(run.sentences.contains("Pilots' mean loss ") && run.sentences.contains("of 2 targets"))
        // The mean that is minimised comes first, and every target follows, also one that does not matter.
        let explained = try CommandRun(
            ["mix", "s.csv", "--tokens", "1.2T", "--pilots", "runs.csv", "--importance", "code=1", "--explain"],
            in: folder.path)
        #expect(explained.sentences.contains("Weights minimise the loss under laws fitted to the pilots"))
        let rows = explained.output.split(separator: "\n").drop { !$0.hasPrefix("pilots' loss") }.dropFirst(2)
        #expect(rows.prefix(3).map { $0.prefix { $0 != " " } } == ["mean,", "all", "code"])
        let other = try CommandRun(["mix", "s.csv", "--tokens", "2.4T", "--pilots", "runs.csv"], in: folder.path)
        #expect(other.sentences.contains("The pilots repeat 'web' 0.5 times as often"))
        let blind = try CommandRun(
            ["mix", "s.csv", "--tokens", "1.2T", "--pilots", "blind.csv", "--importance", "loss_code=1"],
            in: folder.path)
        #expect(blind.status == 0, "\(blind.errors)")
        #expect(blind.sentences.contains("The pilots do not say how many unique tokens"))
    }

    @Test(
        "pilots that do not fit the supply are refused",
        arguments: [
            (["--pilots", "few.csv"], 65, "coefficients"), (["--pilots", "none.csv"], 66, "no such file"),
            (["--pilots", "runs.csv", "--importance", "cod=1"], 64, "did you mean 'code'"),
            (["--pilots", "other.csv"], 64, "'web2'"),
        ])
    func pilotRefusals(arguments: [String], status: Int32, words: String) throws {
        let other = Self.pilots(40).split(separator: "\n").enumerated().map { index, line in
            index == 0 ? "w_web2,w_curated,w_reference,tokens,a,b,c,loss_all,loss_code" : String(line)
        }.joined(separator: "\n")
        let folder = try TestFolder([
            "s.csv": MixCommandTests.table, "runs.csv": Self.pilots(40), "few.csv": Self.pilots(3),
            "other.csv": other + "\n",
        ])
        let run = try CommandRun(["mix", "s.csv", "--tokens", "1.2T"] + arguments, in: folder.path)
        #expect(run.status == status, "\(run.errors)")
        #expect(run.errors.contains(words), "\(run.errors)")
    }
}
