import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { jobsOf } from '../../jobs.ts'
import { readConfig, readSirene } from '../../platform/config.ts'
import { freshDatabase, type TestDatabase } from '../../testing/database.ts'
import { importTerritories } from '../territories/import-territories.ts'
import { aCog } from '../territories/testing.ts'
import { lostOf } from './import-counts.ts'
import { sireneApi } from './sirene-api.ts'
import { insertEstablishments } from './testing.ts'
import { anEstablishment, aPerson, aUnit, inventedSiren, inventedSiret } from './testing-official-layout.ts'
import { establishmentRecord, openSireneApi, unitRecord } from './testing-sirene-api.ts'
import { updateRegisterDaily } from './update-register.job.ts'
import { lookUp, type UpdateOptions, updateRegister } from './update-register.ts'

type Row = Record<string, string>
let database: TestDatabase
let owner: pg.Pool
let api: Awaited<ReturnType<typeof openSireneApi>>
const today = '2026-11-25'
before(async () => {
  database = await freshDatabase()
  owner = new pg.Pool({ connectionString: database.ownerUrl })
  const client = await owner.connect()
  await importTerritories(client as unknown as pg.Client, aCog(), today)
  client.release()
})
after(async () => {
  await owner.end()
  await database.drop()
})
beforeEach(async () => {
  await owner.query('truncate establishments, legal_units, register_imports, register_updates')
  api = await openSireneApi()
})
afterEach(() => api.close())

/** Time passes only when somebody waits. */
const aPace = () => {
  const slept: number[] = []
  let now = Date.parse('2026-11-25T04:30:00Z')
  return {
    slept,
    now: () => now,
    sleep: async (milliseconds: number) => {
      slept.push(milliseconds)
      now += milliseconds
    },
  }
}
const connected = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client(url)
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
const update = async (options: Partial<UpdateOptions> = {}, pace = aPace(), key = 'la-cle') =>
  connected(database.ownerUrl, async client => {
    const counts = await updateRegister(client, sireneApi({ url: api.url, key }, { pace }), {
      today,
      since: '2026-11-24',
      ...options,
    })
    for (const c of counts) assert.equal(lostOf(c), 0, 'every record read is accounted for')
    return {
      establishments: { read: counts[0]!.read, ...counts[0]!.became },
      units: { read: counts[1]!.read, ...counts[1]!.became },
      rejected: counts[0]!.rejected,
    }
  })
const all = async (text: string, ...values: unknown[]): Promise<any[]> => (await owner.query(text, values)).rows
const register = () =>
  all(
    `select to_jsonb(e) - 'first_imported_at' - 'updated_at' as row from (select * from establishments order by siret) e
      union all select to_jsonb(u) from (select * from legal_units order by siren) u`,
  )
const reached = () => all('select collection, day::text, cursor, read_of_day from register_updates order by 1')

const siren = inventedSiren(1)
const other = inventedSiren(2)
const sirets = Array.from({ length: 5 }, (_, i) => inventedSiret(siren, i + 1))
const treated = { dateDernierTraitementEtablissement: '2026-11-24T10:20:30.255' }
const unitTreated = { dateDernierTraitementUniteLegale: '2026-11-24T10:20:30.255' }
const changed = (siret: string, over: Row = {}) => anEstablishment(siret, { ...treated, ...over })
const unit = aUnit(siren, unitTreated)
const serve = (establishments: Row[], units: Row[] = [unit]) => {
  const within = (row: Row) =>
    units.find(u => u['siren'] === row['siret']!.slice(0, 9)) ?? aUnit(row['siret']!.slice(0, 9))
  api.records.siret = establishments.map(row => establishmentRecord(row, within(row)))
  api.records.siren = units.map(unitRecord)
}
/** A session that was cut gives its lock back a moment later. */
const lockIsFree = async () => {
  while (
    (
      await all(
        `select from pg_locks where locktype = 'advisory'
          and database = (select oid from pg_database where datname = current_database())`,
      )
    ).length > 0
  )
    await new Promise(r => setTimeout(r, 10))
}
const stock = async (establishments: Row[], units: Row[] = [aUnit(siren)]) => {
  await insertEstablishments(owner, establishments, units)
  await lockIsFree()
}

test('EST-1: the updates write what the stock file would have written, to the letter, and once more change nothing', async () => {
  const rows = [
    changed(sirets[0]!, { enseigne1Etablissement: 'LE DOUELLAN', activitePrincipaleNAF25Etablissement: '16.24Y' }),
    changed(sirets[1]!, { etatAdministratifEtablissement: 'F', dateDebut: '2026-11-20', etablissementSiege: 'false' }),
    changed(sirets[2]!, { codeCommuneEtablissement: '33238' }),
  ]
  await stock(rows, [unit])
  const asFile = await register()
  await owner.query('truncate establishments, legal_units')
  serve(rows)
  assert.deepEqual(await update(), {
    establishments: { read: 3, new: 3 },
    units: { read: 1, changed: 1 },
    rejected: {},
  })
  assert.deepEqual(await register(), asFile)
  assert.deepEqual(await update(), {
    establishments: { read: 3, unchanged: 3 },
    units: { read: 1, unchanged: 1 },
    rejected: {},
  })
  await stock(rows, [unit])
  assert.deepEqual(await register(), asFile)
})

test('EST-1: changes, closings and reopenings reach what the stock brought; an older stock read afterwards undoes nothing', async () => {
  const before = [
    anEstablishment(sirets[0]!),
    anEstablishment(sirets[1]!),
    anEstablishment(sirets[2]!, { etatAdministratifEtablissement: 'F' }),
  ]
  await stock(before)
  serve(
    [
      changed(sirets[0]!, { enseigne1Etablissement: 'NOUVELLE ENSEIGNE' }),
      changed(sirets[1]!, { etatAdministratifEtablissement: 'F' }),
      changed(sirets[2]!),
    ],
    [aUnit(siren, { ...unitTreated, denominationUniteLegale: 'NOUVELLE RAISON' })],
  )
  const result = await update()
  assert.deepEqual(
    [result.establishments, result.units],
    [
      { read: 3, changed: 1, closed: 1, reopened: 1 },
      { read: 1, changed: 1 },
    ],
  )
  const after = await register()
  assert.deepEqual(await all('select name, legal_name, active from establishments order by siret'), [
    { name: 'NOUVELLE ENSEIGNE', legal_name: 'NOUVELLE RAISON', active: true },
    { name: 'NOUVELLE RAISON', legal_name: 'NOUVELLE RAISON', active: false },
    { name: 'NOUVELLE RAISON', legal_name: 'NOUVELLE RAISON', active: true },
  ])
  await stock(before)
  assert.deepEqual(await register(), after)
})

test('EST-1 EST-4: what the updates mask is masked by the same path, and what is no longer diffused is removed', async () => {
  await stock(
    [anEstablishment(sirets[0]!), anEstablishment(inventedSiret(other), { enseigne1Etablissement: 'CHEZ PAUL' })],
    [aUnit(siren), aPerson(other)],
  )
  serve(
    [
      changed(sirets[0]!, { statutDiffusionEtablissement: 'N' }),
      changed(sirets[1]!, {
        statutDiffusionEtablissement: 'P',
        libelleVoieEtablissement: '[ND]',
        numeroVoieEtablissement: '[ND]',
        codePostalEtablissement: '[ND]',
        enseigne1Etablissement: '[ND]',
      }),
    ],
    [
      unit,
      aPerson(other, {
        ...unitTreated,
        statutDiffusionUniteLegale: 'P',
        nomUniteLegale: '[ND]',
        prenom1UniteLegale: '[ND]',
      }),
    ],
  )
  const known = async () =>
    (await all(`select word from search_lexicon where word in ('chez', 'lestage', 'tonnellerie') order by 1`)).map(
      r => r.word,
    )
  assert.deepEqual(await known(), ['chez', 'lestage', 'tonnellerie'])
  await update()
  assert.deepEqual(await known(), ['tonnellerie'], 'nor do their words help to spell')
  assert.deepEqual(
    await all(
      'select diffusion, legal_unit_diffusion, name, street, postal_code, active from establishments order by siret',
    ),
    [
      { diffusion: 'N', legal_unit_diffusion: 'O', name: null, street: null, postal_code: null, active: false },
      {
        diffusion: 'P',
        legal_unit_diffusion: 'O',
        name: 'TONNELLERIE DES GRAVES',
        street: null,
        postal_code: null,
        active: true,
      },
      { diffusion: 'O', legal_unit_diffusion: 'P', name: null, street: null, postal_code: null, active: true },
    ],
  )
})

test('EST-4: an establishment is never stored open while its own record says that its unit is masked, at any page', async () => {
  await stock([], [aPerson(other)])
  const masked = aPerson(other, {
    ...unitTreated,
    statutDiffusionUniteLegale: 'P',
    nomUniteLegale: '[ND]',
    prenom1UniteLegale: '[ND]',
  })
  serve(
    [changed(inventedSiret(other)), changed(sirets[0]!)],
    [masked, aUnit(siren, { ...unitTreated, statutDiffusionUniteLegale: 'N' })],
  )
  await update({
    onPage: async () =>
      assert.deepEqual(await all('select siren::text, name, street from establishments'), [
        { siren: other, name: null, street: null },
      ]),
  })
})

test('EST-1: a register of one area gets the updates of that area, with the units of its new establishments', async () => {
  await owner.query(
    `insert into register_imports (files, scope, area, active_only)
      values ('{}', 'Gironde', '{2033}', true), ('{}', 'CC', '{243301165}', true)`,
  )
  const [elsewhere, landes] = [inventedSiret(other), inventedSiret(inventedSiren(3))]
  serve(
    [
      changed(sirets[0]!),
      changed(elsewhere, { codeCommuneEtablissement: '40088' }),
      changed(sirets[1]!, { etatAdministratifEtablissement: 'F' }),
    ],
    [unit, aUnit(other, unitTreated)],
  )
  api.records.siret.push(
    establishmentRecord(changed(landes, { codeCommuneEtablissement: '40088' }), aUnit(landes.slice(0, 9))),
  )
  assert.deepEqual(await update(), {
    establishments: { read: 4, new: 1, outside: 2, inactive: 1 },
    units: { read: 2, changed: 1, outside: 1 },
    rejected: {},
  })
  assert.deepEqual(
    [
      await all('select siret::text, legal_name from establishments'),
      await all('select siren::text, employer from legal_units'),
    ],
    [[{ siret: sirets[0], legal_name: 'TONNELLERIE DES GRAVES' }], [{ siren, employer: true }]],
  )
})

test('EST-1: 30 requests a minute at most, with the key in its header and the day in the question', async () => {
  const pace = aPace()
  const at: number[] = []
  api.onRequest(request => {
    at.push(pace.now())
    assert.equal(request.headers['x-insee-api-key-integration'], 'la-cle')
  })
  serve(sirets.map(s => changed(s)))
  await update({ since: '2026-11-10' }, pace)
  assert.ok(at.length > 30)
  for (let i = 30; i < at.length; i++) assert.ok(at[i]! - at[i - 30]! >= 60_000, `requests ${i - 30} to ${i}`)
  assert.deepEqual(
    [...new Set(api.asked.map(a => a.day))],
    Array.from({ length: 15 }, (_, i) => `2026-11-${10 + i}`),
    'whole days only, today not',
  )
})

test('EST-1: a day with no change is a 404, and is over', async () => {
  assert.deepEqual(await update({ since: '2026-11-22' }), {
    establishments: { read: 0 },
    units: { read: 0 },
    rejected: {},
  })
  assert.deepEqual(await reached(), [
    { collection: 'establishments', day: '2026-11-25', cursor: '*', read_of_day: 0 },
    { collection: 'units', day: '2026-11-25', cursor: '*', read_of_day: 0 },
  ])
})

for (const [what, fault, waited] of [
  [
    '429 with Retry-After in seconds',
    r => {
      r.writeHead(429, { 'retry-after': '17' }).end('{}')
    },
    17_000,
  ],
  [
    '429 with Retry-After as a date',
    r => {
      r.writeHead(429, { 'retry-after': 'Wed, 25 Nov 2026 04:31:00 GMT' }).end('{}')
    },
    58_000,
  ],
  [
    '500',
    r => {
      r.writeHead(500, { 'content-type': 'application/json' }).end(
        '{"header":{"statut":500,"message":"Erreur interne"}}',
      )
    },
    2_000,
  ],
  [
    '503 in HTML',
    r => {
      r.writeHead(503).end('<html>Service indisponible</html>')
    },
    2_000,
  ],
  [
    'a body cut before its length',
    r => {
      r.writeHead(200, { 'content-length': '5000' })
      r.write('{"header":{"statut":200')
      setTimeout(() => r.destroy(), 20)
    },
    2_000,
  ],
  [
    'a connection closed without an answer',
    r => {
      r.destroy()
    },
    2_000,
  ],
  [
    'malformed JSON',
    r => {
      r.writeHead(200).end('{"header":{"statut":200},"etablissements":[{"siret":')
    },
    2_000,
  ],
  [
    'JSON without its list',
    r => {
      r.writeHead(200).end('{"header":{"statut":200}}')
    },
    2_000,
  ],
  [
    'a page without a cursor',
    r => {
      r.writeHead(200).end('{"header":{"statut":200,"total":3},"etablissements":[],"unitesLegales":[]}')
    },
    2_000,
  ],
] as [string, (r: import('node:http').ServerResponse) => void, number][]) {
  test(`EST-1: asked again after ${what}, and nothing is lost`, async () => {
    serve(sirets.map(s => changed(s)))
    api.faults.push((_r, answer) => answer(), fault)
    const pace = aPace()
    const result = await update({}, pace)
    assert.deepEqual([result.establishments, result.units.read], [{ read: 5, new: 5 }, 1])
    assert.deepEqual(api.asked[1], api.asked[2], 'the same page')
    assert.equal(pace.slept[1], waited)
  })
}

test('EST-1: the waits grow, then the command gives up with a sentence, and goes on later from the page it had reached', async () => {
  serve(sirets.map(s => changed(s)))
  api.faults.push(
    (_r, answer) => answer(),
    ...Array.from({ length: 8 }, () => (r: import('node:http').ServerResponse) => {
      r.writeHead(500).end()
    }),
  )
  const pace = aPace()
  await assert.rejects(update({}, pace), /ne répond pas comme il faut \(code 500, 8 essais\)/)
  assert.deepEqual(
    pace.slept.filter(s => s !== 2_000),
    [4_000, 8_000, 16_000, 32_000, 60_000, 60_000],
  )
  assert.equal((await all('select from establishments')).length, 2, 'the page before is kept')
  const [{ cursor }] = await reached()
  api.asked.length = 0
  assert.deepEqual((await update()).establishments, { read: 3, new: 3 })
  assert.equal(api.asked[0]!.cursor, cursor)
  await assert.rejects(update({}, aPace(), 'fausse'), /refuse la clé/)
  api.faults.push(r => {
    r.writeHead(429, { 'retry-after': '86400' }).end()
  })
  await assert.rejects(update(), /code 429, 1 essais/)
})

test('EST-1: a wrong address is said, a redirection is not followed with the key', async () => {
  api.faults.push(r => {
    r.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not found</h1>')
  })
  await assert.rejects(update(), /SIRENE_API_URL/)
  api.faults.push(r => {
    r.writeHead(302, { location: api.url }).end()
  })
  await assert.rejects(update(), /SIRENE_API_URL/)
  assert.equal(api.asked.length, 2)
})

const cutShort = (r: import('node:http').ServerResponse) =>
  api.json(r, 200, {
    header: { statut: 200, total: 5, curseur: '*', curseurSuivant: '*' },
    etablissements: api.records.siret.slice(0, 2),
  })
test('EST-1: a cursor that repeats itself before all is read: the day is read again, then said to be incomplete', async () => {
  serve(sirets.map(s => changed(s)))
  api.faults.push(cutShort)
  assert.deepEqual((await update()).establishments, { read: 7, new: 5, unchanged: 2 })
  await owner.query('truncate establishments, legal_units, register_updates')
  api.faults.push(cutShort, cutShort)
  await assert.rejects(update(), /journée du 2026-11-24 reste incomplète \(2 lus sur 5\).*--since 2026-11-25 la passe/)
  assert.equal((await all('select from establishments')).length, 2)
  await update()
  assert.equal((await all('select from establishments')).length, 5)
})

test('EST-1: a cursor that goes round ends too, and one that is no longer known begins its day again', async () => {
  serve(sirets.map(s => changed(s)))
  const round = (r: import('node:http').ServerResponse) =>
    api.json(r, 200, {
      header: { statut: 200, total: 5, curseur: 'x', curseurSuivant: '*' },
      etablissements: api.records.siret.slice(2, 4),
    })
  api.faults.push((_r, answer) => answer(), round)
  assert.deepEqual((await update()).establishments, { read: 9, new: 5, unchanged: 4 })
  await owner.query(`update register_updates set day = '2026-11-24', cursor = 'perdu'`)
  api.faults.push(r => {
    r.writeHead(400).end('{"header":{"statut":400,"message":"curseur invalide"}}')
  })
  assert.equal((await update()).establishments.unchanged, 5)
})

test('EST-1: a bad record is listed with its reason, the others pass', async () => {
  serve([
    changed(sirets[0]!),
    changed(sirets[1]!, { siret: '12345678901234' }),
    changed(sirets[2]!, { enseigne1Etablissement: 'A\0B' }),
    changed(sirets[3]!, { enseigne1Etablissement: 'A\ud800' }),
    changed(sirets[4]!, { etatAdministratifEtablissement: 'X' }),
  ])
  api.records.siret.push(api.records.siret[4]!, null as never, { dateDernierTraitementEtablissement: '2026-11-24' })
  api.records.siret = api.records.siret.filter(r => r !== null)
  const rejects: string[] = []
  const result = await update({ onReject: (_source, r) => rejects.push(`${r.text.slice(0, 14)} ${r.reason}`) })
  assert.deepEqual(result.rejected, {
    'wrong-siret-key': 1,
    'nul-byte': 1,
    'invalid-utf8': 1,
    'unknown-state': 2,
    'no-siret': 1,
  })
  assert.deepEqual(rejects.slice(0, 2), ['12345678901234 wrong-siret-key', `${sirets[2]} nul-byte`])
  assert.deepEqual(await all('select siret::text from establishments'), [{ siret: sirets[0] }])
})

test('EST-1: without a first day, from the last that the stock knows; the day after, from the last day read', async () => {
  await assert.rejects(update({ since: undefined }), /le répertoire est vide/)
  await stock(
    [anEstablishment(sirets[0]!, { dateDernierTraitementEtablissement: '2026-11-23T08:00:00' })],
    [aUnit(siren, { dateDernierTraitementUniteLegale: '2026-11-24T08:00:00' })],
  )
  await update({ since: undefined })
  const days = () => api.asked.splice(0).map(a => `${a.path} ${a.day.slice(5)}`)
  assert.deepEqual(days(), ['siret 11-23', 'siret 11-24', 'siren 11-24'])
  await update({ since: undefined, today: '2026-11-27' })
  assert.deepEqual(days(), ['siret 11-24', 'siret 11-25', 'siret 11-26', 'siren 11-24', 'siren 11-25', 'siren 11-26'])
  await assert.rejects(update({ since: '2026-11-25' }), /jours entiers/)
})

test('EST-1: nothing that a person typed is overwritten', async () => {
  await stock([anEstablishment(sirets[0]!)])
  serve([changed(sirets[0]!, { etatAdministratifEtablissement: 'F' })])
  const writes = () =>
    all(
      `select relname, n_tup_ins + n_tup_upd + n_tup_del as n from pg_stat_user_tables where schemaname = 'public'
        and relname not in ('establishments', 'legal_units', 'register_imports', 'register_updates', 'search_lexicon')
        order by 1`,
    )
  const flush = () => connected(database.ownerUrl, c => c.query('select pg_stat_force_next_flush()'))
  await flush()
  const before = await writes()
  await update()
  await flush()
  assert.deepEqual(await writes(), before, 'the updates write the tables of the register and no other')
})

test('REL-6 EST-1: killed between two pages, the same command goes on from the next page', {
  timeout: 240_000,
}, async () => {
  serve(sirets.map(s => changed(s)))
  const child = spawn(
    process.execPath,
    [
      fileURLToPath(new URL('../../import.ts', import.meta.url)),
      'updates',
      '--since',
      '2026-11-24',
      '--operator',
      'Essai',
    ],
    {
      env: { ...process.env, DATABASE_OWNER_URL: database.ownerUrl, SIRENE_API_URL: api.url, SIRENE_API_KEY: 'la-cle' },
    },
  )
  let said = ''
  for (const out of [child.stdout, child.stderr])
    out.on('data', d => {
      said += d
    })
  const watch = setInterval(async () => {
    if ((await reached())[0]?.read_of_day > 0) child.kill('SIGKILL')
  }, 10)
  await new Promise(done => child.once('close', done))
  clearInterval(watch)
  await lockIsFree()
  const [{ cursor, read_of_day: read }] = await reached()
  assert.ok(read > 0 && cursor !== '*', said)
  assert.equal((await all('select from establishments')).length, read, 'the page and the place of the next are one')
  api.asked.length = 0
  const { establishments } = await update()
  assert.deepEqual(establishments, { read: 5 - read, new: 5 - read })
  assert.equal(api.asked[0]!.cursor, cursor)
  assert.equal((await all('select from establishments where legal_name is not null')).length, 5)
})

test('EST-1: two updates at once: the second is refused', async () => {
  serve([changed(sirets[0]!)])
  let refusals = 0
  await update({
    onPage: async () => {
      await assert.rejects(update(), /un autre import/)
      refusals++
    },
  })
  assert.ok(refusals > 0)
})

test('EST-1: the daily job, only with a key and never on the first of the month, with the worker’s role alone', async () => {
  const real = {
    DATABASE_WORKER_URL: database.workerUrl,
    PUBLIC_URL: 'https://campagnes.example/',
    PROCONNECT_ISSUER: 'https://proconnect.example/api/v2',
    PROCONNECT_CLIENT_ID: 'id',
    PROCONNECT_CLIENT_SECRET: 'secret',
    AUDIT_SIGNING_KEY: Buffer.alloc(32, 7).toString('base64'),
    AUDIT_WITNESS_FILE: '/w',
    SMTP_URL: 'smtps://mail.example',
    MAIL_FROM: 'ne-pas-repondre@campagnes.example',
  }
  const crons = (env: Row) =>
    jobsOf(readConfig({ ...real, ...env }, { sealing: true, web: false }))
      .filter(j => j.name === 'update-register')
      .map(j => j.cron)
  assert.deepEqual([crons({}), crons({ SIRENE_API_KEY: 'la-cle' })], [[], ['30 4 2-31 * *']])
  assert.deepEqual(readSirene({ SIRENE_API_KEY: 'k' }), { url: 'https://api.insee.fr/api-sirene/3.11/', key: 'k' })
  assert.equal(
    readSirene({ SIRENE_API_KEY: 'k', SIRENE_API_URL: 'https://api.insee.fr/api-sirene/3.13' }).url,
    'https://api.insee.fr/api-sirene/3.13/',
  )
  assert.throws(
    () => readSirene({ SIRENE_API_URL: 'http://api.insee.fr/' }),
    /SIRENE_API_URL[\s\S]*SIRENE_API_KEY manque/,
  )

  await owner.query(
    `insert into register_updates (collection, since, until, day)
      select c, current_date - 1, current_date - 1, current_date from unnest(array['establishments', 'units']) c`,
  )
  const yesterday = (await all(`select ((now() at time zone 'Europe/Paris')::date - 1)::text as day`))[0].day
  api.records.siret = [
    establishmentRecord(
      anEstablishment(sirets[0]!, { dateDernierTraitementEtablissement: `${yesterday}T09:00:00` }),
      unit,
    ),
  ]
  const said: string[] = []
  await updateRegisterDaily(database.workerUrl, { url: api.url, key: 'la-cle' }).run({}, {
    logger: { info: (text: string) => said.push(text) },
    abortSignal: new AbortController().signal,
  } as never)
  assert.match(said.join(), /"kind":"establishments","read":1,"rejected":\{\},"became":\{"new":1\}/)
  await assert.rejects(
    updateRegisterDaily(database.workerUrl, { url: api.url, key: 'la-cle' }).run({}, {
      logger: {},
      abortSignal: AbortSignal.abort(),
    } as never),
    { name: 'AbortError' },
    'told to stop, it stops',
  )
  await connected(database.workerUrl, async worker => {
    for (const statement of [
      'delete from establishments',
      'truncate legal_units',
      'drop table register_updates',
      'alter table establishments disable trigger hide_undiffused',
      'select author_id from exchanges',
      'update communes set name = name',
      'insert into audit_entries default values',
    ])
      await assert.rejects(worker.query(statement), { code: '42501' }, statement)
  })
})

test('EST-1, EST-2: the updates keep the code that a line had before it was recoded, and count what corresponds once a month', async () => {
  await owner.query('truncate naf_correspondences')
  const coded = (siret: string, naf: string, next: string) =>
    anEstablishment(siret, { activitePrincipaleEtablissement: naf, activitePrincipaleNAF25Etablissement: next })
  await stock([coded(sirets[0]!, '16.24Z', '16.25Y'), coded(sirets[1]!, '45.20A', ''), coded(sirets[2]!, '56.10A', '')])
  const recoded = (siret: string, naf: string) =>
    changed(siret, { activitePrincipaleEtablissement: naf, nomenclatureActivitePrincipaleEtablissement: 'NAF2025' })
  serve([recoded(sirets[0]!, '16.25Y'), recoded(sirets[1]!, '95.31G')])
  const lines = () =>
    all(`select concat_ws(' ', naf, naf_nomenclature, naf_former) as line from establishments order by siret`)
  const pairs = () =>
    all(
      `select concat_ws(' ', naf, naf25, establishments, case when rare then 'rare' end) as pair
        from naf_correspondences order by naf`,
    )
  // Counted already this month, with the stock: what the day brings is noted beside.
  await connected(database.workerUrl, client =>
    updateRegister(client, sireneApi({ url: api.url, key: 'la-cle' }, { pace: aPace() }), {
      today,
      since: '2026-11-24',
    }),
  )
  assert.deepEqual(await lines(), [
    { line: '16.25Y NAF25 16.24Z' },
    { line: '95.31G NAF25 45.20A' },
    { line: '56.10A NAFRev2' },
  ])
  assert.deepEqual(await pairs(), [{ pair: '16.24Z 16.25Y 1' }, { pair: '45.20A 95.31G 1 rare' }])
  // The month after, the whole register is counted again.
  await connected(database.workerUrl, client =>
    updateRegister(client, sireneApi({ url: api.url, key: 'la-cle' }, { pace: aPace() }), {
      today: '2026-12-02',
      since: '2026-12-01',
    }),
  )
  assert.deepEqual(await pairs(), [{ pair: '16.24Z 16.25Y 1' }, { pair: '45.20A 95.31G 1' }])
})

test('EST-1: a SIRET that the register lacks is looked up, masked by the same path, and confirmed by the next update', async () => {
  await owner.query(
    `insert into register_imports (files, scope, area, active_only) values ('{}', 'Landes', '{2040}', true)`,
  )
  serve(
    [
      changed(sirets[0]!),
      changed(inventedSiret(other), { statutDiffusionEtablissement: 'P' }),
      changed(sirets[1]!, { statutDiffusionEtablissement: 'N' }),
    ],
    [unit, aPerson(other, unitTreated)],
  )
  await connected(database.ownerUrl, async client => {
    const ask = (siret: string) =>
      lookUp(client, sireneApi({ url: api.url, key: 'la-cle' }, { pace: aPace() }), siret, today)
    assert.deepEqual(
      [await ask(sirets[0]!), await ask(inventedSiret(other)), await ask(sirets[1]!), await ask(sirets[2]!)],
      [true, true, false, false],
    )
    api.faults.push(r => {
      r.writeHead(301, { location: '/x' }).end()
    })
    assert.equal(await ask(sirets[3]!), false, 'closed as the double of another')
  })
  assert.deepEqual(await all('select siret::text, name, street from establishments order by 1'), [
    { siret: sirets[0], name: 'TONNELLERIE DES GRAVES', street: '12 RUE DES TONNELIERS' },
    { siret: inventedSiret(other), name: null, street: null },
  ])
  assert.deepEqual(await update(), {
    establishments: { read: 3, unchanged: 2, undiffused: 1 },
    units: { read: 2, unchanged: 2 },
    rejected: {},
  })
})
