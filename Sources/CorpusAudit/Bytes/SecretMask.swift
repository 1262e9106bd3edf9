import Foundation

/// Takes credentials out of text that other programs wrote, before it goes into a message or a file.
///
/// It replaces, by `***`: queries of URLs and names before an `@` in them; values behind a name that says secret, token,
/// password, signature, credential, authorization or key; AWS access key identifiers; long runs of letters and digits as
/// keys have them; and the values of environment variables with such names.
enum SecretMask {
    /// Parts of names that announce a credential.
    ///
    /// Not every key is one: `NoSuchKey` names an object.
    private static let names = [
        "secret", "token", "password", "passwd", "signature", "credential", "authorization", "accesskey", "access-key",
        "access_key", "accountkey", "account-key", "account_key", "apikey", "api-key", "api_key", "privatekey",
        "private_key",
    ]

    /// The path of an object without what may be a credential: the query of a URL, and a user's name and password in it.
    static func shownPath(_ path: String) -> String {
        guard let scheme = path.range(of: "://") else { return path }
        let start = path[..<scheme.upperBound]
        var rest = path[scheme.upperBound...]
        if let query = rest.firstIndex(where: { $0 == "?" || $0 == "#" }) { rest = rest[..<query] }
        let host = rest.prefix { $0 != "/" }
        // Azure's abfss://container@account names a container there, which is no credential.
        if let at = host.lastIndex(of: "@"), host[..<at].contains(":") { rest = rest[rest.index(after: at)...] }
        return String(start + rest)
    }

    /// One line of text without credentials.
    static func masked(_ text: String) -> String {
        var text = text
        for value in secretValues { text = text.replacingOccurrences(of: value, with: "***") }
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        return words.indices.map { index in
            let word = words[index]
            guard index > 0, !word.isEmpty, endsInName(words[index - 1]), !isScheme(word) else {
                return masked(word: word)
            }
            return "***"
        }.joined(separator: " ")
    }

    /// Values of environment variables that credentials are passed in.
    private static var secretValues: [String] {
        ProcessInfo.processInfo.environment.filter { name, value in
            value.count >= 8 && names.contains { name.lowercased().contains($0) }
        }.map(\.value).sorted { ($0.count, $0) > ($1.count, $1) }
    }

    /// Whether a word announces a credential: `Authorization:`, `Bearer`, `--secret-key`.
    private static func endsInName(_ word: String) -> Bool {
        let bare = word.lowercased().trimmingCharacters(in: CharacterSet(charactersIn: "'\"({[,;"))
        if isScheme(word) { return true }
        guard bare.hasSuffix(":") || bare.hasSuffix("=") || bare.hasPrefix("--") else { return false }
        return names.contains { bare.contains($0) }
    }

    /// Whether a word names how a credential is given in a header; the credential follows it.
    private static func isScheme(_ word: String) -> Bool { ["bearer", "basic"].contains(word.lowercased()) }

    private static func masked(word: String) -> String {
        let url = word.contains("://") ? shownPath(word) + (word.contains("?") ? "?***" : "") : word
        // name=value and name:value, as in headers, options and bodies of errors.
        if let sign = url.firstIndex(where: { $0 == "=" || $0 == ":" }), !url.contains("://"),
            names.contains(where: { url[..<sign].lowercased().contains($0) }), url.index(after: sign) < url.endIndex
        {
            return String(url[...sign]) + "***"
        }
        var masked = ""
        var run = ""
        for character in url + "\n" {
            if character.isASCII, character.isLetter || character.isNumber || "+/=_".contains(character) {
                run.append(character)
                continue
            }
            masked += looksLikeKey(run) ? "***" : run
            run = ""
            if character != "\n" { masked.append(character) }
        }
        return masked
    }

    /// Whether letters and digits look like a key: an access key identifier of AWS, or long and of all kinds.
    private static func looksLikeKey(_ run: String) -> Bool {
        if run.count == 20, run.hasPrefix("AKIA") || run.hasPrefix("ASIA") { return true }
        guard run.count >= 32 else { return false }
        return run.contains { $0.isNumber } && run.contains { $0.isUppercase } && run.contains { $0.isLowercase }
    }
}
