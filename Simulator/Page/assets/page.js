// What only a browser can do: follow the end of a chat, keep drafts over a reload, shortcuts.
const NEAR = 60;
const follows = new WeakMap();

document.addEventListener('scroll', event => {
  const log = event.target;
  if (log instanceof Element && log.matches('[data-follow]')) follows.set(log, log.scrollHeight - log.scrollTop - log.clientHeight < NEAR);
}, true);

const names = new WeakMap();
new MutationObserver(() => {
  for (const log of document.querySelectorAll('[data-follow]')) {
    // Another chat in the same place begins at its end.
    const name = log.getAttribute('aria-label');
    if (names.get(log) !== name) { names.set(log, name); follows.set(log, true); }
    if (follows.get(log) !== false) log.scrollTop = log.scrollHeight;
  }
  for (const box of document.querySelectorAll('[data-draft]')) restore(box);
}).observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['data-draft'] });

// A picture that arrives makes a chat longer.
document.addEventListener('load', event => {
  const log = event.target instanceof Element ? event.target.closest('[data-follow]') : null;
  if (log && follows.get(log) !== false) log.scrollTop = log.scrollHeight;
}, true);

const restored = new WeakMap();
function restore(box) {
  const key = `wab-draft-${box.dataset.draft}`;
  if (restored.get(box) === key) return;
  restored.set(box, key);
  const draft = sessionStorage.getItem(key);
  if (draft && box.value === '') {
    box.value = draft;
    box.dispatchEvent(new Event('change', { bubbles: true }));
  }
}
document.addEventListener('input', event => {
  if (event.target.dataset?.draft) sessionStorage.setItem(`wab-draft-${event.target.dataset.draft}`, event.target.value);
});
document.addEventListener('submit', event => {
  const box = event.target.querySelector?.('[data-draft]');
  if (box) sessionStorage.removeItem(`wab-draft-${box.dataset.draft}`);
}, true);

document.addEventListener('keydown', event => {
  if (event.key === 'F6') {
    const rooms = [...document.querySelectorAll('[data-room]')].filter(room => room.offsetParent !== null);
    const at = rooms.findIndex(room => room.contains(document.activeElement));
    const next = rooms.at((at + (event.shiftKey ? -1 : 1) + rooms.length) % rooms.length);
    const stop = next?.querySelector('[data-first]:not([disabled])') ?? next?.querySelector('form input:not([disabled]), button:not([disabled]), [tabindex="0"], a[href]');
    if (stop) { event.preventDefault(); stop.focus(); }
  }
  if (event.altKey && event.shiftKey) {
    const command = { KeyG: 'guide', KeyF: 'freeze', KeyN: 'next' }[event.code];
    const button = command && [...document.querySelectorAll(`[data-command="${command}"]`)].find(found => found.offsetParent !== null);
    if (button) { event.preventDefault(); button.click(); }
  }
});

// Tabs go by the arrow keys.
document.addEventListener('keydown', event => {
  const tabs = event.target.closest?.('[role="tablist"]');
  if (!tabs || tabs.classList.contains('stage-tabs') || !['ArrowLeft', 'ArrowRight'].includes(event.key) || event.target.tagName === 'INPUT') return;
  const all = [...tabs.querySelectorAll('[role="tab"]')];
  const next = all[(all.indexOf(document.activeElement) + (event.key === 'ArrowRight' ? 1 : -1) + all.length) % all.length];
  next?.focus();
  next?.click();
});

// A simulator that was started anew knows nothing of this page: it is loaded again, and all of the simulator's own is there.
document.getElementById('components-reconnect-modal')?.addEventListener('components-reconnect-state-changed', event => {
  if (event.detail.state === 'rejected') location.reload();
});
