// SPDX-License-Identifier: GPL-3.0-or-later
// Discord's own clients, @discordjs/rest and @discordjs/ws, judge the fake of Discord (tests/e2e/lab_discord.py).
//   node discord.mjs MODULES http://127.0.0.1:PORT      ends with 0 when all came back as Discord documents it
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';

const [modules, base] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(modules), 'judge.js'));
const { REST, DiscordAPIError } = require('@discordjs/rest');
const { WebSocketManager, WebSocketShardEvents, CloseCodes } = require('@discordjs/ws');

const until = async (what, predicate, seconds = 30) => {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await new Promise((r) => setTimeout(r, 20))) {
    const found = predicate();
    if (found) return found;
  }
  throw new Error(`waited in vain until ${what}`);
};
const lab = async (what, body = {}) => (await fetch(`${base}/lab/${what}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })).json();
const restOf = (name) => new REST({ version: '10', api: `${base}/api`, timeout: 10000 }).setToken(`token-${name}`);
const refused = async (promise, code, status) => assert.rejects(promise, (e) => (e instanceof DiscordAPIError && e.code === code && e.status === status) || assert.fail(`${e} instead of ${code}`));
const steps = [];
const step = (what) => steps.push(what);

const ic = restOf('ic');
const bob = restOf('bob');
const me = await ic.get('/users/@me');
assert.equal(me.username, 'ic');
assert.equal(me.bot, true);
await assert.rejects(restOf('nobody').get('/users/@me'), (e) => e.status === 401);
step('users/@me, 401');

const INTENTS = (1 << 0) | (1 << 9) | (1 << 10) | (1 << 12) | (1 << 15);
const open = async (name, intents = INTENTS) => {
  const events = [];
  const told = [];
  const manager = new WebSocketManager({ token: `token-${name}`, intents, rest: restOf(name), handshakeTimeout: 5000, helloTimeout: 5000, readyTimeout: 5000 });
  manager.on(WebSocketShardEvents.Dispatch, ({ data }) => events.push(data));
  for (const what of [WebSocketShardEvents.Ready, WebSocketShardEvents.Resumed, WebSocketShardEvents.HeartbeatComplete, WebSocketShardEvents.Closed])
    manager.on(what, (said) => told.push({ what, ...said }));
  const wrong = new Promise((_, reject) => { manager.on(WebSocketShardEvents.Error, ({ error }) => reject(error)); });
  await Promise.race([manager.connect(), wrong]);
  return { manager, events, told, count: (what) => told.filter((t) => t.what === what).length };
};
const line = await open('ic');
const about = (name, test = () => true) => line.events.find((e) => e.t === name && test(e.d));
const ready = await until('it is ready', () => about('READY'));
assert.equal(ready.d.user.id, me.id);
const guild = (await until('the guild is there', () => about('GUILD_CREATE'))).d;
step('gateway/bot, hello, identify, READY, GUILD_CREATE');

const category = guild.channels.find((c) => c.type === 4);
const channel = await ic.post(`/guilds/${guild.id}/channels`, { body: { name: 'INC 7', type: 0, parent_id: category.id, topic: 'Shop down' } });
assert.equal(channel.name, 'inc-7');
assert.equal(channel.parent_id, category.id);
assert.ok((await bob.get(`/guilds/${guild.id}/channels`)).some((c) => c.id === channel.id));
await until('the channel is told', () => about('CHANNEL_CREATE', (d) => d.id === channel.id));
await ic.patch(`/channels/${channel.id}`, { body: { topic: 'SEV1 shop down' } });
await until('the topic is told', () => about('CHANNEL_UPDATE', (d) => d.topic === 'SEV1 shop down'));
await refused(ic.get('/channels/123456789012345678'), 10003, 404);
const bobsId = (await bob.get('/users/@me')).id;
await ic.put(`/channels/${channel.id}/permissions/${bobsId}`, { body: { type: 1, allow: '68608' } });
assert.equal((await ic.get(`/channels/${channel.id}`)).permission_overwrites[0].id, bobsId);
step('channels under a category, topic, permissions, Unknown Channel');

const closed = await ic.post(`/guilds/${guild.id}/channels`, { body: { name: 'inc-9', type: 0, parent_id: category.id, permission_overwrites: [{ id: guild.id, type: 0, deny: '1024' }, { id: me.id, type: 1, allow: '68672' }] } });
assert.deepEqual(closed.permission_overwrites.map((o) => [o.id, o.type, o.allow, o.deny]), [[guild.id, 0, '0', '1024'], [me.id, 1, '68672', '0']]);
await refused(bob.get(`/channels/${closed.id}`), 50001, 403);
await refused(bob.get(`/channels/${closed.id}/messages`), 50001, 403);
await refused(bob.post(`/channels/${closed.id}/messages`, { body: { content: 'let me in' } }), 50001, 403);
await refused(ic.put(`/channels/${closed.id}/permissions/${bobsId}`, { body: { type: 1, allow: String(1 << 28) } }), 50013, 403); // only what one has oneself is given
await ic.post(`/channels/${closed.id}/messages`, { body: { content: 'between us' } });
await ic.put(`/channels/${closed.id}/permissions/${bobsId}`, { body: { type: 1, allow: '68672' } });
assert.deepEqual((await bob.get(`/channels/${closed.id}/messages`)).map((m) => m.content), ['between us']);
step('private channels: seen by those alone who are let in one by one');

const wished = { body: { content: 'hello <@' + bobsId + '> @everyone', nonce: 'n1', enforce_nonce: true, allowed_mentions: { parse: [] } } };
const said = await ic.post(`/channels/${channel.id}/messages`, wished);
assert.equal((await ic.post(`/channels/${channel.id}/messages`, wished)).id, said.id); // the same nonce is the same message
assert.deepEqual([said.mentions, said.mention_everyone], [[], false]);
const heard = await until('the message is told', () => about('MESSAGE_CREATE', (d) => d.id === said.id));
assert.deepEqual([heard.d.nonce, heard.d.guild_id, heard.d.author.bot], ['n1', guild.id, true]);
const his = await bob.post(`/channels/${channel.id}/messages`, { body: { content: '!status', message_reference: { message_id: said.id } } });
assert.equal((await until('the reply is told', () => about('MESSAGE_CREATE', (d) => d.id === his.id))).d.message_reference.message_id, said.id);
await bob.patch(`/channels/${channel.id}/messages/${his.id}`, { body: { content: '!status please' } });
await until('the edit is told', () => about('MESSAGE_UPDATE', (d) => d.id === his.id && d.content === '!status please' && d.edited_timestamp));
await refused(bob.patch(`/channels/${channel.id}/messages/${said.id}`, { body: { content: 'mine' } }), 50005, 403);
await refused(ic.post(`/channels/${channel.id}/messages`, { body: { content: 'x'.repeat(2001) } }), 50035, 400);
await ic.put(`/channels/${channel.id}/messages/${his.id}/reactions/${encodeURIComponent('👍')}/@me`);
await until('the reaction is told', () => about('MESSAGE_REACTION_ADD', (d) => d.emoji.name === '👍' && d.message_id === his.id && d.user_id === me.id));
assert.deepEqual((await ic.get(`/channels/${channel.id}/messages/${his.id}`)).reactions.map((r) => [r.emoji.name, r.count]), [['👍', 1]]); // how many, not who
assert.deepEqual((await ic.get(`/channels/${channel.id}/messages/${his.id}/reactions/${encodeURIComponent('👍')}`, { query: new URLSearchParams({ limit: '100' }) })).map((u) => u.id), [me.id]);
await ic.delete(`/channels/${channel.id}/messages/${his.id}/reactions/${encodeURIComponent('👍')}/@me`);
await until('its end is told', () => about('MESSAGE_REACTION_REMOVE'));
assert.ok(!(await ic.get(`/channels/${channel.id}/messages/${his.id}`)).reactions?.length);
for (const emoji of ['👍', '👀']) await bob.put(`/channels/${channel.id}/messages/${his.id}/reactions/${encodeURIComponent(emoji)}/@me`);
await ic.delete(`/channels/${channel.id}/messages/${his.id}/reactions/${encodeURIComponent('👍')}`);
await until('all of one emoji are gone', () => about('MESSAGE_REACTION_REMOVE_EMOJI', (d) => d.message_id === his.id && d.emoji.name === '👍'));
await ic.delete(`/channels/${channel.id}/messages/${his.id}/reactions`);
await until('all are gone', () => about('MESSAGE_REACTION_REMOVE_ALL', (d) => d.message_id === his.id));
step('messages, enforce_nonce, allowed_mentions, replies, edits, reactions');

const row = { type: 1, components: [{ type: 2, style: 1, label: 'Acknowledge', custom_id: '!ack INC-7' }] };
const asking = await ic.post(`/channels/${channel.id}/messages`, { body: { content: 'answer', components: [row] } });
assert.equal(asking.components[0].components[0].custom_id, '!ack INC-7');
await refused(ic.post(`/channels/${channel.id}/messages`, { body: { content: 'x', components: [{ type: 1, components: [{ type: 2, style: 1, label: 'x', custom_id: 'x'.repeat(101) }] }] } }), 50035, 400);
await lab('press', { user: 'eve', message: asking.id });
const pressed = (await until('a button is pressed', () => about('INTERACTION_CREATE', () => true))).d;
assert.deepEqual([pressed.type, pressed.data.custom_id, pressed.guild_id], [3, '!ack INC-7', guild.id]);
await ic.post(`/interactions/${pressed.id}/${pressed.token}/callback`, { body: { type: 6 }, auth: false });
await refused(ic.post(`/interactions/${pressed.id}/${pressed.token}/callback`, { body: { type: 6 }, auth: false }), 10062, 404);
await ic.delete(`/channels/${channel.id}/messages/${asking.id}`);
const application = await ic.get('/applications/@me');
const word = { name: 'quarterdeck', type: 1, description: 'Says a command', options: [{ name: 'say', type: 3, description: 'what', required: true }] };
const known = await ic.post(`/applications/${application.id}/guilds/${guild.id}/commands`, { body: word });
assert.equal((await ic.post(`/applications/${application.id}/guilds/${guild.id}/commands`, { body: word })).id, known.id); // told again it is the same
await refused(ic.post(`/applications/${application.id}/guilds/${guild.id}/commands`, { body: { ...word, name: 'Not a name' } }), 50035, 400);
await lab('slash', { app: 'ic', user: 'eve', channel: channel.id, name: 'quarterdeck', text: 'ack INC-7' });
const slashed = (await until('a word with a slash', () => about('INTERACTION_CREATE', (d) => d.type === 2))).d;
assert.deepEqual([slashed.data.name, slashed.data.options[0].value, slashed.guild_id], ['quarterdeck', 'ack INC-7', guild.id]);
await refused(ic.post(`/interactions/${slashed.id}/${slashed.token}/callback`, { body: { type: 6 }, auth: false }), 50035, 400); // that is for buttons
await ic.post(`/interactions/${slashed.id}/${slashed.token}/callback`, { body: { type: 4, data: { content: 'said', flags: 64 } }, auth: false });
step('components, INTERACTION_CREATE and its callback; a word with a slash');

for (let i = 0; i < 25; i += 1) await bob.post(`/channels/${channel.id}/messages`, { body: { content: `line ${i}` } });
const after = await ic.get(`/channels/${channel.id}/messages`, { query: new URLSearchParams({ after: said.id, limit: '10' }) });
assert.deepEqual([after.length, after.at(-1).content, after[0].content], [10, '!status please', 'line 8']); // those right behind it, newest first
assert.equal(after[0].nonce, undefined);
const eighth = after[0];
await bob.patch(`/channels/${channel.id}/messages/${eighth.id}`, { body: { content: 'line 8, corrected' } });
const before = await ic.get(`/channels/${channel.id}/messages`, { query: new URLSearchParams({ before: String(BigInt(eighth.id) + 1n), limit: '2' }) });
assert.deepEqual(before.map((m) => m.content), ['line 8, corrected', 'line 7']);
assert.ok(Date.parse(before[0].edited_timestamp) >= Date.parse(before[0].timestamp)); // what was edited says when
assert.equal(before[1].edited_timestamp, null);
await ic.delete(`/channels/${channel.id}/messages/${said.id}`);
await until('the removal is told', () => about('MESSAGE_DELETE', (d) => d.id === said.id));
await refused(ic.get(`/channels/${channel.id}/messages/${said.id}`), 10008, 404);
step('history after and before a message, deletion');

const root = await bob.post(`/channels/${channel.id}/messages`, { body: { content: 'look at the pool?' } });
const thread = await bob.post(`/channels/${channel.id}/messages/${root.id}/threads`, { body: { name: 'The pool' } });
assert.deepEqual([thread.id, thread.type, thread.parent_id, thread.thread_metadata.archived], [root.id, 11, channel.id, false]); // begun from a message it has its id
assert.equal((await until('the thread is told', () => about('THREAD_CREATE', (d) => d.id === thread.id))).d.newly_created, true);
await refused(bob.post(`/channels/${channel.id}/messages/${root.id}/threads`, { body: { name: 'again' } }), 160004, 400);
await ic.put(`/channels/${thread.id}/thread-members/@me`);
const below = await bob.post(`/channels/${thread.id}/messages`, { body: { content: 'it is exhausted' } });
assert.equal((await until('what is said in it is told', () => about('MESSAGE_CREATE', (d) => d.id === below.id))).d.channel_id, thread.id);
const active = await ic.get(`/guilds/${guild.id}/threads/active`);
assert.deepEqual([active.threads.map((t) => t.id), active.members.map((m) => m.id)], [[thread.id], [thread.id]]);
assert.ok(!(await ic.get(`/guilds/${guild.id}/channels`)).some((c) => c.id === thread.id));
assert.ok(!(await ic.get(`/channels/${channel.id}/messages`)).some((m) => m.id === below.id)); // the channel's history does not hold it
assert.deepEqual((await ic.get(`/channels/${thread.id}/messages`)).map((m) => m.type), [0, 21]);
await bob.patch(`/channels/${thread.id}/messages/${below.id}`, { body: { content: 'it was exhausted' } });
const more = await bob.post(`/channels/${thread.id}/messages`, { body: { content: 'and more' } });
const looked = await ic.get(`/channels/${thread.id}/messages`, { query: new URLSearchParams({ before: more.id, limit: '1' }) }); // a thread's history is read like a channel's
assert.deepEqual([looked[0].id, looked[0].content, Date.parse(looked[0].edited_timestamp) >= Date.parse(looked[0].timestamp)], [below.id, 'it was exhausted', true]);
await bob.delete(`/channels/${thread.id}/messages/${more.id}`);
await ic.patch(`/channels/${thread.id}`, { body: { archived: true } });
await until('it is put away', () => about('THREAD_UPDATE', (d) => d.id === thread.id && d.thread_metadata.archived));
assert.deepEqual([(await ic.get(`/guilds/${guild.id}/threads/active`)).threads, (await ic.get(`/channels/${channel.id}/threads/archived/public`)).threads.map((t) => t.id)], [[], [thread.id]]);
await bob.post(`/channels/${thread.id}/messages`, { body: { content: 'and again' } }); // which brings it back
await until('it is back', () => about('THREAD_UPDATE', (d) => d.id === thread.id && !d.thread_metadata.archived));
await ic.delete(`/channels/${thread.id}`);
assert.equal((await until('its end is told', () => about('THREAD_DELETE', (d) => d.id === thread.id))).d.parent_id, channel.id);
await refused(ic.get(`/channels/${thread.id}/messages`), 10003, 404);
step('threads below a channel: begun, joined, told, edited, listed, put away, gone');

await lab('say', { user: 'eve', channel: 'inc-7', text: 'the heap', files: [{ name: 'heap one.txt', text: 'all of it' }] });
const came = (await until('a file comes', () => about('MESSAGE_CREATE', (d) => d.attachments.length === 1))).d;
const anew = await ic.get(`/channels/${channel.id}/messages/${came.id}`);
assert.deepEqual([anew.attachments[0].filename, anew.attachments[0].size], ['heap one.txt', 9]);
assert.equal(await (await fetch(anew.attachments[0].url)).text(), 'all of it'); // it needs no token
assert.equal((await fetch(came.attachments[0].url)).status, 404); // an address of before is good for nothing
step('attachments, their addresses signed anew');

const direct = await ic.post('/users/@me/channels', { body: { recipient_id: bobsId } });
assert.equal(direct.type, 1);
const just = await bob.post(`/channels/${direct.id}/messages`, { body: { content: 'just you' } });
assert.equal((await until('it is told', () => about('MESSAGE_CREATE', (d) => d.id === just.id))).d.guild_id, undefined);
await refused(ic.post('/users/@me/channels', { body: { recipient_id: '999999999999999999' } }), 50033, 400);
step('direct messages');

await lab('refuse', { path: `channels/${channel.id}/messages`, times: 1, seconds: 0.7 });
const begun = Date.now();
await ic.post(`/channels/${channel.id}/messages`, { body: { content: 'after the wait' } });
assert.ok(Date.now() - begun >= 650, 'the wait that was asked for was not kept');
step('429 with retry_after');

await until('the heart beats', () => line.count(WebSocketShardEvents.HeartbeatComplete) >= 2);
await lab('cut', { user: 'ic' });
await lab('say', { user: 'eve', channel: 'inc-7', text: 'while it was cut' });
await until('it has resumed', () => line.count(WebSocketShardEvents.Resumed) === 1);
await until('what was said meanwhile is replayed', () => about('MESSAGE_CREATE', (d) => d.content === 'while it was cut'));
assert.equal(about('MESSAGE_CREATE', (d) => d.content === 'while it was cut').d.author.bot, false);
await lab('reconnect', { user: 'ic' });
await until('it has resumed on request', () => line.count(WebSocketShardEvents.Resumed) === 2);
assert.equal(line.count(WebSocketShardEvents.Ready), 1);
await lab('forget', { user: 'ic' });
await until('a new session begins', () => line.count(WebSocketShardEvents.Ready) === 2, 60);
step('heartbeats, a cut and RESUMED with replay, op 7, op 9');

const deaf = await open('dba', INTENTS & ~(1 << 15));
await lab('say', { user: 'eve', channel: 'inc-7', text: 'secret to it' });
assert.equal((await until('it is told', () => deaf.events.find((e) => e.t === 'MESSAGE_CREATE'))).d.content, '');
await lab('intents', { user: 'bob', allowed: false });
await assert.rejects(open('bob'), /intents/i);
await assert.rejects(open('nobody'), (e) => e.status === 401);
step('no content without its intent, 4014');

for (const manager of [line.manager, deaf.manager]) await manager.destroy({ code: CloseCodes.Normal });
console.log(`Discord's own clients agree: ${steps.join('; ')}`);
process.exit(0);
