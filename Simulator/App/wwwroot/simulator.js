// The simulator's page: a customer's phone on the left, the agent's desktop on the right. Everything shown is set as text, never as HTML.
const byId = id => document.getElementById(id);

const element = (name, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
};

const call = async (path, body) => {
  const response = await fetch(path, body === undefined ? {} : {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  });
  const text = await response.text();
  const answer = text === '' ? null : JSON.parse(text);
  if (!response.ok) throw new Error(answer?.error ?? `${response.status} ${response.statusText}`);
  return answer;
};

const send = text => call('messages', { customer: byId('customer').value, text });
// An error stays until the next thing is done on the page: the refresh must not take it away before it is read.
let trouble = null;
const report = error => { trouble = error.message; byId('status').textContent = trouble; };
for (const act of ['submit', 'click']) document.addEventListener(act, () => { trouble = null; }, true);
const time = at => new Date(at).toLocaleTimeString();

byId('send').addEventListener('submit', event => {
  event.preventDefault();
  const text = byId('text').value;
  if (text !== '') send(text).then(() => { byId('text').value = ''; }).then(refresh).catch(report);
});

// What is done in the chat of the customer named on the left.
async function inChat(message) {
  const customer = byId('customer').value;
  const open = (await call('chats')).findLast(chat => chat.customerName === customer && !chat.endedAt);
  if (!open) throw new Error(`${customer} has no open chat: write something as ${customer} first`);
  await call(`chats/${open.contactId}/messages`, message);
}

byId('answer').addEventListener('submit', event => {
  event.preventDefault();
  const text = byId('words').value;
  if (text !== '') inChat({ text, contentType: 'text/markdown' }).then(() => { byId('words').value = ''; }).then(refresh).catch(report);
});

// A menu that does at once what is chosen.
const onChoice = (id, act) => byId(id).addEventListener('change', () => {
  const choice = byId(id).value;
  byId(id).value = '';
  act(choice).then(refresh).catch(report);
});
onChoice('attachment', attach => inChat({ attach }));
onChoice('file', type => call('messages', { customer: byId('customer').value, type, text: '' }));
byId('redrive').addEventListener('click', () => call('dead-letters/redrive', {}).then(refresh).catch(report));

byId('burst').addEventListener('click', () =>
  call(`burst?customer=${encodeURIComponent(byId('customer').value)}`, {}).then(refresh).catch(report));

const clock = (command, query = '') => call(`clock/${command}${query}`, {}).then(refresh).catch(report);
byId('freeze').addEventListener('click', () => clock(byId('freeze').dataset.command));
byId('step').addEventListener('click', () => clock('step', `?seconds=${encodeURIComponent(byId('seconds').value)}`));
byId('next').addEventListener('click', () => clock('step'));
byId('clock').addEventListener('submit', event => {
  event.preventDefault();
  clock('speed', `?factor=${encodeURIComponent(byId('speed').value)}`);
});

function drawClock(status) {
  const { frozen } = status;
  byId('now').textContent = `${time(status.now)}${frozen ? ', frozen' : ''}`;
  Object.assign(byId('freeze'), { textContent: frozen ? 'Go on' : 'Freeze' }).dataset.command = frozen ? 'go-on' : 'freeze';
  if (document.activeElement !== byId('speed')) byId('speed').value = status.speed;
}

// Redrawn only when something changed, so that the newest message is scrolled into view once and the reader may scroll back.
function draw(list, shown, lineOf) {
  const text = JSON.stringify(shown);
  if (list.dataset.shown === text) return;
  const follows = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  list.dataset.shown = text;
  list.replaceChildren(...shown.map(lineOf));
  if (follows) list.scrollTop = list.scrollHeight;
}

const drawPhone = messages => draw(byId('phone'), messages, message => element('li', { className: message.fromCustomer ? '' : 'agent' },
  message.text, element('small', {}, `${time(message.at)}${message.read ? ' · read' : ''}${message.reaction ? ` ${message.reaction}` : ''}`)));

function fileOf(file) {
  const [href, kind] = [`attachments/${file.id}`, file.contentType.split('/')[0]];
  if (kind === 'audio' || kind === 'video') return element(kind, { src: href, controls: true, preload: 'metadata', title: file.name });
  const picture = file.contentType === 'image/png' || file.contentType === 'image/jpeg';
  return picture
    ? element('a', { href, target: '_blank', title: file.name }, element('img', { src: href, alt: file.name }))
    : element('a', { href, download: file.name, title: file.name, textContent: `📎 ${file.name}` });
}

const lineOf = item => element('li', { className: !item.content || item.role === 'SYSTEM' ? 'system' : item.role === 'AGENT' ? 'agent' : '' },
  item.file ? fileOf(item.file) : item.content || item.contentType.split('.').slice(-2).join(' '), element('small', { textContent: item.receipt ? `${time(item.at)} · ${item.receipt}` : time(item.at) }));

// The newest chat is on top; a chat's own element stays, and with it what the reader has scrolled, selected or is playing.
function drawChats(chats) {
  const drawn = new Map([...byId('chats').children].map(article => [article.dataset.contact, article]));
  for (const chat of chats) {
    let article = drawn.get(chat.contactId);
    if (!article) {
      const end = element('button', { textContent: 'End chat', onclick: () => call(`chats/${chat.contactId}/end`, {}).then(refresh).catch(report) });
      const answer = element('button', { textContent: 'Answer', onclick: () => { byId('customer').value = chat.customerName; byId('words').focus(); } });
      article = element('article', {}, element('p', {}, element('span'), element('span', {}, answer, ' ', end)), element('ol', { className: 'conversation' }));
      article.dataset.contact = chat.contactId;
      byId('chats').prepend(article);
    }
    article.querySelector('span').textContent = `${chat.customerName} · ${chat.state}`;
    for (const button of article.querySelectorAll('button')) button.hidden = Boolean(chat.endedAt);
    draw(article.querySelector('ol'), chat.transcript, lineOf);
    drawn.delete(chat.contactId);
  }
  for (const gone of drawn.values()) gone.remove();
}

function drawSaved({ sent, delivered, savedDollars }, idle) {
  if (sent > 0) byId('saved').textContent = `${sent} message${sent === 1 ? '' : 's'} → ${delivered}${idle ? ` · saved $${savedDollars.toFixed(3)}` : ' …'}`;
}

function drawLetters(letters) {
  const count = Object.values(letters).reduce((sum, letter) => sum + letter, 0);
  byId('letters').hidden = count === 0;
  byId('letters').firstElementChild.textContent = `${count} dead letter${count === 1 ? '' : 's'}: ${Object.entries(letters).filter(([, letter]) => letter > 0).map(([queue, letter]) => `${letter} in ${queue}`).join(', ')}`;
}

function drawStatus(status) {
  drawClock(status);
  drawSaved(status.buffered, status.idle);
  drawLetters(status.deadLetters);
  byId('status').textContent = trouble ?? `${status.release === 'quiet' ? 'a burst ends when the customer is quiet' : `a burst ends with the clock, every ${status.bufferSeconds} s`}; speed ${status.speed}${status.frozen ? ', frozen' : ''}; the clock shows ${time(status.now)}${status.idle ? '' : ', messages on their way'}`;
  byId('parts').replaceChildren(...status.parts.map(part => element('tr', {},
    element('td', { textContent: part.name }), element('td', { textContent: part.state, className: part.state }), element('td', { textContent: part.detail }))));
  byId('shards').replaceChildren(...status.shards.map(shard => element('tr', {},
    element('td', { textContent: shard.shardId.slice(-8) }), element('td', { textContent: shard.openWindow ?? '' }),
    element('td', { textContent: shard.recordsWaiting }), element('td', { textContent: `${shard.iteratorAgeSeconds.toFixed(1)} s` }))));
}

async function refresh() {
  const customer = byId('customer').value;
  const [status, chats, phone, notices] = await Promise.all([call('status'), call('chats'), customer === '' ? [] : call(`phones/${encodeURIComponent(customer)}`), call('notices')]);
  drawStatus(status);
  drawChats(chats);
  drawPhone(phone);
  draw(byId('notices'), notices.slice(-3), notice => element('li', { textContent: notice.words.en_US ?? Object.values(notice.words)[0] }));
  byId('customers').replaceChildren(...[...new Set(chats.map(chat => chat.customerName))].map(name => element('option', { value: name })));
}

async function loop() {
  try { await refresh(); } catch (error) { byId('status').textContent = error.message; }
  setTimeout(loop, 700);
}

loop();
