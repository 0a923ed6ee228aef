import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { uuidv7 } from '../../platform/ids.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'

let house: House
let db: pg.PoolClient
let people: Record<'officer' | 'one' | 'mate', Person>
let grants: Record<'here' | 'elsewhere', string>
const [gironde, landes] = [2033, 2040]
/** An hour from now, by which what the house opened is in force; days are those of Paris. */
const at = new Date(Date.now() + 3_600_000)
const instant = (minutes: number) => new Date(at.getTime() + minutes * 60_000).toISOString()
const day = (days: number) =>
  new Date(at.getTime() + days * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' })
before(async () => {
  house = await openHouse([])
  await house.owner.query(`insert into territories (id, kind, code, name)
    values (${gironde}, 'departement', '33', 'Gironde'), (${landes}, 'departement', '40', 'Landes')`)
  const operator = (await house.organisation({ kind: 'operateur' })).id
  const own = (await house.organisation()).id
  const grant = (territoryId: number) => ({ tool: 'campagnes', profile: 'consultation', territoryId }) as const
  people = {
    officer: await house.person(operator, [grant(gironde)]),
    mate: await house.person(own, [grant(gironde)]),
    one: await house.person(own, [grant(gironde), grant(landes)]),
  }
  const { rows } = await house.owner.query('select id, territory_id from grants where account_id = $1', [people.one.id])
  const idAt = (territory: number) => rows.find(row => row.territory_id === territory).id
  grants = { here: idAt(gironde), elsewhere: idAt(landes) }
  db = await house.owner.connect()
})
after(async () => {
  db.release()
  await house.close()
})

type Who = keyof typeof people
type Lay = (text: string, values: unknown[]) => Promise<unknown>
type Laid = (lay: Lay) => Promise<unknown>
/** What each of their two grants lacks: here, elsewhere. Undefined: not held. */
const lacks = async (...laid: Laid[]): Promise<[string[] | undefined, string[] | undefined]> => {
  await db.query('begin')
  try {
    for (const one of laid) await one((text, values) => db.query(text, values))
    const asked = 'select grant_id, missing from ctx.held_grants($1, $2)'
    const { rows } = await db.query(asked, [people.one.id, at.toISOString()])
    assert.ok(rows.length <= 2, `${rows.length} grants`)
    const of = (id: string) => rows.find(row => row.grant_id === id)?.missing
    return [of(grants.here), of(grants.elsewhere)]
  } finally {
    await db.query('rollback')
  }
}
const both = (...missing: string[]) => [missing, missing]
const change =
  (assignment: string, where = `id = '${grants.here}'`): Laid =>
  lay =>
    lay(`update grants set ${assignment} where ${where}`, [])

test('SEC-6, ACC-12: whatever lies beside it, a grant is held by its own person, in its structure, from its first day to its last, until it is revoked', async () => {
  assert.deepEqual(await lacks(), both())
  const held = async (assignment: string) => (await lacks(change(assignment)))[0] !== undefined
  for (const [assignment, yes] of [
    [`account_id = '${people.mate.id}'`, false],
    [`organisation_id = '${people.officer.organisationId}'`, false],
    [`granted_at = '${instant(1)}'`, false],
    [`granted_at = '${instant(0)}'`, true],
    [`revoked_at = '${instant(0)}', revoke_reason = 'Essai'`, false],
    [`revoked_at = '${instant(1)}', revoke_reason = 'Essai'`, true],
    [`starts_on = '${day(1)}'`, false],
    [`starts_on = '${day(0)}'`, true],
    [`ends_on = '${day(-1)}'`, false],
    [`ends_on = '${day(0)}'`, true],
  ] as const)
    assert.equal(await held(assignment), yes, assignment)
})

const state =
  (who: Who, from: string): Laid =>
  lay =>
    lay(`insert into account_states (account_id, organisation_id, from_at, status) values ($1, $2, $3, 'suspended')`, [
      people[who].id,
      people[who].organisationId,
      from,
    ])
const convention: Laid = lay =>
  lay('update conventions set ends_at = $2 where organisation_id = $1', [people.one.organisationId, instant(-1)])
test('SEC-6, ACC-12: whatever lies beside it, the account’s own state of that instant counts, and the convention of its own structure', async () => {
  assert.deepEqual(await lacks(state('one', instant(0))), both('account'))
  assert.deepEqual(await lacks(state('one', instant(1))), both())
  assert.deepEqual(await lacks(state('mate', instant(0))), both())
  assert.deepEqual(await lacks(convention), both('convention'))
  // Of the operator nobody asks one, whichever organisation was laid first.
  await house.owner.query('delete from conventions where organisation_id = $1', [people.officer.organisationId])
  const { rows } = await house.owner.query('select missing from ctx.held_grants($1, $2)', [people.officer.id, at])
  assert.deepEqual(rows, [{ missing: [] }])
})

const text =
  (from: string, ...accepted: { by: Who; at: string }[]): Laid =>
  async lay => {
    const id = uuidv7()
    await lay(
      `insert into documents (id, kind, tool, version, title, body, body_hash, in_force_from, published_at)
        values ($1, 'cgu', null, 900, 'Essai', 'Essai', sha256('Essai'), $2, now())`,
      [id, from],
    )
    for (const { by, at: when } of accepted)
      await lay(`insert into acceptances values ($1, $2, $3, sha256('Essai'), $4)`, [
        people[by].id,
        id,
        people[by].organisationId,
        when,
      ])
  }
const anotherAccepted: Laid = async lay => {
  const id = uuidv7()
  await lay(
    `insert into documents (id, kind, tool, version, title, body, body_hash, in_force_from, published_at)
      values ($1, 'securite', null, 900, 'Essai', 'Autre', sha256('Autre'), $2, now())`,
    [id, instant(-1)],
  )
  await lay(`insert into acceptances values ($1, $2, $3, sha256('Autre'), $4)`, [
    people.one.id,
    id,
    people.one.organisationId,
    instant(-1),
  ])
}
test('SEC-6, ACC-12: whatever lies beside it, the text in force at that instant is the one to accept, oneself, by then', async () => {
  for (const [n, [laid, missing]] of (
    [
      [[text(instant(0))], ['cgu']],
      [[text(instant(1))], []],
      [[text(instant(-1), { by: 'one', at: instant(0) })], []],
      [[text(instant(-1), { by: 'one', at: instant(1) })], ['cgu']],
      [[text(instant(-1), { by: 'mate', at: instant(-1) })], ['cgu']],
      [[text(instant(-1)), anotherAccepted], ['cgu']],
    ] as const
  ).entries())
    assert.deepEqual(await lacks(...laid), both(...missing), `case ${n}`)
})

test('SEC-6, ACC-7: with none of the texts in force at that instant, nothing opens, and each is named; a tool’s conditions are its own', async () => {
  const without =
    (where: string): Laid =>
    async lay => {
      await lay(`delete from acceptances where document_id in (select id from documents where ${where})`, [])
      await lay(`delete from documents where ${where}`, [])
    }
  for (const kind of ['cgu', 'confidentialite', 'securite'])
    assert.deepEqual(await lacks(without(`kind = '${kind}'`)), both(`${kind}-unpublished`))
  assert.deepEqual(await lacks(without(`tool = 'campagnes'`)), both('cpu-unpublished'))
  assert.deepEqual(await lacks(without(`tool = 'fiche-etablissement'`)), both(), 'of another tool')
  assert.deepEqual(await lacks(without(`kind = 'cgu'`), text(instant(1))), both('cgu-unpublished'), 'to come')
  assert.deepEqual(await lacks(without(`kind = 'cgu'`), text(instant(0))), both('cgu'), 'published, then to accept')
  const cancelled: Laid = lay =>
    lay(
      `update documents set cancelled_at = $1, cancelled_by = $2, cancel_reason = 'Essai' where kind = 'confidentialite'`,
      ['2019-12-01', people.officer.id],
    )
  assert.deepEqual(await lacks(cancelled), both('confidentialite-unpublished'))
  assert.deepEqual(
    await lacks(without('true'), lay => lay('delete from annex_4_tools', [])),
    both(
      'cgu-unpublished',
      'confidentialite-unpublished',
      'securite-unpublished',
      'annex-4-unpublished',
      'cpu-unpublished',
    ),
  )
})

const block =
  (who: Who, cuts: 'account' | 'rgc' | 'grant', from: string, until: string | null = null, grant = grants.here): Laid =>
  lay =>
    lay(
      `insert into account_blocks (id, account_id, organisation_id, cause, reason, blocked_at, blocked_by, incident,
        cuts, grant_id, lifted_at, lifted_by, verdict) values ($1, $2, $3, 'exceptional', 'Essai', $4, $5, 'INC-1', $6,
        $7, $8, case when $8::timestamptz is not null then $5::uuid end,
        case when $8::timestamptz is not null then 'false-alert' end)`,
      [
        uuidv7(),
        people[who].id,
        people[who].organisationId,
        from,
        people.officer.id,
        cuts,
        cuts === 'grant' ? grant : null,
        until,
      ],
    )
const ago = instant(-1)
test('SEC-6, ACC-12: whatever lies beside it, a block cuts its own account whole, or the one grant and those of that tool and perimeter', async () => {
  for (const cuts of ['account', 'grant'] as const) {
    const cut = cuts === 'account' ? both('block') : [['block'], []]
    assert.deepEqual(await lacks(block('one', cuts, instant(0))), cut, cuts)
    assert.deepEqual(await lacks(block('one', cuts, instant(1))), both(), `${cuts}, later`)
    assert.deepEqual(await lacks(block('one', cuts, ago, instant(0))), both(), `${cuts}, lifted`)
    assert.deepEqual(await lacks(block('one', cuts, ago, instant(1))), cut, `${cuts}, lifted later`)
  }
  assert.deepEqual(await lacks(block('mate', 'account', ago)), both())
  assert.deepEqual(await lacks(block('one', 'rgc', ago)), both(), 'another role')
  assert.deepEqual(await lacks(block('mate', 'grant', ago)), both(), 'of another')
  assert.deepEqual(
    await lacks(change("tool = 'fiche-etablissement'", `id = '${grants.elsewhere}'`), block('one', 'grant', ago)),
    [['block'], []],
  )
  const [first, second] = [uuidv7(), uuidv7()]
  const agencies: Laid = async lay => {
    for (const [agency, grant] of [
      [first, grants.here],
      [second, grants.elsewhere],
    ]) {
      await lay(`insert into agencies (id, organisation_id, name) values ($1, $2, 'Agence')`, [
        agency,
        people.one.organisationId,
      ])
      await lay('insert into agency_territories (agency_id, territory_id) values ($1, $2)', [agency, gironde])
      await lay('update grants set territory_id = null, agency_id = $1 where id = $2', [agency, grant])
    }
  }
  assert.deepEqual(await lacks(agencies, block('one', 'grant', ago)), [['block'], []], 'another agency')
  const again: Laid = lay =>
    lay(
      `insert into grants (id, account_id, organisation_id, tool, profile, territory_id, reason, starts_on, granted_at,
        revoked_at, revoke_reason) select $1, account_id, organisation_id, tool, profile, territory_id, reason,
        starts_on, granted_at, $2, 'Essai' from grants where id = $3`,
      ['00000000-0000-7000-8000-000000000001', ago, grants.here],
    )
  const old = block('one', 'grant', ago, null, '00000000-0000-7000-8000-000000000001')
  assert.deepEqual(await lacks(again, old), [['block'], []], 'given again')
  const otherTool = change("tool = 'fiche-etablissement'", "id = '00000000-0000-7000-8000-000000000001'")
  assert.deepEqual(await lacks(again, otherTool, old), both(), 'another tool there')
})

const asked =
  (who: Who, grant: string | null, from: string, settled?: { at: string; outcome: string }): Laid =>
  lay =>
    lay(
      `insert into confirmations (id, account_id, organisation_id, grant_id, why, asked_by, asked_at, settled_at,
        settled_by, outcome, reason) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        uuidv7(),
        people[who].id,
        people[who].organisationId,
        grant,
        grant ? 'wide-perimeter' : 'unknown-domain',
        people[who === 'mate' ? 'one' : 'mate'].id,
        from,
        settled?.at ?? null,
        settled ? people.officer.id : null,
        settled?.outcome ?? null,
        settled ? 'Essai' : null,
      ],
    )
test('SEC-6, ACC-12: whatever lies beside it, what waits for a second person at that instant is missing, of the account or of the one grant', async () => {
  for (const grant of [null, grants.here]) {
    const waits = grant ? [['confirmation'], []] : both('confirmation')
    for (const [n, [from, settled, missing]] of (
      [
        [instant(0), undefined, waits],
        [instant(1), undefined, both()],
        [ago, { at: instant(0), outcome: 'confirmed' }, both()],
        [ago, { at: instant(1), outcome: 'confirmed' }, waits],
        [ago, { at: instant(0), outcome: 'refused' }, waits],
      ] as const
    ).entries())
      assert.deepEqual(await lacks(asked('one', grant, from, settled)), missing, `${grant}, case ${n}`)
  }
  assert.deepEqual(await lacks(asked('mate', null, ago)), both())
})

test('SEC-6, ACC-12: whatever lies beside it, a tool is one of annex 4 at that instant, and awareness cuts by the policy of then and one’s own record', async () => {
  const tool = (from: string, until: string | null, name = 'campagnes'): Laid[] => [
    lay => lay(`delete from annex_4_tools where tool = 'campagnes'`, []),
    lay =>
      lay('insert into annex_4_tools (tool, in_force_from, in_force_until) values ($1, $2, $3)', [name, from, until]),
  ]
  for (const [from, until, there] of [
    [instant(0), null, true],
    [instant(1), null, false],
    [ago, instant(0), false],
    [ago, instant(1), true],
  ] as const)
    assert.deepEqual(await lacks(...tool(from, until)), there ? both() : both('annex-4'), `${from} ${until}`)
  const gone: Laid = lay => lay(`delete from annex_4_tools where tool = 'campagnes'`, [])
  assert.deepEqual(await lacks(gone), both('annex-4'), 'other tools stay')
  const none: Laid = lay => lay('delete from annex_4_tools', [])
  assert.deepEqual(await lacks(none), both('annex-4-unpublished'))
  for (const [from, until] of [
    [instant(1), null],
    [ago, instant(0)],
  ] as const)
    assert.deepEqual(await lacks(none, ...tool(from, until)), both('annex-4-unpublished'), 'not at that instant')

  const old: Laid = lay =>
    lay(`update accounts set created_at = now() - interval '2 years' where id = $1`, [people.one.id])
  const cuts =
    (from: string, yes = true): Laid =>
    lay =>
      lay('insert into awareness_policies (in_force_from, cuts) values ($1, $2)', [from, yes])
  const aware =
    (who: Who, on: string): Laid =>
    lay =>
      lay(
        `insert into awareness_records (id, account_id, organisation_id, done_on, modality, title, recorded_at)
          values ($1, $2, $3, $4, 'en-ligne', 'Essai', now())`,
        [uuidv7(), people[who].id, people[who].organisationId, on],
      )
  for (const [n, [laid, missing]] of (
    [
      [[old], []],
      [[old, cuts(instant(0))], ['awareness']],
      [[old, cuts(ago), cuts(instant(1), false)], ['awareness']],
      [[old, cuts(instant(1))], []],
      [[old, cuts(ago), aware('one', day(0))], []],
      [[old, cuts(ago), aware('one', day(1))], ['awareness']],
      [[old, cuts(ago), aware('mate', day(0))], ['awareness']],
    ] as const
  ).entries())
    assert.deepEqual(await lacks(...laid), both(...missing), `case ${n}`)
})
