import Foundation

/// The code that pages of documentation print, block by block.
struct DocumentedBlocks {
    /// A fenced block.
    struct Block {
        var language: String
        var text: String
        /// The line of the page that opens it, counted from 1.
        var line: Int
    }

    /// Every page whose code is executed, by its path in the package.
    static let pages = [
        "README.md", "CONTRIBUTING.md",
        "Sources/DataWallKit/DataWallKit.docc/DataWallKit.md",
        "Sources/DataWallKit/DataWallKit.docc/Guides/AuditACorpus.md",
        "Sources/DataWallKit/DataWallKit.docc/Guides/FromFineWebToAPlan.md",
        "Sources/DataWallKit/DataWallKit.docc/Guides/ChooseEpochs.md",
        "Sources/DataWallKit/DataWallKit.docc/Guides/CompareRuns.md",
        "Sources/DataWallKit/DataWallKit.docc/Guides/FitYourRuns.md",
        "Sources/DataWallKit/DataWallKit.docc/Guides/WhatToTrainFirst.md",
        "Sources/DataWallKit/DataWallKit.docc/Guides/PastTheWall.md",
        "Sources/DataWallKit/DataWallKit.docc/Guides/FromKaplanToChinchilla.md",
        "Sources/DataWallKit/DataWallKit.docc/Guides/EmbedInAPipeline.md",
        "Sources/DataWallKit/DataWallKit.docc/Guides/HowWeCompare.md",
        "Sources/DataMixing/DataMixing.docc/Guides/PlanAMixture.md",
        "Sources/CorpusAudit/CorpusAudit.docc/Guides/FindContamination.md",
        "Sources/CorpusAudit/CorpusAudit.docc/Guides/HowMuchIsNew.md",
        "Sources/CorpusAudit/CorpusAudit.docc/Guides/KeepRecords.md",
        "Sources/CorpusAudit/CorpusAudit.docc/Guides/ShardsInObjectStores.md",
        "Sources/TrainingPlanning/TrainingPlanning.docc/Guides/BudgetsAndServing.md",
        "Sources/CorpusAudit/CorpusAudit.docc/Formats/ShardFormats.md",
        "Sources/CorpusAudit/CorpusAudit.docc/Formats/RunFiles.md",
    ]

    let blocks: [Block]
    /// Commands that are in the text itself, between backticks.
    let inlineCommands: [String]

    init(page: String) throws {
        let text = try String(contentsOf: PackageFolder.root.appending(path: page), encoding: .utf8)
        var blocks: [Block] = []
        var open: Block?
        var inline: [String] = []
        for (number, line) in text.components(separatedBy: "\n").enumerated() {
            if line.hasPrefix("```") {
                if let block = open {
                    blocks.append(block)
                    open = nil
                } else {
                    open = Block(language: String(line.dropFirst(3)), text: "", line: number + 1)
                }
            } else if open != nil {
                open?.text += line + "\n"
            } else {
                let parts = line.components(separatedBy: "`")
                inline += stride(from: 1, to: parts.count, by: 2).map { parts[$0] }.filter { $0.hasPrefix("datawall ") }
            }
        }
        self.blocks = blocks
        inlineCommands = inline
    }
}

extension DocumentedBlocks.Block {
    /// The lines that a shell runs: those after a prompt in a transcript, else all that are commands.
    var commands: [String] {
        let lines = text.components(separatedBy: "\n")
        let prompted = lines.filter { $0.hasPrefix("$ ") }.map { String($0.dropFirst(2)) }
        if !prompted.isEmpty { return prompted }
        guard language == "sh" || (language.isEmpty && lines.contains { Self.isCommand($0) }) else { return [] }
        return text.replacingOccurrences(of: "\\\n", with: " ").components(separatedBy: "\n").filter { !$0.isEmpty }
    }

    private static func isCommand(_ line: String) -> Bool { line.hasPrefix("datawall ") || line.hasPrefix("make ") }
}
