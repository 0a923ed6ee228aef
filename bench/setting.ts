import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { type Embedded, startEmbedded } from '../server/demonstration/embedded-postgres.ts'
import { aGrant, anAccount, type GrantRow, insertAccount } from '../server/people-and-rights/accounts/testing.ts'
import { anOrganisation, insertOrganisation } from '../server/people-and-rights/organisations/testing.ts'
import { migrate } from '../server/platform/migrations.ts'
import { insertSession } from '../server/signing-in/identity/testing.ts'
import { importRegister } from '../server/territory-and-register/register/import-register.ts'
import { importClpe } from '../server/territory-and-register/territories/import-clpe.ts'
import { importTerritories, readCog } from '../server/territory-and-register/territories/import-territories.ts'
import { acceptTexts, publishTexts } from '../server/testing/texts.ts'
import { bareImport } from './bare-import.ts'
import { fillCampaigns } from './campaign-world.ts'
import { generate } from './generate.ts'
import { cpuOf, cpuOfServer, memoryOf } from './load.ts'

export const scales = { small: 300_000, medium: 3_000_000, national: 16_700_000 } as const
export type Scale = keyof typeof scales
/** What a server of its own would be given; the rest of the machine is the file cache. */
export const serverSettings = [
  'shared_buffers=4GB',
  'effective_cache_size=12GB',
  'max_wal_size=16GB',
  'maintenance_work_mem=1GB',
  'work_mem=16MB',
  'checkpoint_timeout=30min',
]
const today = '2026-11-25'

export interface ImportFigures {
  readonly rows: number
  readonly seconds: number
  readonly memoryMB: number
  readonly bare: {
    copy: number
    build: number
    indexes: number
  } /** Processor seconds, Node and PostgreSQL: what a busy machine does not blur. */
  readonly cpu?: { readonly import: number; readonly bare: number }
}
export interface Setting {
  readonly database: Embedded
  readonly owner: pg.Client
  readonly postmaster: number
  readonly folder: string
  readonly imported: ImportFigures | undefined
}

/**
 * The bench's own database, kept from one run to the next: generated files, the bare build of them, then the product's
 * own import.
 */
export const openSetting = async (
  folder: string,
  scale: Scale,
  say: (line: string) => void,
  withCampaigns = true,
): Promise<Setting> => {
  mkdirSync(folder, { recursive: true })
  const database = await startEmbedded({ dataDir: join(folder, 'database'), settings: serverSettings })
  await migrate(database.ownerUrl)
  const owner = new pg.Client(database.ownerUrl)
  await owner.connect()
  const postmaster = Number(readFileSync(join(folder, 'database/postgres/postmaster.pid'), 'utf8').split('\n')[0])
  const done = join(folder, 'imported.json')
  if (!existsSync(done))
    writeFileSync(done, JSON.stringify(await fill(owner, postmaster, database.ownerUrl, folder, scales[scale], say)))
  const campaigns = join(folder, 'campaigns.json')
  if (withCampaigns && !existsSync(campaigns)) {
    say('campaigns…')
    writeFileSync(campaigns, JSON.stringify(await fillCampaigns(owner, Math.min(scales[scale], scales.medium), say)))
  }
  // Nothing opens to who has accepted nothing (docs/decisions/0025).
  await publishTexts(owner)
  await acceptTexts(owner)
  return { database, owner, postmaster, folder, imported: JSON.parse(readFileSync(done, 'utf8')) as ImportFigures }
}

const fill = async (
  owner: pg.Client,
  postmaster: number,
  ownerUrl: string,
  folder: string,
  rows: number,
  say: (line: string) => void,
): Promise<ImportFigures> => {
  await importTerritories(owner, readCog(), today)
  await importClpe(owner, await inventedClpe(owner), { edition: '2026-05', inForceFrom: '2026-05-01' }, today)
  say(`generating ${rows.toLocaleString('en')} establishments…`)
  const files = await generate(folder, rows, done => {
    if (done % 1_000_000 === 0) say(`  ${done.toLocaleString('en')}`)
  })
  const cpu = () => (cpuOf(process.pid) + cpuOfServer(postmaster)) / 1000
  say('bare COPY-and-build…')
  const began = cpu()
  const bare = await bareImport(owner, files)
  say(`  copy ${bare.copy.toFixed(1)} s, build ${bare.build.toFixed(1)} s, indexes ${bare.indexes.toFixed(1)} s`)
  const [bareCpu, importBegan] = [cpu() - began, cpu()]
  say('import…')
  const start = performance.now()
  const counts = await importRegister(owner, [files.units, files.establishments], {
    area: null,
    activeOnly: false,
    scopeName: 'bench',
    today,
    connect: async () => {
      const session = new pg.Client(ownerUrl)
      await session.connect()
      return session
    },
  })
  const seconds = (performance.now() - start) / 1000
  const importCpu = cpu() - importBegan
  say(`  ${seconds.toFixed(1)} s, ${JSON.stringify(counts.map(c => c.became))}`)
  await owner.query('vacuum analyze')
  return { rows, seconds, memoryMB: memoryOf(process.pid).most, bare, cpu: { import: importCpu, bare: bareCpu } }
}

/** The EPCIs of each department in groups of a few: about as many CLPE as there are, 364. */
export const inventedClpe = async (owner: pg.Client): Promise<string> => {
  const { rows } = await owner.query<{ code: string; departement: number; epci: number }>(
    'select code, departement_id as departement, epci_id as epci from communes where valid_to is null and epci_id is not null order by departement_id, epci_id, code',
  )
  const groups = new Map<number, Map<number, number>>()
  for (const { departement, epci } of rows) {
    const group = groups.get(departement) ?? new Map<number, number>()
    groups.set(departement, group.has(epci) ? group : group.set(epci, Math.floor(group.size / 4)))
  }
  return `commune_id,territoire_id,territoire_libelle\n${rows
    .map(r => {
      const g = groups.get(r.departement)!.get(r.epci)!
      return `${r.code},C${r.departement}_${g},Bassin ${r.departement} ${g + 1}`
    })
    .join('\n')}\n`
}

export interface Advisor {
  readonly accountId: string
  readonly organisationId: string
  readonly cookie: string
  readonly context: Record<string, string>
  readonly territoryId: number
}
/** Functions that check rights inside: the floor has its own without them. */
const twins = [
  'contacted_targets',
  'campaign_progress',
  'hirings_at',
  'hirings_compared_at',
  'hiring_seasons_at',
  'hirings_known',
  'hirings_of_company',
  'hirers_of_company',
]
/**
 * A partner's advisor whose perimeter is this territory, signed in; and what the context of rights answers, as
 * functions without rights, for the floor.
 */
export const anAdvisor = async (
  owner: pg.Client,
  territoryId: number,
  more: readonly Pick<GrantRow, 'tool' | 'profile'>[] = [],
): Promise<Advisor> => {
  const organisation = await insertOrganisation(
    owner,
    anOrganisation({ siret: 99_000_000_000_000 + Math.floor(Math.random() * 1e9) }),
  )
  const grants = [
    { tool: 'fiche-etablissement', profile: 'conseiller' },
    { tool: 'campagnes', profile: 'pilote' },
    ...more,
  ] as const
  const account = await insertAccount(
    owner,
    anAccount(organisation.id, { email: `${crypto.randomUUID()}@bench.example` }),
    grants.map(g => aGrant({ ...g, territoryId })),
  )
  const { cookie } = await insertSession(owner, account.id)
  const constants: Record<string, string> = Object.fromEntries(
    ['fiche', 'fiche_conseiller', 'campagnes', 'conseiller', 'pilote', 'recrutement'].map(name => [
      name,
      `int[] immutable return '{${territoryId}}'::int[]`,
    ]),
  )
  Object.assign(constants, {
    ok: 'boolean immutable return true',
    account: `uuid immutable return '${account.id}'::uuid`,
    organisation: `uuid immutable return '${organisation.id}'::uuid`,
  })
  const schema = `floor_${account.id.replaceAll('-', '')}`
  await owner.query(`create schema ${schema}`)
  for (const [name, body] of Object.entries(constants))
    await owner.query(`create function ${schema}.${name}() returns ${body.replace(/^(\S+)/, '$1 language sql')}`)
  // The floor's twins of the functions that check rights inside.
  for (const name of twins) {
    const { rows } = await owner.query<{ definition: string }>(
      `select pg_get_functiondef(p.oid) as definition from pg_proc p
        where pronamespace in ('ctx'::regnamespace, 'public'::regnamespace) and proname = $1`,
      [name],
    )
    await owner.query(
      rows[0]!.definition
        .replace(/FUNCTION (ctx|public)\./, `FUNCTION ${schema}.`)
        .replace(/campaign\s+in\s+\(select\s+ctx\.visible_campaigns\(\)\)/, 'true')
        .replace(/campaign\s+not\s+in\s+\(select\s+ctx\.visible_campaigns\(\)\)/, 'false')
        .replace(/ctx\.(leads|reads_hirings|covers|perimeter_within)\([^)]*\)/g, 'true')
        .replace(/ctx\.(\w+)\(\)/g, (call, asked: string) => (asked in constants ? `${schema}.${asked}()` : call)),
    )
    constants[name] = ''
  }
  return {
    accountId: account.id,
    organisationId: organisation.id,
    cookie,
    territoryId,
    context: Object.fromEntries(Object.keys(constants).map(name => [name, `${schema}.${name}()`])),
  }
}
