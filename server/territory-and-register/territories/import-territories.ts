import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type pg from 'pg'
import { applyEditions } from './clpe-editions.queries.ts'
import {
  type SuccessionRow,
  saveCommunes,
  saveEdition,
  saveSuccessions,
  saveTerritories,
  type TerritoryRow,
} from './import-territories.queries.ts'
import { departementId, epciId, regionId } from './territory-ids.ts'

interface Commune {
  code: string
  nom: string
  type: 'commune-actuelle' | 'commune-deleguee' | 'commune-associee' | 'arrondissement-municipal'
  departement: string
  region: string
  population?: number
  codesPostaux?: string[]
  anciensCodes?: string[]
  chefLieu?: string
  commune?: string
}
interface Epci {
  code: string
  nom: string
  type: string
  membres: { code: string }[]
}
interface Named {
  code: string
  nom: string
  region?: string
}

export interface Cog {
  edition: string
  inForceFrom: string
  communes: Commune[]
  epcis: Epci[]
  departements: Named[]
  regions: Named[]
}

/**
 * The official geographic code as @etalab/decoupage-administratif publishes it: its major version 6 is the edition of
 * 2026, one a year.
 */
export const readCog = (): Cog => {
  const manifest = createRequire(import.meta.url).resolve('@etalab/decoupage-administratif/package.json')
  const read = <T>(file: string): T => JSON.parse(readFileSync(join(dirname(manifest), file), 'utf8')) as T
  const year = 2020 + Number.parseInt(read<{ version: string }>('package.json').version, 10)
  return {
    edition: String(year),
    inForceFrom: `${year}-01-01`,
    communes: read('data/communes.json'),
    epcis: read('data/epci.json'),
    departements: read('data/departements.json'),
    regions: read('data/regions.json'),
  }
}

/**
 * Brings communes, EPCIs, departments and regions to this edition, in one transaction; codes it no longer has are kept,
 * dated.
 */
export const importTerritories = async (owner: pg.ClientBase, cog: Cog, today: string) => {
  const living = cog.communes.filter(c => c.type === 'commune-actuelle')
  const epciOf = new Map(cog.epcis.flatMap(e => e.membres.map(m => [m.code, epciId(e.code)] as const)))
  const territories: TerritoryRow[] = [
    ...cog.regions.map(r => ({
      id: regionId(r.code),
      kind: 'region' as const,
      code: r.code,
      name: r.nom,
      parentId: 0,
    })),
    ...cog.departements.map(d => ({
      id: departementId(d.code),
      kind: 'departement' as const,
      code: d.code,
      name: d.nom,
      parentId: d.region ? regionId(d.region) : 0,
    })),
    ...cog.epcis.map(e => ({ id: epciId(e.code), kind: 'epci' as const, code: e.code, name: e.nom, nature: e.type })),
  ]
  const successions: SuccessionRow[] = cog.communes.flatMap((c): SuccessionRow[] =>
    c.type === 'arrondissement-municipal'
      ? [{ oldCode: c.code, newCode: c.commune!, kind: 'municipal-district', name: c.nom }]
      : c.chefLieu && c.chefLieu !== c.code
        ? [{ oldCode: c.code, newCode: c.chefLieu, kind: 'delegated', name: c.nom }]
        : (c.anciensCodes ?? []).map(oldCode => ({ oldCode, newCode: c.code, kind: 'retired' })),
  )
  await owner.query('begin')
  try {
    await saveTerritories(owner, territories)
    await saveCommunes(
      owner,
      cog,
      living.map(c => ({
        code: c.code,
        name: c.nom,
        departementId: departementId(c.departement),
        regionId: regionId(c.region),
        epciId: epciOf.get(c.code) ?? null,
        population: c.population ?? null,
        postalCodes: c.codesPostaux ?? [],
      })),
    )
    // A delegated commune stands among the retired codes of its commune too: its own kind is the one to keep.
    await saveSuccessions(
      owner,
      cog,
      successions.sort((a, b) => Number(a.kind === 'retired') - Number(b.kind === 'retired')),
    )
    await saveEdition(owner, 'cog', cog.edition, cog.inForceFrom, cog.inForceFrom)
    await applyEditions(owner, today)
    await owner.query('commit')
  } catch (error) {
    await owner.query('rollback')
    throw error
  }
  return {
    edition: cog.edition,
    communes: living.length,
    retired: successions.length,
    epcis: cog.epcis.length,
    departements: cog.departements.length,
    regions: cog.regions.length,
  }
}
