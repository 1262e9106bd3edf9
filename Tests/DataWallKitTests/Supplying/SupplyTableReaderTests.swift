import DataWallKit
import Testing

@Suite struct SupplyTableReaderTests {
    @Test(
        "a table gives its sources, whatever its separators, line ends, order and capitals",
        arguments: [
            "source,unique_tokens,quality,max_epochs\nwiki,4.3e9,1.5,6\nweb,1.2T,,\n",
            "\u{FEFF}Max_Epochs;Quality;Unique_Tokens;Source\r\n6;1.5;4.3B;wiki\r\n;;1_200B;web\r\n",
            "source\tunique_tokens\tquality\tmax_epochs\tlanguage\n\"wiki\"\t4300M\t1.5\t6\ten\n\nweb\t1.2e12\t1\t\ten",
        ])
    func reads(text: String) throws {
        let sources = try SupplyTableReader().read(text)
        #expect(
            sources == [
                SourceSupply(name: "wiki", uniqueTokens: 4.3e9, quality: 1.5, maxEpochs: 6),
                SourceSupply(name: "web", uniqueTokens: 1.2e12),
            ])
    }

    @Test("the last two columns are optional")
    func optional() throws {
        #expect(
            try SupplyTableReader().read("source,unique_tokens\n\"web, crawled\",12B\n")
                == [SourceSupply(name: "web, crawled", uniqueTokens: 12e9)])
    }

    @Test(
        "a table that cannot be used says where and why",
        arguments: [
            ("", "no column 'source'"), ("source,unique_tokens\n", "no source"), ("source\nweb\n", "'unique_tokens'"),
            ("source,unique_tokens\nweb,many\n", "the table of sources, line 2, column 'unique_tokens': 'many'"),
            ("source,unique_tokens\nweb,-3e9\n", "'-3e9'"), ("source,unique_tokens\nweb,nan\n", "'nan'"),
            ("source,unique_tokens\nweb,\n", "missing"), ("source,unique_tokens\n,3e9\n", "needs a name"),
            ("source,unique_tokens\nweb,25\n", "25B"),
            ("source,unique_tokens\nweb,3e9\nweb,4e9\n", "line 3, column 'source': 'web' is in line 2"),
            ("source,unique_tokens,quality\nweb,3e9,-1\n", "quality"),
            ("source,unique_tokens,max_epochs\nweb,3e9,0\n", "max_epochs"),
            ("source,unique_tokens,max_epoch\nweb,3e9,4\n", "did you mean 'max_epochs'"),
            ("source,unique_tokens,source\nweb,3e9,4\n", "2 columns named 'source'"),
            ("source,unique_tokens\nweb,3e9,4\n", "3 cells where the header has 2"),
            ("source,unique_tokens\n\"web,3e9\ncode,4e9\n", "quote"),
            ("source,unique_tokens,max_epochs\nweb,3e9,\"2,5\"\n", "'2,5' is not a positive number of epochs"),
            ("source;unique_tokens\nweb;2,5e9\n", "write 2.5e9"),
        ])
    func refuses(text: String, part: String) throws {
        let error = #expect(throws: TableError.self) { try SupplyTableReader().read(text) }
        #expect(error?.description.contains(part) == true, "\(String(describing: error))")
    }
}
