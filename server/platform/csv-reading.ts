import { plain } from './plain-words.ts'
import { isDay } from './time.ts'

/** `31/12/2026` or `2026-12-31`; null when empty, undefined when it is no day. */
export const dayWritten = (text: string): string | null | undefined => {
  if (text === '') return null
  const day = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text)?.slice(1).toReversed().join('-') ?? text
  return isDay(day) ? day : undefined
}
/** Columns by their name without accents, case nor spaces: `Prénom`, `FIN CONTRAT`. */
export const byColumn = (record: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [plain(name).replace(/[^a-z]/g, ''), value.trim()]))
