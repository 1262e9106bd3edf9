import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct RowCountingSessionTests {
    private func session() -> RowCountingSession {
        RowCountingSession(CombinedCounter([ByteKindCounter(), ByteKindCounter("feeds", counting: 0x0A)]))
    }

    private func rows(_ session: RowCountingSession, _ units: [String]) -> [UInt32] {
        let text = Array(units.joined().utf8)
        var ends: [Int] = []
        for unit in units { ends.append((ends.last ?? 0) + unit.utf8.count) }
        var numbers = [UInt32](repeating: 0, count: ends.count)
        var span = numbers.mutableSpan
        session.count(text.span, unitEnds: ends.span, into: &span)
        return numbers
    }

    @Test("equal counts have one row, however many rows there are, and no tokens are row 0")
    func interning() {
        let session = session()
        #expect(rows(session, ["a b", "", "c d", "a\nb"]) == [1, 0, 1, 2])
        var random = SeededGenerator(seed: 5)
        var seen: [UInt32: [UInt32]] = [:]
        for _ in 0..<400 {
            let units = (0..<5).map { _ in
                String(repeating: " ", count: Int.random(in: 0..<60, using: &random))
                    + String(repeating: "\n", count: Int.random(in: 0..<60, using: &random))
            }
            let numbers = rows(session, units)
            let taken = session.takeRows()
            for (unit, number) in zip(units, numbers) {
                let counts = [taken[number, 0], taken[number, 1]]
                let extra: UInt32 = unit.isEmpty ? 0 : 1
                let spaces = UInt32(unit.utf8.count { $0 == 0x20 })
                #expect(counts == [extra + spaces, extra + UInt32(unit.utf8.count) - spaces])
            }
            // Rows that were taken hold no longer.
            seen = [:]
            for number in rows(session, units) { seen[number] = [] }
            #expect(seen.count == Set(units.map { $0.utf8.count { $0 == 0x20 } * 1_000 + $0.utf8.count }).count)
        }
    }

    @Test("units that were counted before the rows were taken can be carried over")
    func carrying() {
        let session = session()
        var numbers = rows(session, ["a b c", "\n\n", "x", "\n\n"])
        let old = session.takeRows()
        let before = numbers.map { [old[$0, 0], old[$0, 1]] }
        session.carryOver(&numbers, from: 1)
        let new = session.takeRows()
        #expect(numbers[1...].map { [new[$0, 0], new[$0, 1]] } == Array(before[1...]))
        #expect(numbers[1] == numbers[3])
    }

    @Test("rows with scores differ where counts or scores do, and equal ones have one number")
    func scores() {
        let session = RowCountingSession(CombinedCounter([ByteKindCounter()]), hasScores: true)
        session.score = 0.5
        let first = rows(session, ["a b", "c d", "a"])
        #expect(first[0] == first[1] && first[0] != first[2])
        session.score = 0.25
        let second = rows(session, ["a b"])
        #expect(second[0] != first[0] && session.row(like: first[0]) == second[0])
        #expect(session.row(tokens: 2) == second[0])
        session.score = nil
        #expect(session.row() == 0)
        // 0 has one sign.
        session.score = -0.0
        let negative = session.row(tokens: 1)
        session.score = 0
        #expect(session.row(tokens: 1) == negative)
        let taken = session.takeRows()
        #expect([first[0], second[0], 0].map { taken[$0, 0] } == [2, 2, 0])
        #expect(taken.score(first[0]) == 0.5 && taken.score(second[0]) == 0.25 && taken.score(0).isNaN)
    }
}
