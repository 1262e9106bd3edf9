import Foundation
import Testing

@testable import CorpusAudit

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

@Suite struct SpillFolderTests {
    @Test("a folder goes with its owner, and with its runs")
    func ownership() throws {
        let path: String
        do {
            let store = RunStore(.temporary)
            let run = try store.newPath()
            path = String(run.prefix(upTo: try #require(run.lastIndex(of: "/"))))
            try Data("run".utf8).write(to: URL(fileURLWithPath: run))
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test(
        "a folder whose process was killed goes when the next one is made; one that is held stays, and so do other files"
    )
    func abandoned() throws {
        let parent = NSTemporaryDirectory()
        let dead = parent + "datawall-spill-\(UUID().uuidString)"
        let foreign = parent + "datawall-spill-\(UUID().uuidString)"
        for path in [dead, foreign] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            try Data("run".utf8).write(to: URL(fileURLWithPath: path + "/000001.run"))
        }
        try Data("mine".utf8).write(to: URL(fileURLWithPath: foreign + "/marathon.run"))
        defer { try? FileManager.default.removeItem(atPath: foreign) }
        let living = try SpillFolder()
        let next = try SpillFolder()
        #expect(!FileManager.default.fileExists(atPath: dead))
        #expect(FileManager.default.fileExists(atPath: foreign + "/marathon.run"))
        #expect(FileManager.default.fileExists(atPath: living.path))
        withExtendedLifetime((living, next)) {}
    }
}
