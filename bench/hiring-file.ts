import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { aDeclaration, columns27 } from '../server/territory-and-register/recruitments/testing-declarations.ts'

/** Mulberry32: the same numbers at each run, and no short cycle over millions of lines. */
const chanceOf = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
}
/**
 * A year of declarations. A few establishments make most hires; two lines in three are very short contracts, as in the
 * country. One establishment in two hires twice as much as its mean from June to September.
 */
async function* generated(sirets: readonly string[], lines: number) {
  const chance = chanceOf(5)
  const dayAfter = (year: number, month: number, days: number) =>
    new Date(Date.UTC(year, month, 1) + Math.floor(chance() * days) * 86_400_000).toISOString().slice(0, 10)
  yield `${columns27.join('|')}\n`
  let block = ''
  for (let i = 0; i < lines; i++) {
    const at = Math.floor(chance() ** 3 * sirets.length)
    const day = at % 2 && chance() < 0.5 ? dayAfter(2026, 5, 122) : dayAfter(2025, 10, 365)
    const contract = chance()
    const line = aDeclaration(sirets[at]!, {
      dc_adresse: `${i % 300} RUE DES TONNELIERS`,
      kd_dateembauche: `${day} 00:00:00.0`,
      dc_typecontrat_id: contract < 0.45 ? '3' : contract < 0.9 ? '1' : '2',
      nbrjourtravaille:
        contract < 0.75 ? String(1 + Math.floor(chance() * 28)) : String(30 + Math.floor(chance() * 300)),
      kd_datecreation: `${day} 08:00:00.0`,
    })
    block += `${columns27.map(name => line[name] ?? '').join('|')}\n`
    if (block.length < 1 << 20) continue
    yield block
    block = ''
  }
  yield block
}
export const writeDeclarations = (file: string, sirets: readonly string[], lines: number): Promise<void> =>
  pipeline(Readable.from(generated(sirets, lines)), createWriteStream(file))
