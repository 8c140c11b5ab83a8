// SPDX-License-Identifier: GPL-3.0-or-later
// Mattermost's own client, @mattermost/client, judges the fake of Mattermost (tests/e2e/lab_mattermost.py).
//   node mattermost.mjs MODULES http://127.0.0.1:PORT      ends with 0 when all came back as Mattermost documents it
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';

const [modules, base] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(modules), 'judge.js'));
const WebSocket = require('ws');
globalThis.window = { addEventListener() {}, removeEventListener() {} }; // the client is a browser's
globalThis.WebSocket = WebSocket;
console.log = ((log) => (...said) => said[0]?.startsWith?.("Mattermost's") && log(...said))(console.log);
const { Client4, WebSocketClient } = require('@mattermost/client');

const until = async (what, predicate, seconds = 20) => {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await new Promise((r) => setTimeout(r, 20))) {
    const found = predicate();
    if (found) return found;
  }
  throw new Error(`waited in vain until ${what}`);
};
const refused = async (promise, id, status) => assert.rejects(promise, (e) => (e.server_error_id === id && e.status_code === status) || assert.fail(`${e.server_error_id} ${e.status_code} instead of ${id}`));
const clientOf = (name) => {
  const client = new Client4();
  client.setUrl(base);
  client.setToken(`token-${name}`);
  return client;
};
const lab = async (what, body) => (await fetch(`${base}/lab/${what}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })).json();
const steps = [];
const step = (what) => steps.push(what);

const ic = clientOf('ic');
const bob = clientOf('bob');
const me = await ic.getMe();
assert.equal(me.username, 'ic');
await refused(clientOf('nobody').getMe(), 'api.context.session_expired.app_error', 401);
const team = await ic.getTeamByName('ops');
step('users/me, session_expired, teams/name');

const events = [];
let missed = 0;
const open = (token, headers) => {
  const client = new WebSocketClient({ minWebSocketRetryTime: 100, maxWebSocketRetryTime: 500, reconnectJitterRange: 50, clientPingInterval: 10000, newWebSocketFn: (url) => new WebSocket(url, { headers }) });
  client.addMessageListener((message) => events.push({ ...message, post: message.data?.post && JSON.parse(message.data.post) }));
  client.addMissedMessageListener(() => { missed += 1; });
  client.initialize(ic.getWebSocketUrl(), token);
  return client;
};
const about = (event, test = () => true) => events.find((e) => e.event === event && test(e));
const socket = open('token-ic', { Authorization: 'Bearer token-ic' });
const hello = await until('the server says hello', () => about('hello'));
assert.equal(hello.seq, 0);
assert.ok(hello.data.connection_id);
step('websocket with Authorization, hello');

const channel = await ic.createChannel({ team_id: team.id, name: 'inc-7', display_name: 'INC-7', type: 'O' });
await refused(ic.createChannel({ team_id: team.id, name: 'inc-7', display_name: 'again', type: 'O' }), 'store.sql_channel.save_channel.exists.app_error', 400);
await refused(ic.getChannelByName(team.id, 'nowhere'), 'app.channel.get_by_name.missing.app_error', 404);
assert.equal((await bob.getChannelByName(team.id, 'inc-7')).id, channel.id);
const bobsId = (await bob.getMe()).id;
await bob.addToChannel(bobsId, channel.id);
await until('somebody came', () => about('user_added', (e) => e.data.user_id === bobsId));
await ic.patchChannel(channel.id, { header: 'SEV1 shop down' });
await until('the header is told', () => about('posted', (e) => e.post.type === 'system_header_change' && e.post.props.new_header === 'SEV1 shop down'));
assert.deepEqual((await ic.getChannelMembers(channel.id, 0, 60)).map((m) => m.user_id).sort(), [me.id, bobsId].sort());
step('channels, exists, by name, members, header');

const wished = { channel_id: channel.id, message: 'hello', pending_post_id: `${me.id}:1`, props: { quarterdeck_id: 'u1' } };
const said = await ic.createPost(wished);
assert.equal((await ic.createPost(wished)).id, said.id); // the same again is the same post
const heard = await until('the post is told', () => about('posted', (e) => e.post.id === said.id));
assert.equal(heard.data.channel_type, 'O');
assert.equal(heard.post.props.quarterdeck_id, 'u1');
assert.equal(heard.broadcast.channel_id, channel.id);
const his = await bob.createPost({ channel_id: channel.id, message: '!status' });
await bob.patchPost({ id: his.id, message: '!status please' });
await until('the edit is told', () => about('post_edited', (e) => e.post.id === his.id && e.post.message === '!status please' && e.post.edit_at > 0));
await refused(bob.patchPost({ id: said.id, message: 'mine' }), 'api.context.permissions.app_error', 403);
await ic.addReaction(me.id, his.id, '+1');
await until('the reaction is told', () => about('reaction_added', (e) => JSON.parse(e.data.reaction).emoji_name === '+1'));
const unchanged = (await ic.getPost(his.id)).edit_at; // it is no edit, and counts as changed
const reacted = (await ic.getPostsSince(channel.id, unchanged)).posts[his.id];
assert.deepEqual([reacted.edit_at, reacted.metadata.reactions.map((r) => [r.user_id, r.emoji_name])], [unchanged, [[me.id, '+1']]]);
await ic.removeReaction(me.id, his.id, '+1');
await until('its end is told', () => about('reaction_removed'));
assert.ok(!(await ic.getPostsSince(channel.id, reacted.update_at)).posts[his.id].metadata.reactions?.length);
step('posts, pending_post_id, posted, post_edited, reactions');

for (let i = 0; i < 25; i += 1) await bob.createPost({ channel_id: channel.id, message: `line ${i}` });
const after = await ic.getPostsAfter(channel.id, said.id, 0, 10);
assert.equal(after.order.length, 10);
assert.equal(after.posts[after.order.at(-1)].message, '!status please'); // the one right after it is the last: newest first
const newest = await ic.getPosts(channel.id, 0, 3);
assert.deepEqual(newest.order.map((id) => newest.posts[id].message), ['line 24', 'line 23', 'line 22']);
await ic.deletePost(said.id);
await until('the removal is told', () => about('post_deleted', (e) => e.post.id === said.id));
const line = newest.posts[newest.order[2]];
await bob.patchPost({ id: line.id, message: 'line 22, corrected' });
const since = await ic.getPostsSince(channel.id, newest.posts[newest.order[0]].create_at); // nothing is newer: what was changed since
assert.deepEqual(new Set(since.order), new Set([said.id, line.id]));
assert.ok(since.posts[said.id].delete_at > 0 && since.posts[line.id].delete_at === 0);
assert.ok(since.posts[line.id].edit_at > line.create_at);
assert.equal(since.posts[line.id].message, 'line 22, corrected');
const answers = [];
for (const message of ['teh first', 'the second']) answers.push(await bob.createPost({ channel_id: channel.id, root_id: line.id, message }));
const beside = await bob.createPost({ channel_id: channel.id, message: 'beside it' });
await bob.patchPost({ id: answers[0].id, message: 'the first' });
await bob.deletePost(answers[1].id);
const changed = (await ic.getPostsSince(channel.id, beside.create_at)).posts; // what was answered below a post, too
assert.deepEqual([changed[answers[0].id].message, changed[answers[0].id].root_id, changed[answers[1].id].delete_at > 0], ['the first', line.id, true]);
step('history after a post, by page and of what was changed since; post_deleted');

const closed = await ic.createChannel({ team_id: team.id, name: 'inc-9', display_name: 'INC-9', type: 'P' });
assert.equal(closed.type, 'P');
await refused(bob.getChannelByName(team.id, 'inc-9'), 'app.channel.get_by_name.missing.app_error', 404);
await refused(bob.addToChannel(bobsId, closed.id), 'api.context.permissions.app_error', 403);
await refused(bob.createChannel({ team_id: team.id, name: 'inc-9', display_name: 'x', type: 'O' }), 'store.sql_channel.save_channel.exists.app_error', 400); // by one he does not see
await ic.addToChannel(bobsId, closed.id);
assert.equal((await bob.getChannelByName(team.id, 'inc-9')).id, closed.id);
step('private channels: seen and joined by those who are asked in alone');

const over = await ic.createChannel({ team_id: team.id, name: 'inc-8', display_name: 'INC-8', type: 'O' });
await refused(bob.deleteChannel(over.id), 'api.context.permissions.app_error', 403);
await ic.deleteChannel(over.id); // which archives it
await until('its end is told', () => about('channel_deleted', (e) => e.data.channel_id === over.id && e.data.delete_at > 0));
await refused(ic.deleteChannel(over.id), 'api.channel.delete_channel.deleted.app_error', 400);
await refused(ic.createPost({ channel_id: over.id, message: 'x' }), 'api.post.create_post.can_not_post_to_deleted.error', 400);
assert.ok((await ic.getChannel(over.id)).delete_at > 0);
step('a channel that is archived');

const direct = await ic.createDirectChannel([me.id, bobsId]);
const just = await bob.createPost({ channel_id: direct.id, message: 'just you' });
assert.equal((await until('it is told', () => about('posted', (e) => e.post.id === just.id))).data.channel_type, 'D');
await refused(ic.createDirectChannel([me.id, 'x'.repeat(26)]), 'api.channel.create_direct_channel.invalid_user.app_error', 400);
step('direct channels');

await lab('refuse', { path: '/api/v4/posts', times: 1 });
await assert.rejects(ic.createPost({ channel_id: channel.id, message: 'too much' }), (e) => e.status_code === 429);
await ic.createPost({ channel_id: channel.id, message: 'patiently' });
step('429 until its limit is over');

const before = events.length;
await lab('cut', { user: 'ic' });
await until('it is connected again', () => events.slice(before).some((e) => e.event === 'hello'));
assert.equal(missed, 1); // another connection: it knows that it has to look
await lab('say', { user: 'eve', channel: 'inc-7', text: 'after the cut' });
await until('events come again', () => about('posted', (e) => e.post.message === 'after the cut'));
step('a cut, hello again');

socket.close();
console.log(`Mattermost's own client agrees: ${steps.join('; ')}`);
process.exit(0);
