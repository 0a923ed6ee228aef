import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { verifyMissingDetails } from '../../oversight/audit/verify-details.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { readCsv } from '../../territory-and-register/territories/small-csv.ts'
import { moveClock, putClockBack } from '../../testing/clock.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { pick, seededRandom } from '../../testing/people.ts'
import { saveStatus } from '../accounts/accounts.queries.ts'
import { giveRole } from '../accounts/testing.ts'
import { people } from '../people/index.ts'
import { grants } from './index.ts'

let house: House
let own: string
let rgc: Person
const today = parisDay(new Date())
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const access = async (query: string, who = rgc) => (await house.call(who, 'GET', `/habilitations/access?${query}`)).body

before(async () => {
  house = await openHouse([...people, ...grants])
  await house.owner.query(
    `insert into territories (id, kind, code, name)
      values (2033, 'departement', '33', 'Gironde'), (2040, 'departement', '40', 'Landes')`,
  )
  own = (await house.organisation()).id
  rgc = await house.person(own)
  await giveRole(house.owner, rgc, 'rgc')
})
after(() => house.close())
/** As if it had been there since the start of the year. */
const longHere = async (person: Person) => {
  await rows(`update account_states set from_at = '2026-01-01' where account_id = $1`, [person.id])
  await rows(`update grants set granted_at = '2026-01-05' where account_id = $1 and granted_at > '2026-01-05'`, [
    person.id,
  ])
}

test('ACC-9: who has which access, since when, by whom, why, the last act and use, and what is missing; filtered, sorted, page by page', async () => {
  const [one, two] = [
    await house.person(own),
    await house.person(own, [{ tool: 'fiche-etablissement', profile: 'consultation', territoryId: 2040 }]),
  ]
  await house.call(rgc, 'POST', `/habilitations/people/${one.id}/grants`, {
    tool: 'campagnes',
    profile: 'pilote',
    perimeter: { territoryId: 2033 },
    purpose: 'suivi',
    reason: 'Pilote la task force',
  })
  await rows(`update accounts set contract_ends_on = '2026-01-31' where id = $1`, [two.id])
  await rows(
    `insert into account_activity (account_id, organisation_id, last_act_at, first_at)
      values ($1, $2, now() - interval '3 hours', '2026-01-10')`,
    [one.id, own],
  )
  const use = (who: Person, tool: string, day: string) =>
    rows(
      `insert into usage_days (account_id, organisation_id, tool, kind, day, count, perimeter)
        values ($1, $2, $3, 'sessions', $4, 1, '{0}')`,
      [who.id, own, tool, day],
    )
  await use(one, 'fiche-etablissement', today)
  await use(two, 'fiche-etablissement', addDays(today, -400))
  const usedOf = async (who: Person) =>
    (await access('total=true')).items.filter((l: any) => l.person.id === who.id).map((l: any) => l.lastUsedOn)
  assert.deepEqual([await usedOf(one), await usedOf(two)], [[null], [null]], 'another tool, or before it was given')
  await use(one, 'campagnes', today)
  assert.deepEqual([await usedOf(one), await usedOf(two)], [[today], [null]], 'of that access')
  assert.equal(
    (await access(`on=${addDays(today, -1)}`)).items.every((l: any) => l.lastUsedOn === null),
    true,
  )
  const abroad = await house.person((await house.organisation()).id)
  await giveRole(house.owner, abroad, 'rgc')
  for (const [who, day] of [
    [rgc, today],
    [abroad, null],
    [one, null],
  ] as const) {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(who.cookie.slice('session='.length)))
      const [{ id }] = await rows('select id from grants where account_id = $1', [one.id])
      assert.equal(
        (await tx.first(sql<{ day: string | null }>`select ctx.grant_last_used(${id}::uuid) as day`))!.day,
        day,
      )
    } finally {
      await tx.rollback()
    }
  }
  const { items, total } = await access('total=true')
  assert.equal(total, 2)
  assert.deepEqual(
    items.map((l: any) => l.lastActAt && Math.round((Date.now() - Date.parse(l.lastActAt)) / 3_600_000)),
    items.map((l: any) => (l.person.id === one.id ? 3 : null)),
  )
  const line = items.find((l: any) => l.person.id === one.id)
  assert.deepEqual(
    [line.tool, line.profile, line.territory.name, line.since, line.grantedBy.name, line.reason, line.missing],
    ['campagnes', 'pilote', 'Gironde', today, rgc.name, 'Pilote la task force', []],
  )
  assert.deepEqual(
    (await access('effect=withheld')).items.map((l: any) => [l.person.id, l.missing]),
    [[two.id, ['contract']]],
  )
  assert.deepEqual(
    (await access('tool=campagnes')).items.map((l: any) => l.person.id),
    [one.id],
  )
  assert.deepEqual(
    (await access('sort=since')).items.map((l: any) => l.person.id),
    [two.id, one.id],
  )
  const first = await access('limit=1')
  const second = await access(`limit=1&after=${first.next}`)
  assert.deepEqual(
    [[first, second].map(p => p.items[0].person.id).sort(), second.next],
    [[one.id, two.id].sort(), null],
  )
  for (const [query, status] of [
    [`on=${addDays(today, 1)}`, 422],
    ['on=2026-02-31', 400],
    ['after=zz', 400],
  ] as const)
    assert.equal((await house.call(rgc, 'GET', `/habilitations/access?${query}`)).status, status, query)
  assert.equal((await access('', one)).code, 'access/role-required')
  const stranger = await house.person((await house.organisation()).id)
  await giveRole(house.owner, stranger, 'rgc')
  assert.deepEqual((await access('', stranger)).items, [])
})
test('ACC-9: of a past day: what was ended since is there, what was given since is not, nor is a suspension that came later', async () => {
  const was = await house.person(own, [
    { tool: 'campagnes', profile: 'pilote', territoryId: 2033, startsOn: '2026-01-05' },
  ])
  await longHere(was)
  await rows(
    `insert into account_activity (account_id, organisation_id, last_act_at, first_at)
      values ($1, $2, now(), '2026-01-10')`,
    [was.id, own],
  )
  const grant = (await rows('select id from grants where account_id = $1', [was.id]))[0].id
  await house.call(rgc, 'POST', `/habilitations/grants/${grant}/end`, { reason: 'Change de poste' })
  await house.call(rgc, 'POST', `/habilitations/people/${was.id}/grants`, {
    tool: 'campagnes',
    profile: 'conseiller',
    perimeter: { territoryId: 2033 },
    purpose: 'suivi',
    reason: 'Nouveau poste',
  })
  await house.call(rgc, 'POST', `/habilitations/people/${was.id}/suspend`, { reason: 'Congé' })
  const of = async (query: string) =>
    (await access(query)).items
      .filter((l: any) => l.person.id === was.id)
      .map((l: any) => [l.profile, l.status, l.missing])
  assert.deepEqual(await of('on=2026-03-01'), [['pilote', 'active', []]])
  assert.deepEqual(await of('on=2026-01-04'), [])
  assert.deepEqual(await of(''), [['conseiller', 'suspended', ['account']]])
})
test('ACC-9, SEC-1: the export is the list, spreadsheets run nothing of it, and it is in the trail with its purpose', async () => {
  const odd = await house.person(own)
  await rows(
    `update accounts set given_name = '=HYPERLINK("http://x";"y")', family_name = '@Aa', contract_ends_on = '2026-01-31'
      where id = $1`,
    [odd.id],
  )
  await house.call(rgc, 'POST', `/habilitations/people/${odd.id}/grants`, {
    tool: 'campagnes',
    profile: 'conseiller',
    perimeter: { territoryId: 2033 },
    purpose: 'suivi',
    reason: '+33 5 ; « deux\nlignes »',
  })
  const { body } = await house.call(rgc, 'POST', '/habilitations/access/export', { purpose: 'Revue annuelle' })
  const all = (await access('limit=200')).items
  const read = readCsv(body.text)
  assert.deepEqual([body.fileName, body.lines, read.length], [`habilitations-${today}.csv`, all.length, all.length])
  const line = read.find(r => r.Personne!.includes('HYPERLINK'))!
  assert.deepEqual(
    [line.Personne, line.Motif, line['Ce qui manque']],
    ['\'=HYPERLINK("http://x";"y") @Aa', "'+33 5 ; « deux\nlignes »", 'contrat terminé'],
  )
  const [entry] = await rows(
    `select detail from audit_entries e join audit_details d on d.entry_id = e.id where action = 'access.exported'`,
  )
  assert.deepEqual([entry.detail.purpose, entry.detail.lines], ['Revue annuelle', all.length])
  assert.equal((await house.call(rgc, 'POST', '/habilitations/access/export', { purpose: ' ' })).status, 400)
})

test('ACC-9: the state at a past instant, read later, is what was computed then: a year of acts, grants, suspensions, contracts and liftings', async () => {
  const random = seededRandom(862)
  const organisation = (await house.organisation()).id
  const [manager, other] = [await house.person(organisation), await house.person(organisation)]
  for (const one of [manager, other]) await giveRole(house.owner, one, 'rgc')
  const people: string[] = []
  for (let n = 0; n < 12; n++) people.push((await house.person(organisation)).id)
  const client = await house.owner.connect()
  const heldNow = async () =>
    (
      await client.query<{ key: string }>(
        `select coalesce(string_agg(concat_ws(' ', a.id, h.grant_id, array_to_string(h.missing, ',')), ';'
          order by a.id, h.grant_id), '') as key from unnest($1::uuid[]) a (id) cross
          join lateral ctx.held_grants(a.id, ctx.clock()) h`,
        [people],
      )
    ).rows[0]!.key
  const seen: { at: Date; key: string }[] = []
  try {
    for (let day = 1; day < 420; day += 3) {
      await moveClock(client, `${day} days ${Math.floor(random() * 86_000)} seconds`)
      for (let act = 0; act < 3; act++) {
        const who = pick(random, people)
        const kind = random()
        if (kind < 0.3)
          await client.query(
            `insert into grants (id, account_id, organisation_id, tool, profile, territory_id, reason, starts_on,
              ends_on, granted_by, granted_at)
              values ($1, $2, $3, 'campagnes', 'conseiller', 2033, 'essai', ctx.paris_day(ctx.clock()) + $4::int,
              ctx.paris_day(ctx.clock()) + $5::int, $6, ctx.clock())`,
            [uuidv7(), who, organisation, Math.floor(random() * 4), 5 + Math.floor(random() * 200), manager.id],
          )
        else if (kind < 0.4)
          await client.query(
            'update grants set revoked_at = ctx.clock(), revoked_by = $2, revoke_reason = $3 where id = (select id from grants where account_id = $1 and revoked_at is null limit 1)',
            [who, manager.id, 'essai'],
          )
        else if (kind < 0.5)
          await client.query(
            `update accounts set status = case status when 'active' then 'suspended' else 'active' end where id = $1`,
            [who],
          )
        else if (kind < 0.6)
          await client.query(
            'update accounts set contract_ends_on = case when contract_ends_on is null then ctx.paris_day(ctx.clock()) + $2::int end where id = $1',
            [who, Math.floor(random() * 40) - 5],
          )
        else if (
          kind < 0.7 &&
          (await client.query('select ctx.inactive_at($1, ctx.clock()) as inactive', [who])).rows[0].inactive
        )
          await lifted(who, manager)
        else await client.query('select ctx.record_act($1)', [who])
      }
      seen.push({
        at: (await client.query<{ at: Date }>('select ctx.clock() as at')).rows[0]!.at,
        key: await heldNow(),
      })
    }
    const words = seen.map(s => s.key).join(' ')
    for (const term of ['account', 'contract', 'inactivity'])
      assert.ok(words.split(term).length > 20, `${term} was met`)
    const spans = (
      await client.query('select count(*)::int as n from inactivity_spans where organisation_id = $1', [organisation])
    ).rows[0].n
    assert.ok(spans > 3, `${spans} liftings`)
    for (const { at, key } of seen) {
      const later = (
        await client.query<{ key: string }>(
          `select coalesce(string_agg(concat_ws(' ', a.id, h.grant_id, array_to_string(h.missing, ',')), ';'
            order by a.id, h.grant_id), '') as key from unnest($1::uuid[]) a (id) cross
            join lateral ctx.held_grants(a.id, $2::timestamptz + interval '999 microseconds') h`,
          [people, at],
        )
      ).rows[0]!.key
      assert.equal(later, key, at.toISOString())
    }
  } finally {
    await putClockBack(client)
    client.release()
  }
  async function lifted(who: string, by: Person) {
    // As the definer does it, whose session of the shifted day an account manager would hold.
    await client.query('begin')
    const {
      rows: [s],
    } = await client.query(
      `update sessions set created_at = ctx.clock(), last_seen_at = ctx.clock() where id = $1 returning token_hash`,
      [by.sessionId],
    )
    await client.query('select ctx.enter($1)', [s.token_hash])
    await client.query('select ctx.lift_inactivity($1, $2)', [who, 'De retour'])
    await client.query('commit')
  }
})

test('ACC-5: a suspension for inactivity is lifted with a reason; it starts again from then, and what is not suspended is not lifted', async () => {
  const quiet = await house.person(own, [
    { tool: 'campagnes', profile: 'conseiller', territoryId: 2033, startsOn: '2026-01-05' },
  ])
  await longHere(quiet)
  const person = async () => (await house.call(rgc, 'GET', `/habilitations/people/${quiet.id}`)).body
  assert.deepEqual(
    [
      (await person()).grants[0].missing,
      (await person()).inactiveOn.passed,
      (await person()).anomalies,
      (await person()).allowed.includes('lift'),
    ],
    [['inactivity'], true, ['never-seen', 'never-used'], true],
  )
  const answers = await Promise.all(
    [1, 2].map(() =>
      house.call(rgc, 'POST', `/habilitations/people/${quiet.id}/lift`, { reason: 'De retour de congé' }),
    ),
  )
  assert.deepEqual(answers.map(a => a.body.code ?? 'lifted').sort(), ['lifted', 'person/already'])
  assert.deepEqual([(await person()).grants[0].missing, (await person()).allowed.includes('lift')], [[], false])
  assert.deepEqual(
    (await rows('select reason, lifted_by from inactivity_spans where account_id = $1', [quiet.id])).map(r => [
      r.reason,
      r.lifted_by,
    ]),
    [['De retour de congé', rgc.id]],
  )
  assert.deepEqual(
    (await access('on=2026-06-01')).items.filter((l: any) => l.person.id === quiet.id).map((l: any) => l.missing),
    [['inactivity']],
  )
})

test('ACC-6, PRI-7: who leaves: account and grants end, the open session is cut, the name is a pseudonym everywhere, and they are reminded that confidentiality has no end', async () => {
  const leaver = await house.person(own, [{ tool: 'campagnes', profile: 'conseiller', territoryId: 2033 }])
  const colleague = await house.person(own)
  const [givenName, familyName] = leaver.name.split(' ')
  const edited = await house.call(
    rgc,
    'PUT',
    `/habilitations/people/${leaver.id}`,
    { givenName, familyName, function: 'Conseillère', attachment: 'agent' },
    { 'if-match': '"1"' },
  )
  assert.equal(edited.status, 200)
  const leaves = () =>
    rows(
      `select leaf = audit_leaf(e) as holds from audit_entries e where subject_id = $1 and action = 'account.edited'`,
      [leaver.id],
    )
  await rows(`insert into account_identities (issuer, subject, account_id) values ('https://issuer.example', $1, $2)`, [
    leaver.id,
    leaver.id,
  ])
  await house.call(leaver, 'POST', '/habilitations/requests', {
    tool: 'fiche-etablissement',
    profile: 'consultation',
    perimeter: { territoryId: 2033 },
    purpose: 'suivi',
    reason: 'Lire les fiches',
  })
  const email = (await rows('select email from account_contacts where account_id = $1', [leaver.id]))[0].email
  assert.equal(
    (
      await house.call(colleague, 'POST', `/habilitations/people/${leaver.id}/depart`, {
        cause: 'departure',
        reason: 'x',
      })
    ).body.code,
    'access/role-required',
  )
  const answers = await Promise.all(
    [1, 2].map(() =>
      house.call(rgc, 'POST', `/habilitations/people/${leaver.id}/depart`, { cause: 'departure', reason: 'Mutation' }),
    ),
  )
  assert.deepEqual(answers.map(a => a.body.code ?? 'gone').sort(), ['gone', 'person/gone'])
  const { pseudonym, grantsEnded, sessionsEnded } = answers.find(a => a.status === 200)!.body
  assert.match(pseudonym, /^Ancien compte n° [0-9A-F]{6}$/)
  assert.deepEqual(
    [grantsEnded, sessionsEnded, (await house.call(leaver, 'GET', '/habilitations/requests?mine=true')).status],
    [1, 1, 401],
  )
  for (const [table, column] of [
    ['account_contacts', 'account_id'],
    ['account_identities', 'account_id'],
    ['second_factors', 'account_id'],
    ['passwords', 'account_id'],
  ] as const)
    assert.equal((await rows(`select from ${table} where ${column} = $1`, [leaver.id])).length, 0, table)
  assert.equal(
    (await rows(`select decision from grant_requests where account_id = $1`, [leaver.id]))[0].decision,
    'withdrawn',
  )
  const family = leaver.name.split(' ')[1]!
  const asSeen = JSON.stringify([
    (await house.call(rgc, 'GET', `/habilitations/people/${leaver.id}`)).body,
    await access(`on=${addDays(today, 0)}`),
    (await house.call(rgc, 'GET', '/habilitations/people?status=deleted')).body,
  ])
  assert.ok(!asSeen.includes(family) && asSeen.includes(pseudonym.slice('Ancien compte '.length)))
  const said = await rows(
    `select action, detail from audit_entries e join audit_details d on d.entry_id = e.id where subject_id = $1
      and action like 'account.%'`,
    [leaver.id],
  )
  assert.equal(JSON.stringify(said).includes(family), false, 'not in the trail either')
  assert.deepEqual(
    [said.map(e => [e.action, e.detail.erased]), await leaves()],
    [[['account.deleted', 1]], [{ holds: true }]],
  )
  const [mail] = await rows(
    `select to_address, body from mails where kind = 'confidentiality-reminder' and about_id = $1`,
    [leaver.id],
  )
  assert.equal(mail.to_address, email)
  assert.match(mail.body, /sans limite de durée/)
  assert.deepEqual(
    await rows('select given_name, cause, reason from departed_people where account_id = $1', [leaver.id]),
    [{ given_name: 'Camille', cause: 'departure', reason: 'Mutation' }],
  )
  assert.deepEqual((await house.call(rgc, 'GET', `/habilitations/people/${leaver.id}`)).body.allowed, [
    'undo-departure',
  ])
})
test('ACC-6, SEC-1: the details of an account’s opening, where its name and address stand, go with the departure and no one else’s; the trail tells which, and the verification finds each', async () => {
  const open = async (n: number) =>
    (
      await house.call(rgc, 'POST', '/habilitations/people', {
        givenName: 'Lucie',
        familyName: `Castagnet${n}`,
        function: 'Conseillère',
        attachment: 'agent',
        email: `lucie.castagnet${n}@partenaire.example`,
      })
    ).body.id as string
  const [leaver, stays] = [await open(1), await open(2)]
  await house.call(rgc, 'POST', `/habilitations/people/${leaver}/depart`, { cause: 'departure', reason: 'Mutation' })
  assert.deepEqual(
    await rows(
      `select subject_id from audit_entries e join audit_details d on d.entry_id = e.id where action = 'account.opened'
        and subject_id = any ($1)`,
      [[leaver, stays]],
    ),
    [{ subject_id: stays }],
  )
  const [opened] = await rows(`select id from audit_entries where action = 'account.opened' and subject_id = $1`, [
    leaver,
  ])
  const told = await rows(
    `select e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'trail.details-erased' and e.subject_id = $1`,
    [leaver],
  )
  assert.deepEqual(told, [{ actor_id: rgc.id, detail: { entries: [opened.id] } }])
  const faults: string[] = []
  const seconds = Date.now() / 1000
  assert.ok((await verifyMissingDetails(house.owner, seconds, (what, where) => faults.push(`${what} ${where}`))) >= 1)
  assert.deepEqual(faults, [])
  // Nobody's who stays, by whatever hand.
  const hand = await house.owner.connect()
  await hand.query('set role cc_definer')
  await assert.rejects(
    hand.query('delete from audit_details d using audit_entries e where e.id = d.entry_id and e.subject_id = $1', [
      stays,
    ]),
    { code: '42501' },
  )
  await hand.query('reset role')
  hand.release()
  assert.equal(
    (
      await rows(
        `select from audit_entries e join audit_details d on d.entry_id = e.id where e.action = 'account.opened'
          and e.subject_id = $1`,
        [stays],
      )
    ).length,
    1,
  )
})
test('ACC-9, ACC-12: an act that waited for another, and began before it, is the last state of the account in its history too', async () => {
  const person = await house.person(own, [{ tool: 'campagnes', profile: 'conseiller', territoryId: 2033 }])
  const state = async () => [
    (await rows('select status from accounts where id = $1', [person.id]))[0].status,
    (
      await rows('select status from account_states where account_id = $1 order by from_at desc limit 1', [person.id])
    )[0].status,
  ]
  for (const [first, last] of [
    ['suspend', 'active'],
    ['resume', 'suspended'],
  ] as const) {
    await rows(`update accounts set status = $2 where id = $1`, [person.id, last])
    const waiting = await house.database.begin()
    await waiting.enter(tokenHash(rgc.cookie.slice('session='.length)))
    assert.equal(
      (await house.call(rgc, 'POST', `/habilitations/people/${person.id}/${first}`, { reason: 'Essai' })).status,
      200,
    )
    await saveStatus(waiting, person.id, last, null)
    await waiting.commit()
    assert.deepEqual(await state(), [last, last])
    assert.deepEqual(
      (await rows('select missing from ctx.held_grants($1, now())', [person.id]))[0].missing,
      last === 'active' ? [] : ['account'],
    )
  }
})
test('ACC-6: the address is free again for whoever comes after; the mapping is purged three years after the departure', async () => {
  const leaver = await house.person(own)
  const email = (await rows('select email from account_contacts where account_id = $1', [leaver.id]))[0].email
  await house.call(rgc, 'POST', `/habilitations/people/${leaver.id}/depart`, {
    cause: 'change-of-function',
    reason: 'Rejoint un autre service',
  })
  assert.equal(
    (
      await house.call(rgc, 'POST', '/habilitations/people', {
        givenName: 'Camille',
        familyName: 'Retour',
        function: 'Conseillère',
        attachment: 'agent',
        email,
      })
    ).status,
    200,
  )
  const worker = async () => (await rows('select ctx.purge_departed() as n'))[0].n
  await rows(
    `update departed_people set left_at = now() - interval '3 years' + interval '1 day' where account_id = $1`,
    [leaver.id],
  )
  assert.equal(await worker(), 0)
  await rows(`update departed_people set left_at = now() - interval '3 years 1 day' where account_id = $1`, [leaver.id])
  assert.equal(await worker(), 1)
  assert.equal(
    (await rows('select given_name from accounts where id = $1', [leaver.id]))[0].given_name,
    'Ancien compte',
  )
})
test('ACC-6: a breach of duties ends all at once with its reason, and the security officer hears of it', async () => {
  const operator = await house.organisation({ kind: 'operateur' })
  const officer = await house.person(operator.id)
  await giveRole(house.owner, officer, 'cssi')
  const person = await house.person(own, [{ territoryId: 2033 }])
  await house.call(rgc, 'POST', `/habilitations/people/${person.id}/depart`, {
    cause: 'breach',
    reason: 'Fichier transmis à un tiers',
  })
  assert.equal(
    (
      await rows(
        `select count(*)::int as n from mails where kind = 'account-ended-for-breach' and to_account_id = $1`,
        [officer.id],
      )
    )[0].n,
    1,
  )
  const [entry] = await rows(
    `select action, detail from audit_entries e join audit_details d on d.entry_id = e.id where subject_id = $1
      and action like 'account.%'`,
    [person.id],
  )
  assert.deepEqual([entry.action, entry.detail.reason], ['account.ended-for-breach', 'Fichier transmis à un tiers'])
})
test('RGC-8: who still holds the role of account manager or signatory does not leave with it', async () => {
  const second = await house.person(own)
  await giveRole(house.owner, second, 'rgc')
  assert.equal(
    (
      await house.call(rgc, 'POST', `/habilitations/people/${second.id}/depart`, {
        cause: 'departure',
        reason: 'Mutation',
      })
    ).body.code,
    'person/still-manager',
  )
  assert.equal(
    (
      await house.call(rgc, 'POST', `/habilitations/people/${rgc.id}/depart`, {
        cause: 'departure',
        reason: 'Mutation',
      })
    ).body.code,
    'grant/own',
  )
  await rows('update role_assignments set ends_at = now() where account_id = $1', [second.id])
})
