// Before anything is painted: the look and language chosen last time, so that nothing flashes.
;(function () {
  var kept = {}
  try {
    kept = JSON.parse(localStorage.getItem('huiyin') || '{}')
  } catch (unreadable) {
    kept = {}
  }
  var dark = kept.look ? kept.look === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  document.documentElement.dataset.look = dark ? 'dark' : 'light'
  document.documentElement.lang = kept.language || 'zh-CN'
})()
