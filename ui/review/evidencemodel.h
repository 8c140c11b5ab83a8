// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/view/review.h"

#include <QAbstractTableModel>
#include <QHash>
#include <memory>
#include <vector>

namespace qd::review {

/// The kinds a line can be marked as, in the order of their keys 1 to 4.
inline constexpr const char *kMarkers[] = {"detection", "diagnosis", "repair", "key"};
[[nodiscard]] int markerOf(const QString &kind); ///< 1 to 4; 0: none of them

/// The record of an incident as rows to cite, or what of it is looked for. Holds no row itself: it shows shared ones, so that opening 50,000
/// lines makes 50,000 numbers. GUI thread.
class EvidenceModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { When, What, Who, Marks, Columns };
    enum class Part { All, People, Messages };

    explicit EvidenceModel(const style::Theme &theme, QObject *parent = nullptr);

    void show(std::shared_ptr<const view::Evidence> evidence, const std::vector<view::MomentRow> &moments, const std::shared_ptr<const view::Cast> &cast = nullptr);
    void setFilter(const QString &words);
    void setPart(Part part);
    void setNamed(bool named);                 ///< people by name, also in texts; else by what they were
    void setWhoInText(bool inText);            ///< where there is no room for a column of their own
    /// Lines say what they said at this moment, by its clock, and those that were not there yet are dimmed; none: the present.
    void setMoment(const view::PastPoint &moment);

    [[nodiscard]] const view::EvidenceRow *row(int index) const;
    [[nodiscard]] int indexOf(const QString &id) const;      ///< -1: it is not shown
    [[nodiscard]] int indexAt(Instant at) const;             ///< the last row not after it; -1: none
    [[nodiscard]] int hidden() const;                        ///< by the filter or the part
    [[nodiscard]] int total() const;
    [[nodiscard]] int marked() const { return m_markedRows; }
    [[nodiscard]] const std::vector<view::MomentRow> &moments() const { return m_moments; }
    /// The moment of this kind a row is marked as; null: it is not.
    [[nodiscard]] const view::MomentRow *mark(const view::EvidenceRow &row, int marker) const;
    [[nodiscard]] QString who(const view::EvidenceRow &row) const;
    /// The line that is pointed at so, shown or not; null: there is none.
    [[nodiscard]] const view::EvidenceRow *find(const QString &reference) const;
    /// What it says at the moment looked at, with people as they are to stand.
    [[nodiscard]] QString words(const view::EvidenceRow &row) const;
    /// … and in the present, whatever is looked at: for what is written now.
    [[nodiscard]] QString lastWords(const view::EvidenceRow &row) const;
    [[nodiscard]] bool isNamed() const { return m_named; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// A line is dragged to where it is cited: what is carried is its reference, and no word of it.
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] Qt::DropActions supportedDragActions() const override { return Qt::CopyAction; }
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData *mimeData(const QModelIndexList &indexes) const override;
    /// The reference that is carried; empty: none is.
    [[nodiscard]] static QString carried(const QMimeData &data);

private:
    [[nodiscard]] bool isShown(const view::EvidenceRow &row) const;
    [[nodiscard]] std::vector<std::uint32_t> chosen() const;
    void refill();
    [[nodiscard]] QString marksOf(const view::EvidenceRow &row) const;
    [[nodiscard]] bool isThere(const view::EvidenceRow &row) const;
    [[nodiscard]] const QString &textOf(const view::EvidenceRow &row) const; ///< at the moment looked at
    [[nodiscard]] QString named(const view::EvidenceRow &row, const QString &text) const;
    [[nodiscard]] Instant putOtherwise(const view::EvidenceRow &row) const;  ///< when, after the moment looked at, for the first time; none: it was not

    const style::Theme &m_theme;
    std::shared_ptr<const view::Evidence> m_evidence;
    std::vector<std::uint32_t> m_shown;        ///< rows of m_evidence
    std::vector<view::MomentRow> m_moments;
    QHash<QString, std::vector<std::size_t>> m_byReference; ///< into m_moments
    int m_markedRows = 0;
    QString m_filter;
    Part m_part = Part::All;
    bool m_named = false, m_isWhoInText = false;
    std::shared_ptr<const view::Cast> m_cast;
    view::Nameless m_nobody, m_unknown;        ///< where nobody is named, and where who is known is
    view::PastPoint m_moment;
};

} // namespace qd::review
