/// Walks several runs in fingerprint order, group by group.
///
/// - Complexity: O(log *k*) a record for *k* runs.
struct RunMerge {
    private var cursors: [RunCursor]
    /// Indices of cursors with records left: a binary heap by their record in hand.
    private var heap: [Int] = []
    /// For each run, the rows of its record in hand, where records are not plain.
    let rows: [RowsInHand?]

    init(_ cursors: [RunCursor]) {
        self.cursors = cursors
        rows = cursors.map(\.rows)
        for run in cursors.indices where !cursors[run].isAtEnd {
            heap.append(run)
            siftUp(heap.count - 1)
        }
    }

    /// Hands out all records of the lowest fingerprint left.
    ///
    /// Returns whether there was one.
    mutating func nextGroup(_ take: (_ record: UnitRecord, _ run: Int) -> Void) throws(RunError) -> Bool {
        guard let first = heap.first else { return false }
        let leader = cursors[first].current
        while let run = heap.first, cursors[run].current.hasSameText(as: leader) {
            repeat {
                take(cursors[run].current, run)
                try cursors[run].advance()
            } while !cursors[run].isAtEnd && cursors[run].current.hasSameText(as: leader)
            if cursors[run].isAtEnd {
                let last = heap.removeLast()
                if !heap.isEmpty { heap[0] = last }
            }
            siftDown()
        }
        return true
    }

    private func precedes(_ left: Int, _ right: Int) -> Bool {
        cursors[left].current.high != cursors[right].current.high
            ? cursors[left].current.high < cursors[right].current.high
            : cursors[left].current.low < cursors[right].current.low
    }

    private mutating func siftUp(_ start: Int) {
        var child = start
        while child > 0, precedes(heap[child], heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func siftDown() {
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < heap.count else { return }
            if child + 1 < heap.count, precedes(heap[child + 1], heap[child]) { child += 1 }
            guard precedes(heap[child], heap[parent]) else { return }
            heap.swapAt(child, parent)
            parent = child
        }
    }
}
