import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { importRegister } from '../../server/territory-and-register/register/import-register.ts'
import type { Cog } from '../../server/territory-and-register/territories/import-territories.ts'
import { inventedCompanies } from './invented-companies.ts'

export const clpe = {
  code: 'CLPE33002',
  name: 'Bordeaux hors Métropole',
  alias: 'Cœur de Gironde',
  epcis: ['243301165', '243301264', '243301355', '243301215', '243301439', '243301249'],
}

const neighbour = { code: 'CLPE33003', name: 'Bordeaux Métropole', epcis: ['243300316'] }
export const edition = { edition: '2026-05', inForceFrom: '2026-05-01' }
const companies = 1400

const communesOf = (cog: Cog, epcis: readonly string[]) =>
  cog.epcis.filter(e => epcis.includes(e.code)).flatMap(e => e.membres.map(m => m.code))

export const clpeFile = (cog: Cog) =>
  [
    'commune_id,territoire_id,territoire_libelle',
    ...[clpe, neighbour].flatMap(c => communesOf(cog, c.epcis).map(code => `${code},${c.code},${c.name}`)),
  ].join('\n')

export const layRegister = async (owner: pg.Client, cog: Cog, today: string) => {
  const wanted = new Set(communesOf(cog, clpe.epcis))
  const communes = cog.communes
    .filter(c => c.type === 'commune-actuelle' && wanted.has(c.code))
    .map(c => ({ code: c.code, name: c.nom, postalCode: c.codesPostaux?.[0] ?? '', population: c.population ?? 0 }))
  const { establishments, units } = inventedCompanies(communes, companies)
  const folder = mkdtempSync(join(tmpdir(), 'campagnes-seed-'))
  try {
    const files = [join(folder, 'StockUniteLegale_utf8.csv'), join(folder, 'StockEtablissement_utf8.csv')] as const
    writeFileSync(files[0], units)
    writeFileSync(files[1], establishments)
    await importRegister(owner, files, { area: null, activeOnly: false, scopeName: 'démonstration', today })
  } finally {
    rmSync(folder, { recursive: true })
  }
}
