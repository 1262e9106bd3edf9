import Foundation
import Testing

/// The names of a drawing's elements, read strictly: every tag closed in order, references known.
final class ElementReader {
    private(set) var names: [String] = []

    private struct Malformed: Error { var reason: String }

    func read(_ text: String) throws {
        var open: [String] = []
        var rest = Substring(text)
        while let start = rest.firstIndex(of: "<") {
            try checkText(rest[..<start])
            guard let end = rest[start...].firstIndex(of: ">") else { throw Malformed(reason: "a tag without end") }
            let tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("/") {
                guard let last = open.popLast(), last == tag.dropFirst() else {
                    throw Malformed(reason: "</\(tag.dropFirst())> closes nothing")
                }
                continue
            }
            try checkText(tag)
            guard tag.count(where: { $0 == "\"" }).isMultiple(of: 2) else { throw Malformed(reason: "an open quote") }
            let name = String(tag.prefix { $0.isLetter || $0 == "-" })
            names.append(name)
            if !tag.hasSuffix("/") { open.append(name) }
        }
        guard open.isEmpty else { throw Malformed(reason: "\(open) stay open") }
    }

    private func checkText(_ text: Substring) throws {
        var rest = text
        while let place = rest.firstIndex(of: "&") {
            let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"]
            guard known.contains(where: { rest[place...].hasPrefix($0) }) else {
                throw Malformed(reason: "an ampersand that is not escaped")
            }
            rest = rest[rest.index(after: place)...]
        }
    }
}
