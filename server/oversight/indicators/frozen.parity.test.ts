import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { within } from '../../platform/job.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { disagreements, type Sight, sightsOf, someoneDisagrees, withFunctionChanged } from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, pick, seededRandom } from '../../testing/people.ts'
import { freezeFigures } from './freeze-figures.job.ts'
import { mayReadFrozen, type Scope, scopeOf } from './indicators.model.ts'

const random = seededRandom(2020)
let house: House
let hashes: Buffer[]
let rows: (Scope & { readonly id: string })[]

before(async () => {
  house = await openHouse([])
  await insertPlaces(house)
  await house.owner.query(
    'insert into territory_overlaps values (1075, 2033), (2033, 1075), (2033, 2033), (1075, 1075)',
  )
  const made: string[] = []
  for (const kind of ['epci', 'plie', 'operateur', 'operateur']) made.push((await house.organisation({ kind })).id)
  // Many of few rights, so that scopes are near each other: some persons share one, others part by one territory.
  const near = await Promise.all(
    Array.from({ length: 60 }, () =>
      house.person(
        pick(random, made),
        (['campagnes', 'fiche-etablissement'] as const).flatMap(tool =>
          [1075, 2033]
            .filter(() => random() < 0.6)
            .map(territoryId => ({ tool, profile: 'consultation', territoryId }) as const),
        ),
      ),
    ),
  )
  hashes = [
    ...(await peopleOfAllKinds(house, made, 50, random)),
    ...near.map(({ cookie }) => tokenHash(cookie.slice('session='.length))),
  ]
  const worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  try {
    assert.equal((await freezeFigures({ within: within(worker) }, 30)).length, 1)
  } finally {
    await worker.end()
  }
  rows = (
    await house.owner.query(
      `select scope as id, organisation_id as "organisationId", campagnes, fiche, summed
        from frozen_figures`,
    )
  ).rows
})
after(() => house.close())

const see = (some: readonly Buffer[]): Promise<Sight[]> =>
  sightsOf(house.database, some, sql<{ id: string }>`select scope as id from frozen_figures`)

test('IND-6, SEC-6: frozen lines: the policy and the database agree on every pair, and not when a clause goes', async () => {
  const seen = await see(hashes)
  assert.deepEqual(disagreements(seen, rows, mayReadFrozen), [])
  assert.ok(rows.length > 30, `${rows.length} scopes`)
  assert.ok(
    seen.every(({ ids }) => ids.size <= 1),
    'never two lines of a month',
  )
  assert.ok(seen.filter(({ ids }) => ids.size === 1).length > rows.length, 'some share one')
  const loose = (part: keyof Scope) => (viewer: Viewer, row: Scope) =>
    mayReadFrozen(viewer, { ...row, [part]: scopeOf(viewer)[part] })
  for (const part of ['organisationId', 'campagnes', 'fiche'] as const)
    assert.notEqual(disagreements(seen, rows, loose(part)).length, 0, part)
  const asPartner = (viewer: Viewer, row: Scope) => mayReadFrozen({ ...viewer, organisationKind: 'autre' }, row)
  assert.notEqual(disagreements(seen, rows, asPartner).length, 0, 'the operator’s sums')

  const using = (clause: string) => house.owner.query(`alter policy read on frozen_figures using (${clause})`)
  try {
    for (const clause of ['(select ctx.ok())', 'true', 'organisation_id = (select ctx.organisation())']) {
      await using(clause)
      assert.ok(await someoneDisagrees(hashes.toReversed(), see, rows, mayReadFrozen), clause)
    }
  } finally {
    await using('(select ctx.ok()) and scope = (select ctx.figures_scope())')
  }
  assert.deepEqual(disagreements(await see(hashes.slice(-20)), rows, mayReadFrozen), [], 'put back')
})

test('IND-6, SEC-6: a context that nobody entered reads no frozen line', async () => {
  const web = new pg.Client(house.urls.webUrl)
  await web.connect()
  const line = (await house.owner.query('select * from frozen_figures where summed <> $1 limit 1', ['{}'])).rows[0]
  const count = async () => {
    await web.query('begin')
    for (const [name, value] of [
      ['ctx.level', '2'],
      ['ctx.organisation', line.organisation_id],
      ['ctx.campagnes', `{${line.campagnes.join()}}`],
      ['ctx.fiche', `{${line.fiche.join()}}`],
    ])
      await web.query('select set_config($1, $2, true)', [name, value])
    const { rows } = await web.query(
      'select ctx.figures_scope() as scope, (select count(*)::int from frozen_figures) as n',
    )
    await web.query('rollback')
    return [rows[0].scope, rows[0].n]
  }
  try {
    assert.deepEqual(await count(), [null, 0])
    await withFunctionChanged(house.owner, 'ctx.figures_scope()', 'if not ctx.ok() or', 'if', async () =>
      assert.notEqual((await count())[0], null, 'the clause'),
    )
  } finally {
    await web.end()
  }
})
