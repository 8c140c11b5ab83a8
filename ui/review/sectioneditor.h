// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/view/review.h"

#include <QPlainTextEdit>
#include <QSyntaxHighlighter>
#include <memory>
#include <vector>

namespace qd::review {

/// A link to the record within a line of Markdown. In UTF-16 units.
struct Chip {
    int from = 0, length = 0;
    QString label, reference;
    bool operator==(const Chip &) const = default;
};
[[nodiscard]] std::vector<Chip> chipsIn(const QString &markdown);

/// Writes a section in Markdown: links to the record look like chips, what to look at again is underlined and marked in the gutter, and a claim
/// without evidence says so. A paste comes as plain text. GUI thread.
class SectionEditor final : public QPlainTextEdit {
    Q_OBJECT
public:
    static constexpr int kMostLetters = 60'000; ///< of a section; state::kSectionBytes bound its bytes

    explicit SectionEditor(const style::Theme &theme, QWidget *parent = nullptr);
    ~SectionEditor() override;

    /// Another text, without telling of it. The cursor stays where it was as far as there is text.
    void setText(const QString &text);
    void setFindings(std::vector<view::Finding> findings);
    [[nodiscard]] const std::vector<view::Finding> &findings() const { return m_findings; }
    /// To the next finding behind the cursor, or from the top; what it says, or nothing where there is none.
    [[nodiscard]] QString nextFinding();
    [[nodiscard]] QString findingAtCursor() const;
    /// A link to a line of the record at the cursor, behind what is selected.
    void cite(const view::EvidenceRow &row);
    /// What is pointed at where the cursor is; empty: nothing.
    [[nodiscard]] QString referenceAtCursor() const;
    [[nodiscard]] QString sentenceAtCursor() const;
    /// What is said of the mark or the hole the cursor is in; empty: it is in none.
    [[nodiscard]] QString markAtCursor() const;
    /// Other words in the place of those that are selected, unless those are others by now.
    void replaceSelected(const QString &selected, const QString &with);
    [[nodiscard]] QString selectedWords() const; ///< without blanks around them
    /// The finding about the spelling of the word the cursor is at; null: none.
    [[nodiscard]] const view::Finding *spellingAtCursor() const;
    /// Another word where a finding is, unless something else stands there by now; as what the person did, which can be undone.
    void respell(const view::Finding &finding, const QString &word);

    [[nodiscard]] int gutterWidth() const;
    void paintGutter(QPaintEvent *event);

Q_SIGNALS:
    void edited();                        ///< by the person
    void referenceOpened(const QString &reference);
    void typedInVain();                   ///< while nothing may be written
    void evidenceDropped(const QString &reference); ///< a line of the record, at the cursor
    void spellingWanted(const QPoint &at); ///< how the word at the cursor is spelt; `at`: on the screen
    void refused(const QString &sentence); ///< a paste that is too long; nothing of it was taken

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void insertFromMimeData(const QMimeData *source) override;

private:
    class Gutter;
    class Highlighter;
    void restyle();
    void placeGutter();
    void underline();
    [[nodiscard]] QString markAt(int position) const;
    [[nodiscard]] static QString said(const view::Finding &finding);

    const style::Theme &m_theme;
    Gutter *m_gutter;
    Highlighter *m_highlighter;
    std::vector<view::Finding> m_findings;
    bool m_filling = false;
};

} // namespace qd::review
