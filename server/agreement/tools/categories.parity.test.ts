import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { sql } from 'kysely'
import { categories, categoriesOf, type DataCategory, type Tool } from '../../../contract/route.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { opens } from '../../platform/viewer.ts'
import { moveClock, putClockBack } from '../../testing/clock.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { rowsWritten } from '../../testing/parity.ts'
import { allBut, forgetVersions, openCategories } from '../../testing/texts.ts'
import { insertEstablishments, layTerritories, siretOf } from '../../work-with-employers/campaigns/testing-world.ts'
import { aCommitment, insertCommitments } from '../../work-with-employers/commitments/testing.ts'
import { aCorrespondent, insertCorrespondent } from '../../work-with-employers/correspondents/testing.ts'
import { aFact, insertFacts } from '../../work-with-employers/facts/testing.ts'
import { aNeed, insertNeeds } from '../../work-with-employers/needs/testing.ts'
import { notes } from '../../work-with-employers/notes/index.ts'
import { aNote, insertNotes } from '../../work-with-employers/notes/testing.ts'
import { castOf, today } from '../texts/testing.ts'
import { tools } from './index.ts'

const siret = siretOf(1)
let house: House
let admin: Person
let claire: Person
const hashOf = (who: Person) => tokenHash(who.cookie.slice('session='.length))

/** One row at least in each table of a category, which Claire reads. */
const layRows = async () => {
  const by = { siret, organisationId: claire.organisationId, authorId: claire.id }
  const names = [claire.organisationId, claire.id]
  const [kept, absorbed] = [
    await insertCorrespondent(house.owner, aCorrespondent({ siret })),
    await insertCorrespondent(house.owner, aCorrespondent({ siret })),
  ].map(({ id }) => id)
  const run = (text: string, values: readonly unknown[]) => house.owner.query(text, [...values])
  const [merge, objection] = [uuidv7(), uuidv7()]
  await run(
    `insert into correspondent_links (id, correspondent_id, siret, region_id, departement_id, organisation_id, author_id,
      linked_at) values ($1, $2, $3, 1075, 2033, $4, $5, now())`,
    [uuidv7(), kept, siretOf(2), ...names],
  )
  await run(`insert into correspondent_merges values ($1, $2, $3, $4, $5, now(), false)`, [
    merge,
    kept,
    absorbed,
    ...names,
  ])
  await run(
    `insert into correspondent_merge_values select $1, id, false from correspondent_values where correspondent_id = $2`,
    [merge, kept],
  )
  await run(
    `insert into correspondents_apart values (least($1::uuid, $2::uuid), greatest($1::uuid, $2::uuid), $3, $4, now())`,
    [kept, absorbed, ...names],
  )
  await run(`insert into correspondent_objections values ($1, $2, '2026-10-01', 'oral', $3, $4, now())`, [
    objection,
    kept,
    ...names,
  ])
  await run(`insert into objection_digests values (sha256('essai'), $1, 1, 'email')`, [objection])
  await insertNotes(house.owner, [aNote(by)])
  const kindId = (await run('select id from commitment_kinds limit 1', [])).rows[0].id
  await insertCommitments(house.owner, [aCommitment({ ...by, kindId })])
  await insertFacts(house.owner, [aFact(by)])
  const need = aNeed({ ...by, ownerId: claire.id })
  await insertNeeds(house.owner, [need])
  await run(`insert into need_hires values ($1, $2, 1, 'cdi', '2026-10-02', false, $3, $4, now())`, [
    uuidv7(),
    need.id,
    ...names,
  ])
  await run(
    `insert into need_proposals (id, need_id, siret, region_id, departement_id, from_organisation, by_id, to_organisation,
      said_version, proposed_at) values ($1, $2, $3, 1075, 2033, $4, $5, $6, 1, now())`,
    [uuidv7(), need.id, siret, ...names, admin.organisationId],
  )
  await run(
    `insert into need_intakes (organisation_id, kinds, advice, jobs, said_by, said_at)
      values ($1, array['recrutement'], array[]::text[], array[]::text[], $2, now())`,
    names,
  )
  await run(`insert into need_surveys (need_id, not_asked, settled_at, settled_by) values ($1, 'delicat', now(), $2)`, [
    need.id,
    claire.id,
  ])
}

before(async () => {
  house = await openHouse([...tools, ...notes])
  ;({ admin, claire } = await castOf(house))
  await layTerritories(house.owner)
  await insertEstablishments(house.owner, [{ siret }, { siret: siretOf(2) }])
  await layRows()
})
after(() => house.close())
afterEach(async () => {
  await putClockBack(house.owner)
  await forgetVersions(house.owner)
})

const version = (open: readonly DataCategory[] | null, from?: string) => openCategories(house.owner, open, from)
/** How many rows a table answers to Claire. */
const seen = async (table: string, who = claire): Promise<number> => {
  const tx = await house.database.begin()
  try {
    const [, row] = await Promise.all([
      tx.enter(hashOf(who)),
      tx.first(sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`),
    ])
    return row!.n
  } finally {
    await tx.rollback()
  }
}
const tablesOf = async (category: DataCategory): Promise<string[]> =>
  (
    await house.owner.query(
      `select tablename from pg_policies where policyname = 'category' and qual like $1 order by tablename`,
      [`%ctx.opens('${category}'::text)%`],
    )
  ).rows.map(row => row.tablename)
/** Runs `work` while the policies of these tables close nothing. */
const unclosed = async (tables: readonly string[], work: () => Promise<void>) => {
  const { rows } = await house.owner.query(
    `select tablename as table, qual from pg_policies where policyname = 'category' and tablename = any ($1)`,
    [tables],
  )
  for (const { table } of rows) await house.owner.query(`alter policy category on ${table} using (true)`)
  try {
    await work()
  } finally {
    for (const { table, qual } of rows) await house.owner.query(`alter policy category on ${table} using (${qual})`)
  }
}

test('AGR-12, SEC-6: what annex 4 opens is the same for the service and for the database, in each version and each state of a session', async () => {
  const { rows } = await house.owner.query('select organisation_id from accounts where id = $1', [claire.id])
  const organisation = rows[0].organisation_id
  const advisor = [{ tool: 'fiche-etablissement', profile: 'conseiller', territoryId: 0 }] as const
  const people = [
    claire,
    admin,
    await house.person(organisation, [...advisor], { lastSeenAt: new Date(Date.now() - 3_600_000) } as never),
  ]
  for (const open of [undefined, null, [], ...categories.map(category => [category]), categories]) {
    await forgetVersions(house.owner)
    if (open !== undefined) await version(open)
    for (const [n, who] of people.entries()) {
      const tx = await house.database.begin()
      const [viewer, opened] = await Promise.all([
        tx.enter(hashOf(who)),
        tx.all(
          sql<{
            code: DataCategory
          }>`select c as code from unnest(${categories}::text[]) c where ctx.opens(c) order by 1`,
        ),
      ])
      await tx.rollback()
      const expected = n === 2 ? [] : (open ?? categories).toSorted()
      assert.deepEqual(
        opened.map(row => row.code),
        expected,
        `${n}: ${open}`,
      )
      assert.deepEqual(categories.filter(category => opens(viewer!, category)).toSorted(), expected)
    }
  }
})

for (const category of categories)
  test(`AGR-12, SEC-6: « ${category} » closed, each of its tables answers nothing, by its own policy`, async () => {
    const tables = await tablesOf(category)
    assert.ok(tables.length > 0)
    await version(allBut(category))
    for (const table of tables) {
      assert.equal(await seen(table), 0, table)
      const others = tables.filter(other => other !== table)
      await unclosed(others, async () => {
        assert.equal(await seen(table), 0, `${table}: by its own`)
        await unclosed([table], async () => assert.ok((await seen(table)) > 0, `${table}: by nothing else`))
      })
    }
    for (const other of allBut(category))
      for (const table of await tablesOf(other)) assert.ok((await seen(table)) > 0, `${table} stays open`)
  })

test('AGR-12, UX-2: whether a category is open is asked once a statement, never row by row', async () => {
  const { rows } = await house.owner.query<{ table: string }>(
    `select tablename as table from pg_policies where policyname = 'category' order by 1`,
  )
  for (const { table } of rows) {
    const tx = await house.database.begin()
    const [, plan] = await Promise.all([
      tx.enter(hashOf(claire)),
      tx.all(sql<Record<string, string>>`explain (costs off) select count(*) from ${sql.table(table)}`),
    ])
    await tx.rollback()
    const lines = plan.map(row => Object.values(row)[0]!)
    assert.ok(
      lines.some(line => /^\s*InitPlan/.test(line)),
      lines.join('\n'),
    )
    const byRow = lines.filter(line => /(Filter|Cond): .*(ctx\.opens|ctx\.categories)/.test(line))
    assert.deepEqual(byRow, [], table)
  }
})

test('AGR-12, SEC-6: the functions that read past the policies answer nothing of a closed category', async () => {
  const ids = async (table: string): Promise<string[]> =>
    (await house.owner.query(`select id from ${table}`)).rows.map(row => row.id)
  const asked: readonly [DataCategory, string][] = [
    ['besoins', `ctx.actionable_needs('{${await ids('needs')}}', 'propose')`],
    ['besoins', `ctx.settleable_need_proposals('{${await ids('need_proposals')}}', 'withdrawn')`],
    ['interlocuteurs', `correspondent_sirets('${(await ids('correspondents'))[0]}')`],
    ['renseignements', `noted_as('''§charpenterie''', '''§charpenterie''', null)`],
  ]
  const answered = async (call: string) => {
    const tx = await house.database.begin()
    const [, row] = await Promise.all([
      tx.enter(hashOf(claire)),
      tx.first(sql<{ n: number }>`select count(*)::int as n from ${sql.raw(call)}`),
    ])
    await tx.rollback()
    return row!.n
  }
  for (const [category, call] of asked) {
    assert.ok((await answered(call)) > 0, call)
    await version(allBut(category))
    assert.equal(await answered(call), 0, call)
    await forgetVersions(house.owner)
  }
})

test('AGR-12: nobody is reminded of a need while annex 4 closes them', async () => {
  const idle = async () =>
    (await house.owner.query('select count(*)::int as n from ctx.idle_needs(current_date + 400, 1)')).rows[0].n
  assert.equal(await idle(), 1)
  await version(allBut('besoins'))
  assert.equal(await idle(), 0)
})

test('AGR-12: published before codes, or cancelled, a version closes nothing', async () => {
  await version(null)
  for (const category of categories)
    for (const table of await tablesOf(category)) assert.ok((await seen(table)) > 0, table)
  const last = await version([], `now() + interval '1 millisecond'`)
  await moveClock(house.owner, '1 second')
  assert.equal(await seen('notes'), 0)
  await house.owner.query(
    `update annex_4_versions set cancelled_at = now(), cancelled_by = $2, cancel_reason = 'Une erreur' where id = $1`,
    [last, admin.id],
  )
  assert.ok((await seen('notes')) > 0)
})

test('AGR-12: an open session loses a category at the very instant at which a version begins', async () => {
  await version(allBut('notes'), `now() + interval '10 minutes'`)
  assert.ok((await seen('notes')) > 0)
  await moveClock(house.owner, '9 minutes')
  assert.ok((await seen('notes')) > 0)
  await moveClock(house.owner, '10 minutes')
  assert.equal(await seen('notes'), 0)
})

const addNote = () =>
  house.call(claire, 'POST', `/establishments/${siret}/notes`, { notes: 'Un second quai ouvre.' }, once())
const history = async () => (await house.call(claire, 'GET', `/establishments/${siret}/history`)).body.items.length

test('AGR-12: closed, a reading answers without it and a write is refused in French, with the right that is held', async () => {
  assert.equal((await addNote()).status, 200)
  const before = await history()
  await version(allBut('notes'))
  assert.ok((await history()) < before)
  const { status, body } = await addNote()
  assert.deepEqual([status, body.code], [403, 'access/category-closed'])
  assert.match(body.detail, /annexe 4 de la convention n’ouvre pas cette catégorie de données/)
  await version(categories, `now() + interval '1 millisecond'`)
  await moveClock(house.owner, '1 second')
  assert.equal(await history(), before, 'nothing was lost')
})

test('AGR-12, SEC-6: straight to the database, a closed category takes nothing, nor opens by a context that was widened', async () => {
  const note = sql`insert into notes (id, siret, region_id, departement_id, visibility, notes, organisation_id, author_id,
      noted_on, noted_at) values (${uuidv7()}::uuid, ${siret}, 1075, 2033, 'reseau', 'Essai',
      ${claire.organisationId}::uuid, ${claire.id}::uuid, current_date, now())`
  assert.equal(await rowsWritten(house.database, hashOf(claire), note), 1)
  await version(allBut('notes'))
  await assert.rejects(rowsWritten(house.database, hashOf(claire), note), { code: '42501' })
  const tx = await house.database.begin()
  const [, , row] = await Promise.all([
    tx.enter(hashOf(claire)),
    tx.run(sql`select set_config('ctx.categories', '{notes}', true)`),
    tx.first(sql<{ n: number }>`select count(*)::int as n from notes`),
  ])
  await tx.rollback()
  assert.equal(row!.n, 0)
})

test('AGR-12: at once: who had entered before the version is published ends its write, and the next is refused', async () => {
  const tx = await house.database.begin()
  await tx.enter(hashOf(claire))
  await version(allBut('notes'))
  assert.ok((await tx.first(sql<{ n: number }>`select count(*)::int as n from notes`))!.n > 0)
  await tx.rollback()
  assert.equal((await addNote()).body.code, 'access/category-closed')
})

test('AGR-12: a category is closed once it is confirmed, told to partners, and under its own tool', async () => {
  const entry = (tool: Tool, open: readonly DataCategory[] = categoriesOf[tool]) => ({
    tool,
    purpose: 'Essai.',
    dataCategories: ['Essai'],
    categories: open,
    commitments: 'Essai.',
    documentationUrl: null,
  })
  const publish = (over: object) =>
    house.call(
      admin,
      'POST',
      '/annex-4',
      {
        inForceOn: today(),
        note: 'Sans les notes',
        withdraws: ['fiche-recrutement'],
        ...over,
      },
      once(),
    )
  const entries = [entry('campagnes'), entry('fiche-etablissement', ['interlocuteurs', 'engagements'])]
  assert.equal((await publish({ entries })).body.code, 'annex/closing-unconfirmed')
  assert.equal((await publish({ entries, closes: ['notes'] })).body.code, 'annex/closing-unconfirmed')
  const stray = [entry('campagnes', ['besoins', 'notes'])]
  assert.equal((await publish({ entries: stray, closes: categories })).body.code, 'annex/category-of-another-tool')
  assert.equal((await publish({ entries: [entry('campagnes', ['besoins', 'besoins'])] })).status, 400)
  const { status, body } = await publish({ entries, closes: ['notes', 'renseignements'] })
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(body.entries[1].categories, ['interlocuteurs', 'engagements'])
  const { rows } = await house.owner.query(`select text from announcements order by announced_at desc limit 1`)
  assert.match(rows[0].text, /fermées : « Notes » et « Renseignements tenus sur l’établissement »/)
  const { rows: told } = await house.owner.query(
    `select d.detail -> 'categories' as said from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'annex-4.published'`,
  )
  assert.deepEqual(told[0].said, { opened: [], closed: ['notes', 'renseignements'] })
  assert.equal(await seen('notes'), 0)
  const [, fiche] = (await house.call(claire, 'GET', '/tools')).body.items
  assert.deepEqual(fiche.categories, ['interlocuteurs', 'engagements'])
})

test('AGR-12: two versions published at once, eight times, that each close notes: one closes them, the other finds them closed', async () => {
  const entryOf = (tool: Tool) => ({
    tool,
    purpose: 'Essai.',
    dataCategories: ['Essai'],
    categories: categoriesOf[tool].filter(category => category !== 'notes'),
    commitments: 'Essai.',
    documentationUrl: null,
  })
  for (let round = 0; round < 8; round++) {
    await forgetVersions(house.owner)
    await house.owner.query(`update annex_4_tools set in_force_until = null`)
    const publish = (closes: readonly DataCategory[]) =>
      house.call(
        admin,
        'POST',
        '/annex-4',
        {
          inForceOn: today(),
          note: 'Sans les notes',
          entries: (['campagnes', 'fiche-etablissement', 'fiche-recrutement'] as const).map(entryOf),
          closes,
        },
        once(),
      )
    const answers = await Promise.all([publish(['notes']), publish(['notes'])])
    const ids = answers.filter(({ status }) => status === 200).map(({ body }) => body.id)
    for (const { status, body } of answers)
      assert.ok(status === 200 || body.code === 'conditions/date-before-last', JSON.stringify(body))
    const { rows } = await house.owner.query(
      `select d.detail -> 'categories' -> 'closed' as closed from audit_entries e
        join audit_details d on d.entry_id = e.id
        where e.subject_id = any ($1) and e.action = 'annex-4.published' order by e.subject_id`,
      [ids],
    )
    assert.deepEqual(rows.map(row => row.closed.length).toSorted(), ids.length === 2 ? [0, 1] : [1])
    assert.equal(await seen('notes'), 0)
  }
})
