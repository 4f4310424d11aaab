const HERE: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Whether an address opens on this machine only: nobody else gets anywhere with it. */
export const opensOnlyHere = (address: string): boolean => HERE.has(new URL(address).hostname)
