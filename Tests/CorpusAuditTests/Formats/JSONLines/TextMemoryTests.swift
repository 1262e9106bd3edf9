import Testing

@testable import CorpusAudit

@Suite struct TextMemoryTests {
    @Test("memory that grew is kept for the next scanner, unless it is large")
    func keeping() {
        let memory = TextMemory()
        memory.grow(to: 1 << 20)
        memory.begin()
        #expect(memory.capacity == 1 << 20)
        memory.grow(to: 9 << 20)
        #expect(memory.capacity == 9 << 20)
        memory.begin()
        #expect(memory.capacity == 1 << 16)
    }
}
