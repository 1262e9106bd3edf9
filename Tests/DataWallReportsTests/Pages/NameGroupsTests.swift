import Testing

@testable import DataWallReports

@Suite struct NameGroupsTests {
    @Test("dumps are grouped by year, folders by their first part")
    func groups() throws {
        let dumps = (0..<96).map { "CC-MAIN-\(2013 + $0 / 9)-\(10 + $0 % 9)" }
        let years = try #require(NameGroups(dumps, atMost: 24))
        #expect(years.names.first == "CC-MAIN-2013" && years.names.count == 11)
        #expect(years.members.prefix(10) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
        let folders = (0..<50).map { "\($0 % 2 == 0 ? "web" : "code")/\($0)" }
        #expect(NameGroups(folders, atMost: 24)?.names == ["web", "code"])
    }

    @Test(
        "names without beginnings in common are not grouped",
        arguments: [(0..<50).map { "source-\($0)" }, (0..<50).map { "\($0)" }, Array(repeating: "same", count: 5), []])
    func none(names: [String]) {
        #expect(NameGroups(names, atMost: 24) == nil)
    }
}
