import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { addDays } from '../../server/platform/time.ts'
import { forecastHirings } from '../../server/territory-and-register/recruitments/forecast-hirings.ts'
import { importHirings } from '../../server/territory-and-register/recruitments/import-hirings.ts'

/** Always the same: the generator is seeded. */
const seeded = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
  return seed / 2 ** 31
}

/** How much a month weighs in a year, by division: harvests of the cellars, summers of the tables, Septembers of the schools. */
const seasons: Readonly<Record<string, readonly number[]>> = {
  11: [1, 1, 1, 1, 1, 1, 2, 5, 9, 4, 1, 1],
  55: [1, 1, 2, 3, 4, 6, 7, 5, 2, 1, 1, 2],
  56: [1, 1, 2, 3, 4, 6, 7, 5, 2, 1, 1, 2],
  81: [1, 2, 4, 5, 5, 4, 3, 2, 3, 3, 2, 1],
  85: [1, 1, 1, 1, 1, 1, 1, 3, 7, 2, 1, 1],
  88: [2, 2, 2, 2, 2, 3, 4, 3, 5, 2, 2, 2],
}
const evenly = Array.from({ length: 12 }, () => 2)
const hiresAYear: Readonly<Record<string, number>> = { '00': 1, '01': 2, '02': 4, '03': 7, 11: 10, 12: 18 }

const header = 'kc_siret|kd_dateembauche|dc_typecontrat_id|dd_datefincdd|kd_datecreation|nbrjourtravaille'

/** Contract and days of one hire: interim agencies give CTT, the seasons short CDD, everyone else a bit of all. */
const contractOf = (division: string, seasonal: boolean, chance: number): readonly [contract: string, days: string] => {
  if (division === '78') return ['3', String(1 + Math.floor(chance * 40))]
  if (chance < 0.08) return ['11', '700']
  if (chance < 0.12) return ['12', '365']
  if (chance < (seasonal ? 0.25 : 0.5)) return ['2', '']
  if (chance < (seasonal ? 0.3 : 0.62)) return ['1', '240']
  return ['1', String(chance < 0.85 ? 60 + Math.floor(chance * 60) : 1 + Math.floor(chance * 25))]
}

interface Employer {
  readonly siret: string
  readonly naf: string
  readonly band: string | null
}
const linesOf = (employers: readonly Employer[], first: string, last: string): string[] => {
  const chance = seeded(1221)
  const lines: string[] = []
  for (const { siret, naf, band } of employers) {
    const division = naf.slice(0, 2)
    const season = seasons[division]
    const weights = season ?? evenly
    const year = (hiresAYear[band ?? '00'] ?? 25) * (division === '78' ? 8 : season ? 2 : 1)
    const perWeight = year / weights.reduce((sum, weight) => sum + weight, 0)
    for (let day = `${first.slice(0, 7)}-01`; day <= last; day = addDays(day, 32).slice(0, 8) + '01') {
      const expected = perWeight * weights[Number(day.slice(5, 7)) - 1]!
      // A season comes back much the same; elsewhere chance does more.
      const some = expected * (season ? 0.75 + chance() / 2 : 2 * chance())
      for (let left = some; left > 0 && (left >= 1 || chance() < left); left--) {
        const on = addDays(day, Math.floor(chance() * 31))
        const [contract, days] = contractOf(division, season !== undefined, chance())
        if (on <= last) lines.push([siret, on, contract, '', addDays(on, -1), days].join('|'))
      }
    }
  }
  return lines
}

/**
 * Three years and more of invented declarations, of the employers that the register holds, until yesterday. They come in
 * by the operator's own import, which forecasts the next ones; agricultural employers declare to the MSA.
 */
export const layHires = async (owner: pg.Client, today: string): Promise<void> => {
  const { rows } = await owner.query<Employer>(
    `select lpad(siret::text, 14, '0') as siret, naf, headcount_band as band from establishments
      where active and employer and naf is not null and left(naf, 2) not in ('01', '02', '03') order by siret`,
  )
  const last = addDays(today, -1)
  const first = `${Number(today.slice(0, 4)) - 4}-01-01`
  const folder = mkdtempSync(join(tmpdir(), 'campagnes-hires-'))
  try {
    const path = join(folder, 'dpae-demonstration.csv')
    writeFileSync(path, `${header}\n${linesOf(rows, first, last).join('\n')}\n`)
    await importHirings(owner, [path], { today })
    await forecastHirings(owner)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
