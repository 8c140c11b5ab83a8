// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/sectioneditor.h"

#include "core/review/evidence.h"
#include "ui/review/evidencemodel.h"
#include "ui/review/marks.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/timetext.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QRegularExpression>
#include <QTextBlock>
#include <algorithm>

namespace qd::review {

using style::Tone;
using style::Type;

/// Beside the text: a mark for each line with something to look at again.
class SectionEditor::Gutter final : public QWidget {
public:
    explicit Gutter(SectionEditor *editor)
        : QWidget(editor)
        , m_editor(editor)
    {
    }
    [[nodiscard]] QSize sizeHint() const override { return {m_editor->gutterWidth(), 0}; }

protected:
    void paintEvent(QPaintEvent *event) override { m_editor->paintGutter(event); }

private:
    SectionEditor *m_editor;
};

/// Headings, quotes and links of a line.
class SectionEditor::Highlighter final : public QSyntaxHighlighter {
public:
    Highlighter(const style::Theme &theme, const QPlainTextEdit &editor)
        : QSyntaxHighlighter(editor.document())
        , m_theme(theme)
    {
    }

protected:
    void highlightBlock(const QString &line) override
    {
        if (line.startsWith(QLatin1Char('#'))) {
            QTextCharFormat heading;
            heading.setFontWeight(QFont::DemiBold);
            heading.setForeground(m_theme.color(Tone::Text));
            setFormat(0, static_cast<int>(line.size()), heading);
        } else if (line.startsWith(QLatin1Char('>'))) {
            QTextCharFormat quote;
            quote.setForeground(m_theme.color(Tone::Secondary));
            quote.setFontItalic(true);
            setFormat(0, static_cast<int>(line.size()), quote);
        }
        marks(line);
        for (const Chip &chip : chipsIn(line)) {
            QTextCharFormat around; // what of the link is not to be read
            around.setForeground(m_theme.color(Tone::Faint));
            around.setFontPointSize(std::max(1.0, m_theme.font(Type::Small).pointSizeF() * 0.6));
            setFormat(chip.from, chip.length, around);
            QTextCharFormat label;
            label.setForeground(m_theme.color(Tone::Text));
            label.setBackground(m_theme.color(Tone::Raised));
            label.setFontPointSize(m_theme.font(Type::Small).pointSizeF());
            setFormat(chip.from + 1, static_cast<int>(chip.label.size()), label);
        }
    }

private:
    /// A grey block with a line above it, which begins with its class in capitals. It may go over lines: a line whose end is in a mark has the next one looked at again.
    void marks(const QString &line)
    {
        if (m_revision != document()->revision()) {
            m_revision = document()->revision();
            m_marks = marksOf(document()->toPlainText());
        }
        const int begin = currentBlock().position(), end = begin + static_cast<int>(line.size());
        int state = -1;
        for (const MarkSpan &mark : m_marks) {
            if (mark.from > end || mark.from + mark.length <= begin)
                continue;
            const int from = std::max(mark.from, begin), to = std::min(mark.from + mark.length, end);
            for (int at = from - begin; at < to - begin; ++at) {
                QTextCharFormat block = format(at);
                block.setBackground(m_theme.color(Tone::Node));
                block.setForeground(m_theme.color(Tone::Text));
                block.setFontOverline(true);
                if (begin + at < mark.from + mark.label) {
                    block.setFontWeight(QFont::DemiBold);
                    block.setFontCapitalization(QFont::AllUppercase);
                }
                setFormat(at, 1, block);
            }
            if (mark.from + mark.length > end)
                state = static_cast<int>(mark.level);
        }
        setCurrentBlockState(state);
    }

    const style::Theme &m_theme;
    std::vector<MarkSpan> m_marks;
    int m_revision = -1;
};

std::vector<Chip> chipsIn(const QString &markdown)
{
    if (!markdown.contains(QLatin1String("](")))
        return {};
    const std::string bytes = markdown.toStdString();
    std::vector<Chip> out;
    std::size_t byte = 0;
    int unit = 0;
    const auto unitsTo = [&](std::size_t end) {
        unit += static_cast<int>(QString::fromUtf8(bytes.data() + byte, static_cast<qsizetype>(end - byte)).size());
        byte = end;
        return unit;
    };
    for (const Cited &c : citedIn(bytes)) {
        const int from = unitsTo(c.at), to = unitsTo(c.at + c.length);
        out.push_back({from, to - from, QString::fromStdString(c.label), QString::fromStdString(c.reference)});
    }
    return out;
}

SectionEditor::SectionEditor(const style::Theme &theme, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_theme(theme)
    , m_gutter(new Gutter(this))
    , m_highlighter(new Highlighter(theme, *this))
{
    setAccessibleName(tr("Section"));
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    connect(this, &QPlainTextEdit::updateRequest, m_gutter, [this] { m_gutter->update(); });
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        if (m_filling)
            return;
        if (!m_findings.empty()) { // they are about the text before; the next answer brings them anew
            m_findings.clear();
            underline();
        }
        Q_EMIT edited();
    });
    connect(&theme, &style::Theme::changed, this, &SectionEditor::restyle);
    restyle();
}

SectionEditor::~SectionEditor()
{
    m_filling = true; // the document tells of its end
}

void SectionEditor::restyle()
{
    setFont(m_theme.font(Type::Body));
    setViewportMargins(gutterWidth(), 0, 0, 0);
    m_filling = true;
    m_highlighter->rehighlight();
    m_filling = false;
    underline();
    placeGutter();
}

int SectionEditor::gutterWidth() const
{
    return 6 * m_theme.step();
}

void SectionEditor::placeGutter()
{
    const QRect room = contentsRect();
    m_gutter->setGeometry(QRect(room.left(), room.top(), gutterWidth(), room.height()));
}

void SectionEditor::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    placeGutter();
}

void SectionEditor::setText(const QString &text)
{
    if (text == toPlainText())
        return;
    m_filling = true;
    const int at = textCursor().position();
    setPlainText(text);
    QTextCursor cursor = textCursor();
    cursor.setPosition(std::min(at, static_cast<int>(document()->characterCount()) - 1));
    setTextCursor(cursor);
    m_findings.clear();
    m_filling = false;
    underline();
}

void SectionEditor::setFindings(std::vector<view::Finding> findings)
{
    m_findings = std::move(findings);
    underline();
}

void SectionEditor::underline()
{
    QList<QTextEdit::ExtraSelection> marks;
    const int letters = static_cast<int>(document()->characterCount()) - 1;
    for (const view::Finding &f : m_findings) {
        if (f.from < 0 || f.from >= letters)
            continue;
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(document());
        mark.cursor.setPosition(f.from);
        mark.cursor.setPosition(std::min(letters, f.from + f.length), QTextCursor::KeepAnchor);
        if (f.unsupported) {
            mark.format.setBackground(m_theme.color(Tone::Selection));
            mark.format.setUnderlineStyle(QTextCharFormat::DotLine);
            mark.format.setUnderlineColor(m_theme.ink(Tone::Secondary));
        } else {
            mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
            mark.format.setUnderlineColor(m_theme.ink(Tone::Warning));
        }
        marks << mark;
    }
    setExtraSelections(marks);
    m_gutter->update();
}

void SectionEditor::paintGutter(QPaintEvent *event)
{
    QPainter painter(m_gutter);
    painter.fillRect(event->rect(), m_theme.color(Tone::Base));
    painter.setFont(m_theme.font(Type::Small));
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF box = blockBoundingGeometry(block).translated(contentOffset());
        if (box.top() > event->rect().bottom())
            break;
        bool found = false, unsupported = false;
        for (const view::Finding &f : m_findings)
            if (f.from >= block.position() && f.from < block.position() + block.length()) {
                found = found || !f.unsupported;
                unsupported = unsupported || f.unsupported;
            }
        if (found) {
            painter.fillRect(QRectF(m_gutter->width() - m_theme.step(), box.top(), m_theme.step() / 2.0, box.height()), m_theme.ink(Tone::Warning));
            painter.setPen(m_theme.color(Tone::Text));
            painter.drawText(QRectF(0, box.top(), m_gutter->width() - m_theme.step(), m_theme.rowHeight()), Qt::AlignCenter, QStringLiteral("⚠"));
        } else if (unsupported) {
            painter.setPen(m_theme.color(Tone::Secondary));
            painter.drawText(QRectF(0, box.top(), m_gutter->width() - m_theme.step(), m_theme.rowHeight()), Qt::AlignCenter, QStringLiteral("?"));
        }
    }
}

QString SectionEditor::said(const view::Finding &finding)
{
    return finding.question.isEmpty() ? finding.words : tr("%1 — %2").arg(finding.words, finding.question);
}

QString SectionEditor::findingAtCursor() const
{
    const int at = textCursor().position();
    for (const view::Finding &f : m_findings)
        if (at >= f.from && at <= f.from + f.length)
            return said(f);
    return {};
}

QString SectionEditor::nextFinding()
{
    if (m_findings.empty())
        return {};
    const int at = textCursor().selectionStart();
    const view::Finding *next = nullptr, *first = nullptr;
    for (const view::Finding &f : m_findings) {
        if (first == nullptr || f.from < first->from)
            first = &f;
        const bool isHere = f.from == at && textCursor().hasSelection();
        if (f.from >= at && !isHere && (next == nullptr || f.from < next->from))
            next = &f;
    }
    const view::Finding *to = next != nullptr ? next : first;
    const int letters = static_cast<int>(document()->characterCount()) - 1;
    QTextCursor cursor = textCursor();
    cursor.setPosition(std::min(to->from, letters));
    cursor.setPosition(std::min(to->from + to->length, letters), QTextCursor::KeepAnchor);
    setTextCursor(cursor);
    ensureCursorVisible();
    return said(*to);
}

void SectionEditor::cite(const view::EvidenceRow &row)
{
    QTextCursor cursor = textCursor();
    cursor.setPosition(cursor.selectionEnd());
    QString before = cursor.block().text().left(cursor.positionInBlock());
    // Before a heading's or a list's mark it would take the mark away: it goes behind the words then.
    static const QRegularExpression kMark(QStringLiteral("^\\s{0,3}(#{1,6}|[-*+]|\\d{1,9}[.)]|>)\\s"));
    if (const auto mark = kMark.match(cursor.block().text()); mark.hasMatch() && before.size() < mark.capturedLength()) {
        cursor.movePosition(QTextCursor::EndOfBlock);
        before = cursor.block().text();
    }
    QString link = QString::fromStdString(review::cite(widgets::utcClock(row.at).toStdString(), row.reference.toStdString()));
    if (!before.isEmpty() && !before.back().isSpace())
        link.prepend(QLatin1Char(' '));
    cursor.insertText(link);
    setTextCursor(cursor);
}

QString SectionEditor::referenceAtCursor() const
{
    const QTextBlock block = textCursor().block();
    const int at = textCursor().positionInBlock();
    for (const Chip &chip : chipsIn(block.text()))
        if (at >= chip.from && at <= chip.from + chip.length)
            return chip.reference;
    return {};
}

QString SectionEditor::sentenceAtCursor() const
{
    const QString line = textCursor().block().text();
    static const QRegularExpression kEnd(QStringLiteral("[.!?](?=\\s|$)"));
    qsizetype from = 0;
    for (auto it = kEnd.globalMatch(line); it.hasNext();) {
        const qsizetype end = it.next().capturedEnd();
        if (end >= textCursor().positionInBlock())
            return line.mid(from, end - from).trimmed();
        from = end;
    }
    return line.mid(from).trimmed();
}

void SectionEditor::keyPressEvent(QKeyEvent *event)
{
    // Ctrl+Return on a chip goes to its line.
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && event->modifiers() == Qt::ControlModifier) {
        if (const QString reference = referenceAtCursor(); !reference.isEmpty())
            Q_EMIT referenceOpened(reference);
        return event->accept();
    }
    if (isReadOnly() && (event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == Qt::NoModifier && !event->text().isEmpty() && event->text().front().isPrint())
        Q_EMIT typedInVain();
    QPlainTextEdit::keyPressEvent(event);
}

void SectionEditor::mouseDoubleClickEvent(QMouseEvent *event)
{
    QPlainTextEdit::mouseDoubleClickEvent(event);
    if (const QString reference = referenceAtCursor(); !reference.isEmpty())
        Q_EMIT referenceOpened(reference);
}

bool SectionEditor::canInsertFromMimeData(const QMimeData *source) const
{
    return source->hasText() || !EvidenceModel::carried(*source).isEmpty();
}

const view::Finding *SectionEditor::spellingAtCursor() const
{
    const int at = textCursor().position();
    for (const view::Finding &f : m_findings)
        if (f.rule == QLatin1String("spelling") && at >= f.from && at <= f.from + f.length)
            return &f;
    return nullptr;
}

void SectionEditor::respell(const view::Finding &finding, const QString &word)
{
    QTextCursor cursor(document());
    if (finding.from + finding.length >= document()->characterCount())
        return;
    cursor.setPosition(finding.from);
    cursor.setPosition(finding.from + finding.length, QTextCursor::KeepAnchor);
    cursor.insertText(word);
    setTextCursor(cursor);
}

void SectionEditor::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Mouse) {
        const QTextCursor there = cursorForPosition(event->pos());
        const QTextCursor chosen = textCursor();
        if (!chosen.hasSelection() || there.position() < chosen.selectionStart() || there.position() > chosen.selectionEnd())
            setTextCursor(there);
    }
    if (spellingAtCursor() == nullptr || isReadOnly())
        return QPlainTextEdit::contextMenuEvent(event);
    Q_EMIT spellingWanted(event->globalPos());
}

QString SectionEditor::markAt(int position) const
{
    for (const MarkSpan &mark : marksOf(toPlainText()))
        if (position >= mark.from && position < mark.from + mark.length)
            return markSentence(mark);
    return {};
}

QString SectionEditor::markAtCursor() const
{
    return markAt(textCursor().position());
}

QString SectionEditor::selectedWords() const
{
    return textCursor().selectedText().replace(QChar(QChar::ParagraphSeparator), QLatin1Char('\n')).trimmed();
}

void SectionEditor::replaceSelected(const QString &selected, const QString &with)
{
    QTextCursor cursor = textCursor();
    const int from = static_cast<int>(toPlainText().indexOf(selected, cursor.selectionStart()));
    if (!cursor.hasSelection() || selected != selectedWords() || from < 0)
        return Q_EMIT refused(tr("What was selected is another by now: nothing was changed."));
    cursor.setPosition(from);
    cursor.setPosition(from + static_cast<int>(selected.size()), QTextCursor::KeepAnchor);
    cursor.insertText(with);
    setTextCursor(cursor);
}

bool SectionEditor::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) // what the pointer rests on, said by the widget below it
        widgets::setPlainToolTip(viewport(), markAt(cursorForPosition(static_cast<const QHelpEvent *>(event)->pos()).position()));
    return QPlainTextEdit::viewportEvent(event);
}

void SectionEditor::insertFromMimeData(const QMimeData *source)
{
    if (const QString reference = EvidenceModel::carried(*source); !reference.isEmpty())
        return Q_EMIT evidenceDropped(reference);
    if (!source->hasText())
        return;
    const QString text = source->text();
    if (document()->characterCount() - textCursor().selectedText().size() + text.size() > kMostLetters)
        return Q_EMIT refused(tr("That is too long: a section holds %Ln letters. Nothing was pasted.", nullptr, kMostLetters));
    textCursor().insertText(text);
}

} // namespace qd::review
