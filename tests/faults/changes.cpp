// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/changes.h"

#include "core/journal/headnote.h"
#include "core/journal/note.h"

#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <future>
#include <optional>
#include <unistd.h>

namespace qd::faults {

namespace {

constexpr std::size_t kKeyBytes = 32;

std::string contents(const std::filesystem::path &file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Every byte of every file below these folders.
std::string everything(const std::filesystem::path &home, const std::vector<std::filesystem::path> &besides)
{
    std::string out;
    std::error_code ignored;
    std::vector<std::filesystem::path> folders{home};
    folders.insert(folders.end(), besides.begin(), besides.end());
    for (const auto &folder : folders)
        for (const auto &entry : std::filesystem::recursive_directory_iterator(folder, ignored))
            if (entry.is_regular_file(ignored))
                out += contents(entry.path()) + '\n';
    return out;
}

bool holds(const std::string &hay, std::string_view needle)
{
    return ::memmem(hay.data(), hay.size(), needle.data(), needle.size()) != nullptr;
}

std::string said(std::string_view what, std::uint64_t about)
{
    return std::string(what) + " " + std::to_string(about);
}

/// The number after "what ", or none.
std::optional<std::uint64_t> numberAfter(std::string_view text, std::string_view what)
{
    if (!text.starts_with(what) || text.size() < what.size() + 2)
        return {};
    std::uint64_t n = 0;
    const std::string_view digits = text.substr(what.size() + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
    return error == std::errc() && end == digits.data() + digits.size() ? std::optional(n) : std::nullopt;
}

Bytes bytesOf(std::string_view text)
{
    const BytesView view = asBytes(text);
    return {view.begin(), view.end()};
}

Bytes canary(std::uint64_t seq)
{
    return bytesOf(std::string(kSaidCanary) + " " + std::to_string(seq));
}

std::string incidentOf(std::uint64_t incident)
{
    return "incident/INC-" + std::to_string(incident);
}

std::string complain(const char *what, const Error &error)
{
    return std::string(what) + ": " + error.message + (error.detail.empty() ? "" : " (" + error.detail + ")");
}

/// Reads the home from its first record on, as one that was opened after whatever happened.
std::string judgeRecords(journal::Journal &journal, const Promises &promised)
{
    struct Saying {
        std::uint64_t seq, incident;
        bool isGone, isTextGone;
    };
    std::vector<Saying> sayings;
    std::set<std::uint64_t> erased, struck;
    std::string wrong;
    std::uint64_t next = 1;
    const auto read = journal.replay(1, UINT64_MAX, [&](const journal::Committed &r) {
        const auto it = promised.find(r.seq);
        if (r.seq != next++)
            wrong = said("missing: record", next - 1);
        else if (it != promised.end() && it->second != r.hash)
            wrong = said("another than was promised: record", r.seq);
        else if (r.parts.empty() || r.parts[0].erased)
            wrong = said("without its own words: record", r.seq);
        if (!wrong.empty())
            return false;
        const std::string_view words = asText(r.parts[0].body);
        if (const auto incident = numberAfter(words, "say")) {
            if (r.parts.size() != 3)
                wrong = said("not whole: record", r.seq);
            else
                sayings.push_back({r.seq, *incident, r.parts[1].erased, r.parts[2].erased});
            for (std::size_t i = 1; wrong.empty() && i < 3; ++i)
                if (!r.parts[i].erased && r.parts[i].body != canary(r.seq))
                    wrong = said("not what was said: record", r.seq);
        } else if (const auto of = numberAfter(words, "erase")) {
            erased.insert(*of);
        } else if (const auto text = numberAfter(words, "strike")) {
            struck.insert(*text);
        } else {
            wrong = said("nobody wrote it: record", r.seq);
        }
        return wrong.empty();
    });
    if (!read)
        return complain("it cannot be read", read.error());
    for (const Saying &s : sayings) {
        const bool isGone = erased.contains(s.incident), isTextGone = isGone || struck.contains(s.seq);
        if (wrong.empty() && (s.isGone != isGone || s.isTextGone != isTextGone))
            wrong = said(s.isGone == isGone && isTextGone ? "struck and still there: record" : isGone ? "erased and still there: record" : "gone and nothing says why: record", s.seq);
    }
    for (const auto &[number, hash] : promised) {
        const std::uint64_t about = number & 0xffffffffffff;
        if (wrong.empty() && number == wordOf(Word::Erased, about) && !erased.contains(about))
            wrong = said("promised to be erased: incident", about);
        if (wrong.empty() && number == wordOf(Word::Struck, about) && !struck.contains(about))
            wrong = said("promised to be struck: record", about);
        if (wrong.empty() && number < wordOf(Word::Erased, 0) && number >= next)
            wrong = said("promised, and the log ends before it: record", number);
    }
    return wrong;
}

} // namespace

TellingRandom::TellingRandom(const std::filesystem::path &file)
    : m_fd(::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600))
{
}

TellingRandom::~TellingRandom()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

void TellingRandom::fill(std::span<std::uint8_t> bytes)
{
    m_random.fill(bytes);
    if (m_fd >= 0 && bytes.size() >= kKeyBytes && ::write(m_fd, bytes.data(), bytes.size() / kKeyBytes * kKeyBytes) < 0)
        std::abort();
}

journal::Options changeOptions(const std::filesystem::path &emergency)
{
    journal::Options options = journalOptions();
    options.reserveBytes = kSmallReserve;
    options.emergency = emergency;
    return options;
}

Result<> Changes::append(journal::Draft draft, journal::KeyChange change, std::uint64_t word)
{
    std::promise<Result<>> answered;
    auto answer = answered.get_future();
    const bool isChange = change.destroys();
    const journal::Journal::Done done = [&](Result<std::shared_ptr<const journal::Committed>> r) {
        if (r) {
            const bool isKept = !(*r)->recorded;
            // What is kept is promised when it is mirrored: nothing else of it outlasts this process.
            if (!isKept || !m_journal.kept().mirror.empty())
                m_promise((*r)->seq, (*r)->hash);
            if (isKept)
                m_promise(wordOf(Word::Kept, (*r)->seq), {});
            else if (word != 0)
                m_promise(word, {});
        }
        answered.set_value(r ? Result<>() : Result<>(tl::unexpected(r.error())));
    };
    if (isChange)
        m_journal.append(std::move(draft), std::move(change), done);
    else
        m_journal.append(std::move(draft), done);
    return answer.get();
}

Result<> Changes::say(std::uint64_t incident)
{
    const std::uint64_t seq = m_journal.tail() + 1;
    const std::string stream = incidentOf(incident);
    return append({seq, Instant{static_cast<std::int64_t>(seq)},
                   {{"org", 1, bytesOf(said("say", incident))}, {stream, 3, canary(seq)}, {"text/" + stream, 5, canary(seq), false, true}}},
                  {}, 0);
}

Result<> Changes::erase(std::uint64_t incident)
{
    const std::uint64_t seq = m_journal.tail() + 1;
    journal::KeyChange change;
    change.erase = {incidentOf(incident)};
    return append({seq, Instant{static_cast<std::int64_t>(seq)}, {{"org", 1, bytesOf(said("erase", incident))}}}, std::move(change),
                  wordOf(Word::Erased, incident));
}

Result<> Changes::strike(std::uint64_t text)
{
    journal::KeyChange change;
    const auto found = m_journal.replay(text, text, [&](const journal::Committed &r) {
        change.strike.push_back(r.parts.at(2).key);
        return true;
    });
    if (!found)
        return found;
    const std::uint64_t seq = m_journal.tail() + 1;
    return append({seq, Instant{static_cast<std::int64_t>(seq)}, {{"org", 1, bytesOf(said("strike", text))}}}, std::move(change),
                  wordOf(Word::Struck, text));
}

Result<> Changes::sign()
{
    const auto note = m_journal.checkpoint();
    if (note)
        m_promise(wordOf(Word::Signed, m_journal.head()), {});
    return note ? Result<>() : Result<>(tl::unexpected(note.error()));
}

Result<> Changes::round(std::uint64_t round)
{
    // Two incidents a round: one is erased at once, of the other a text is struck. What was erased in a round that was cut
    // short is refused as gone already, and is nobody's trouble.
    const std::uint64_t kept = 2 * round, gone = 2 * round + 1;
    for (const std::uint64_t incident : {gone, kept, kept})
        if (const auto done = say(incident); !done)
            return done;
    const std::uint64_t text = m_journal.head();
    if (const auto done = erase(gone); !done)
        return done;
    if (const auto done = strike(text); !done)
        return done;
    if (const auto done = sign(); !done)
        return done;
    return say(kept);
}

Result<> Changes::fillAndKeep(std::size_t kept)
{
    constexpr std::uint64_t kIncident = 1'000'000, kMost = 2000;
    for (std::uint64_t n = 0; n < kMost && m_journal.kept().records < kept; ++n) {
        const auto done = say(kIncident + n / 8);
        if (done || m_journal.isKeeping())
            continue;
        m_journal.keep();
    }
    return m_journal.kept().records >= kept ? Result<>() : fail(Code::Internal, "The disk took everything.");
}

std::string judgeChanges(const std::filesystem::path &home, const journal::Created &created, const Promises &promised,
                         const std::filesystem::path &emergency, const std::filesystem::path &drawn,
                         const std::vector<std::filesystem::path> &besides)
{
    SystemClock clock;
    SystemRandom random;
    const auto publicKey = journal::parsePublicKey(created.verificationKey);
    if (!publicKey)
        return complain("the key", publicKey.error());
    // The note is replaced as a whole: whatever happened, there is none, or one of this log.
    if (journal::HeadNote::textIn(home) && !journal::HeadNote::of(home, created.origin, *publicKey))
        return "the note beside the journal is torn";
    {
        auto opened = journal::Journal::open(home, store::sqlitePorts(storeOptions()), key(), clock, random, changeOptions(emergency));
        if (!opened)
            return complain("it does not open", opened.error());
        if (const std::string wrong = judgeRecords(**opened, promised); !wrong.empty())
            return wrong;
        if ((*opened)->erasurePending())
            return "an erasure is still to be carried out";
    }
    journal::VerifyOptions options;
    options.originKey = created.verificationKey;
    const auto unlock = key();
    options.unlock = &unlock;
    const auto report = journal::verify(home, store::sqlitePorts(), options);
    if (!report)
        return complain("verify", report.error());
    if (report->outcome != journal::VerifyReport::Outcome::Authentic || !report->errors.empty())
        return std::string("verify says ") + journal::outcomeName(report->outcome) + (report->errors.empty() ? "" : ": " + report->errors[0].kind + " at " + std::to_string(report->errors[0].seq));
    for (const auto &hole : report->holes)
        if (!hole.authorised)
            return said("a hole nobody authorised: record", hole.seq);
    const std::string all = everything(home, besides);
    if (holds(all, kSaidCanary))
        return "a file holds what was said";
    const std::string keys = drawn.empty() ? std::string() : contents(drawn);
    for (std::size_t at = 0; at + kKeyBytes <= keys.size(); at += kKeyBytes)
        if (holds(all, std::string_view(keys).substr(at, kKeyBytes)))
            return "a file holds a key";
    return {};
}

std::set<std::string> wrappedRows(const std::filesystem::path &home)
{
    std::set<std::string> out;
    const auto keys = store::sqlitePorts().keys(home, journal::Access::Read);
    const auto rows = keys ? (*keys)->load() : Result<journal::KeyFileContents>(tl::unexpected(keys.error()));
    if (!rows)
        return out;
    for (const auto &row : rows->keys)
        out.emplace(asText(row.wrapped));
    for (const auto &row : rows->pages)
        out.emplace(asText(row.wrapped).substr(0, 1000)); // it goes on in other pages
    for (const auto &row : rows->epochs)
        out.emplace(asText(row.wrapped));
    return out;
}

int rowsLeft(const std::set<std::string> &rows, const std::filesystem::path &home, const std::vector<std::filesystem::path> &besides)
{
    const std::string all = everything(home, besides);
    const auto now = wrappedRows(home);
    int left = 0;
    for (const std::string &row : rows)
        left += !now.contains(row) && holds(all, row) ? 1 : 0;
    return left;
}

} // namespace qd::faults
