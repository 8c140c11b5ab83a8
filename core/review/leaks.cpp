// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/leaks.h"

#include "core/base/ascii.h"
#include "core/base/foldedtext.h"
#include "core/model/marking.h"
#include "core/review/names.h"

#include <algorithm>
#include <array>
#include <re2/re2.h>
#include <set>

namespace qd::review {

namespace {

constexpr std::array<std::string_view, 9> kLeakWords{"person", "mail address", "IP address", "host", "internal address", "secret", "customer", "word", "mark"};
constexpr std::size_t kAround = 30;
constexpr std::size_t kNamed = 3; ///< findings a refusal names

RE2::Options quietly(bool isCaseSensitive = false)
{
    RE2::Options out;
    out.set_log_errors(false);
    out.set_case_sensitive(isCaseSensitive);
    return out;
}

struct Found {
    std::size_t at = 0;
    LeakKind kind = LeakKind::Word;
    std::string words;                   ///< as they are written; of a secret its kind, of a mark its class
};

/// Every match's first group.
template <typename Take>
void eachMatch(std::string_view text, const RE2 &pattern, Take take)
{
    re2::StringPiece rest(text.data(), text.size()), words;
    while (RE2::FindAndConsume(&rest, pattern, &words)) {
        take(static_cast<std::size_t>(words.data() - text.data()), std::string_view(words.data(), words.size()));
        // What ended one match may begin the next.
        const char *end = words.data() + words.size();
        if (words.empty())
            break;
        rest = re2::StringPiece(end, static_cast<std::size_t>(text.data() + text.size() - end));
    }
}

bool isIpv4(std::string_view text)
{
    int parts = 0;
    while (!text.empty()) {
        const std::string_view part = text.substr(0, text.find('.'));
        if (part.empty() || part.size() > 3 || part.find_first_not_of("0123456789") != part.npos || std::stoi(std::string(part)) > 255)
            return false;
        ++parts;
        text.remove_prefix(std::min(text.size(), part.size() + 1));
    }
    return parts == 4;
}

/// fe80::1, 2001:db8::7: at least two colons and either "::" or eight groups, so that 12:30:45 is a time.
bool isIpv6(std::string_view text)
{
    const auto colons = std::count(text.begin(), text.end(), ':');
    if (text.find(":::") != text.npos || colons < 2 || colons > 7 || (text.starts_with(':') && !text.starts_with("::")))
        return false;
    const auto isShort = text.find("::");
    if (isShort == text.npos)
        return colons == 7;
    return text.find("::", isShort + 1) == text.npos && text.size() > 2 && text.find_first_of("0123456789abcdefABCDEF") != text.npos;
}

bool isPrivateDomain(std::string_view host, const Known &known)
{
    const std::string small = asciiLower(host.substr(0, host.find(':')));
    if (small.empty() || small.find('.') == std::string::npos)
        return !small.empty();
    for (const std::string_view end : {".internal", ".local", ".lan", ".corp", ".intra", ".intranet", ".home", ".localdomain", ".svc", ".private", ".home.arpa"})
        if (small.ends_with(end))
            return true;
    return std::any_of(known.internalDomains.begin(), known.internalDomains.end(), [&](const std::string &d) {
        const std::string domain = asciiLower(d);
        return !domain.empty() && (small == domain || small.ends_with("." + domain));
    });
}

std::string_view hostOf(std::string_view url)
{
    const auto scheme = url.find("://");
    std::string_view host = scheme == url.npos ? url : url.substr(scheme + 3);
    host = host.substr(0, host.find_first_of("/?#"));
    if (const auto at = host.rfind('@'); at != host.npos)
        host.remove_prefix(at + 1);
    return host;
}

/// A name of one character, or of two bytes, is too often a word.
bool isLongEnough(std::string_view name)
{
    return name.size() >= kLeastNameBytes && firstCharacter(name).bytes < name.size();
}

/// What is known by name, each wherever it stands: the first may stand in words that are allowed.
void findNames(std::string_view text, const Known &known, std::vector<Found> &out)
{
    NameIndex names(Alike::Seen);
    const auto add = [&](const std::vector<std::string> &all, LeakKind kind, bool asWritten = false) {
        for (const std::string &name : all)
            if (isLongEnough(name))
                names.add(name, static_cast<std::size_t>(kind), asWritten);
    };
    add(known.people, LeakKind::Person);
    add(known.namesAsWritten, LeakKind::Person, true);
    add(known.customers, LeakKind::Customer);
    add(known.words, LeakKind::Word);
    add(known.hosts, LeakKind::Host);
    names.eachIn(text, [&](std::size_t at, std::size_t length, std::size_t kind) { out.push_back({at, static_cast<LeakKind>(kind), std::string(text.substr(at, length))}); });
}

/// What looks like an address or a host, in a text with digits, letters and blanks of one kind.
template <typename Take>
void eachShape(std::string_view text, const Known &known, Take take)
{
    static const RE2 mail("([A-Z0-9._%+-]{1,64}@[A-Z0-9-]{1,63}(?:\\.[A-Z0-9-]{1,63}){0,8}\\.[A-Z]{2,24})", quietly());
    static const RE2 ipv4("(?:^|[^0-9.])((?:[0-9]{1,3}\\.){3}[0-9]{1,3})", quietly());
    // "IPv6:", "addr:": a word that is no group of it may stand right before it.
    static const RE2 ipv6("(?:^|[^0-9A-Z:]|[G-Z][0-9A-Z]*:)([0-9A-F]{0,4}(?::[0-9A-F]{0,4}){2,7})", quietly());
    static const RE2 url("(?:^|[^A-Z0-9])([A-Z][A-Z0-9+.-]{1,20}://[^\\s<>\"]+)", quietly());
    static const RE2 host("(?:^|[^A-Z0-9@./:-])([A-Z0-9][A-Z0-9-]{0,62}(?:\\.[A-Z0-9-]{1,63}){1,10})", quietly());
    eachMatch(text, mail, [&](std::size_t at, std::string_view words) { take(at, words, LeakKind::Mail); });
    eachMatch(text, ipv4, [&](std::size_t at, std::string_view words) {
        const std::size_t end = at + words.size();
        const bool goesOn = end < text.size() && ((text[end] >= '0' && text[end] <= '9') || (text[end] == '.' && end + 1 < text.size() && text[end + 1] >= '0' && text[end + 1] <= '9'));
        if (isIpv4(words) && !goesOn)
            take(at, words, LeakKind::Address);
    });
    eachMatch(text, ipv6, [&](std::size_t at, std::string_view words) {
        if (isIpv6(words))
            take(at, words, LeakKind::Address);
    });
    eachMatch(text, url, [&](std::size_t at, std::string_view words) {
        while (!words.empty() && std::string_view(".,;:!?)").find(words.back()) != std::string_view::npos)
            words.remove_suffix(1);
        const std::string_view name = hostOf(words);
        const bool isWeb = asciiLower(words.substr(0, 4)) == "http";
        if (!isWeb || name.starts_with('[') || isIpv4(name.substr(0, name.find(':'))) || isPrivateDomain(name, known))
            take(at, words, LeakKind::Url);
    });
    eachMatch(text, host, [&](std::size_t at, std::string_view words) {
        if (words.find_first_not_of("0123456789.") != words.npos && isPrivateDomain(words, known))
            take(at, words, LeakKind::Host);
    });
}

void findShapes(std::string_view text, const Known &known, std::vector<Found> &out)
{
    const auto look = [&](const FoldedText &folded) {
        eachShape(folded.text, known, [&](std::size_t at, std::string_view words, LeakKind kind) {
            const auto [from, bytes] = folded.written(at, words.size());
            out.push_back({from, kind, std::string(text.substr(from, bytes))});
        });
    };
    const FoldedText joined = foldedText(text, {.letters = false, .punctuation = false});
    look(joined);
    if (joined.hides)
        look(foldedText(text, {.letters = false, .punctuation = false, .hidden = Hidden::Parts}));
}

std::string aroundOf(std::string_view text, std::size_t at, std::size_t length)
{
    const auto isWithin = [&](std::size_t n) { return n < text.size() && (static_cast<unsigned char>(text[n]) & 0xC0U) == 0x80U; };
    std::size_t begin = at > kAround ? at - kAround : 0, end = std::min(text.size(), at + length + kAround);
    while (isWithin(begin))
        ++begin;
    while (isWithin(end))
        ++end;
    std::string out(text.substr(begin, end - begin));
    std::replace(out.begin(), out.end(), '\n', ' ');
    return out;
}

std::string advice(LeakKind kind)
{
    switch (kind) {
    case LeakKind::Person: return "names a person; say what their role is";
    case LeakKind::Mail: return "is a mail address";
    case LeakKind::Address: return "is an IP address, or looks like one";
    case LeakKind::Host: return "is a host of ours";
    case LeakKind::Url: return "leads to what only we reach";
    case LeakKind::Secret: return "is what nobody should have written down: take it out here and change it where it is used";
    case LeakKind::Customer: return "is a customer";
    case LeakKind::Word: return "is a word the workspace lists as ours alone";
    case LeakKind::Mark: return "is still in it, with words that were to stay here: write that part without brackets";
    }
    return {};
}

std::string sentenceOf(LeakKind kind, const std::string &words)
{
    const std::string what = kind == LeakKind::Secret ? "What seems to be " + words : kind == LeakKind::Mark ? "A mark of the class " + words : "\"" + words + "\"";
    return what + " " + advice(kind) + ".";
}

} // namespace

std::string_view word(LeakKind kind)
{
    return kLeakWords[static_cast<std::size_t>(kind)];
}

bool mayBeAllowed(LeakKind kind)
{
    return kind != LeakKind::Secret && kind != LeakKind::Mark;
}

namespace {

/// Where the first line of a chunk begins that holds a secret of this kind by itself; 0: it is in several.
std::size_t lineWith(std::string_view chunk, const std::string &kind, const Known &known)
{
    for (std::size_t at = 0; at < chunk.size();) {
        const std::size_t end = std::min(chunk.find('\n', at), chunk.size());
        const std::vector<std::string> kinds = known.secretsIn(chunk.substr(at, end - at));
        if (std::find(kinds.begin(), kinds.end(), kind) != kinds.end())
            return at;
        at = end + 1;
    }
    return 0;
}

/// The heading above a line of plainText(); "": there is none.
std::string headingAbove(const Rendition &rendition, std::size_t line)
{
    std::string heading;
    std::size_t at = 1;
    for (const Block &b : rendition.blocks) {
        if (at > line)
            break;
        const std::string text = b.text();
        if (b.kind == Block::Kind::Heading)
            heading = text;
        at += static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
    }
    return heading;
}

} // namespace

std::vector<Leak> leaksIn(const Rendition &rendition, const Known &known)
{
    // The title first, then the lines, then where links lead.
    std::string text = rendition.title + "\n" + plainText(rendition.blocks);
    const std::size_t wordsEnd = text.size();
    for (const Block &b : rendition.blocks)
        for (const Run &run : b.runs)
            for (const std::string *to : {&run.link, &run.evidence}) {
                if (to->empty())
                    continue;
                const std::string read = unescaped(*to); // as whoever follows it reads it
                text += *to + "\n" + (read == *to ? std::string() : read + "\n");
            }
    std::vector<Found> found;
    if (rendition.isOutside) {
        findNames(text, known, found);
        findShapes(text, known, found);
    }
    if (known.secretsIn)
        for (std::size_t at = 0; at < text.size(); at += kSecretChunk - kSecretOverlap) {
            const std::string_view chunk = std::string_view(text).substr(at, kSecretChunk);
            for (std::string &kind : known.secretsIn(chunk))
                found.push_back({at + lineWith(chunk, kind, known), LeakKind::Secret, std::move(kind)});
        }
    for (const Marked &mark : marksIn(std::string_view(text).substr(0, wordsEnd)))
        found.push_back({mark.at, LeakKind::Mark, std::string(word(mark.level))});
    std::stable_sort(found.begin(), found.end(), [](const Found &a, const Found &b) { return a.at != b.at ? a.at < b.at : a.words.size() > b.words.size(); });
    std::set<std::string> allowed;
    for (const std::string &words : known.allowed)
        allowed.insert(foldedName(words));
    std::vector<Leak> out;
    std::set<std::pair<LeakKind, std::string>> said;
    std::size_t covered = 0; // "mail.shop.internal" within a URL that was found is no further finding
    for (const Found &f : found) {
        if (out.size() >= kLeaksShown)
            break;
        const std::string folded = foldedName(f.words);
        const bool isWords = mayBeAllowed(f.kind); // and not what kind of a thing stands there
        if (isWords && f.at + f.words.size() <= covered)
            continue;
        if (isWords)
            covered = f.at + f.words.size();
        if ((isWords && allowed.contains(folded)) || !said.insert({f.kind, folded}).second)
            continue;
        Leak leak{f.kind, f.words};
        leak.line = static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(f.at, wordsEnd)), '\n'));
        leak.section = headingAbove(rendition, leak.line);
        if (isWords)
            leak.around = aroundOf(text, f.at, f.words.size());
        leak.say = sentenceOf(f.kind, f.words);
        out.push_back(std::move(leak));
    }
    return out;
}

std::string refusalOf(const std::vector<Leak> &leaks)
{
    if (leaks.empty())
        return {};
    std::string out = "Nothing was published: the leak check found " + std::string(leaks.size() < kLeaksShown ? "" : "at least ") + std::to_string(leaks.size()) + (leaks.size() == 1 ? " thing: " : " things: ");
    for (std::size_t n = 0; n < leaks.size() && n < kNamed; ++n) {
        const bool isWords = mayBeAllowed(leaks[n].kind);
        out += (n > 0 ? ", " : "") + std::string(word(leaks[n].kind)) + (isWords ? " \"" : " (") + leaks[n].words + (isWords ? "\"" : ")");
    }
    if (leaks.size() > kNamed)
        out += " and " + std::to_string(leaks.size() - kNamed) + " more";
    const bool isAllowable = std::any_of(leaks.begin(), leaks.end(), [](const Leak &l) { return mayBeAllowed(l.kind); });
    return out + (isAllowable ? ". Write it otherwise, mark it, or allow the words with a reason (review allow)." : ". Write it otherwise; that is allowed by nobody.");
}

} // namespace qd::review
