// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wall/viewingdialog.h"

#include "ui/widgets/plaintext.h"

#include <QDoubleSpinBox>
#include <cmath>

namespace qd::wall {

namespace {
constexpr double kMostMetres = 50, kMostInches = 300, kLineOfFont = 1.3;
}

ViewingDialog::ViewingDialog(const style::Theme &theme, const Viewing &said, const QSizeF &physical, const QSizeF &pixels, QWidget *parent)
    : FormDialog(theme, tr("Wall: from where it is read"), tr("Set"), parent)
    , m_physical(physical)
    , m_pixels(pixels)
    , m_metres(new QDoubleSpinBox(this))
    , m_inches(new QDoubleSpinBox(this))
{
    m_metres->setRange(0, kMostMetres);
    m_metres->setSingleStep(0.5);
    m_metres->setSuffix(tr(" m"));
    m_metres->setSpecialValueText(tr("2.2 times the diagonal"));
    m_metres->setValue(said.metres);
    m_inches->setRange(0, kMostInches);
    m_inches->setDecimals(1);
    m_inches->setSuffix(tr(" inches"));
    m_inches->setSpecialValueText(tr("as the screen says"));
    m_inches->setValue(said.inches);
    addField(tr("Distance"), m_metres, tr("Of whoever stands farthest away. Letters are 20 minutes of arc high from there, never less."));
    addField(tr("Screen"), m_inches, tr("Its diagonal; many screens do not know it."));
    m_words = addNote({});
    finish();
    for (QDoubleSpinBox *box : {m_metres, m_inches})
        connect(box, &QDoubleSpinBox::valueChanged, this, &ViewingDialog::say);
    say();
}

Viewing ViewingDialog::viewing() const
{
    return {m_metres->value(), m_inches->value()};
}

QString ViewingDialog::sentence() const
{
    return m_words->plain();
}

void ViewingDialog::say()
{
    const Viewing full = completed(viewing(), m_physical);
    const Sizes sizes = sizesFor(full, m_pixels);
    m_words->setPlain(tr("Read from %L1 m on %L2 inches: letters of %3 px, about %4 lines.")
                          .arg(full.metres, 0, 'f', 1).arg(full.inches, 0, 'f', 1).arg(sizes.text).arg(static_cast<int>(std::floor(m_pixels.height() / (sizes.text * kLineOfFont)))));
}

} // namespace qd::wall
