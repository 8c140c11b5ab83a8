// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/xmppelement.h"

#include <QXmlStreamReader>
#include <QXmlStreamWriter>
#include <algorithm>

namespace qd::chat {

namespace {

std::string utf8(QStringView view)
{
    const QByteArray bytes = view.toUtf8();
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

/// "<!" that opens no CDATA section, and "<?": a document type, a comment or a processing instruction. Looked for in the
/// bytes, so that Qt's parser never meets a DTD (CVE-2023-38197 is open in Debian's 6.4.2).
bool hasRestrictedXml(std::string_view frame)
{
    for (std::size_t at = frame.find('<'); at != std::string_view::npos; at = frame.find('<', at + 1)) {
        const std::string_view rest = frame.substr(at + 1);
        if (rest.starts_with('?') || (rest.starts_with('!') && !rest.starts_with("![CDATA[")))
            return true;
    }
    return false;
}

/// What XML 1.0 lets through, with LF line ends.
QString carriable(std::string_view text)
{
    const QString in = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    QString out;
    out.reserve(in.size());
    for (qsizetype i = 0; i < in.size(); ++i) {
        const QChar c = in[i];
        if (c == u'\r') {
            if (i + 1 >= in.size() || in[i + 1] != u'\n')
                out += u'\n';
        } else if (c.isHighSurrogate() && i + 1 < in.size() && in[i + 1].isLowSurrogate()) {
            out += c;
            out += in[++i];
        } else if (c == u'\n' || c == u'\t' || (c >= u' ' && !c.isSurrogate() && c.unicode() != 0xfffe && c.unicode() != 0xffff)) {
            out += c;
        }
    }
    return out;
}

void write(QXmlStreamWriter &writer, const Element &element, std::string_view outerNs)
{
    writer.writeStartElement(carriable(element.name));
    if (element.ns != outerNs)
        writer.writeAttribute(QStringLiteral("xmlns"), carriable(element.ns)); // writeDefaultNamespace escapes nothing
    for (const auto &[key, value] : element.attributes)
        writer.writeAttribute(carriable(key), carriable(value));
    if (!element.text.empty())
        writer.writeCharacters(carriable(element.text));
    for (const Element &child : element.children)
        write(writer, child, element.ns);
    writer.writeEndElement();
}

} // namespace

std::string_view Element::attribute(std::string_view key) const
{
    for (const auto &[k, v] : attributes)
        if (k == key)
            return v;
    return {};
}

const Element *Element::child(std::string_view n, std::string_view space) const
{
    for (const Element &c : children)
        if (c.is(n, space))
            return &c;
    return nullptr;
}

const Element *Element::childIn(std::string_view space) const
{
    for (const Element &c : children)
        if (c.ns == space)
            return &c;
    return nullptr;
}

Element &Element::set(std::string_view key, std::string_view value)
{
    attributes.emplace_back(key, value);
    return *this;
}

Element &Element::add(std::string_view n, std::string_view space)
{
    return children.emplace_back(n, space);
}

Element &Element::add(std::string_view n, std::string_view space, std::string_view content)
{
    Element &child = add(n, space);
    child.text = content;
    return child;
}

Result<Element> parseFrame(std::string_view frame, std::size_t limit)
{
    if (frame.size() > limit)
        return fail(Code::TooLarge, "the server sent a frame larger than " + std::to_string(limit / 1024) + " KiB");
    if (hasRestrictedXml(frame))
        return fail(Code::Invalid, "the server sent XML that XMPP forbids (a document type, comment or instruction)");

    // Qt reads past some of these; XML 1.0 (section 2.2) has none of them.
    if (std::any_of(frame.begin(), frame.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r'; }))
        return fail(Code::Invalid, "the server sent a character that XML does not have");

    QXmlStreamReader reader(QByteArray::fromRawData(frame.data(), static_cast<qsizetype>(frame.size())));
    reader.setEntityExpansionLimit(64);
    Element root;
    std::vector<Element *> open;
    std::size_t count = 0, namespaces = 0;
    while (!reader.atEnd()) {
        switch (reader.readNext()) {
        case QXmlStreamReader::StartElement: {
            if (open.size() >= static_cast<std::size_t>(kMaxDepth))
                return fail(Code::TooLarge, "the server sent XML nested deeper than " + std::to_string(kMaxDepth));
            if (++count > kMaxElements)
                return fail(Code::TooLarge, "the server sent a frame of more than " + std::to_string(kMaxElements) + " elements");
            // One long namespace on the outermost element would be held once for every element in it.
            std::string ns = utf8(reader.namespaceUri());
            if ((namespaces += ns.size()) > kMaxNamespaces)
                return fail(Code::TooLarge, "the server sent a frame whose namespaces are too long");
            Element *element = open.empty() ? &root : &open.back()->children.emplace_back();
            element->name = utf8(reader.name());
            element->ns = std::move(ns);
            for (const QXmlStreamAttribute &a : reader.attributes())
                if (a.namespaceUri().isEmpty())
                    element->attributes.emplace_back(utf8(a.name()), utf8(a.value()));
            open.push_back(element);
            break;
        }
        case QXmlStreamReader::EndElement:
            open.pop_back();
            break;
        case QXmlStreamReader::Characters:
            if (!open.empty())
                open.back()->text += utf8(reader.text());
            break;
        case QXmlStreamReader::DTD:
        case QXmlStreamReader::EntityReference:
        case QXmlStreamReader::ProcessingInstruction:
        case QXmlStreamReader::Comment:
            return fail(Code::Invalid, "the server sent XML that XMPP forbids (a document type, comment or instruction)");
        default:
            break;
        }
    }
    if (reader.hasError())
        return fail(Code::Invalid, "the server sent a frame that is not well-formed XML",
                    utf8(reader.errorString()) + " at byte " + std::to_string(reader.characterOffset()));
    return root;
}

std::string writeFrame(const Element &element)
{
    QByteArray out;
    QXmlStreamWriter writer(&out);
    write(writer, element, {});
    return {out.constData(), static_cast<std::size_t>(out.size())};
}

} // namespace qd::chat
