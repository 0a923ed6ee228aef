import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { covers, type TerritoryLine, type Viewer } from '../../platform/viewer.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { disagreements, importChanged, isSeen, type Sight, sightsOf, withPolicyChanged } from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, pick, seededRandom, somePlace } from '../../testing/people.ts'
import { siretOf } from '../../work-with-employers/campaigns/testing-world.ts'
import { mayRead } from './provisional.model.ts'
import * as policy from './provisional.policy.ts'

type Row = TerritoryLine & { readonly id: string; organisationId?: string; authorId?: string }
const random = seededRandom(520)
let house: House
let web: pg.Client
let hashes: Buffer[]
let organisation: string
let author: string
const rows: Row[] = Array.from({ length: 1200 }, (_, n) => ({ id: String(siretOf(n + 1)), ...somePlace(random) }))
const fresh: Row[] = Array.from({ length: 7 }, (_, n) => ({ id: String(siretOf(n + 5001)), ...somePlace(random) }))

before(async () => {
  house = await openHouse([])
  web = new pg.Client(house.urls.webUrl)
  await web.connect()
  await insertPlaces(house)
  const organisations = [(await house.organisation()).id, (await house.organisation()).id]
  hashes = await peopleOfAllKinds(house, organisations, 90, random)
  const { rows: accounts } = await house.owner.query('select id, organisation_id from accounts')
  ;({ id: author, organisation_id: organisation } = pick(random, accounts))
  for (const row of rows) {
    const by = pick(random, accounts) as { id: string; organisation_id: string }
    Object.assign(row, { authorId: by.id, organisationId: by.organisation_id })
  }
  await house.owner.query(
    `insert into provisional_establishments (siret, name, commune_code, region_id, departement_id, epci_id, clpe_id,
      organisation_id, author_id, created_at)
    select id, 'ATELIER', '33001', "regionId", "departementId", "epciId", "clpeId", "organisationId", "authorId", now()
    from jsonb_to_recordset($1) as r (id bigint, "regionId" int, "departementId" int, "epciId" int, "clpeId" int,
      "organisationId" uuid, "authorId" uuid)`,
    [JSON.stringify(rows)],
  )
})
after(async () => {
  await web.end()
  await house.close()
})

const readable = (of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`select siret::text as id from provisional_establishments`)
const reads = (sights: readonly Sight[], may: (viewer: Viewer, row: Row) => boolean = mayRead) =>
  disagreements(sights, rows, may)

/** Writes a card there as the signed-in person would, and undoes it: 42501 is the policy's refusal. */
const write = async (row: Row, by: { organisation: string; account: string }, over: object = {}): Promise<boolean> => {
  const card = {
    siret: row.id,
    name: 'ATELIER',
    commune_code: '33001',
    region_id: row.regionId,
    departement_id: row.departementId,
    epci_id: row.epciId,
    clpe_id: row.clpeId,
    organisation_id: by.organisation,
    author_id: by.account,
    created_at: new Date().toISOString(),
    ...over,
  }
  await web.query('savepoint one')
  try {
    await web.query(
      `insert into provisional_establishments (${Object.keys(card)})
        values (${Object.keys(card).map((_, n) => `$${n + 1}`)})`,
      Object.values(card),
    )
    return true
  } catch (error) {
    assert.equal((error as { code: string }).code, '42501', String(error))
    return false
  } finally {
    await web.query('rollback to savepoint one')
  }
}
const within = async <T>(hash: Buffer, work: () => Promise<T>): Promise<T> => {
  await web.query('begin')
  try {
    await web.query('select ctx.enter($1)', [hash])
    return await work()
  } finally {
    await web.query('rollback')
  }
}
const writable = async (of: readonly Buffer[] = hashes): Promise<Sight[]> => {
  const sights: Sight[] = []
  for (const hash of of) {
    const [sight] = await sightsOf(house.database, [hash], sql<{ id: string }>`select '' as id`)
    if (!sight) continue
    const by = { organisation: sight.viewer.organisationId, account: sight.viewer.accountId }
    const ids = await within(hash, async () => {
      const written = new Set<string>()
      for (const row of fresh) if (await write(row, by)) written.add(row.id)
      return written
    })
    sights.push({ viewer: sight.viewer, ids })
  }
  return sights
}
const writes = (sights: readonly Sight[], { mayCreate }: typeof policy = policy) =>
  disagreements(sights, fresh, (viewer, row) => mayCreate(viewer, row) === true)

test('SEC-6, EST-1: who reads and who creates a provisional card: the policy and the database agree on every pair', async () => {
  const [seen, written] = [await readable(), await writable()]
  assert.ok(seen.length * rows.length > 80_000, `${seen.length * rows.length} pairs`)
  for (const sights of [seen, written]) {
    const share = sights.reduce((n, s) => n + s.ids.size, 0) / (sights.length * (sights === seen ? rows : fresh).length)
    assert.ok(share > 0.03 && share < 0.6, `${share}: neither nearly all nor nearly none`)
  }
  assert.deepEqual([reads(seen).slice(0, 2), writes(written).slice(0, 2)], [[], []])
})

test('SEC-6: the comparison fails when a clause goes, on either side', async () => {
  const [seen, written] = [await readable(), await writable(hashes.slice(0, 60))]
  assert.notEqual(reads(seen, () => true).length, 0)
  assert.notEqual(reads(seen, (viewer, row) => covers(viewer, 'campagnes', 'consultation', row)).length, 0)
  assert.notEqual(reads(seen, (viewer, row) => covers(viewer, 'fiche-etablissement', 'conseiller', row)).length, 0)
  const file = new URL('./provisional.policy.ts', import.meta.url)
  for (const [from, to] of [
    [
      `if (covers(viewer, 'fiche-etablissement', 'conseiller', territories))`,
      `if (covers(viewer, 'fiche-etablissement', 'consultation', territories))`,
    ],
    [
      `if (covers(viewer, 'fiche-etablissement', 'conseiller', territories))`,
      `if (holds(viewer, 'fiche-etablissement', 'conseiller'))`,
    ],
    [
      `if (covers(viewer, 'fiche-etablissement', 'conseiller', territories))`,
      `if (covers(viewer, 'campagnes', 'conseiller', territories))`,
    ],
  ] as const)
    assert.notEqual(writes(written, await importChanged<typeof policy>(file, from, to)).length, 0, to)
  for (const using of [
    'true',
    '(select ctx.ok()) and ctx.covers((select ctx.campagnes()), region_id, departement_id, epci_id, clpe_id)',
    '(select ctx.ok()) and ctx.covers((select ctx.fiche_conseiller()), region_id, departement_id, epci_id, clpe_id)',
  ])
    await withPolicyChanged(house.owner, 'provisional_establishments', 'read', using, async () =>
      assert.ok(await isSeen(hashes, async one => reads(await readable(one)).length > 0), using),
    )
  const {
    rows: [{ with_check: check }],
  } = await house.owner.query(
    `select with_check from pg_policies where tablename = 'provisional_establishments' and policyname = 'record'`,
  )
  for (const [from, to] of [
    ['ctx.covers(( SELECT ctx.fiche_conseiller()', 'ctx.covers(( SELECT ctx.fiche()'],
    ['ctx.covers(( SELECT ctx.fiche_conseiller()', 'ctx.covers(( SELECT ctx.conseiller()'],
  ] as const) {
    assert.ok(check.includes(from), check)
    await house.owner.query(`alter policy record on provisional_establishments with check (${check.replace(from, to)})`)
    assert.ok(await isSeen(hashes.slice(0, 45), async one => writes(await writable(one)).length > 0), to)
  }
  await house.owner.query(`alter policy record on provisional_establishments with check (${check})`)
  assert.deepEqual(writes(await writable(hashes.slice(0, 15))), [])
})

const removable = (of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`delete from provisional_establishments returning siret::text as id`)
const correctable = (of: readonly Buffer[] = hashes) =>
  sightsOf(
    house.database,
    of,
    sql<{
      id: string
    }>`update provisional_establishments set name = 'AUTRE', corrected_at = now(), corrected_by = (select ctx.account())
      returning siret::text as id`,
  )
const changes = (sights: readonly Sight[], { mayChange }: typeof policy = policy) =>
  disagreements(sights, rows, (viewer, row) => mayChange(viewer, row as policy.Owned) === true)

test('SEC-6, EST-1: who corrects and who withdraws a provisional card: the policy and the database agree on every pair, and not when a clause goes, on either side', async () => {
  const [corrected, removed] = [await correctable(), await removable()]
  for (const sights of [corrected, removed]) {
    assert.ok(sights.reduce((n, s) => n + s.ids.size, 0) > 500, 'some may')
    assert.deepEqual(changes(sights).slice(0, 2), [])
  }
  const file = new URL('./provisional.policy.ts', import.meta.url)
  for (const [from, to] of [
    ['row.organisationId !== viewer.organisationId || ', ''],
    ['row.authorId !== viewer.accountId && ', ''],
    [` && !covers(viewer, 'fiche-etablissement', 'responsable', row)`, ''],
    [`'fiche-etablissement', 'responsable', row`, `'fiche-etablissement', 'conseiller', row`],
    [`return mayCreate(viewer, row)`, `return true`],
  ] as const)
    assert.notEqual(changes(removed, await importChanged<typeof policy>(file, from, to)).length, 0, `${from} → ${to}`)
  for (const name of ['correct', 'withdraw']) {
    const {
      rows: [{ qual }],
    } = await house.owner.query(
      `select qual from pg_policies where tablename = 'provisional_establishments' and policyname = $1`,
      [name],
    )
    for (const [from, to] of [
      ['(organisation_id = ( SELECT ctx.organisation() AS organisation)) AND', ''],
      ['(author_id = ( SELECT ctx.account() AS account)) OR', ''],
      ['(author_id = ( SELECT ctx.account() AS account)) OR', 'true OR'],
      ['ctx.fiche_responsable() AS fiche_responsable', 'ctx.fiche_conseiller() AS fiche_conseiller'],
      ['ctx.fiche_conseiller() AS fiche_conseiller', 'ctx.fiche() AS fiche'],
    ] as const) {
      assert.ok(qual.includes(from), `${qual} says ${from}`)
      await withPolicyChanged(house.owner, 'provisional_establishments', name, qual.replace(from, to), async () =>
        assert.ok(
          await isSeen(hashes, one =>
            (name === 'correct' ? correctable(one) : removable(one)).then(
              sights => changes(sights).length > 0,
              error => {
                assert.deepEqual([name, error.code], ['correct', '42501'])
                return true
              },
            ),
          ),
          `${name}: ${from} → ${to}`,
        ),
      )
    }
  }
  assert.deepEqual(changes(await removable(hashes.slice(0, 20))), [])
})

test('SEC-6: whatever the application forgets, nobody creates a card in another’s name nor one already confirmed; nobody rewrites or removes another organisation’s, a used or a confirmed one, nor gives it to another', async () => {
  const own = await house.person(organisation, [{ tool: 'fiche-etablissement', profile: 'conseiller', territoryId: 0 }])
  const {
    rows: [{ token_hash: hash }],
  } = await house.owner.query('select token_hash from sessions where id = $1', [own.sessionId])
  const elsewhere = (await house.organisation()).id
  const by = { organisation, account: own.id }
  await within(hash, async () => {
    assert.deepEqual(
      [
        await write(fresh[0]!, by),
        await write(fresh[0]!, { ...by, account: author }),
        await write(fresh[0]!, { ...by, organisation: elsewhere }),
        await write(fresh[0]!, by, { confirmed_at: new Date() }),
        await write(fresh[0]!, by, { looked_up_at: new Date() }),
        await write(fresh[0]!, by, { corrected_at: new Date(), corrected_by: author }),
      ],
      [true, false, false, false, false, false],
    )
  })
  for (const statement of [
    `update provisional_establishments set author_id = '${own.id}'`,
    'update provisional_establishments set confirmed_at = now()',
    'update provisional_establishments set siret = 1',
    'select settle_provisional()',
  ])
    await within(hash, () => assert.rejects(web.query(statement), { code: '42501' }, statement))
  const theirs = async (name: string, over: string, by = '(select ctx.account())') => {
    await house.owner.query(
      `insert into provisional_establishments (siret, name, commune_code, region_id, organisation_id, author_id,
        created_at) values (77, $1, '33001', 1075, $2, $3, now())`,
      [name, organisation, own.id],
    )
    try {
      if (over) await house.owner.query(over)
      return await within(hash, async () => [
        (
          await web.query(
            `update provisional_establishments set name = 'B', corrected_at = now(), corrected_by = ${by}
              where siret = 77`,
          )
        ).rowCount,
        (await web.query('delete from provisional_establishments where siret = 77')).rowCount,
      ])
    } finally {
      await house.owner.query(
        'delete from provisional_establishments where siret = 77; delete from exchanges where siret = 77',
      )
    }
  }
  assert.deepEqual(await theirs('OWN', ''), [1, 1])
  assert.deepEqual(
    await theirs('CONFIRMED', 'update provisional_establishments set confirmed_at = now() where siret = 77'),
    [0, 0],
  )
  assert.deepEqual(
    await theirs(
      'USED',
      `insert into exchanges (id, siret, region_id, organisation_id, author_id, occurred_on, reached, visibility,
        recorded_at) values (gen_random_uuid(), 77, 1075,
        '${elsewhere}', '${author}', current_date, true, 'organisation', now())`,
    ),
    [0, 0],
  )
  assert.deepEqual(
    await theirs(
      'ANOTHER’S',
      `update provisional_establishments set organisation_id = '${elsewhere}', author_id = '${own.id}'
        where siret = 77`,
    ),
    [0, 0],
  )
  await assert.rejects(theirs('OWN', '', `'${author}'`), { code: '42501' }, 'not in another’s name')
  const worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  for (const statement of [
    'select name from provisional_establishments',
    'select author_id from provisional_establishments',
    'update provisional_establishments set confirmed_at = now()',
    'delete from provisional_establishments',
  ])
    await assert.rejects(worker.query(statement), { code: '42501' }, statement)
  await worker.end()
})
