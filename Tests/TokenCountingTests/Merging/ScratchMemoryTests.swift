import Testing

@testable import TokenCounting

// What is not freed is reported by the address sanitizer, in a release build (`make sanitize`).
@Suite struct ScratchMemoryTests {
    @Test("a type that is the argument of another frees what it owns")
    func nested() {
        let counter = Outer(Inner(places: 3))
        #expect(counter.inner.sum == 15)
    }

    @Test("memory is filled, and can be taken anew")
    func refill() {
        var memory = ScratchMemory()
        let first: UnsafeMutablePointer<UInt64> = memory.allocate(4, of: 7)
        #expect((0..<4).allSatisfy { first[$0] == 7 })
        memory.freeAll()
        let second: UnsafeMutablePointer<Int32> = memory.allocate(100, of: -1)
        #expect((0..<100).allSatisfy { second[$0] == -1 })
    }
}

private protocol Summing: ~Copyable {
    var sum: Int { get }
}

private struct Inner<Value: FixedWidthInteger & BitwiseCopyable>: Summing, ~Copyable {
    private var memory = ScratchMemory()
    private let values: UnsafeMutablePointer<Value>
    private let places: Int

    init(places: Value) {
        self.places = Int(places)
        values = memory.allocate(Int(places), of: 5)
    }

    var sum: Int { (0..<places).reduce(0) { $0 + Int(values[$1]) } }
}

private struct Outer<Part: Summing & ~Copyable>: ~Copyable {
    let inner: Part

    init(_ inner: consuming Part) { self.inner = inner }
}
