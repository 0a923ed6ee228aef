import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import pg from 'pg'
import { exportActs } from '../../../contract/exports.ts'
import { tools } from '../../agreement/tools/index.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { grants } from '../../people-and-rights/grants/index.ts'
import { people } from '../../people-and-rights/people/index.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, once, openHouse, type Person, tokenOf } from '../../testing/house.ts'
import { withFunctionChanged } from '../../testing/parity.ts'
import { pick, seededRandom } from '../../testing/people.ts'
import { security } from './index.ts'
import { countStructureUses, countUses, isYoung, type Use } from './suspicion.model.ts'
import { watchUses } from './watch-uses.job.ts'

let house: House
let worker: pg.Client
let cssi: Person
let rgc: Person
let organisationId: string
const thresholds = {
  personsPerHour: 20,
  personsPerDay: 50,
  personsAtNight: 1000,
  exportsPerDay: 3,
  exportsPerDayOfOverseers: 6,
  refusalsPerHour: 5,
}
before(async () => {
  house = await openHouse([...security, ...tools, ...people, ...grants], {
    settings: { watch: { thresholds, byPerson: 40, openings: 30 } },
  })
  worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  cssi = await house.person((await house.organisation({ kind: 'operateur' })).id)
  await giveRole(house.owner, cssi, 'cssi')
  organisationId = (await house.organisation()).id
  rgc = await house.person(organisationId)
  await giveRole(house.owner, rgc, 'rgc')
})
after(async () => {
  await worker.end()
  await house.close()
})
const post = (who: Person, path: string, body: object) => house.call(who, 'POST', path, body, once())
const missingOf = async (who: Person): Promise<string[]> =>
  (await house.owner.query('select missing from ctx.held_grants($1, now())', [who.id])).rows.flatMap(r => r.missing)
const mails = async (kind: string) =>
  (await house.owner.query('select to_account_id, body from mails where kind = $1 order by created_at', [kind])).rows
const advisor = async () => {
  const person = await young()
  await house.owner.query(`update accounts set created_at = now() - interval '60 days' where id = $1`, [person.id])
  return person
}
const young = () => house.person(organisationId, [{ tool: 'campagnes', profile: 'conseiller', territoryId: 0 }])
const read = (who: Person, uses: readonly Use[], what = 'persons.read') =>
  house.database.run(
    sql`select record_by_session(${what},
      ${JSON.stringify(uses.flatMap(u => u.read.map(subject => ({ id: uuidv7(), at: u.at, token_hash: tokenOf(who), kind: 'establishment', subject, origin: '', request_id: '', detail: {} }))))}::jsonb)`,
  )
const refuse = (who: Person, uses: readonly Use[]) =>
  house.database.run(
    sql`select record_by_session('access.refused',
      ${JSON.stringify(uses.filter(u => u.refused).map(u => ({ id: uuidv7(), at: u.at, token_hash: tokenOf(who), origin: '', request_id: '', detail: { refused: u.refused!.map(thing => ({ thing })) } })))}::jsonb)`,
  )
const act = (who: Person, action: string, at: Date) =>
  house.owner.query(
    `insert into audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin, request_id,
      detail_digest) values ($1, $2, $3, $4, $5, 'account', $6, '', '', sha256('x'))`,
    [uuidv7(), at, who.id, who.organisationId, action, who.id],
  )
const watch = (looking = watchUses(thresholds, 40)) =>
  looking.run({}, {
    withPgClient: (work: (client: pg.Client) => unknown) => work(worker),
    logger: { info: () => {}, warn: () => {} },
  } as never)
const many = (n: number, from: number) =>
  Array.from({ length: n }, (_, k) => ({ at: new Date(from + k), read: [`${from}-${k}`] }))

test('ACC-10, ACC-12: an exceptional block has its reason and incident, is told to the account managers at once, is marked in the trail, cuts at the next request, and is lifted', async () => {
  const person = await advisor()
  assert.deepEqual(await missingOf(person), [])
  const body = { accountId: person.id, reason: 'Mot de passe retrouvé sur un site public', incident: 'INC-2026-041' }
  assert.equal((await post(rgc, '/security/blocks', body)).body.code, 'access/role-required')
  assert.equal(
    (await post(cssi, '/security/blocks', { ...body, accountId: cssi.id })).body.code,
    'security/never-oneself',
  )
  assert.equal((await post(cssi, '/security/blocks', { ...body, accountId: uuidv7() })).status, 404)
  for (const wrong of [{ reason: 'court' }, { reason: '          ' }, { incident: '' }, { incident: undefined }])
    assert.equal((await post(cssi, '/security/blocks', { ...body, ...wrong })).body.code, 'request/malformed')
  const stale = await house.person(cssi.organisationId, [], { provenAt: new Date(Date.now() - 11 * 60_000) })
  await giveRole(house.owner, stale, 'cssi')
  assert.equal((await post(stale, '/security/blocks', body)).body.code, 'session/step-up-required')
  const both = await Promise.all([post(cssi, '/security/blocks', body), post(cssi, '/security/blocks', body)])
  assert.deepEqual(both.map(b => b.status).sort(), [200, 409], 'at once, once')
  const block = both.find(b => b.status === 200)!.body
  assert.deepEqual(await missingOf(person), ['block'])
  const told = await mails('exceptional-act')
  assert.deepEqual(
    told.map(m => m.to_account_id),
    [rgc.id],
  )
  assert.match(told[0].body, /Mot de passe retrouvé.*INC-2026-041/s)
  const [entry] = (
    await house.owner.query(
      `select d.detail from audit_entries e join audit_details d on d.entry_id = e.id where e.action = 'account.blocked'
        and e.subject_id = $1`,
      [person.id],
    )
  ).rows
  assert.deepEqual(
    [entry.detail.exceptional, entry.detail.incident, entry.detail.told],
    [true, 'INC-2026-041', { mails: 1, emptyRoles: [{ party: 'partenaire', role: 'signataire' }] }],
  )

  assert.equal(
    (await post(cssi, `/security/blocks/${block.id}/lift`, { verdict: 'oui' })).body.code,
    'request/malformed',
  )
  assert.equal(
    (await post(rgc, `/security/blocks/${block.id}/lift`, { verdict: 'Usage légitime vérifié' })).body.code,
    'access/role-required',
  )
  const lifting = () =>
    post(cssi, `/security/blocks/${block.id}/lift`, { verdict: 'Mot de passe changé, aucun accès constaté' })
  const twice = await Promise.all([lifting(), lifting()])
  assert.deepEqual(
    twice.map(b => b.body.code ?? 'lifted').sort(),
    ['lifted', 'security/already-lifted'],
    'at once, once',
  )
  const lifted = twice.find(b => b.status === 200)!.body
  assert.deepEqual(
    [lifted.verdict, lifted.liftedBy.id, lifted.allowed],
    ['Mot de passe changé, aucun accès constaté', cssi.id, []],
  )
  assert.equal(
    (await post(cssi, `/security/blocks/${block.id}/lift`, { verdict: 'Encore une fois' })).body.code,
    'security/already-lifted',
  )
  assert.deepEqual(await missingOf(person), [])
  assert.equal((await mails('block-lifted')).length, 1)
})
test('ACC-10, ACC-11: a lifting is told to the account managers and the signatory of the structure, and to nobody else', async () => {
  const { id: structure } = await house.organisation()
  const [manager, signatory, operational, elsewhere, person] = (await Promise.all(
    [structure, structure, structure, organisationId, structure].map(of => house.person(of)),
  )) as [Person, Person, Person, Person, Person]
  for (const [who, role] of [
    [manager, 'rgc'],
    [signatory, 'signataire'],
    [operational, 'responsable-operationnel'],
    [elsewhere, 'signataire'],
  ] as const)
    await giveRole(house.owner, who, role)
  const { body: block } = await post(cssi, '/security/blocks', {
    accountId: person.id,
    reason: 'Poste volé cette nuit',
    incident: 'INC-2026-042',
  })
  const before = await mails('block-lifted')
  await post(cssi, `/security/blocks/${block.id}/lift`, { verdict: 'Poste retrouvé, chiffré' })
  assert.deepEqual(
    (await mails('block-lifted'))
      .slice(before.length)
      .map(m => m.to_account_id)
      .sort(),
    [manager.id, signatory.id].sort(),
  )
  await house.owner.query(`update role_assignments set ends_at = now() where account_id = $1`, [elsewhere.id])
})
test('ACC-10: one grant is cut alone, stays so under another profile or given again, does not hold another, and comes back as it was', async () => {
  const person = await house.person(organisationId, [
    { tool: 'campagnes', profile: 'conseiller', territoryId: 0 },
    { tool: 'fiche-etablissement', profile: 'conseiller', territoryId: 0 },
  ])
  const [campaigns, cards] = (
    await house.owner.query('select id from grants where account_id = $1 order by tool', [person.id])
  ).rows.map(r => r.id)
  const other = (await house.owner.query('select id from grants where account_id <> $1 limit 1', [person.id])).rows[0]
    .id
  const body = {
    accountId: person.id,
    cuts: 'grant',
    reason: 'Extractions anormales constatées',
    incident: 'INC-2026-043',
  }
  for (const wrong of [
    { ...body },
    { ...body, grantId: other },
    { ...body, cuts: 'account', grantId: campaigns },
    { ...body, cuts: 'rgc' },
  ])
    assert.equal(
      (await post(cssi, '/security/blocks', wrong)).body.code,
      'security/nothing-to-cut',
      JSON.stringify(wrong),
    )
  assert.equal((await post(cssi, '/security/blocks', { ...body, cuts: 'tout' })).body.code, 'request/malformed')
  assert.equal((await post(rgc, '/security/blocks', { ...body, grantId: campaigns })).body.code, 'access/role-required')
  const { body: block } = await post(cssi, '/security/blocks', { ...body, grantId: campaigns })
  assert.deepEqual(
    [block.cuts, block.grant.id, block.grant.tool, block.allowed],
    ['grant', campaigns, 'campagnes', ['lift']],
  )
  assert.equal(
    (await post(cssi, '/security/blocks', { ...body, grantId: campaigns })).body.code,
    'security/already-blocked',
  )
  const lacks = async () =>
    Object.fromEntries(
      (await house.owner.query('select grant_id, missing from ctx.held_grants($1, now())', [person.id])).rows.map(r => [
        r.grant_id,
        r.missing.join(),
      ]),
    )
  assert.deepEqual(await lacks(), { [campaigns]: 'block', [cards]: '' })
  const follows = uuidv7()
  await house.owner.query(
    `update grants set revoked_at = now(), revoked_by = $2, revoke_reason = 'Remplacée' where id = $1`,
    [campaigns, rgc.id],
  )
  await house.owner.query(
    `insert into grants (id, account_id, organisation_id, tool, profile, territory_id, reason, starts_on, granted_at,
      replaces) select $2, account_id, organisation_id, tool, 'consultation', territory_id, reason, starts_on, now(), id
      from grants where id = $1`,
    [campaigns, follows],
  )
  assert.deepEqual(await lacks(), { [follows]: 'block', [cards]: '' }, 'changed, still cut')
  assert.equal(
    (await post(cssi, '/security/blocks', { ...body, grantId: campaigns })).body.code,
    'security/nothing-to-cut',
    'over',
  )
  const told = (await mails('exceptional-act')).filter(m => m.body.includes('INC-2026-043'))
  assert.deepEqual(
    [
      told.map(m => m.to_account_id),
      /une habilitation d’un compte de votre structure \(Campagnes coordonnées, profil conseiller\)/.test(told[0].body),
    ],
    [[rgc.id], true],
  )
  const { detail } = (
    await house.owner.query(
      `select d.detail from audit_entries e join audit_details d on d.entry_id = e.id where e.action = 'account.blocked'
        and e.subject_id = $1`,
      [person.id],
    )
  ).rows[0]
  assert.deepEqual([detail.exceptional, detail.cuts, detail.grant, detail.nobodyLeft], [true, 'grant', campaigns, null])
  assert.equal(
    (await post(cssi, `/security/blocks/${block.id}/lift`, { verdict: 'Vérifié : travail demandé' })).status,
    200,
  )
  assert.deepEqual(await lacks(), { [follows]: '', [cards]: '' })
})
test('RGC-7, RGC-8, ACC-10: the one RGC’s tool is cut before the partner revokes: every contact of the structure and the CSSI are told at once of what is blocked; with another left, no more than who answers', async () => {
  const { id: structure, name: structureName } = await house.organisation({ name: 'Structure coupée' })
  const [only, second, signatory, operational] = (await Promise.all(
    [0, 1, 2, 3].map(() => house.person(structure)),
  )) as [Person, Person, Person, Person]
  for (const [who, role] of [
    [only, 'rgc'],
    [signatory, 'signataire'],
    [operational, 'responsable-operationnel'],
  ] as const)
    await giveRole(house.owner, who, role)
  const body = { accountId: only.id, cuts: 'rgc', reason: 'Poste volé cette nuit', incident: 'INC-2026-044' }
  assert.equal(
    (await house.call(cssi, 'GET', '/security/people?q=camille')).body.items.find(
      (i: { person: { id: string } }) => i.person.id === only.id,
    )?.manages ?? 'not named so',
    true,
  )
  const { body: block } = await post(cssi, '/security/blocks', body)
  const toldOf = async (kind: string) =>
    (await mails(kind)).filter(m =>
      [only.id, second.id, signatory.id, operational.id, cssi.id].includes(m.to_account_id),
    )
  const left = async () =>
    (await mails('rgc-nobody-left')).filter(
      m =>
        m.to_account_id === signatory.id ||
        m.to_account_id === operational.id ||
        (m.to_account_id === cssi.id && m.body.includes(structureName)),
    )
  assert.deepEqual(
    (await toldOf('rgc-cut')).map(m => m.to_account_id).sort(),
    [only.id, signatory.id, operational.id].sort(),
  )
  assert.deepEqual(
    (await left()).map(m => m.to_account_id).sort(),
    [signatory.id, operational.id, cssi.id].sort(),
    'contacts of both sides',
  )
  assert.match(
    (await left())[0].body,
    /a coupé, par un acte exceptionnel.*Tant qu’il n’est pas rétabli, ou qu’un nouvel acte d’engagement n’est pas en vigueur, personne ne peut y créer/s,
  )
  assert.equal(
    block.nobodyLeft.mails,
    (await mails('rgc-nobody-left')).filter(m => m.body.includes(structureName)).length,
    'with the other officers',
  )
  assert.deepEqual((await house.owner.query('select role from ctx.effective_roles($1, now())', [only.id])).rows, [])
  assert.deepEqual(
    (await house.owner.query('select ctx.rgc_missing($1, now()) as missing', [only.id])).rows[0].missing,
    ['block'],
  )
  await post(cssi, `/security/blocks/${block.id}/lift`, { verdict: 'Poste retrouvé, chiffré' })
  assert.equal((await toldOf('rgc-cut-lifted')).length, 3)
  assert.deepEqual((await house.owner.query('select role from ctx.effective_roles($1, now())', [only.id])).rows, [
    { role: 'rgc' },
  ])
  await giveRole(house.owner, second, 'rgc')
  assert.equal((await post(cssi, '/security/blocks', { ...body, incident: 'INC-2026-045' })).body.nobodyLeft, null)
  assert.equal((await left()).length, 3, 'another is left')
  assert.equal(
    (await post(cssi, '/security/blocks', { ...body, accountId: second.id, cuts: 'account', incident: 'INC-2026-046' }))
      .body.nobodyLeft.mails,
    block.nobodyLeft.mails,
    'the last one, whole',
  )
  const page = (await house.call(signatory, 'GET', `/habilitations/people/${only.id}`)).body
  assert.deepEqual(
    page.blocks.map((b: { cuts: string; incident: string; liftedAt: string | null }) => [
      b.cuts,
      b.incident,
      b.liftedAt !== null,
    ]),
    [
      ['rgc', 'INC-2026-045', false],
      ['rgc', 'INC-2026-044', true],
    ],
  )
})
test('RGC-7, ACC-4: what is cut is what is named: an RGC who also signs keeps that role, and their tools; cutting a grant takes no role', async () => {
  const both = await house.person((await house.organisation()).id, [
    { tool: 'campagnes', profile: 'conseiller', territoryId: 0 },
  ])
  for (const role of ['rgc', 'signataire'] as const) await giveRole(house.owner, both, role)
  const roles = async () =>
    (await house.owner.query('select role from ctx.effective_roles($1, now()) order by role', [both.id])).rows.map(
      r => r.role,
    )
  const grantId = (await house.owner.query('select id from grants where account_id = $1', [both.id])).rows[0].id
  const body = { accountId: both.id, reason: 'Poste volé cette nuit', incident: 'INC-2026-047' }
  const { body: rgcCut } = await post(cssi, '/security/blocks', { ...body, cuts: 'rgc' })
  assert.deepEqual([await roles(), await missingOf(both)], [['signataire'], []])
  await post(cssi, '/security/blocks', { ...body, cuts: 'grant', grantId })
  await post(cssi, `/security/blocks/${rgcCut.id}/lift`, { verdict: 'Poste retrouvé, chiffré' })
  assert.deepEqual([await roles(), await missingOf(both)], [['rgc', 'signataire'], ['block']])
})
test('ACC-10: an exceptional act that cannot be told is not done', async () => {
  const person = await advisor()
  await house.owner.query(
    `create function fails() returns trigger language plpgsql as $$ begin raise exception 'no mail'; end $$; create
      trigger fails before insert on mails for each row execute function fails()`,
  )
  const { status } = await post(cssi, '/security/blocks', {
    accountId: person.id,
    reason: 'Poste volé cette nuit',
    incident: 'INC-9',
  })
  await house.owner.query('drop trigger fails on mails')
  assert.deepEqual([status, await missingOf(person)], [500, []])
})
test('SEC-2, ACC-11: a scraper is blocked once by the job, the CSSI and the account managers told; lifted, its past no longer counts', async () => {
  const [scraper, other] = [await advisor(), await advisor()]
  const now = Date.now()
  await read(scraper, many(21, now - 60_000))
  await read(other, many(20, now - 60_000))
  await watch()
  await watch()
  assert.deepEqual([await missingOf(scraper), await missingOf(other)], [['block'], []])
  const told = (await mails('suspect-use')).map(m => m.to_account_id)
  for (const who of [cssi, rgc]) assert.equal(told.filter(id => id === who.id).length, 1)
  assert.equal(
    (
      await house.owner.query(
        `select count(*)::int as n from audit_entries where action = 'account.blocked-for-suspect-use'
          and subject_id = $1`,
        [scraper.id],
      )
    ).rows[0].n,
    1,
  )
  const { items, watched } = (await house.call(cssi, 'GET', '/security/blocks')).body
  assert.deepEqual(watched.map((w: { threshold: string }) => w.threshold).slice(0, 6), [
    '20',
    '50',
    '1000',
    '3',
    '6',
    '5',
  ])
  assert.deepEqual(
    [watched[6].threshold, watched[7].threshold],
    ['le quart de ces seuils', '40 par personne, 100 au moins'],
  )
  assert.deepEqual(
    [watched.at(-1).threshold, /n’indique pas d’où/.test(watched.at(-1).says)],
    [null, true],
    'no place is known: said so',
  )
  const block = items.find((b: { person: { id: string } }) => b.person.id === scraper.id)
  assert.deepEqual([block.cause, block.by, block.allowed], ['suspect-use', null, ['lift']])
  assert.match(block.reason, /21 employeurs ou collègues lues en une heure \(seuil : 20\)/)
  await post(cssi, `/security/blocks/${block.id}/lift`, { verdict: 'Usage légitime vérifié par téléphone' })
  await watch()
  assert.deepEqual(await missingOf(scraper), [])
  await read(scraper, many(21, Date.now() + 1))
  await new Promise(resolve => setTimeout(resolve, 50))
  await watch()
  assert.deepEqual(await missingOf(scraper), ['block'], 'but a new one does')
})
test('SEC-2: an account younger than a week is blocked at a quarter of the budget; an older one is not', async () => {
  const [fresh, careful, old] = [await young(), await young(), await advisor()]
  const now = Date.now()
  for (const [who, n] of [
    [fresh, 6],
    [careful, 5],
    [old, 6],
  ] as const)
    await read(who, many(n, now - 60_000 - n))
  await watch()
  assert.deepEqual([await missingOf(fresh), await missingOf(careful), await missingOf(old)], [['block'], [], []])
})
test('SEC-2: what all the accounts of a partner read together beyond its budget is told to the CSSI alone, once a day, and blocks nobody; accounts made up this week give it no more', async () => {
  const { id } = await house.organisation()
  const manager = await house.person(id)
  await giveRole(house.owner, manager, 'rgc')
  const people = await Promise.all(
    Array.from({ length: 12 }, () => house.person(id, [{ tool: 'campagnes', profile: 'conseiller', territoryId: 0 }])),
  )
  const now = Date.now() - 7_200_000 // beyond the hour, so that no account is suspect by itself
  const each = async (n: number) => {
    for (const [p, who] of people.entries()) await read(who, many(n, now - p * 1_000))
  }
  const told = async () =>
    (
      await house.owner.query(
        `select to_account_id, body from mails where kind = 'structure-suspect-use' and about_id = $1`,
        [id],
      )
    ).rows
  await each(8)
  await watch()
  assert.deepEqual(await told(), [], '96 employers: under twice what one person may')
  await each(9)
  await watch()
  await watch()
  assert.deepEqual(
    (await told()).map(m => m.to_account_id),
    (await mails('structure-suspect-use')).filter(m => m.body.includes('108 employeurs')).map(m => m.to_account_id),
  )
  assert.deepEqual(
    [
      (await told()).length > 0,
      (await told()).some(m => m.to_account_id === manager.id),
      (await told()).filter(m => m.to_account_id === cssi.id).length,
    ],
    [true, false, 1],
  )
  assert.match(
    (await told())[0].body,
    /108 employeurs ou collègues lues en une journée par l’ensemble des comptes de la structure \(seuil : 100\)/,
  )
  assert.equal(
    (
      await house.owner.query(
        `select count(*)::int as n from audit_entries where action = 'structure.read-beyond-ordinary'
          and subject_id = $1`,
        [id],
      )
    ).rows[0].n,
    1,
  )
  assert.deepEqual((await Promise.all(people.map(missingOf))).flat(), [])
})
test('SEC-2, ACC-11: who is refused one thing after another is blocked by the job, and who exports beyond the budget, by whatever export; an act that is none counts for nothing', async () => {
  const [prober, reader, maker, busy] = await Promise.all([advisor(), advisor(), advisor(), advisor()])
  const at = new Date(Date.now() - 60_000)
  await refuse(prober, [
    { at, read: [], refused: ['a', 'b', 'c'] },
    { at, read: [], refused: ['d', 'e', 'f'] },
  ])
  await refuse(reader, [
    { at, read: [], refused: ['a', 'b', 'c', 'd', 'e'] },
    { at, read: [], refused: ['a', 'b'] },
  ])
  for (const n of [0, 1, 2, 3]) await act(maker, exportActs[n]!, at)
  for (const _ of [0, 1, 2, 3, 4]) await act(busy, 'campaign.edited', at)
  await watch()
  assert.deepEqual(await Promise.all([prober, reader, maker, busy].map(missingOf)), [['block'], [], ['block'], []])
  const reasons = (
    await house.owner.query('select reason from account_blocks where account_id = any ($1) order by reason', [
      [prober.id, maker.id],
    ])
  ).rows.map(r => r.reason)
  assert.deepEqual(reasons, [
    '4 documents exportés en une journée (seuil : 3).',
    '6 demandes différentes refusées en une heure, faute de droit (seuil : 5).',
  ])
})
test('SEC-2, SEC-1: the application writes apart only what is read or refused, in the name of the session', async () => {
  await assert.rejects(
    house.database.run(sql`select record_by_session('account.blocked', '[]'::jsonb)`),
    /not an act that is written apart/,
  )
})
test('SEC-2, ACC-11: a block on suspect use that cannot be told is not made, shields nobody else, and is made at the next look', async () => {
  const [ours, elsewhere] = await Promise.all([
    Promise.all([0, 1, 2].map(advisor)),
    Promise.all(
      [0, 1, 2].map(async () =>
        house.person((await house.organisation()).id, [{ tool: 'campagnes', profile: 'conseiller', territoryId: 0 }]),
      ),
    ),
  ])
  const missing = async (people: readonly Person[]) => (await Promise.all(people.map(missingOf))).flat()
  for (const who of [...ours, ...elsewhere]) await read(who, many(21, Date.now() - 60_000))
  const looking = watchUses(thresholds, 40)
  await house.owner.query(
    `create or replace function fails() returns trigger language plpgsql as $$ begin raise exception 'no mail'; end $$`,
  )
  await house.owner.query(
    `create trigger fails before insert on mails for each row
      when (new.to_account_id = '${rgc.id}') execute function fails()`,
  )
  await assert.rejects(watch(looking), /no mail/)
  await house.owner.query('drop trigger fails on mails')
  assert.deepEqual([await missing(ours), await missing(elsewhere)], [[], ['block', 'block', 'block']])
  await watch(looking)
  assert.deepEqual(await missing(ours), ['block', 'block', 'block'])
})
test('SEC-2: a worker that has looked looks again only at who acted since, and at all that they did; one that starts, at everyone', async () => {
  const [before, since, idle] = [await advisor(), await advisor(), await advisor()]
  const looking = watchUses(thresholds, 40)
  const now = Date.now()
  await read(since, many(20, now - 3_000_000))
  await watch(looking)
  assert.deepEqual(await missingOf(since), [])
  // Reached the trail behind the look, beyond its margin: for the next worker.
  await read(before, many(21, now - 2_000_000))
  await read(since, many(1, now - 1_000))
  await read(idle, many(1, now - 1_000))
  await watch(looking)
  assert.deepEqual([await missingOf(before), await missingOf(since), await missingOf(idle)], [[], ['block'], []])
  await watch()
  assert.deepEqual(await missingOf(before), ['block'])
})
test('SEC-2: what the database counts is what the rule counts, and each clause is seen', async () => {
  const random = seededRandom(881)
  const until = new Date()
  const people = await Promise.all(Array.from({ length: 12 }, advisor))
  const uses = new Map<string, Use[]>()
  for (const p of people) {
    const own: Use[] = Array.from({ length: 60 }, () => ({
      at: new Date(until.getTime() - Math.floor(random() * 30 * 3_600_000)),
      read: [`e-${Math.floor(random() * 40)}`],
    }))
    own.push(
      { at: new Date(until.getTime() - 3_600_000), read: ['edge'] },
      { at: until, read: [pick(random, ['now', 'edge'])] },
    )
    for (let n = 0; n < 40; n++)
      own.push({
        at: new Date(until.getTime() - Math.floor(random() * 3 * 3_600_000)),
        read: [],
        refused: [`r-${Math.floor(random() * 30)}`, `r-${Math.floor(random() * 30)}`],
      })
    for (let n = 0; n < 20; n++)
      own.push({ at: new Date(until.getTime() - Math.floor(random() * 30 * 3_600_000)), read: [], exported: true })
    uses.set(p.id, own)
    await read(p, own)
    await refuse(p, own)
    for (const u of own.filter(u => u.exported)) await act(p, pick(random, exportActs), u.at)
    await act(p, 'campaign.edited', until)
  }
  const different = async () => {
    const { rows } = await house.owner.query(
      `select account_id, persons_per_hour as "personsPerHour", persons_per_day as "personsPerDay",
        persons_at_night as "personsAtNight", exports_per_day as "exportsPerDay", refusals_per_hour as "refusalsPerHour"
      from ctx.uses_to_watch($1, $1::timestamptz - interval '24 hours', $3) where account_id = any ($2)`,
      [until, people.map(p => p.id), exportActs],
    )
    return people.filter(p => {
      const { account_id: _, ...row } = rows.find(r => r.account_id === p.id)
      return !isDeepStrictEqual(row, countUses(uses.get(p.id)!, until))
    }).length
  }
  assert.equal(await different(), 0)
  for (const [from, to] of [
    ['count(distinct subject)::int', 'count(subject)::int'],
    ["interval '1 hour'", "interval '2 hours'"],
    ["interval '24 hours'", "interval '29 hours'"],
    ["'Europe/Paris'", "'Pacific/Auckland'"],
    ['hour >= 22 or hour < 6', 'hour >= 22'],
    ["count(distinct t ->> 'thing')", "count(t ->> 'thing')"],
    ["e.action = 'access.refused' and e.at > until - interval '1 hour'", "e.action = 'access.refused'"],
    [
      'exporting as (select e.actor_id, count(*)::int as n from entry e where e.action = any (exports)',
      'exporting as (select e.actor_id, count(*)::int as n from entry e where true',
    ],
  ] as const)
    await withFunctionChanged(house.owner, 'ctx.uses_to_watch(timestamptz, timestamptz, text[])', from, to, async () =>
      assert.notEqual(await different(), 0, `${from} → ${to}`),
    )
})
test('SEC-2: what the database counts of structures and of young accounts is what the rules count, and each clause is seen', async () => {
  const random = seededRandom(1220)
  const until = new Date()
  const ids = [(await house.organisation()).id, (await house.organisation()).id]
  const operator = (await house.organisation({ kind: 'operateur' })).id
  const laid = new Map<string, { id: string; createdAt: Date; active: boolean; uses: Use[] }[]>()
  for (const id of [...ids, operator]) {
    const accounts = []
    for (let n = 0; n < 6; n++) {
      const person = await house.person(id)
      const createdAt = new Date(until.getTime() - [6, 7, 7, 8, 7.5, 30][n]! * 86_400_000 + [0, 0, 1, 0, 0, 0][n]!)
      const active = n !== 5
      const uses: Use[] = Array.from({ length: 15 }, () => ({
        at: new Date(until.getTime() - Math.floor(random() * 30 * 3_600_000)),
        read: [`s-${Math.floor(random() * 30)}`],
      }))
      uses.push({ at: until, read: ['now'] }, { at: new Date(until.getTime() - 86_400_000), read: [`edge-${n}`] })
      await read(person, uses)
      await house.owner.query('update accounts set created_at = $2, status = $3 where id = $1', [
        person.id,
        createdAt,
        active ? 'active' : 'suspended',
      ])
      accounts.push({ id: person.id, createdAt, active, uses })
    }
    laid.set(id, accounts)
  }
  const structures = async () => {
    const { rows } = await house.owner.query(
      `select organisation_id, people, persons_per_day as "personsPerDay"
        from ctx.structure_uses_to_watch($1, $1::timestamptz - interval '24 hours') where organisation_id = any ($2)`,
      [until, [...ids, operator]],
    )
    return (
      ids.filter(id => {
        const { organisation_id: _, ...row } = rows.find(r => r.organisation_id === id) ?? {}
        return !isDeepStrictEqual(row, countStructureUses(laid.get(id)!, until))
      }).length + rows.filter(r => r.organisation_id === operator).length
    )
  }
  const all = [...laid.values()].flat()
  const ages = async () => {
    const found = new Set(
      (
        await house.owner.query('select y.id from ctx.young_accounts($1, $2) y (id)', [all.map(a => a.id), until])
      ).rows.map(r => r.id),
    )
    return all.filter(a => found.has(a.id) !== isYoung(a.createdAt, until)).length
  }
  assert.deepEqual([await structures(), await ages()], [0, 0])
  for (const [from, to] of [
    ["o.kind <> 'operateur'", 'true'],
    ["interval '24 hours'", "interval '30 hours'"],
    ["p.status = 'active' and", ''],
    ["p.created_at <= until - interval '7 days'", 'true'],
    ['p.organisation_id = r.organisation_id and', ''],
    ['count(distinct r.subject)', 'count(r.subject)'],
  ] as const)
    await withFunctionChanged(
      house.owner,
      'ctx.structure_uses_to_watch(timestamptz, timestamptz)',
      from,
      to,
      async () => assert.notEqual(await structures(), 0, `${from} → ${to}`),
    )
  for (const [from, to] of [
    ["interval '7 days'", "interval '8 days'"],
    ['a.created_at > until', 'a.created_at >= until'],
  ] as const)
    await withFunctionChanged(house.owner, 'ctx.young_accounts(uuid[], timestamptz)', from, to, async () =>
      assert.notEqual(await ages(), 0, `${from} → ${to}`),
    )
})
test('SEC-2, SEC-6: the application neither counts nor blocks by itself; nobody but the CSSI finds people here', async () => {
  for (const statement of [
    'select * from ctx.block_suspect(null, null, null)',
    'select * from ctx.recipients_of(null, null, now())',
    'select ctx.note_empty_roles(null, null, now())',
    'select * from ctx.uses_to_watch(now(), now(), null)',
    'select * from ctx.structure_uses_to_watch(now(), now())',
    'select ctx.note_structure_reading(null, null, now())',
    'select ctx.young_accounts(null, now())',
    'select ctx.overseers(null, now())',
  ])
    await assert.rejects(house.database.run(sql.raw(statement)), /permission denied/)
  assert.equal((await house.call(rgc, 'GET', '/security/people?q=essai')).body.code, 'access/role-required')
  assert.ok((await house.call(cssi, 'GET', '/security/people?q=camille')).body.items.length > 0)
})

test('SEC-6, ACC-10: whatever the application forgets, only the CSSI blocks and lifts, in their own name, never themself, and changes nothing else of a block', async () => {
  const person = await advisor()
  const as = async (who: Person, statement: ReturnType<typeof sql>) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      const n = await tx.run(statement)
      await tx.commit()
      return n
    } finally {
      await tx.rollback()
    }
  }
  const block = (of: Person, by: Person, cause = 'exceptional') =>
    sql`insert into account_blocks (id, account_id, organisation_id, cause, reason, incident, blocked_by, blocked_at)
      values (${uuidv7()}, ${of.id}, ${of.organisationId}, ${cause}, 'Motif essai', 'INC-1', ${by.id}, now())`
  const other = await advisor()
  const otherGrant = (await house.owner.query('select id from grants where account_id = $1', [other.id])).rows[0].id
  const cutGrant = (of: Person) =>
    sql`insert into account_blocks (id, account_id, organisation_id, cause, cuts, grant_id, reason, incident,
      blocked_by, blocked_at) values (${uuidv7()}, ${of.id}, ${of.organisationId}, 'exceptional', 'grant',
      ${otherGrant}, 'Motif essai', 'INC-1', ${cssi.id}, now())`
  for (const [who, statement] of [
    [rgc, block(person, rgc)],
    [cssi, block(person, rgc)],
    [cssi, block(cssi, cssi)],
    [cssi, block(person, cssi, 'suspect-use')],
    [cssi, cutGrant(person)],
  ] as const)
    await assert.rejects(as(who, statement), /row-level security/)
  assert.equal(await as(cssi, block(person, cssi)), 1)
  assert.equal(await as(cssi, cutGrant(other)), 1)
  const lift = (by: Person) =>
    sql`update account_blocks set lifted_at = now(), lifted_by = ${by.id}, verdict = 'Constat essai'
      where account_id = ${person.id}`
  assert.equal(await as(rgc, lift(rgc)), 0)
  await assert.rejects(as(cssi, lift(rgc)), /row-level security/)
  for (const statement of [
    sql`update account_blocks set reason = 'Autre' where account_id = ${person.id}`,
    sql`delete from account_blocks where account_id = ${person.id}`,
  ])
    await assert.rejects(as(cssi, statement), /permission denied/)
  assert.equal(await as(cssi, lift(cssi)), 1)
  assert.equal(await as(cssi, lift(cssi)), 0, 'once')
})

test('SEC-2, REC-2: recruitment cards count among the employers that one reads, an employer of both readings once', async () => {
  const [person, both] = [await advisor(), await advisor()]
  const start = Date.now() - 60_000
  await read(person, many(15, start))
  await read(person, many(15, start - 1000), 'recruitment.read')
  await read(both, many(15, start))
  await read(both, many(15, start), 'recruitment.read')
  await watch()
  assert.deepEqual(await missingOf(person), ['block'], 'thirty employers within an hour')
  assert.deepEqual(await missingOf(both), [], 'fifteen')
})
