// SPDX-License-Identifier: GPL-3.0-or-later
// Clients of npm's against our fakes of GitHub, GitLab and Jira: node trackers.mjs NODE_MODULES URL TOKEN MAIL
// Each goes through what our edge asks of a tracker: an issue is made, found, changed, closed, opened again. Ends with 0 when all came back as documented.
import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {pathToFileURL} from 'node:url';

const [modules, url, token, mail] = process.argv.slice(2);
const require = createRequire(modules + '/');
const load = async name => import(pathToFileURL(require.resolve(name)).href);
const marker = 'quarterdeck-judge';

// GitHub.
const {Octokit} = await import(pathToFileURL(modules + '/@octokit/rest/dist-src/index.js').href);
const hub = new Octokit({auth: token, baseUrl: url + '/github'});
const repo = {owner: 'acme', repo: 'shop'};
const made = await hub.rest.issues.create({...repo, title: 'Judged', body: `by a judge\n(${marker})`});
assert.equal(made.status, 201);
assert.equal(made.data.state, 'open');
const number = made.data.number;
const listed = await hub.rest.issues.listForRepo({...repo, state: 'all', sort: 'created', direction: 'desc', per_page: 100});
assert.deepEqual(listed.data.filter(i => i.body.includes(marker)).map(i => i.number), [number]);
assert.equal((await hub.rest.issues.update({...repo, issue_number: number, title: 'Judged again'})).data.title, 'Judged again');
const closed = await hub.rest.issues.update({...repo, issue_number: number, state: 'closed', state_reason: 'completed'});
assert.deepEqual([closed.data.state, closed.data.state_reason], ['closed', 'completed']);
assert.equal((await hub.rest.issues.listForRepo(repo)).data.length, 0);
assert.equal((await hub.rest.issues.update({...repo, issue_number: number, state: 'open'})).data.state, 'open');
const read = await hub.rest.issues.get({...repo, issue_number: number});
await assert.rejects(hub.rest.issues.get({...repo, issue_number: number, headers: {'if-none-match': read.headers.etag}}), {status: 304});
await assert.rejects(hub.rest.issues.get({...repo, issue_number: 999}), {status: 404});
await assert.rejects(new Octokit({auth: 'wrong', baseUrl: url + '/github'}).rest.issues.get({...repo, issue_number: number}), {status: 401});

// GitLab.
const {Gitlab} = await load('@gitbeaker/rest');
const lab = new Gitlab({host: url + '/gitlab', token});
const first = await lab.Issues.create('acme/shop', 'Judged', {description: `by a judge\n(${marker})`, dueDate: '2026-12-24'});
assert.deepEqual([first.state, first.due_date], ['opened', '2026-12-24']);
assert.deepEqual((await lab.Issues.all({projectId: 'acme/shop', orderBy: 'created_at', sort: 'desc', perPage: 100, maxPages: 1})).filter(i => i.description.includes(marker)).map(i => i.iid), [first.iid]);
assert.equal((await lab.Issues.edit('acme/shop', first.iid, {title: 'Judged again'})).title, 'Judged again');
assert.equal((await lab.Issues.edit('acme/shop', first.iid, {stateEvent: 'close'})).state, 'closed');
assert.equal((await lab.Issues.edit('acme/shop', first.iid, {stateEvent: 'reopen', dueDate: '2026-12-31'})).due_date, '2026-12-31');
assert.equal((await lab.Issues.show(first.iid, {projectId: 'acme/shop'})).state, 'opened');
await assert.rejects(lab.Issues.show(999, {projectId: 'acme/shop'}));
await assert.rejects(new Gitlab({host: url + '/gitlab', token: 'wrong'}).Issues.show(first.iid, {projectId: 'acme/shop'}));

// Jira.
const {Version2Client} = require('jira.js');
const jira = new Version2Client({host: url + '/jira', authentication: {basic: {email: mail, apiToken: token}}});
const issue = await jira.issues.createIssue({fields: {project: {key: 'SHOP'}, issuetype: {name: 'Task'}, summary: 'Judged', description: 'by a judge', labels: [marker], duedate: '2026-12-24'}});
assert.match(issue.key, /^SHOP-\d+$/);
const shown = await jira.issues.getIssue({issueIdOrKey: issue.key, fields: ['summary', 'status', 'duedate', 'labels']});
assert.deepEqual([shown.fields.summary, shown.fields.status.statusCategory.key, shown.fields.duedate, shown.fields.labels], ['Judged', 'new', '2026-12-24', [marker]]);
const found = await jira.sendRequest({url: '/rest/api/2/search/jql', method: 'GET', params: {jql: `project = "SHOP" AND labels = "${marker}"`, fields: 'summary', maxResults: 10}});
assert.deepEqual(found.issues.map(i => i.key), [issue.key]);
await jira.issues.editIssue({issueIdOrKey: issue.key, fields: {summary: 'Judged again', duedate: null}});
const {transitions} = await jira.issues.getTransitions({issueIdOrKey: issue.key});
const done = transitions.find(t => t.to.statusCategory.key === 'done');
await jira.issues.doTransition({issueIdOrKey: issue.key, transition: {id: done.id}});
const after = await jira.issues.getIssue({issueIdOrKey: issue.key});
assert.deepEqual([after.fields.summary, after.fields.duedate, after.fields.status.statusCategory.key], ['Judged again', null, 'done']);
await assert.rejects(jira.issues.getIssue({issueIdOrKey: 'SHOP-999'}));

console.log('judged');
