// SPDX-License-Identifier: GPL-3.0-or-later
// Slack's own clients, @slack/socket-mode and @slack/web-api, judge the fake of Slack (tests/e2e/lab_slack.py).
//   node slack.mjs MODULES http://127.0.0.1:PORT      ends with 0 when all came back as Slack documents it
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';

const [modules, base] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(modules), 'judge.js'));
const { SocketModeClient } = require('@slack/socket-mode');
const { WebClient } = require('@slack/web-api');
const quiet = { setLevel() {}, getLevel: () => 'error', setName() {}, debug() {}, info() {}, warn() {}, error() {} };
const slackApiUrl = `${base}/api/`;

const lab = async (what, body) => (await fetch(`${base}/lab/${what}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })).json();
const until = async (what, predicate, seconds = 20) => {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await new Promise((r) => setTimeout(r, 20))) {
    const found = predicate();
    if (found) return found;
  }
  throw new Error(`waited in vain until ${what}`);
};
const refused = async (promise, error) => assert.rejects(promise, (e) => e.data?.error === error || assert.fail(`${e.data?.error ?? e} instead of ${error}`));
const steps = [];
const step = (what) => steps.push(what);

const web = new WebClient('xoxb-ic', { slackApiUrl, logger: quiet });
const me = await web.auth.test();
assert.equal(me.user_id, 'U0000000IC');
assert.equal(new URL(me.url).host, 'acme.slack.com');
await refused(new WebClient('xoxb-nobody', { slackApiUrl, logger: quiet }).auth.test(), 'invalid_auth');
step('auth.test, invalid_auth');

const events = [];
const socket = new SocketModeClient({ appToken: 'xapp-ic', clientOptions: { slackApiUrl }, logger: quiet, autoReconnectEnabled: true });
socket.on('slack_event', async ({ ack, body, type, retry_num }) => {
  await ack();
  events.push({ type, retry: retry_num, ...body });
});
const about = (type, test = () => true) => events.find((e) => e.event?.type === type && test(e.event));
let hellos = 0;
socket.on('connected', () => { hellos += 1; });
await socket.start(); // resolves at hello
step('apps.connections.open, hello');

const { channel } = await web.conversations.create({ name: 'inc-7' });
await refused(web.conversations.create({ name: 'inc-7' }), 'name_taken');
await refused(web.conversations.create({ name: 'No Capitals' }), 'invalid_name_specials');
await web.conversations.setTopic({ channel: channel.id, topic: 'SEV1 shop down' });
await until('the topic is told', () => about('message', (e) => e.subtype === 'channel_topic' && e.topic === 'SEV1 shop down'));
const bob = new WebClient('xoxb-bob', { slackApiUrl, logger: quiet });
await refused(bob.chat.postMessage({ channel: channel.id, text: 'x' }), 'not_in_channel');
await bob.conversations.join({ channel: channel.id });
await until('somebody joined', () => about('member_joined_channel', (e) => e.user === 'U000000BOB'));
await web.conversations.invite({ channel: channel.id, users: 'U000000DBA' });
await refused(web.conversations.invite({ channel: channel.id, users: 'U000000DBA' }), 'already_in_channel');
assert.deepEqual((await web.conversations.members({ channel: channel.id })).members.sort(), ['U000000BOB', 'U000000DBA', 'U0000000IC'].sort());
step('conversations.create, name_taken, setTopic, join, invite, members');

const said = await web.chat.postMessage({ channel: channel.id, text: 'hello', metadata: { event_type: 'quarterdeck_message', event_payload: { id: 'u1' } } });
assert.match(said.ts, /^\d{10}\.\d{6}$/);
await until('our own message comes back', () => about('message', (e) => e.ts === said.ts && e.bot_id === me.bot_id));
await lab('say', { user: 'UEVE000001', channel: channel.id, text: '!status' });
const heard = (await until('a person is heard', () => about('message', (e) => e.text === '!status'))).event;
assert.equal(heard.user, 'UEVE000001');
await web.chat.update({ channel: channel.id, ts: said.ts, text: 'hello all' });
await until('the edit is told', () => about('message', (e) => e.subtype === 'message_changed' && e.message.text === 'hello all' && e.message.ts === said.ts));
await refused(bob.chat.update({ channel: channel.id, ts: said.ts, text: 'mine' }), 'cant_update_message');
await web.reactions.add({ channel: channel.id, timestamp: heard.ts, name: '+1' });
await refused(web.reactions.add({ channel: channel.id, timestamp: heard.ts, name: '+1' }), 'already_reacted');
await until('the reaction is told', () => about('reaction_added', (e) => e.reaction === '+1' && e.item.ts === heard.ts));
const stands = async () => (await web.conversations.history({ channel: channel.id, oldest: heard.ts, latest: heard.ts, inclusive: true, limit: 1 })).messages[0].reactions;
assert.deepEqual(await stands(), [{ name: '+1', users: [me.user_id], count: 1 }]); // a history shows what stands on a message
await web.reactions.remove({ channel: channel.id, timestamp: heard.ts, name: '+1' });
await until('its end is told', () => about('reaction_removed'));
assert.ok(!(await stands())?.length);
const reply = await web.chat.postMessage({ channel: channel.id, text: 'in the thread', thread_ts: heard.ts });
assert.equal((await web.conversations.replies({ channel: channel.id, ts: heard.ts })).messages.at(-1).ts, reply.ts);
const exactly = await web.conversations.replies({ channel: channel.id, ts: heard.ts, oldest: reply.ts, latest: reply.ts, inclusive: true, limit: 10 });
assert.equal(exactly.messages.at(-1).ts, reply.ts); // that one, behind the message the thread was begun from
step('chat.postMessage, message events, chat.update, message_changed, reactions, threads');

const button = { type: 'button', action_id: 'says/0', text: { type: 'plain_text', text: 'Acknowledge' }, value: '!ack INC-7' };
const asking = await web.chat.postMessage({ channel: channel.id, text: 'answer', blocks: [{ type: 'section', text: { type: 'plain_text', text: 'answer' } }, { type: 'actions', elements: [button] }] });
await refused(web.chat.postMessage({ channel: channel.id, text: 'x', blocks: [{ type: 'section', text: { type: 'plain_text', text: 'x'.repeat(3001) } }] }), 'invalid_blocks');
const asks = [];
socket.on('interactive', async ({ ack, body }) => { await ack(); asks.push(body); });
socket.on('slash_commands', async ({ ack, body }) => { await ack({ text: 'heard' }); asks.push(body); });
await lab('press', { app: 'ic', user: 'UEVE000001', ts: asking.ts });
const pressed = await until('a button is pressed', () => asks.find((a) => a.type === 'block_actions'));
assert.deepEqual([pressed.user.id, pressed.channel.id, pressed.actions[0].value], ['UEVE000001', channel.id, '!ack INC-7']);
await lab('slash', { app: 'ic', user: 'UEVE000001', channel: channel.id, text: 'ack INC-7' });
const slashed = await until('a word with a slash', () => asks.find((a) => a.command));
assert.deepEqual([slashed.user_id, slashed.channel_id, slashed.text], ['UEVE000001', channel.id, 'ack INC-7']);
await web.chat.delete({ channel: channel.id, ts: asking.ts });
step('blocks with buttons, interactive, slash_commands');

await lab('say', { user: 'UEVE000001', channel: channel.id, text: 'the heap', files: [{ name: 'heap one.txt', text: 'all of it' }] });
const shared = (await until('a file is shared', () => about('message', (e) => e.subtype === 'file_share'))).event;
const held = (await web.conversations.history({ channel: channel.id, oldest: shared.ts, latest: shared.ts, inclusive: true, limit: 10 })).messages;
assert.deepEqual(held.map((m) => [m.ts, m.files[0].name, m.files[0].size]), [[shared.ts, 'heap one.txt', 9]]);
const bytes = await fetch(held[0].files[0].url_private_download, { headers: { Authorization: `Bearer ${web.token}` } });
assert.deepEqual([bytes.headers.get('content-type'), await bytes.text()], ['text/plain', 'all of it']);
assert.match((await fetch(held[0].files[0].url_private_download)).headers.get('content-type'), /^text\/html/); // without a token: a page to sign in at
step('files of a message, url_private with the bot\'s token');

for (let i = 0; i < 30; i += 1) await bob.chat.postMessage({ channel: channel.id, text: `line ${i}` });
const texts = [];
for await (const page of web.paginate('conversations.history', { channel: channel.id, limit: 7, include_all_metadata: true })) texts.push(...page.messages);
assert.equal(texts[0].text, 'line 29'); // the newest first
assert.equal(texts.find((m) => m.ts === said.ts).metadata.event_payload.id, 'u1');
assert.ok(!texts.some((m) => m.ts === reply.ts));
const since = await web.conversations.history({ channel: channel.id, oldest: texts[3].ts });
assert.deepEqual(since.messages.map((m) => m.text), ['line 29', 'line 28', 'line 27']);
const again = await web.conversations.history({ channel: channel.id, latest: texts[3].ts, inclusive: true, limit: 2 }); // what was there when one stopped reading
assert.deepEqual([again.messages.map((m) => m.text), again.has_more], [['line 26', 'line 25'], true]);
const line = texts.find((m) => m.text === 'line 20');
await bob.chat.update({ channel: channel.id, ts: line.ts, text: 'line 20, corrected' });
const corrected = await web.conversations.history({ channel: channel.id, latest: line.ts, inclusive: true, limit: 1 });
assert.equal(corrected.messages[0].text, 'line 20, corrected');
assert.ok(Number(corrected.messages[0].edited.ts) > Number(line.ts)); // and when
await web.chat.delete({ channel: channel.id, ts: said.ts });
await until('the removal is told', () => about('message', (e) => e.subtype === 'message_deleted' && e.deleted_ts === said.ts));
step('conversations.history with cursor, oldest, latest and metadata; what was edited says when; chat.delete');

const root = await bob.chat.postMessage({ channel: channel.id, text: 'who looks?' });
const answers = [];
for (const text of ['teh first', 'the second', 'the third']) answers.push(await bob.chat.postMessage({ channel: channel.id, text, thread_ts: root.ts }));
await bob.chat.update({ channel: channel.id, ts: answers[0].ts, text: 'the first' });
await bob.chat.delete({ channel: channel.id, ts: answers[1].ts });
const thread = (await web.conversations.replies({ channel: channel.id, ts: root.ts })).messages; // the oldest first, behind the message it was begun from
assert.deepEqual(thread.map((m) => m.text), ['who looks?', 'the first', 'the third']);
assert.ok(Number(thread[1].edited.ts) > Number(answers[2].ts));
const begun = (await web.conversations.history({ channel: channel.id, latest: root.ts, inclusive: true, limit: 1 })).messages[0];
assert.deepEqual([begun.reply_count, begun.latest_reply, begun.thread_ts], [2, answers[2].ts, root.ts]);
await bob.chat.delete({ channel: channel.id, ts: root.ts });
await until('that it is gone is told', () => about('message', (e) => e.subtype === 'message_changed' && e.message.subtype === 'tombstone' && e.message.ts === root.ts && e.previous_message.text === 'who looks?'));
assert.equal((await web.conversations.history({ channel: channel.id, latest: root.ts, inclusive: true, limit: 1 })).messages[0].subtype, 'tombstone'); // its place stays, with what answered it
step('conversations.replies: what was edited, deleted and said last in a thread; a tombstone');

await lab('refuse', { method: 'chat.postMessage', times: 1, retry_after: 1 });
const began = Date.now();
await web.chat.postMessage({ channel: channel.id, text: 'patiently' }); // the client waits as it is told
assert.ok(Date.now() - began >= 1000);
step('429 with Retry-After');

await lab('disconnect', { app: 'ic', reason: 'refresh_requested' });
await until('it is connected again', () => hellos === 2);
await lab('say', { user: 'UEVE000001', channel: channel.id, text: 'after the refresh' });
await until('events come over the new socket', () => about('message', (e) => e.text === 'after the refresh'));
step('disconnect refresh_requested');

await lab('cut', { app: 'ic' });
await lab('say', { user: 'UEVE000001', channel: channel.id, text: 'said while cut off' });
const late = await until('what was missed comes again', () => events.find((e) => e.event?.text === 'said while cut off'), 20);
assert.equal(late.retry, 1);
step('redelivery after a cut, with its count');

const closed = (await web.conversations.create({ name: 'inc-9', is_private: true })).channel;
assert.deepEqual([closed.is_private, channel.is_private], [true, false]);
await refused(bob.conversations.create({ name: 'inc-9' }), 'name_taken'); // by one nobody else sees
assert.ok(!(await bob.conversations.list({ types: 'public_channel,private_channel' })).channels.some((c) => c.id === closed.id));
await refused(bob.conversations.info({ channel: closed.id }), 'channel_not_found');
await refused(bob.conversations.join({ channel: closed.id }), 'channel_not_found');
assert.ok((await web.conversations.list({ types: 'public_channel,private_channel' })).channels.some((c) => c.id === closed.id && c.is_private));
assert.ok(!(await web.conversations.list({ types: 'public_channel' })).channels.some((c) => c.id === closed.id));
await web.conversations.invite({ channel: closed.id, users: 'U000000BOB' });
await refused(bob.conversations.join({ channel: closed.id }), 'method_not_supported_for_channel_type');
await bob.chat.postMessage({ channel: closed.id, text: 'in here' });
assert.equal((await until('what is said in it is told', () => about('message', (e) => e.text === 'in here'))).event.channel_type, 'group');
await web.conversations.archive({ channel: closed.id });
await until('its end is told', () => about('group_archive', (e) => e.channel === closed.id));
step('private channels: seen, joined and listed by those who are asked in alone');

const over = (await web.conversations.create({ name: 'inc-8' })).channel;
await refused(bob.conversations.archive({ channel: over.id }), 'not_in_channel');
await web.conversations.archive({ channel: over.id });
await until('its end is told', () => about('channel_archive', (e) => e.channel === over.id));
await refused(web.conversations.archive({ channel: over.id }), 'already_archived');
await refused(web.chat.postMessage({ channel: over.id, text: 'x' }), 'is_archived');
await refused(bob.conversations.join({ channel: over.id }), 'is_archived');
assert.ok((await web.conversations.info({ channel: over.id })).channel.is_archived);
assert.ok(!(await web.conversations.list({ exclude_archived: true })).channels.some((c) => c.id === over.id));
step('conversations.archive, already_archived, is_archived');

const direct = await web.conversations.open({ users: 'U000000BOB' });
await web.chat.postMessage({ channel: direct.channel.id, text: 'just you' });
await refused(web.conversations.open({ users: 'U0NOBODY00' }), 'user_not_found');
assert.equal((await web.users.info({ user: 'UEVE000001' })).user.name, 'eve');
step('conversations.open, users.info');

await socket.disconnect();
console.log(`Slack's own clients agree: ${steps.join('; ')}`);
process.exit(0);
