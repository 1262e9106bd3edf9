import Testing

@Suite struct UpsampleCommandTests {
    @Test("quality buckets are upsampled from a table, and what cannot be drawn is refused")
    func upsample() throws {
        let folder = try TestFolder(["b.csv": "bucket,tokens\nlow,10B\nmiddle,10B\nhigh,5B\n"])
        let run = try CommandRun(["upsample", "b.csv", "--tokens", "20B"], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("high"))
        let most = try CommandRun(["upsample", "b.csv", "--tokens", "200B", "--shape", "olmo3"], in: folder.path)
        #expect(most.status == 78 && most.errors.contains("at most"), "\(most.errors)")
    }
}
