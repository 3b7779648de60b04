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
const report = error => { byId('status').textContent = error.message; };
const time = at => new Date(at).toLocaleTimeString();

byId('send').addEventListener('submit', event => {
  event.preventDefault();
  const text = byId('text').value;
  if (text !== '') send(text).then(() => { byId('text').value = ''; }).then(refresh).catch(report);
});

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
function drawPhone(messages) {
  const phone = byId('phone');
  const shown = JSON.stringify(messages);
  if (phone.dataset.shown === shown) return;
  phone.dataset.shown = shown;
  phone.replaceChildren(...messages.map(message => element('li', { className: message.fromCustomer ? '' : 'agent' },
    message.text, element('small', {}, `${time(message.at)}${message.read ? ' · read' : ''}${message.reaction ? ` ${message.reaction}` : ''}`))));
  phone.scrollTop = phone.scrollHeight;
}

function drawChats(chats) {
  byId('chats').replaceChildren(...chats.toReversed().map(chat => {
    const end = element('button', { textContent: 'End chat', hidden: Boolean(chat.endedAt), onclick: () => call(`chats/${chat.contactId}/end`, {}).then(refresh).catch(report) });
    const lines = chat.transcript.map(item => element('li', { className: !item.content || item.role === 'SYSTEM' ? 'system' : item.role === 'AGENT' ? 'agent' : '' },
      item.content || item.contentType.split('.').slice(-2).join(' '), element('small', { textContent: time(item.at) })));
    return element('article', {}, element('p', {}, `${chat.customerName} · ${chat.state}`, end), element('ol', { className: 'conversation' }, ...lines));
  }));
}

function drawStatus(status) {
  drawClock(status);
  byId('status').textContent = `window ${status.bufferSeconds} s, speed ${status.speed}${status.frozen ? ', frozen' : ''}; the clock shows ${time(status.now)}${status.idle ? '' : ', messages on their way'}`;
  byId('parts').replaceChildren(...status.parts.map(part => element('tr', {},
    element('td', { textContent: part.name }), element('td', { textContent: part.state, className: part.state }), element('td', { textContent: part.detail }))));
  byId('shards').replaceChildren(...status.shards.map(shard => element('tr', {},
    element('td', { textContent: shard.shardId.slice(-8) }), element('td', { textContent: shard.openWindow ?? '' }),
    element('td', { textContent: shard.recordsWaiting }), element('td', { textContent: `${shard.iteratorAgeSeconds.toFixed(1)} s` }))));
}

async function refresh() {
  const customer = byId('customer').value;
  const [status, chats, phone] = await Promise.all([call('status'), call('chats'), customer === '' ? [] : call(`phones/${encodeURIComponent(customer)}`)]);
  drawStatus(status);
  drawChats(chats);
  drawPhone(phone);
  byId('customers').replaceChildren(...[...new Set(chats.map(chat => chat.customerName))].map(name => element('option', { value: name })));
}

async function loop() {
  try { await refresh(); } catch (error) { report(error); }
  setTimeout(loop, 700);
}

loop();
