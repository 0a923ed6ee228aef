/** One for each intention: sent again with the same key, a write is done once. */
export const newKey = (): string => crypto.randomUUID()
