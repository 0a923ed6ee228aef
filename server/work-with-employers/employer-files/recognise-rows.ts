import type { Static } from 'typebox'
import type * as contract from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import type { Db } from '../../platform/database.ts'
import { parseSiret } from '../../platform/siret.ts'
import { establishmentsAlike } from '../../territory-and-register/establishments/alike.queries.ts'
import { establishmentPlaces } from '../../territory-and-register/establishments/places.queries.ts'
import type { NewLine } from './employer-files.queries.ts'
import { recognise } from './recognition-rules.ts'

type Row = Static<typeof contract.FileRow>

/** By its SIRET when the register or somebody’s card has it; else by its name where the row says it is. */
export const recogniseRows = async (db: Db, rows: readonly Row[]): Promise<NewLine[]> => {
  const sirets = new Map(rows.map(({ line, siret }) => [line, siret === undefined ? undefined : parseSiret(siret)]))
  const places = await establishmentPlaces(db, [...new Set([...sirets.values()].filter(one => one !== undefined))])
  const known = new Set(places.map(({ siret }) => siret))
  const bySiret = (line: number) => {
    const siret = sirets.get(line)
    return siret !== undefined && known.has(siret) ? siret : undefined
  }
  const named = rows.flatMap(({ line, name, postalCode, town }) =>
    name === undefined || bySiret(line) !== undefined ? [] : [{ line, name, postalCode, town }],
  )
  const alike = await establishmentsAlike(db, named)
  return rows.map(({ line, ...said }) => {
    const siret = bySiret(line)
    if (siret !== undefined) return { line, said, siret, recognised: 'siret', candidates: [] }
    const { name, address } = said
    const byName = recognise({ name: name ?? '', address }, alike.get(line) ?? [])
    // Its SIRET says otherwise, or says nothing: a name alone does not settle that.
    const doubtful = byName.recognised === 'name' && said.siret !== undefined
    return { line, said, ...byName, ...(doubtful ? { recognised: 'doubtful' as const, siret: null } : {}) }
  })
}
