import DataWallKit
import Testing

@Suite struct UpsampleCommandTests {
    /// Passes over each bucket.
    private static func factors(_ run: CommandRun) throws -> [JSONValue?] {
        guard case .array(let buckets)? = try JSONValue(parsing: Array(run.output.utf8))["buckets"] else { return [] }
        return buckets.map { $0["factor"] }
    }

    @Test("quality buckets are upsampled from a table, and what cannot be drawn is refused")
    func upsample() throws {
        let folder = try TestFolder(["b.csv": "bucket,tokens\nlow,10B\nmiddle,10B\nhigh,5B\n"])
        let run = try CommandRun(["upsample", "b.csv", "--tokens", "20B"], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("high"))
        // In the order of their qualities, however the rows stand.
        for table in [
            "bucket,tokens,quality\nhigh,5B,0.9\nlow,10B,0.1\nmiddle,10B,0.5\n",
            "tokens;quality\n5B;3\n10B;2\n10B;-1\n",
        ] {
            let sorted = try TestFolder(["b.csv": table])
            let other = try CommandRun(["upsample", "b.csv", "--tokens", "20B", "--json"], in: sorted.path)
            #expect(other.status == 0, "\(other.errors)")
            let expected = try CommandRun(["upsample", "b.csv", "--tokens", "20B", "--json"], in: folder.path)
            #expect(try Self.factors(other) == Self.factors(expected))
        }
        // Words have no order but that of the rows.
        let words = try TestFolder(["b.csv": "quality,tokens\nlow,10B\nmiddle,10B\nhigh,5B\n"])
        let named = try CommandRun(["upsample", "b.csv", "--tokens", "20B"], in: words.path)
        #expect(named.output == run.output)
        let most = try CommandRun(["upsample", "b.csv", "--tokens", "200B", "--shape", "olmo3"], in: folder.path)
        #expect(most.status == 78 && most.errors.contains("at most"), "\(most.errors)")
    }
}
