import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { importRegister } from '../register/import-register.ts'
import {
  anEstablishment,
  aUnit,
  csvOf,
  establishmentColumns,
  inventedSiren,
  inventedSiret,
  unitColumns,
} from '../register/testing-official-layout.ts'
import { type OpenRegister, openRegister } from '../register/testing-register.ts'

const places = [
  ['33122', '33610', 'CESTAS'],
  ['33213', '33650', 'LA BREDE'],
  ['40088', '40100', 'DAX'],
] as const
const activities = ['16.24Z', '16.23Z', '56.10A', '56.10C', '47.11F']

/** Sixty establishments of three communes and five activities that the register knows, and five that it does not. */
export const sirets = Array.from({ length: 65 }, (_, i) => inventedSiret(inventedSiren(i + 1)))
export const unknownSirets = sirets.slice(60)

export const openRecruitments = async (): Promise<OpenRegister> => {
  const register = await openRegister()
  const known = sirets.slice(0, 60)
  const write = (name: string, text: string) => {
    const path = join(register.folder, name)
    writeFileSync(path, text)
    return path
  }
  await importRegister(
    register.owner,
    [
      write(
        'units.csv',
        csvOf(
          unitColumns,
          known.map(siret => aUnit(siret.slice(0, 9))),
        ),
      ),
      write(
        'establishments.csv',
        csvOf(
          establishmentColumns,
          known.map((siret, i) =>
            anEstablishment(siret, {
              codeCommuneEtablissement: places[i % 3]![0],
              codePostalEtablissement: places[i % 3]![1],
              libelleCommuneEtablissement: places[i % 3]![2],
              activitePrincipaleEtablissement: activities[i % 5]!,
            }),
          ),
        ),
      ),
    ],
    { area: null, activeOnly: false, scopeName: 'essai', today: '2026-11-25' },
  )
  await register.owner.query('select pg_advisory_unlock_all()')
  return {
    ...register,
    empty: () =>
      register.owner.query(
        `truncate hiring_files, hiring_rejects, hiring_declarations, hiring_months, hirings_by_month,
          hirings_compared, hirings_recent, hiring_seasons, hiring_forecasts, hiring_forecast_runs;
          drop schema if exists hiring_build cascade`,
      ),
  }
}

/** The same numbers in the same order at each run. */
export const chanceOf = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
  return seed / 2 ** 31
}
const pick = <T>(list: readonly T[], chance: () => number): T => list[Math.floor(chance() * list.length)]!

/** Lines of every kind over fourteen months, some of them identical, and one in forty that is no declaration. */
export const someLines = (count: number, seed: number): Record<string, string>[] => {
  const chance = chanceOf(seed)
  const lines: Record<string, string>[] = []
  while (lines.length < count) {
    const last = lines.at(-1)
    if (last && chance() < 0.1) {
      lines.push(last)
      continue
    }
    const day = new Date(Date.UTC(2025, 8, 1) + Math.floor(chance() * 425) * 86_400_000).toISOString().slice(0, 10)
    const time = pick(['', ' 00:00:00', ' 08:30:00.0'], chance)
    const end = new Date(Date.parse(day) + Math.floor(chance() * 400) * 86_400_000).toISOString().slice(0, 10)
    const bad = chance() < 0.025
    lines.push({
      kc_siret: bad && chance() < 0.5 ? '90000000000017' : pick(sirets, chance),
      kd_dateembauche: `${day}${time}`,
      dc_typecontrat_id: bad ? '7' : pick(['1', '1', '1', '2', '3', '11', '12'], chance),
      nbrjourtravaille: pick(['', 'NULL', '0', '1', '30', '31', '182', '183', '400.0'], chance),
      dd_datefincdd: pick(['', 'NULL', `${end}${time}`], chance),
      kd_datecreation: pick(['', `${day} 09:00:00`], chance),
    })
  }
  return lines
}
