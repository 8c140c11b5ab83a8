// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/taxonomy.h"

#include <algorithm>
#include <boost/json.hpp>

namespace qd {

extern const char *const kUsualTaxonomy; // made of the resource file by CMake

namespace {

namespace json = boost::json;

constexpr std::uint32_t kWhole = 10'000; ///< hundredths of a percent
constexpr std::string_view kTaxonomyLanguages[] = {"en", "de"};

std::string textAt(const json::object &o, std::string_view key)
{
    const json::value *v = o.if_contains(key);
    return v && v->is_string() ? std::string(v->get_string().data(), v->get_string().size()) : std::string();
}

Localized labelsOf(const json::object &o)
{
    Localized out;
    for (const std::string_view language : kTaxonomyLanguages)
        if (std::string text = textAt(o, language); !text.empty())
            out[std::string(language)] = std::move(text);
    return out;
}

const std::string &inLanguage(const Localized &label, std::string_view language, const std::string &otherwise)
{
    for (const std::string_view each : {language, std::string_view("en")})
        if (const auto it = label.find(std::string(each)); it != label.end())
            return it->second;
    return otherwise;
}

Result<std::vector<TaxonomyLayer>> layersOf(const json::object &top, std::string_view key)
{
    std::vector<TaxonomyLayer> out;
    const json::value *all = top.if_contains(key);
    if (!all || !all->is_array())
        return fail(Code::Invalid, "The taxonomy has no " + std::string(key) + ".");
    for (const json::value &v : all->get_array()) {
        TaxonomyLayer layer = v.is_object() ? TaxonomyLayer{textAt(v.get_object(), "id"), labelsOf(v.get_object())} : TaxonomyLayer{};
        if (layer.id.empty() || !layer.label.contains("en"))
            return fail(Code::Invalid, "One of the " + std::string(key) + " of the taxonomy has no id or no English label.");
        out.push_back(std::move(layer));
    }
    return out;
}

Result<TaxonomyFactor> factorOf(const json::value &v, const Taxonomy &so)
{
    if (!v.is_object())
        return fail(Code::Invalid, "A factor of the taxonomy is no object.");
    const json::object &o = v.get_object();
    TaxonomyFactor f{textAt(o, "id"), textAt(o, "layer"), textAt(o, "group"), labelsOf(o), 0, false, textAt(o, "source")};
    if (f.id.empty() || !f.label.contains("en"))
        return fail(Code::Invalid, "A factor of the taxonomy has no id or no English label: " + f.id);
    if (so.factor(f.id))
        return fail(Code::Invalid, "The taxonomy has the factor " + f.id + " twice.");
    if (!so.layer(f.layer) || (!f.group.empty() && !so.group(f.group)))
        return fail(Code::Invalid, "The factor " + f.id + " is of a layer or group the taxonomy does not have.");
    if (const json::value *rate = o.if_contains("rate")) {
        if (!rate->is_int64() || rate->get_int64() < 0 || rate->get_int64() > kWhole)
            return fail(Code::Invalid, "The rate of " + f.id + " is no number of hundredths of a percent.");
        f.rate = static_cast<std::uint32_t>(rate->get_int64());
    }
    return f;
}

template <typename T>
const T *withId(const std::vector<T> &all, std::string_view id)
{
    const auto it = std::find_if(all.begin(), all.end(), [&](const T &one) { return one.id == id; });
    return it == all.end() ? nullptr : &*it;
}

} // namespace

const TaxonomyFactor *Taxonomy::factor(std::string_view id) const
{
    return withId(factors, id);
}

const TaxonomyLayer *Taxonomy::layer(std::string_view id) const
{
    return withId(layers, id);
}

const TaxonomyLayer *Taxonomy::group(std::string_view id) const
{
    return withId(groups, id);
}

std::string labelOf(const TaxonomyFactor &factor, std::string_view language)
{
    return inLanguage(factor.label, language, factor.id);
}

std::string labelOf(const TaxonomyLayer &layer, std::string_view language)
{
    return inLanguage(layer.label, language, layer.id);
}

Result<Taxonomy> readTaxonomy(std::string_view text)
{
    boost::system::error_code error;
    const json::value whole = json::parse(json::string_view(text.data(), text.size()), error);
    if (error || !whole.is_object())
        return fail(Code::Invalid, "The taxonomy is no JSON object.", error.message());
    const json::object &top = whole.get_object();
    Taxonomy out;
    out.version = textAt(top, "version");
    if (out.version.empty())
        return fail(Code::Invalid, "The taxonomy has no version.");
    auto layers = layersOf(top, "layers"), groups = layersOf(top, "groups");
    if (!layers || !groups)
        return tl::unexpected(layers ? groups.error() : layers.error());
    out.layers = std::move(*layers);
    out.groups = std::move(*groups);
    const json::value *all = top.if_contains("factors");
    if (!all || !all->is_array() || all->get_array().empty() || all->get_array().size() > kFactorsMost)
        return fail(Code::Invalid, "The taxonomy has between 1 and " + std::to_string(kFactorsMost) + " factors.");
    for (const json::value &v : all->get_array()) {
        auto factor = factorOf(v, out);
        if (!factor)
            return tl::unexpected(factor.error());
        out.factors.push_back(std::move(*factor));
    }
    return out;
}

const Taxonomy &usualTaxonomy()
{
    static const Taxonomy kUsual = readTaxonomy(kUsualTaxonomy).value_or(Taxonomy{}); // a test reads the file: it is sound
    return kUsual;
}

bool isMitigator(const Taxonomy &taxonomy, std::string_view factor)
{
    const TaxonomyFactor *known = taxonomy.factor(factor);
    return known && known->layer == kMitigatorLayer;
}

Taxonomy taxonomyUnder(const TaxonomyRules &rules)
{
    Taxonomy out = usualTaxonomy();
    if (rules.version.empty())
        return out;
    out.version = rules.replaces ? rules.version : out.version + "+" + rules.version;
    if (rules.replaces)
        for (TaxonomyFactor &f : out.factors) // an old review may name them
            f.retired = true;
    for (const std::string &id : rules.retired)
        for (TaxonomyFactor &f : out.factors)
            f.retired = f.retired || f.id == id;
    for (const TaxonomyFactor &own : rules.factors) {
        const auto it = std::find_if(out.factors.begin(), out.factors.end(), [&](const TaxonomyFactor &f) { return f.id == own.id; });
        if (it != out.factors.end())
            *it = own;
        else
            out.factors.push_back(own);
    }
    return out;
}

} // namespace qd
