/** Copy words. Over plain http browsers have no clipboard object; a selected field does it there. */
export async function copyText(words: string): Promise<boolean> {
  if (window.isSecureContext) {
    await navigator.clipboard.writeText(words)
    return true
  }
  const field = document.createElement('textarea')
  field.value = words
  field.setAttribute('readonly', '')
  field.className = 'hidden'
  document.body.append(field)
  field.select()
  const done = document.execCommand('copy')
  field.remove()
  return done
}
