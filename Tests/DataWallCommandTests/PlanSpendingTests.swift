import DataWallKit
import Testing

/// Budgets, prices and serving from the command line.
@Suite struct PlanSpendingTests {
    private static let supply = ["plan", "--unique-tokens", "25e9", "--law", "muennighoff"]

    private func plan(_ arguments: [String]) throws -> JSONValue {
        let run = try CommandRun(Self.supply + arguments + ["--json"])
        #expect(run.status == 0, "\(run.errors)")
        return try JSONValue(parsing: Array(run.output.utf8))
    }

    private func number(_ json: JSONValue, _ path: String...) -> Double {
        var value = json
        for key in path { value = value[key] ?? .null }
        if case .number(let number) = value { return number }
        return .nan
    }

    @Test("accelerators, days and utilisation are a budget")
    func days() throws {
        let plan = try plan([
            "--gpus", "64", "--gpu", "h100", "--days", "14", "--mfu", "0.4", "--dollars-per-gpu-hour", "2.5",
        ])
        #expect(abs(number(plan, "budget", "flops") / (64 * 14 * 86_400 * 989.4e12 * 0.4) - 1) < 1e-9)
        #expect(number(plan, "budget", "days") == 14)
        #expect(plan["budget"]?["gpu"] == "h100")
        #expect(abs(number(plan, "recommended", "gpu_hours") - 21_504) < 1e-3)
        #expect(abs(number(plan, "recommended", "days") - 14) < 1e-6)
        #expect(abs(number(plan, "recommended", "training_dollars") - 53_760) < 1e-2)
    }

    @Test("dollars are a budget, and of dollars and days together the tighter holds")
    func dollars() throws {
        let hardware = ["--gpu", "h100", "--mfu", "0.4", "--dollars-per-gpu-hour", "2.5"]
        let dollars = try plan(hardware + ["--dollars", "2e6"])
        #expect(abs(number(dollars, "budget", "flops") / (8e5 * 3_600 * 989.4e12 * 0.4) - 1) < 1e-9)
        let both = try plan(hardware + ["--dollars", "2e6", "--gpus", "64", "--days", "14"])
        #expect(number(both, "budget", "days") == 14)
        #expect(number(both, "budget", "flops") < number(dollars, "budget", "flops"))
    }

    @Test("a plan in dollars writes its units one way: dollars in front, whole counts and plurals as they are read")
    func units() throws {
        let run = try CommandRun(
            Self.supply + [
                "--objective", "min-dollars", "--target-loss", "2.6", "--gpu", "h100", "--mfu", "0.4", "--gpus", "1024",
                "--days", "40", "--dollars-per-gpu-hour", "$2.5", "--inference-tokens", "1T", "--serving-mfu", "0.1",
                "--explain",
            ])
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            run.output.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains("40 days of 1,024 h100"))
        #expect(run.output.contains("days on 1,024"))
        #expect(run.output.firstMatch(of: /1 % more unique tokens would save \$[0-9]/) != nil, "\(run.output)")
        #expect(run.output.firstMatch(of: /[0-9]\$/) == nil, "\(run.output)")
        #expect(run.output.firstMatch(of: /\b1 [a-z]+s\b/) == nil, "\(run.output)")
        // Thousands are written k, never K.
        #expect(run.output.firstMatch(of: /[0-9]K\b/) == nil, "\(run.output)")
    }

    @Test("added keys stand after those of the format")
    func order() throws {
        let plan = try plan(["--flops", "1e22", "--gpu", "a100", "--mfu", "0.5"])
        guard case .object(let members)? = plan["recommended"] else {
            Issue.record("no recommendation")
            return
        }
        #expect(members.map(\.key).suffix(2) == ["extrapolation", "gpu_hours"])
    }

    @Test("requests a day, tokens and months are what will be served, and prices decide the size")
    func serving() throws {
        let plan = try plan([
            "--objective", "min-dollars", "--target-loss", "2.6", "--gpu", "h100", "--mfu", "0.4",
            "--dollars-per-gpu-hour", "2.5", "--requests-per-day", "100M", "--tokens-per-request", "500", "--months",
            "12", "--serving-mfu", "0.1",
        ])
        #expect(number(plan, "constraints", "inference_tokens") == 100e6 * 500 * 365)
        let training = number(plan, "recommended", "training_dollars")
        let serving = number(plan, "recommended", "serving_dollars")
        let parameters = number(plan, "recommended", "parameters")
        #expect(abs(serving / (2 * parameters * 100e6 * 500 * 365 * 2.5 / (3_600 * 989.4e12 * 0.1)) - 1) < 1e-9)
        #expect(training > 0)
    }

    @Test("memory and latency in service bound the size, with the reason")
    func limits() throws {
        let run = try CommandRun(
            Self.supply + [
                "--flops", "1e22", "--serving-gpu", "l40s", "--serving-gpus", "1", "--bytes-per-parameter", "2",
                "--max-token-latency", "5ms",
            ])
        #expect(run.status == 0, "\(run.errors)")
        // 5 ms × 864 GB/s / 2 bytes.
        #expect(run.output.contains("2.16B"))
        #expect(run.output.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains("5 ms for a token"))
    }

    @Test("a user's table adds an accelerator")
    func accelerators() throws {
        let folder = try TestFolder(["ours.csv": "name,peak_flops\nours,1e15\n"])
        let run = try CommandRun(
            Self.supply + [
                "--accelerators", "ours.csv", "--gpu", "ours", "--gpus", "10", "--days", "1", "--mfu", "0.5", "--json",
            ], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        let plan = try JSONValue(parsing: Array(run.output.utf8))
        #expect(number(plan, "budget", "flops") == 10 * 86_400 * 0.5e15)
    }

    @Test("the accelerators are listed with their sources, a user's own among them")
    func listing() throws {
        let folder = try TestFolder(["ours.csv": "name,peak_flops\nours,1e15\n"])
        let run = try CommandRun(["accelerators", "--accelerators", "ours.csv", "--explain"], in: folder.path)
        #expect(run.status == 0)
        #expect(run.output.contains("989.4") && run.output.contains("NVIDIA H100") && run.output.contains("ours"))
        let json = try CommandRun(["accelerators", "--json"])
        #expect(try JSONValue(parsing: Array(json.output.utf8))["format"] == "datawall-accelerators")
    }

    @Test(
        "what cannot be spent is said in a sentence",
        arguments: [
            (["--flops", "1e22", "--days", "14"], 64, "--flops is a budget already"),
            (["--flops", "1e22", "--dollars", "2e6"], 64, "--flops is a budget already"),
            (["--flops", "2e6"], 64, "--dollars"),
            (["--gpus", "64", "--gpu", "h100", "--days", "14"], 64, "--mfu"),
            (["--days", "14"], 64, "--days also needs --gpu and --gpus and --mfu"),
            (["--dollars", "2e6", "--gpu", "h100", "--mfu", "0.4"], 64, "--dollars-per-gpu-hour"),
            (
                ["--dollars", "1e22", "--gpu", "h100", "--mfu", "0.4", "--dollars-per-gpu-hour", "2"], 64,
                "FLOPs are another unit"
            ),
            (["--gpus", "64", "--gpu", "h1000", "--days", "14", "--mfu", "0.4"], 64, "did you mean"),
            (["--gpus", "64", "--gpu", "h100", "--days", "14", "--mfu", "40"], 64, "did you mean 40%?"),
            (["--gpus", "64", "--gpu", "h100", "--days", "14", "--mfu", "0"], 64, "the share must be above 0"),
            (["--gpus", "64", "--gpu", "h100", "--days", "-3", "--mfu", "0.4"], 64, "days"),
            (["--flops", "1e22", "--accelerators", "none.csv"], 66, "none.csv"),
            (["--objective", "min-dollars", "--flops", "1e22"], 64, "--target-loss"),
            (["--objective", "min-dollars", "--flops", "1e22", "--target-loss", "2.5"], 64, "--requests-per-day"),
            (["--objective", "min-loss-plus-cost"], 64, "--cost-weight"),
            (["--flops", "1e22", "--requests-per-day", "1M"], 64, "go together"),
            (["--flops", "1e22", "--max-token-latency", "20ms"], 64, "--serving-gpu"),
        ])
    func failures(arguments: [String], status: Int32, part: String) throws {
        let run = try CommandRun(Self.supply + arguments)
        #expect(run.status == status, "\(run.errors)")
        // Usage errors are wrapped to the terminal's width.
        let errors = run.errors.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(errors.contains(part), "\(run.errors)")
    }
}
