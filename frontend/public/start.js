// Before anything is painted: the look and language chosen last time, so that nothing flashes.
// And while the program is on its way: its words, and what every signed-in page asks first.
;(function () {
  var kept = {}
  try {
    kept = JSON.parse(localStorage.getItem('huiyin') || '{}')
  } catch (unreadable) {
    kept = {}
  }
  var dark = kept.look ? kept.look === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  document.documentElement.dataset.look = dark ? 'dark' : 'light'
  var language = kept.language || 'zh-CN'
  document.documentElement.lang = language
  var words = document.querySelector('meta[name="copy:' + language + '"]')
  if (words) {
    var link = document.createElement('link')
    link.rel = 'modulepreload'
    link.href = words.content
    document.head.append(link)
  }
  if (/^\/(sign-in|setup|invitation)/.test(location.pathname)) {
    document.documentElement.dataset.door = ''
    return
  }
  var first = location.pathname === '/' ? ['/api/v1/me', '/api/v1/datasets'] : ['/api/v1/me']
  window.huiyinEarly = {}
  first.forEach(function (path) {
    var asked = fetch(path, { headers: { Accept: 'application/json' }, credentials: 'same-origin' })
    asked.catch(function () {})
    window.huiyinEarly[path] = asked
  })
})()
