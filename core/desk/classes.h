// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"
#include "core/journal/journal.h"
#include "core/model/marking.h"

#include <functional>
#include <map>

namespace qd::desk {

/// Lines that were classed after they were written (LineClassed), and how records read because of it: as if the mark had stood in the text from the
/// beginning. So whoever folds, travels, searches, shows or sends knows nothing of it, and no instant of the past is a way around. Pure; a value.
class Classes final : public journal::Reading {
public:
    void take(const events::LineClassed &event);
    /// Records of these streams are gone, and with them that lines of theirs were classed; what of it stands elsewhere was said again (left()).
    void forget(const std::vector<events::ErasedStream> &streams);
    /// Before these streams are erased: what is classed with lines of theirs and stays, to be recorded with the erasure. No name of the incident, nor of its
    /// lines. `stays`: whether that place is in none of them.
    [[nodiscard]] std::vector<events::LineClassed> left(const std::vector<events::ErasedStream> &streams,
                                                        const std::function<bool(std::uint64_t seq, std::uint32_t order)> &stays) const;
    /// All there were, in order, without their reasons.
    [[nodiscard]] const std::vector<events::LineClassed> &all() const { return m_all; }
    /// Whether a text of this record reads otherwise.
    [[nodiscard]] bool touches(std::uint64_t seq) const { return m_texts.contains(seq); }
    /// The event in this place of this record, as it reads now. What was struck stays so. What waits in an outbox is sealed, not marked: it goes out as it
    /// stands there. The bytes of a file and who said something are no words.
    void dress(std::uint64_t seq, std::uint32_t order, events::Event &event) const;
    /// One text of that place.
    [[nodiscard]] std::string dressed(std::uint64_t seq, std::uint32_t order, const std::string &text) const;
    /// What is asked there now of who reads, as far as another class of the line takes its place. `line`: as it was written, a list line by line (linesOf()).
    [[nodiscard]] Marked::Need replaced(std::uint64_t seq, std::uint32_t order, std::string_view line) const;
    /// What is asked there as well, because it repeats other lines.
    [[nodiscard]] std::vector<Marked::Need> ofOthers(std::uint64_t seq, std::uint32_t order) const;
    /// Whether the text in that place is for fewer than whoever may read this class.
    [[nodiscard]] bool isAbove(std::uint64_t seq, std::uint32_t order, DataClass level) const;

private:
    using Place = std::pair<std::uint64_t, std::uint32_t>;
    struct Of {
        std::optional<Marked::Need> own;         ///< in the place of the mark it is in as a whole; internal and for no names: of none
        Place line;                              ///< whose own it is
        std::map<Place, Marked::Need> copies;    ///< by the line that it repeats
    };
    /// By what a line is known, whichever of its records was named: the first of its texts. One that is gone but for what repeats it: by its number here.
    [[nodiscard]] Place lineOf(const events::LineClassed &event) const;
    [[nodiscard]] const Of *at(const Place &place) const;
    [[nodiscard]] Of *at(const Place &place);
    std::vector<events::LineClassed> m_all;
    std::map<std::uint64_t, std::map<std::uint32_t, Of>> m_texts;
};

/// Whether such a need keeps anything from anybody inside.
[[nodiscard]] bool keepsBack(const Marked::Need &need);

/// Whether a field that is kept with what people wrote holds words of theirs: not what the sender of a message is called, not the bytes of a file.
[[nodiscard]] bool isWords(const events::Event &event, int field);

/// The parts of such a field's text that are marked each by itself: the lines of a list, all of any other.
[[nodiscard]] std::vector<std::string> linesOf(const events::Event &event, int field, const std::string &text);

/// What an outbox entry says in words of people: of a silence the comment in its JSON, and nothing where there is none; else its text as it stands.
[[nodiscard]] std::string spokenIn(const events::OutboxQueued &entry, const std::string &text);

/// As the journal is read now; never null.
[[nodiscard]] std::shared_ptr<const Classes> classesOf(const journal::Journal &journal);

/// To be called before anything of the log is folded: what was classed stands in its newest snapshot, and in the records since. What was derived before
/// the newest of these is dropped. Errors as Journal::replay.
[[nodiscard]] Result<> readClasses(journal::Journal &journal);

/// What of the classes is left when these streams are erased (Classes::left), read from the records while they can be read.
[[nodiscard]] events::Events classesLeft(const journal::Journal &journal, const std::vector<events::ErasedStream> &streams, const events::Actor &by);

/// A record was committed that classes lines, or erases streams that such records stand in, on the journal's thread, before anybody is told of it: from now on the log reads so, and what was derived from it before
/// is gone from the disk.
void learnClasses(journal::Journal &journal, const events::Events &events);

/// A line put otherwise keeps its class: the text, in each of the marks that the line's words are in as a whole, unless it is marked as strictly itself.
[[nodiscard]] std::string classedAs(std::string_view line, std::string text);

} // namespace qd::desk
