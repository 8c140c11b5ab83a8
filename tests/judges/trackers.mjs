// SPDX-License-Identifier: GPL-3.0-or-later
// Clients of npm's against our fakes of GitHub, GitLab, Jira (Cloud and Data Center) and Confluence: node trackers.mjs NODE_MODULES URL TOKEN MAIL
// Each goes through what our edge asks of it: an issue is made, found, given to somebody, changed, closed, opened again; a page is made, found, written again. Ends
// with 0 when all came back as documented.
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
const given = await hub.rest.issues.create({...repo, title: 'Given', assignees: ['ben-gh']});
assert.deepEqual([given.data.assignee.login, given.data.assignees.map(a => a.login)], ['ben-gh', ['ben-gh']]);
assert.equal((await hub.rest.issues.update({...repo, issue_number: given.data.number, assignees: ['Eve-GH']})).data.assignee.login, 'eve-gh');
assert.equal((await hub.rest.issues.update({...repo, issue_number: given.data.number, assignees: []})).data.assignee, null);
await assert.rejects(hub.rest.issues.update({...repo, issue_number: given.data.number, assignees: ['nobody']}), {status: 422});
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
const [ben] = await lab.Users.all({username: 'ben-gl'});
assert.deepEqual([ben.username, typeof ben.id], ['ben-gl', 'number']);
assert.deepEqual(await lab.Users.all({username: 'nobody'}), []);
const theirs = await lab.Issues.create('acme/shop', 'Given', {assigneeIds: [ben.id]});
assert.deepEqual([theirs.assignee.username, theirs.assignees.map(a => a.username)], ['ben-gl', ['ben-gl']]);
assert.equal((await lab.Issues.edit('acme/shop', theirs.iid, {assigneeIds: [0]})).assignee, null);
await assert.rejects(lab.Issues.show(999, {projectId: 'acme/shop'}));
await assert.rejects(new Gitlab({host: url + '/gitlab', token: 'wrong'}).Issues.show(first.iid, {projectId: 'acme/shop'}));

// Jira: Cloud knows people by accountId and searches by search/jql, Data Center by name and by search.
const {Version2Client} = require('jira.js');
const basic = {basic: {email: mail, apiToken: token}};
for (const [site, authentication, key, people, where] of [['jira', basic, 'accountId', ['557058:ben', '557058:eve'], '/rest/api/2/search/jql'],
                                                          ['jiradc', {personalAccessToken: token}, 'name', ['bbirke', 'eabara'], '/rest/api/2/search']]) {
  const jira = new Version2Client({host: `${url}/${site}`, authentication});
  assert.equal((await jira.serverInfo.getServerInfo()).deploymentType, site === 'jira' ? 'Cloud' : 'Server');
  const issue = await jira.issues.createIssue({fields: {project: {key: 'SHOP'}, issuetype: {name: 'Task'}, summary: 'Judged', description: 'by a judge', labels: [marker], duedate: '2026-12-24', assignee: {[key]: people[0]}}});
  assert.match(issue.key, /^SHOP-\d+$/);
  const shown = await jira.issues.getIssue({issueIdOrKey: issue.key, fields: ['summary', 'status', 'duedate', 'labels', 'assignee']});
  assert.deepEqual([shown.fields.summary, shown.fields.status.statusCategory.key, shown.fields.duedate, shown.fields.labels], ['Judged', 'new', '2026-12-24', [marker]]);
  assert.deepEqual([shown.fields.assignee[key], shown.fields.assignee.displayName, 'accountId' in shown.fields.assignee], [people[0], 'Ben Birke', site === 'jira']);
  const jql = `project = "SHOP" AND labels = "${marker}"`;
  for (const way of [{method: 'GET', params: {jql, fields: 'summary', maxResults: 10}}, {method: 'POST', data: {jql, fields: ['summary'], maxResults: 10}}])
    assert.deepEqual((await jira.sendRequest({url: where, ...way})).issues.map(i => i.key), [issue.key]);
  if (site === 'jiradc') {
    assert.deepEqual((await jira.issueSearch.searchForIssuesUsingJql({jql})).issues.map(i => i.key), [issue.key]);
    assert.deepEqual((await jira.issueSearch.searchForIssuesUsingJqlPost({jql})).issues.map(i => i.key), [issue.key]);
    await assert.rejects(jira.sendRequest({url: '/rest/api/2/search/jql', method: 'GET', params: {jql}}));
  }
  await jira.issues.editIssue({issueIdOrKey: issue.key, fields: {summary: 'Judged again', duedate: null, assignee: {[key]: people[1]}}});
  await assert.rejects(jira.issues.editIssue({issueIdOrKey: issue.key, fields: {assignee: {[key]: 'nobody'}}}));
  const {transitions} = await jira.issues.getTransitions({issueIdOrKey: issue.key});
  const done = transitions.find(t => t.to.statusCategory.key === 'done');
  await jira.issues.doTransition({issueIdOrKey: issue.key, transition: {id: done.id}});
  const after = await jira.issues.getIssue({issueIdOrKey: issue.key});
  assert.deepEqual([after.fields.summary, after.fields.duedate, after.fields.status.statusCategory.key, after.fields.assignee[key]], ['Judged again', null, 'done', people[1]]);
  const bug = await jira.issues.createIssue({fields: {project: {key: 'SHOP'}, issuetype: {name: 'Bug'}, summary: 'A bug'}});
  assert.equal((await jira.issues.getIssue({issueIdOrKey: bug.key})).fields.issuetype.name, 'Bug');
  await assert.rejects(jira.issues.createIssue({fields: {project: {key: 'SHOP'}, issuetype: {name: 'Wish'}, summary: 'No such type'}}));
  await assert.rejects(jira.issues.getIssue({issueIdOrKey: 'SHOP-999'}));
  await assert.rejects(new Version2Client({host: `${url}/${site}`, authentication: {personalAccessToken: 'wrong'}}).issues.getIssue({issueIdOrKey: issue.key}));
}

// Confluence.
const {ConfluenceClient} = require('confluence.js');
const wiki = new ConfluenceClient({host: url, authentication: basic});
const storage = value => ({storage: {value, representation: 'storage'}});
const named = {spaceKey: 'OPS', title: 'Judged', limit: 1, expand: ['version']};
assert.deepEqual((await wiki.content.getContent(named)).results, []);
const page = await wiki.content.createContent({type: 'page', title: 'Judged', space: {key: 'OPS'}, body: storage('<p>by a judge</p>')});
assert.deepEqual([page.type, page.title, page.version.number], ['page', 'Judged', 1]);
assert.match(page._links.webui, /^\//);
assert.deepEqual((await wiki.content.getContent(named)).results.map(p => p.id), [page.id]);
const [listedPage] = (await wiki.content.getContent(named)).results;
assert.equal(listedPage.version.number, 1);
const again = {id: page.id, type: 'page', title: 'Judged again', body: storage('<p>again</p>')};
assert.equal((await wiki.content.updateContent({...again, version: {number: 2}})).version.number, 2);
await assert.rejects(wiki.content.updateContent({...again, version: {number: 2}}), e => e.response.status === 409);
const kept = await wiki.content.getContentById({id: page.id, expand: ['version', 'body.storage']});
assert.deepEqual([kept.title, kept.version.number, kept.body.storage.value], ['Judged again', 2, '<p>again</p>']);
await assert.rejects(wiki.content.createContent({type: 'page', title: 'Judged again', space: {key: 'OPS'}, body: storage('')}), e => e.response.status === 400);
await wiki.content.deleteContent({id: page.id});
await assert.rejects(wiki.content.getContentById({id: page.id}), e => e.response.status === 404);
await assert.rejects(new ConfluenceClient({host: url, authentication: {basic: {email: mail, apiToken: 'wrong'}}}).content.getContent(named), e => e.response.status === 401);

console.log('judged');
