// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"
#include "ui/style/theme.h"
#include "ui/widgets/plaintext.h"

#include <QWidget>

namespace qd::widgets {

/// A severity badge as a widget. Its accessible name says the severity in words.
class Badge final : public QWidget {
    Q_OBJECT
public:
    explicit Badge(const style::Theme &theme, QWidget *parent = nullptr);
    void setMark(const style::Mark &mark, const QString &spoken);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const style::Theme &m_theme;
    style::Mark m_mark;
};

/// A key where it acts.
class KeyCap final : public QWidget {
    Q_OBJECT
public:
    KeyCap(const style::Theme &theme, const QString &key, QWidget *parent = nullptr);
    void setKey(const QString &key);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const style::Theme &m_theme;
    QString m_key;
};

/// A word in a frame; filled with a tone when it must not be missed (FLOOD), inverted when it must never be forgotten
/// (PRACTICE), dashed for what is missing.
class Tag final : public QWidget {
    Q_OBJECT
public:
    enum class Look { Framed, Dashed, Filled, Inverted };
    Tag(const style::Theme &theme, const QString &text, QWidget *parent = nullptr);
    void setPlain(const QString &text);
    void setLook(Look look, style::Tone fill = style::Tone::Error);
    [[nodiscard]] QString plain() const { return m_text; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const style::Theme &m_theme;
    QString m_text;
    Look m_look = Look::Framed;
    style::Tone m_fill = style::Tone::Error;
};

/// How long ago, kept current by the owner's tick. Past `period` it gains a clock glyph, because a value that no
/// longer arrives must not look alive.
class AgeLabel final : public QWidget {
    Q_OBJECT
public:
    explicit AgeLabel(const style::Theme &theme, QWidget *parent = nullptr);
    void setSince(Instant since, Span period = {});
    void setNow(Instant now);
    [[nodiscard]] QString plain() const;

private:
    PlainLabel *m_label;
    Instant m_since;
    Instant m_now;
    Span m_period;
};

/// What stands where content would: empty, loading, offline, error. Calm; one line and one sentence, larger where it has
/// the page to itself.
class StateCard final : public QWidget {
    Q_OBJECT
public:
    explicit StateCard(const style::Theme &theme, QWidget *parent = nullptr);
    void say(const QString &line, const QString &sentence);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();

    const style::Theme &m_theme;
    PlainLabel *m_line;
    PlainLabel *m_sentence;
};

/// A one-pixel rule in the theme's line colour.
class Rule final : public QWidget {
    Q_OBJECT
public:
    explicit Rule(const style::Theme &theme, Qt::Orientation orientation = Qt::Horizontal, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const style::Theme &m_theme;
};

} // namespace qd::widgets
