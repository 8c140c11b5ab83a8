// SPDX-License-Identifier: GPL-3.0-or-later
// PagerDuty's own client against our fake of its REST API: node pagerduty.mjs NODE_MODULES PORT CA-FILE TOKEN FROM
// It believes that it speaks with https://api.pagerduty.com; only the socket leads elsewhere. Ends with 0 when all came back as documented.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import https from 'node:https';
import {createRequire} from 'node:module';
import tls from 'node:tls';

const [modules, port, root, token, from] = process.argv.slice(2);
const {api, event} = createRequire(modules + '/')('@pagerduty/pdjs');
const agent = new https.Agent({keepAlive: false});
agent.createConnection = options => tls.connect({host: '127.0.0.1', port: Number(port), servername: options.servername || options.host, ca: fs.readFileSync(root)});
const pd = api({token, agent, headers: {From: from}, retryTimeout: 100});

// Lists come in pages, and the client finds its way through them.
const users = await pd.all('/users', {queryParameters: {limit: '2'}});
assert.equal(users.resource.length, 3);
assert.ok(users.data.length >= 2 && users.data[0].more === true && users.data[0].limit === 2 && users.data.at(-1).more === false);
for (const path of ['services', 'schedules', 'escalation_policies', 'teams', 'oncalls', 'log_entries']) {
  const {resource, data} = await pd.get('/' + path);
  assert.ok(Array.isArray(resource), path);
  assert.equal(data.offset, 0);
}

// An incident is made, found, acknowledged, noted, given to somebody, escalated, resolved.
const made = await pd.post('/incidents', {data: {incident: {type: 'incident', title: 'Judged', service: {id: 'PSDB', type: 'service_reference'}, incident_key: 'judge-1'}}});
assert.equal(made.response.status, 201);
const {id} = made.resource;
const listed = await pd.get('/incidents', {data: {'statuses[]': ['triggered', 'acknowledged'], incident_key: 'judge-1'}});
assert.deepEqual(listed.resource.map(i => [i.id, i.status]), [[id, 'triggered']]);
const change = fields => pd.put('/incidents/' + id, {data: {incident: {type: 'incident_reference', ...fields}}});
assert.equal((await change({status: 'acknowledged'})).resource.status, 'acknowledged');
assert.equal((await pd.post(`/incidents/${id}/notes`, {data: {note: {content: 'seen by the judge'}}})).data.note.content, 'seen by the judge');
assert.deepEqual((await pd.get(`/incidents/${id}/notes`)).data.notes.map(n => n.content), ['seen by the judge']);
assert.deepEqual((await change({assignments: [{assignee: {id: 'PBEN', type: 'user_reference'}}]})).resource.assignments.map(a => a.assignee.id), ['PBEN']);
assert.deepEqual((await change({escalation_level: 2})).resource.assignments.map(a => a.assignee.id), ['PZOE']);
assert.equal((await change({status: 'resolved'})).resource.status, 'resolved');
const again = await change({status: 'resolved'});
assert.equal(again.response.status, 400);
assert.equal(again.data.error.code, 1001);
const log = (await pd.get(`/incidents/${id}/log_entries`)).data.log_entries.map(e => e.type);
for (const type of ['trigger', 'acknowledge', 'annotate', 'assign', 'escalate', 'resolve'])
  assert.ok(log.includes(type + '_log_entry'), type);

// What is not there, and who may not.
assert.equal((await pd.get('/incidents/QNOTHING')).response.status, 404);
assert.equal((await api({token: 'wrong', agent}).get('/users')).response.status, 401);

// Its events: one key is one incident.
const send = (event_action, more) => event({agent, data: {routing_key: 'R'.repeat(32), event_action, dedup_key: 'judge-2', ...more}});
const payload = {payload: {summary: 'By event', source: 'judge', severity: 'critical'}};
for (let n = 0; n < 2; ++n) {
  const taken = await send('trigger', payload);
  assert.equal(taken.response.status, 202);
  assert.equal(taken.data.dedup_key, 'judge-2');
}
const open = async () => (await pd.get('/incidents', {data: {'statuses[]': ['triggered', 'acknowledged'], incident_key: 'judge-2'}})).resource;
assert.equal((await open()).length, 1);
await send('resolve');
assert.equal((await open()).length, 0);
console.log('judged');
