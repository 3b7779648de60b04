// Before the first paint: the colours that were chosen, or else the system's.
(() => {
  const chosen = localStorage.getItem('wab-theme');
  const dark = chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  window.wab = {
    isDark: () => document.documentElement.dataset.theme === 'dark',
    setDark: to => {
      document.documentElement.dataset.theme = to ? 'dark' : 'light';
      localStorage.setItem('wab-theme', to ? 'dark' : 'light');
    },
    focus: id => document.getElementById(id)?.focus(),
    copy: async id => {
      try { await navigator.clipboard.writeText(document.getElementById(id).textContent); return true; } catch { return false; }
    },
    // Keeps the focus within a dialog until it is gone, then gives it back.
    hold: id => {
      const dialog = document.getElementById(id);
      if (!dialog || dialog.dataset.held) return;
      dialog.dataset.held = 'yes';
      const before = document.activeElement;
      dialog.addEventListener('keydown', event => {
        if (event.key !== 'Tab') return;
        const stops = [...dialog.querySelectorAll('button:not([disabled]):not([tabindex="-1"]), a[href], [tabindex="0"]')].filter(stop => stop.offsetParent !== null);
        const at = stops.indexOf(document.activeElement);
        if (event.shiftKey ? at <= 0 : at === stops.length - 1) {
          event.preventDefault();
          stops.at(event.shiftKey ? -1 : 0)?.focus();
        }
      });
      const gone = new MutationObserver(() => {
        if (dialog.isConnected) return;
        gone.disconnect();
        if (before?.isConnected) before.focus();
      });
      gone.observe(document.body, { childList: true, subtree: true });
    },
  };
})();
