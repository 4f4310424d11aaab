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
  // Chosen here, else what the browser speaks first of the two.
  var spoken = (navigator.languages || []).find(function (tag) { return /^(zh|en)\b/i.test(tag) })
  var language = kept.language || (/^en/i.test(spoken || '') ? 'en' : 'zh-CN')
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
  var early = (window.huiyinEarly = {})
  function ask(path) {
    var asked = fetch('/api/v1' + path, { headers: { Accept: 'application/json' }, credentials: 'same-origin' })
    asked.catch(function () {})
    early['/api/v1' + path] = asked
    return asked
  }
  // The program takes the answer itself: here a copy of it is read.
  function read(answer) {
    return answer.ok ? answer.clone().json() : Promise.reject(answer.status)
  }
  // The newest conclusions of the home page, each answer as soon as the one before tells where it is.
  function askNewest(list) {
    var newest = list.items.find(function (dataset) { return dataset.version !== null })
    if (!newest) return
    var report = '/datasets/' + newest.id + '/report'
    var how = '?purpose=general&lang=' + (language === 'en' ? 'en' : 'zh')
    return ask(report + how).then(read).then(function (order) {
      if (order.ready.indexOf('json') >= 0) ask(report + '/json' + how + '&version=' + order.version)
    })
  }
  ask('/me')
  if (location.pathname === '/') ask('/datasets').then(read).then(askNewest).catch(function () {})
})()
