/** What is kept of « Ancien compte n° A1B2C3 », however it was typed or copied; null: it is no pseudonym. */
export const pseudonymIn = (typed: string): string | null => {
  const [, code] = /(?:^|[\s°])([0-9a-f]{6})$/i.exec(typed.trim()) ?? []
  return code === undefined ? null : `n° ${code.toUpperCase()}`
}
