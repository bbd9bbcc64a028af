// Runs before the first paint, so that neither theme nor language flashes. External, because the
// content security policy allows no inline script. Keys: see shell/theme.ts and i18n/locale.ts.
(function () {
  try {
    var theme = localStorage.getItem('kabinet.theme');
    if (theme === 'light' || theme === 'dark') {
      document.documentElement.classList.add('theme-' + theme);
    }
    var saved = localStorage.getItem('kabinet.locale');
    var known = saved === 'ru' || saved === 'en' ? saved : undefined;
    var russian = (navigator.languages || [navigator.language]).some(function (tag) {
      return tag.toLowerCase().slice(0, 2) === 'ru';
    });
    document.documentElement.lang = known || (russian ? 'ru' : 'en');
  } catch {
    // Storage may be closed to us; the system's theme and the page's own language will do.
  }
})();
