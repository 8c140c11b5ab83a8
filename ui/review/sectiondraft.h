// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/source.h"

#include <QHash>
#include <QJsonObject>
#include <QObject>
#include <QTimer>

namespace qd::review {

/// What becomes of the words somebody writes into a section: checked out on the first key, saved as a draft every few seconds, kept by the seat's
/// worker until the record has them, given back on leaving. What somebody else wrote meanwhile stands beside them until the person puts both
/// together: no word of either is lost, and nothing is written over. GUI thread.
class SectionDraft final : public QObject {
    Q_OBJECT
public:
    enum class Standing {
        Recorded,  ///< the editor shows what the record says
        Typed,     ///< words the record has not got yet; they are kept
        Saving,
        Refused,   ///< the core did not take them: why is in sentence(); they are kept
        Beside     ///< the record says something else than they were written over
    };
    static constexpr int kSaveMs = 3000;   ///< after the first key that is not saved
    static constexpr int kKeepMs = 400;    ///< … and until they are kept by the worker
    static constexpr int kAgainMs = 10'000; ///< after a refusal

    explicit SectionDraft(view::ViewSource &source, QObject *parent = nullptr);

    /// Another section, or none; the words of the one before are saved and it is given back.
    void open(const QString &incident, const QString &section);
    /// What the record says of the section that is open.
    void show(const view::ReviewSection &section);
    void type(const QString &text);
    /// A revision that is said to be done.
    void finish();
    /// The draft now, not in some seconds.
    void save();
    void takeOver();
    /// Ends Beside: both texts put together, to be read through; the next save is over the newest revision.
    void putTogether();
    /// Ends Beside for the record's text; mine stays in the record where the core had it, and nowhere else.
    void leaveMine();

    [[nodiscard]] QString incident() const { return m_incident; }
    [[nodiscard]] QString section() const { return m_section; }
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] QString recorded() const { return m_shown.text(); }
    [[nodiscard]] const view::ReviewSection &shown() const { return m_shown; }
    [[nodiscard]] Standing standing() const { return m_standing; }
    [[nodiscard]] QString sentence() const { return m_sentence; }
    [[nodiscard]] QString unkept() const { return m_unkept.value(key()); } ///< why the words that are typed go with this window, as a part of a sentence; empty: they do not
    [[nodiscard]] QString heldBy() const { return m_shown.heldByYou ? QString() : m_shown.heldBy; } ///< somebody else
    [[nodiscard]] bool isHeld() const { return m_shown.heldByYou; }
    [[nodiscard]] QString window() const { return m_window; } ///< by what the record tells this window's drafts from those of another of the same person

Q_SIGNALS:
    void textChanged(const QString &text); ///< the editor is to show another
    void changed();                        ///< standing, holder, sentence or what is not kept

private:
    /// A section as it was left, for answers that come later.
    struct Left {
        QString incident, section;
        int opened = 0;
        [[nodiscard]] QString key() const { return incident + QLatin1Char('/') + section; }
    };
    [[nodiscard]] QString key() const { return m_incident + QLatin1Char('/') + m_section; }
    [[nodiscard]] bool isTyped() const { return m_text != m_over; }
    void become(Standing standing, const QString &sentence = {});
    void hold(bool over);
    void write(bool draft, bool release);
    void leave();
    void answeredLate(const Left &left, const QString &sent, bool done, const QJsonObject &result);
    void giveBack(const Left &left);
    void keepFor(const QString &key, const QString &words);
    void forget(const QString &key, const QString &words);
    void settle();
    void lookForSent();
    void keep();
    [[nodiscard]] bool isOfThisWindow(const view::RevisionText &text) const;
    [[nodiscard]] const view::RevisionText *myAside() const;
    [[nodiscard]] const view::RevisionText *asideOfMine() const;

    view::ViewSource &m_source;
    const QString m_window;        ///< drawn by lot
    QString m_incident, m_section;
    view::ReviewSection m_shown;
    QString m_text;                ///< in the editor
    QString m_over;                ///< … written over this text
    std::uint32_t m_base = 0;      ///< … of this revision
    std::uint32_t m_settles = 0;   ///< the aside that is put together with it
    std::uint32_t m_loaded = 0;    ///< the aside whose words the editor was filled with, whichever window wrote it; 0: none
    QString m_sent;                ///< on its way
    std::uint32_t m_written = 0;   ///< the number what was sent has in the record; 0: not answered yet
    std::uint32_t m_mine = 0;      ///< the revision the editor shows as it was typed; 0: none
    bool m_awaits = false;         ///< what was sent is not answered yet
    bool m_isSent = false, m_holdAsked = false, m_isKnown = false;
    bool m_isBarred = false;       ///< somebody else has it: nothing is written by itself
    int m_opened = 0;              ///< by it an answer about an earlier section is known
    QHash<int, QString> m_rests;   ///< … and what was typed there behind what was on its way as it was left
    QHash<QString, QString> m_kept; ///< what the worker was given to keep, by key
    QHash<QString, QString> m_unkept; ///< … and why it goes with this window
    Standing m_standing = Standing::Recorded;
    QString m_sentence;
    QTimer m_save, m_keep;
};

} // namespace qd::review
