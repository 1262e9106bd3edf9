/// Walks several sorted arrays of records in fingerprint order, group by group.
///
/// - Complexity: O(log *k*) a record for *k* arrays.
struct RunMerge {
    private let runs: [ArraySlice<UnitRecord>]
    private var positions: [Int]
    /// Indices of runs with records left: a binary heap by their next fingerprint.
    private var heap: [Int] = []

    init(_ runs: [ArraySlice<UnitRecord>]) {
        self.runs = runs
        positions = runs.map(\.startIndex)
        for run in runs.indices where !runs[run].isEmpty {
            heap.append(run)
            siftUp(heap.count - 1)
        }
    }

    /// Hands out all records of the lowest fingerprint left.
    ///
    /// - Returns: Whether there was one.
    mutating func nextGroup(_ take: (_ record: UnitRecord, _ run: Int) -> Void) -> Bool {
        guard let first = heap.first else { return false }
        let leader = runs[first][positions[first]]
        while let run = heap.first, runs[run][positions[run]].hasSameText(as: leader) {
            let end = runs[run].endIndex
            var position = positions[run]
            while position < end, runs[run][position].hasSameText(as: leader) {
                take(runs[run][position], run)
                position += 1
            }
            positions[run] = position
            if position == end {
                let last = heap.removeLast()
                if !heap.isEmpty { heap[0] = last }
            }
            siftDown()
        }
        return true
    }

    private func precedes(_ left: Int, _ right: Int) -> Bool {
        let left = runs[left][positions[left]]
        let right = runs[right][positions[right]]
        return left.high != right.high ? left.high < right.high : left.low < right.low
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
