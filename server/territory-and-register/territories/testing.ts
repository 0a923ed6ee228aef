import type pg from 'pg'
import type { Cog } from './import-territories.ts'

type Commune = Cog['communes'][number]
const commune = (
  code: string,
  nom: string,
  departement: string,
  region: string,
  over: Partial<Commune> = {},
): Commune => ({
  code,
  nom,
  type: 'commune-actuelle',
  departement,
  region,
  population: 1000,
  codesPostaux: [`${code.slice(0, 2)}000`],
  ...over,
})

/**
 * A small France: six communes of Gironde in three EPCIs, two of Landes, Ajaccio, Paris with a district, and what
 * retired codes became.
 */
export const aCog = (over: Partial<Cog> = {}): Cog => ({
  edition: '2026',
  inForceFrom: '2026-01-01',
  regions: [
    { code: '75', nom: 'Nouvelle-Aquitaine' },
    { code: '11', nom: 'Île-de-France' },
    { code: '94', nom: 'Corse' },
  ],
  departements: [
    { code: '33', nom: 'Gironde', region: '75' },
    { code: '40', nom: 'Landes', region: '75' },
    { code: '75', nom: 'Paris', region: '11' },
    { code: '2A', nom: 'Corse-du-Sud', region: '94' },
  ],
  epcis: [
    {
      code: '243301165',
      nom: 'CC Jalle-Eau-Bourde',
      type: 'CC',
      membres: [{ code: '33122' }, { code: '33090' }, { code: '33422' }],
    },
    { code: '243301264', nom: 'CC de Montesquieu', type: 'CC', membres: [{ code: '33238' }, { code: '33213' }] },
    { code: '243301215', nom: 'CC du Créonnais', type: 'CC', membres: [{ code: '33140' }, { code: '40001' }] },
  ],
  communes: [
    commune('33122', 'Cestas', '33', '75'),
    commune('33090', 'Canéjan', '33', '75'),
    commune('33422', 'Saint-Jean-d’Illac', '33', '75'),
    commune('33238', 'Léognan', '33', '75', { anciensCodes: ['33999', '33998'] }),
    commune('33213', 'La Brède', '33', '75'),
    commune('33140', 'Créon', '33', '75'),
    commune('40001', 'Aire', '40', '75'),
    commune('40088', 'Dax', '40', '75'),
    commune('2A004', 'Ajaccio', '2A', '94', { anciensCodes: ['20004'] }),
    commune('75056', 'Paris', '75', '11'),
    { ...commune('75101', 'Paris 1er Arrondissement', '75', '11'), type: 'arrondissement-municipal', commune: '75056' },
    { ...commune('33998', 'Graves-le-Vieux', '33', '75'), type: 'commune-deleguee', chefLieu: '33238' },
  ],
  ...over,
})

/** The lines of a CLPE file: `{ CLPE33001: ['Name', '33122', …] }`. */
export const aClpeFile = (clpes: Record<string, readonly [name: string, ...communes: string[]]>): string =>
  [
    'commune_id,territoire_id,territoire_libelle,departement_id',
    ...Object.entries(clpes).flatMap(([code, [name, ...communes]]) => communes.map(c => `${c},${code},"${name}",33`)),
  ].join('\n')

/** `owner` is connected as cc_owner; the pilot is always among the members. */
export const insertTaskForce = async (
  owner: pg.ClientBase | pg.Pool,
  force: { clpeId: number; pilotId: string; memberIds: readonly string[]; sensitiveSectors: readonly string[] },
): Promise<void> => {
  await owner.query('insert into task_forces (clpe_id, pilot_id, sensitive_sectors) values ($1, $2, $3)', [
    force.clpeId,
    force.pilotId,
    force.sensitiveSectors,
  ])
  await owner.query('insert into task_force_members (clpe_id, organisation_id) select $1, unnest($2::uuid[])', [
    force.clpeId,
    [...new Set([force.pilotId, ...force.memberIds])],
  ])
}
