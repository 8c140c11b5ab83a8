// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fixture.h"

/// Answers in PagerDuty's documented shapes (PagerDuty/api-schema reference/REST/openapiv3.json, developer-docs docs/webhooks).
namespace qd::sources::test {

inline std::string user(const char *id, const char *name)
{
    return json("{'id':'" + std::string(id) + "','type':'user_reference','summary':'" + name + "','self':'https://api.pagerduty.com/users/" + id + "','html_url':null}");
}

/// One incident as the API lists it. `key`: its incident_key, or null.
inline std::string pdIncident(const std::string &id, const std::string &status, const std::string &key = {}, const std::string &changed = "2026-11-23T08:39:00Z",
                              const std::string &more = {})
{
    return json("{'id':'" + id + "','type':'incident','summary':'[#1234] Disk is full','self':'https://api.pagerduty.com/incidents/" + id + "',"
                "'html_url':'https://subdomain.pagerduty.com/incidents/" + id + "','incident_number':1234,'title':'Disk is full','created_at':'2026-11-23T08:30:00Z',"
                "'updated_at':'" + changed + "','status':'" + status + "','incident_key':" + (key.empty() ? "null" : "'" + key + "'") + ","
                "'service':{'id':'PIJ90N7','type':'service_reference','summary':'db','self':'https://api.pagerduty.com/services/PIJ90N7','html_url':'https://subdomain.pagerduty.com/service-directory/PIJ90N7'},"
                "'assignments':[{'at':'2026-11-23T08:30:00Z','assignee':") + user("PXPGF42", "Earline Greenholt") + json("}],'last_status_change_at':'" + changed + "',"
                "'escalation_policy':{'id':'PT20YPA','type':'escalation_policy_reference','summary':'Another Escalation Policy','self':null,'html_url':null},"
                "'teams':[],'pending_actions':[],'alert_counts':{'all':1,'triggered':1,'resolved':0},'urgency':'high','priority':null,'resolve_reason':null" + more + "}");
}

inline std::string listOf(const std::string &name, const std::string &items, bool more = false, int offset = 0)
{
    return json("{'" + name + "':[") + items + json("],'limit':100,'offset':" + std::to_string(offset) + ",'total':null,'more':" + (more ? "true" : "false") + "}");
}

/// A V3 webhook's event about an incident.
inline std::string pdEvent(const std::string &type, const std::string &status, const std::string &occurred = "2026-11-23T08:40:00.169Z", const std::string &id = "PGR0VU2")
{
    return json("{'event':{'id':'5ac64822-4adc-4fda-ade0-410becf0de4f','event_type':'" + type + "','resource_type':'incident','occurred_at':'" + occurred + "','agent':") + user("PLH1HKV", "Tenex Engineer")
        + json(",'client':{'name':'PagerDuty'},'data':{'id':'" + id + "','type':'incident','self':'https://api.pagerduty.com/incidents/PGR0VU2',"
               "'html_url':'https://acme.pagerduty.com/incidents/PGR0VU2','number':2,'status':'" + status + "','incident_key':'d3640fbd41094207a1c11e58e46b1662',"
               "'created_at':'2026-11-23T08:20:00Z','title':'A little bump in the road','service':{'html_url':null,'id':'PF9KMXH','self':null,'summary':'API Service','type':'service_reference'},"
               "'assignees':[") + user("PTUXL6G", "User 123")
        + json("],'escalation_policy':{'id':'PUS0KTE','summary':'Default','type':'escalation_policy_reference'},'teams':[],"
               "'priority':{'id':'PSO75BM','summary':'P1','type':'priority_reference'},'urgency':'high','conference_bridge':null,'resolve_reason':null}}}");
}

} // namespace qd::sources::test
