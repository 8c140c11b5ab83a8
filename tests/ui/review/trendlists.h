// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/review/trendsview.h"

#include <QJsonDocument>

namespace qd::test {

inline QJsonArray listRead(QByteArray json)
{
    return QJsonDocument::fromJson(json.replace('\'', '"')).array();
}

/// As the core answers (core/control/publishing.cpp): three unrelated incidents with two factors, of four that were reviewed.
inline review::TrendsLists someTrends()
{
    review::TrendsLists out;
    out.trends = listRead("[{'kind':'all','factor':null,'label':'all','incidents':3,'reviewed':4,'agreement':'kappa 0.41 over 6 incidents with two raters or more'},"
                          "{'kind':'factor','factor':'f.push','label':'configuration push','incidents':3,'share':0.6,'together':0.6,'ofIncidents':1.0,'elsewhere':'31.00','elsewhereBy':'Google SRE Workbook, appendix C',"
                          "'ratings':{'low':1,'medium':0,'high':2,'unsaid':3},'kappa':0.41,'shaky':true,'agreement':'kappa 0.41 over 6 incidents with two raters or more: shaky, it may be far off'},"
                          "{'kind':'factor','factor':'f.test','label':'inadequate testing','incidents':2,'share':0.4,'together':1.0,'ofIncidents':0.667,'elsewhere':'','elsewhereBy':'','ratings':{},'kappa':null,'shaky':false,"
                          "'agreement':'nothing is said of agreement: 2 incidents with two raters or more, and it takes 5'},"
                          "{'kind':'pair','factor':'f.push','label':'configuration push','with':'f.test','withLabel':'inadequate testing','incidents':2,'lift':1.5},"
                          "{'kind':'matrix','factor':null,'factors':['f.push','f.test'],'labels':['configuration push','inadequate testing'],'counts':[[3,2],[2,2]],'lift':[[null,1.5],[1.5,null]]},"
                          "{'kind':'quarter','factor':null,'label':'all','period':'2026 Q1','incidents':2},{'kind':'quarter','factor':'f.push','label':'configuration push','period':'2026 Q1','incidents':2},"
                          "{'kind':'quarter','factor':null,'label':'all','period':'2026 Q2','incidents':1},{'kind':'quarter','factor':'f.push','label':'configuration push','period':'2026 Q2','incidents':1},"
                          "{'kind':'quarter','factor':'f.test','label':'inadequate testing','period':'2026 Q2','incidents':1},{'kind':'month','factor':null,'label':'all','period':'2026-01','incidents':2}]");
    out.effects = listRead("[{'incident':'INC-7','action':1,'text':'limits reach one host first','verdict':'inconclusive','sentence':'recurred 2 times in 140 exposed days, before: 9 in 160','why':'the interval holds 1',"
                           "'before':{'events':9,'days':160.9},'after':{'events':2,'days':140.0},'ratio':0.254,'low':0.027,'high':1.21,'countedFrom':'2026-01-05T10:00:00Z','countedFromBy':'the core started',"
                           "'lengths':{'sentence':'to detect: too few before (2), too few after (1)'}},"
                           "{'incident':'INC-8','action':2,'text':'two people read it','verdict':'not enough data yet','sentence':'','why':'it is done for 3 days','before':{'events':0,'days':10},'after':{'events':1,'days':3},"
                           "'ratio':null,'low':0.1,'high':null,'lengths':{'sentence':''}}]");
    out.patterns = listRead("[{'id':'pattern/1','pattern':1,'state':'open','title':'Everywhere at once','requirement':'A push reaches one host first.','factors':['f.push'],'labels':['configuration push'],"
                            "'services':['checkout'],'incidents':['INC-2','INC-4'],'openReviews':['INC-4']},"
                            "{'id':'pattern/2','pattern':2,'state':'met','title':'No owner','requirement':'x','factors':[],'labels':[],'services':['checkout'],'incidents':[],'openReviews':[],'reason':'measured'},"
                            "{'id':'suggestion/1','pattern':0,'state':'suggested','title':'','requirement':'','factors':['f.push','f.test'],'labels':['configuration push','inadequate testing'],'services':['mail'],'incidents':['INC-2','INC-3'],'openReviews':[]}]");
    out.reviews = listRead("[{'incident':'INC-2','title':'Checkout slow','service':'checkout','phase':'closed','kind':'real','factors':[{'factor':'f.push'},{'factor':'f.test'}]},"
                           "{'incident':'INC-3','title':'Mail slow','service':'mail','phase':'draft','kind':'real','factors':[{'factor':'f.test'},{'factor':'f.push'}]},"
                           "{'incident':'INC-4','title':'Checkout down','service':'checkout','phase':'draft','kind':'real','factors':[{'factor':'f.push'}]},"
                           "{'incident':'INC-5','title':'A drill','service':'mail','phase':'draft','kind':'drill','factors':[{'factor':'f.push'},{'factor':'f.test'}]},"
                           "{'incident':'INC-6','title':'A false alarm','service':'mail','phase':'draft','kind':'real','counted':false,'factors':[{'factor':'f.push'},{'factor':'f.test'}]}]");
    out.taxonomy = listRead("[{'id':'f.push','labels':{'en':'configuration push','de':'Auslieferung einer Konfiguration'}}]");
    out.factors = listRead("[{'factor':'f.push','label':'configuration push','service':'mail','incidents':1,'ofService':1,'reviews':['INC-3']},"
                           "{'factor':'f.push','label':'configuration push','service':'checkout','incidents':2,'ofService':2,'reviews':['INC-2','INC-4']},"
                           "{'factor':'f.test','label':'inadequate testing','service':'checkout','incidents':1,'ofService':2,'reviews':['INC-2','INC-9']}]");
    return out;
}

} // namespace qd::test
