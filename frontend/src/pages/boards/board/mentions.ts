/** Whom a comment calls upon: `@王芳芳` calls 王芳芳 and not 王芳; of two who are called alike, both. */
export function mentioned(words: string, people: readonly { id: string; name: string }[]): string[] {
  const names = [...new Set(people.map(({ name }) => name))].sort((a, b) => b.length - a.length)
  const called = new Set<string>()
  let rest = words
  for (const name of names) {
    if (!rest.includes(`@${name}`)) continue
    called.add(name)
    rest = rest.replaceAll(`@${name}`, ' ')
  }
  return people.filter(({ name }) => called.has(name)).map(({ id }) => id)
}
