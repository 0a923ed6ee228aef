import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { hireClasses, hiresSought } from '../../../contract/territory-and-register/sought.ts'
import type { Person } from '../../testing/house.ts'
import { withPolicyChanged } from '../../testing/parity.ts'
import { pick, seededRandom } from '../../testing/people.ts'
import { places, siretOf } from '../../work-with-employers/campaigns/testing-world.ts'
import { aNeed, insertNeeds } from '../../work-with-employers/needs/testing.ts'
import { type Looked, openLooked, siretsOf } from './testing-looked.ts'

let { house, nadia, wide, blind, elsewhere, campaign, search, preview, straight } = {} as Looked

/** total, cdi, cdd_long, cdd, ctt, work_study, in the order of the columns. */
const hires: Readonly<Record<number, readonly number[]>> = {
  1: [12, 5, 1, 4, 2, 0],
  2: [3, 0, 2, 0, 0, 1],
  3: [90_000, 0, 0, 0, 90_000, 0],
  4: [1, 0, 0, 0, 0, 0], // of a duration that was not said
  5: [6, 2, 2, 1, 0, 1],
  // Of an EPCI beside, in the same department, then of another department.
  7: [40, 20, 5, 5, 5, 5],
  8: [7, 7, 0, 0, 0, 0],
  9: [30, 10, 10, 10, 0, 0],
}
const communes: Readonly<Record<number, string>> = { 7: '33003', 8: '33003', 9: '40002' }
const inside = [1, 2, 3, 4, 5, 6]

const layHires = async (of: Readonly<Record<number, readonly number[]>>) => {
  await house.owner.query('delete from hirings_recent')
  for (const [n, counts] of Object.entries(of))
    await house.owner.query(
      `insert into hirings_recent select siret, region_id, departement_id, epci_id, clpe_id, $2, $3, $4, $5, $6, $7
        from establishments where siret = $1`,
      [siretOf(Number(n)), ...counts],
    )
}
before(async () => {
  ;({ house, nadia, wide, blind, elsewhere, campaign, search, preview, straight } = await openLooked(9, communes))
  await layHires(hires)
})
after(() => house.close())

const facets = async (who: Person, query: string) =>
  (await house.call(who, 'GET', `/establishments/facets?${query}`)).body.hires

test('CAM-2: targets are chosen by their hires of twelve months, by kind, counted together, a sample and a count before', async () => {
  for (const [asked, numbers] of [
    [{ atLeast: 1 }, [1, 2, 3, 4, 5]],
    [{ atLeast: 6 }, [1, 3, 5]],
    [{ classes: ['cdi'], atLeast: 1 }, [1, 5]],
    [{ classes: ['cdi', 'cdd-long'], atLeast: 4 }, [1, 5]],
    [{ classes: ['cdd'], atLeast: 2 }, [1]],
    [{ classes: ['ctt'], atLeast: 90_000 }, [3]],
    [{ classes: ['work-study'], atLeast: 1 }, [2, 5]],
    [{ classes: [...hireClasses], atLeast: 1 }, [1, 2, 3, 5]],
  ] as const)
    assert.deepEqual(await preview(nadia, { hires: asked }), siretsOf(...numbers), JSON.stringify(asked))
  const criteria = { hires: { classes: ['cdi'], atLeast: 5 }, employer: true, territoryId: places.graves }
  const added = await house.call(nadia, 'POST', `/campaigns/${campaign}/targets`, { criteria })
  assert.equal(added.body.outcomes.counts.added, 1, JSON.stringify(added.body))
  const { rows } = await house.owner.query(
    `select d.detail -> 'asked' -> 'criteria' as asked from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'campaign.targets-added'`,
  )
  assert.deepEqual(rows, [{ asked: criteria }], 'what was asked is in the trail')
  assert.deepEqual(
    await preview(nadia, { hires: { atLeast: 6 } }),
    siretsOf(3, 5),
    'those already there are not counted',
  )
  await house.owner.query('delete from campaign_targets where campaign_id = $1', [campaign])
})

test('SEC-1, CAM-2, REC-2: targets counted by hires, declared or expected, leave the entry of a search by hires; a refusal and the rest leave none', async () => {
  const searched = async (who: Person) =>
    (
      await house.owner.query(
        `select e.action, e.organisation_id as organisation, e.subject_kind || ' ' || e.subject_id as subject, d.detail
          from audit_entries e join audit_details d on d.entry_id = e.id
          where e.action in ('recruitment.searched', 'recruitment.read') and e.actor_id = $1 order by e.at, e.id`,
        [who.id],
      )
    ).rows
  const already = (await searched(nadia)).length
  await preview(nadia, { hires: { atLeast: 6 } })
  await preview(nadia, { hires: { classes: ['cdi', 'ctt'], atLeast: 2 }, expectedHires: 4, territoryId: places.graves })
  await preview(nadia, { expectedHires: 1 })
  await preview(nadia, { employer: true })
  await house.call(nadia, 'POST', `/campaigns/${campaign}/targets/preview`, { sirets: siretsOf(1) })
  const entry = { action: 'recruitment.searched', organisation: nadia.organisationId, subject: `list ${nadia.id}` }
  assert.deepEqual((await searched(nadia)).slice(already), [
    { ...entry, detail: { campaign, hires: 'any', hiresAtLeast: 6, territory: places.gironde } },
    {
      ...entry,
      detail: { campaign, hires: ['cdi', 'ctt'], hiresAtLeast: 2, expectedHires: 4, territory: places.graves },
    },
    { ...entry, detail: { campaign, expectedHires: 1, territory: places.gironde } },
  ])
  for (const who of [blind, elsewhere]) {
    assert.match(await preview(who, { hires: { atLeast: 1 } }), /^access\//)
    assert.deepEqual(await searched(who), [])
  }
})

test('EST-2: the search is narrowed by hires, with the other filters and with words, and each kind says its count', async () => {
  for (const [query, numbers] of [
    [`territory=${places.gironde}&hires=any`, [1, 2, 3, 4, 5]],
    [`territory=${places.gironde}&hiresAtLeast=6`, [1, 3, 5]],
    [`territory=${places.gironde}&hires=durable&hiresAtLeast=3`, [1, 5]],
    [`q=atelier&hires=cdd-long`, [1, 2, 5]],
    [`q=atelier ${siretOf(2)}&hires=work-study`, [2]],
    [`q=${siretsOf(3)[0]}&hires=ctt&hiresAtLeast=90000`, [3]],
    [`q=${siretsOf(3)[0]}&hires=cdi`, []],
    [`q=atelier&hires=any&employer=false`, []],
    [`territory=${places.graves}&hires=any&sort=name`, [1, 2, 3, 4, 5]],
    [`territory=${places.gironde}&hires=any&hiresAtLeast=99999`, []],
  ] as const)
    assert.deepEqual(await search(nadia, query), siretsOf(...numbers), query)
  const counts = await facets(nadia, `territory=${places.gironde}&hiresAtLeast=2`)
  assert.deepEqual(
    counts.map(({ hires: kind, count, more }: any) => [kind, count, more]),
    hiresSought.map((kind, at) => [kind, [4, 3, 2, 2, 1, 2, 0][at], false]),
  )
})

test('CAM-2, EST-2: a need that stands is a criterion too, of the cards that one reads', async () => {
  const by = { organisationId: nadia.organisationId, ownerId: nadia.id }
  await insertNeeds(house.owner, [
    aNeed({ ...by, siret: siretOf(1) }),
    aNeed({ ...by, siret: siretOf(2) }),
    aNeed({ ...by, siret: siretOf(3), state: 'abandonne' }),
    aNeed({ ...by, siret: siretOf(5), visibility: 'organisation' }),
  ])
  await house.owner.query(`update needs set kind = 'conseil', advice = 'inclusion' where siret = $1`, [siretOf(2)])
  const other = await house.person((await house.organisation()).id, [
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.gironde },
  ])
  assert.deepEqual(await preview(nadia, { need: 'any' }), siretsOf(1, 2, 5))
  assert.deepEqual(await preview(nadia, { need: 'recrutement', hires: { atLeast: 10 } }), siretsOf(1))
  assert.deepEqual(await search(nadia, 'q=atelier&need=recrutement'), siretsOf(1, 5))
  assert.deepEqual(await search(other, 'q=atelier&need=recrutement'), siretsOf(1), 'kept to its structure')
  assert.equal(await search(nadia, 'q=atelier&need=voeu'), 'request/malformed')
})

test('CAM-2, EST-2, SEC-6: refused without the tool, and where its perimeter has nothing of the territory asked', async () => {
  for (const query of ['q=atelier&hires=any', 'q=atelier&hiresAtLeast=3', `territory=${places.graves}&hires=cdi`]) {
    assert.equal(await search(blind, query), 'access/no-grant', query)
    assert.equal(
      await search(elsewhere, `${query}${query.includes('territory') ? '' : `&territory=${places.graves}`}`),
      'access/outside-perimeter',
    )
    const counted = await house.call(blind, 'GET', `/establishments/facets?${query}`)
    assert.deepEqual([counted.status, counted.body.code], [403, 'access/no-grant'])
  }
  const criteria = { hires: { atLeast: 1 } }
  assert.equal(await preview(blind, criteria), 'access/no-grant')
  assert.equal(await preview(elsewhere, criteria), 'access/outside-perimeter')
  assert.equal(await preview(nadia, { ...criteria, territoryId: places.straddling }), 'access/outside-perimeter')
  for (const who of [blind, elsewhere]) {
    const added = await house.call(who, 'POST', `/campaigns/${campaign}/targets`, { criteria })
    assert.equal(added.status, 403, JSON.stringify(added.body))
  }
  assert.deepEqual(await facets(blind, 'q=atelier'), [], 'nothing is counted for who may not')
  assert.deepEqual((await search(blind, 'q=atelier')).length, 9, 'the search itself stays open')
})

test('CAM-2, EST-2: malformed or huge numbers are refused, on the search and on the criteria', async () => {
  for (const least of ['0', '-1', '1.5', '100000', '9999999999999999999', 'abc'])
    assert.equal(await search(nadia, `q=atelier&hires=any&hiresAtLeast=${least}`), 'request/malformed', least)
  assert.equal(await search(nadia, 'q=atelier&hires=interim'), 'request/malformed')
  for (const asked of [
    {},
    { atLeast: 0 },
    { atLeast: 100_000 },
    { atLeast: 1e300 },
    { atLeast: '1' },
    { atLeast: 1, classes: [] },
    { atLeast: 1, classes: ['cdi', 'cdi'] },
    { atLeast: 1, classes: ['total or true'] },
    { atLeast: 1, more: 1 },
  ])
    assert.equal(await preview(nadia, { hires: asked }), 'request/malformed', JSON.stringify(asked))
})

test('SEC-6: asked straight, the table answers only where the cards are read, and nothing without a session', async () => {
  const count = (who: Person | null) =>
    straight(who, sql<{ n: number }>`select count(*)::int as n from hirings_recent`).then(({ n }) => n)
  assert.deepEqual(await Promise.all([nadia, wide, blind, elsewhere, null].map(count)), [
    5,
    Object.keys(hires).length,
    0,
    0,
    0,
  ])
})

test('REC-2, CAM-2, SEC-6: no sequence of filters, territories and thresholds tells of hires outside the perimeter', async () => {
  const random = seededRandom(1408)
  const asks = Array.from({ length: 24 }, () => {
    const least = 1 + Math.floor(random() ** 3 * 100)
    const territory = pick(random, [places.gironde, places.aquitaine, places.across, places.graves, places.coeur])
    const words = pick(random, ['', '&q=atelier', `&q=${siretOf(1 + Math.floor(random() * 9))}`, '&employer=true'])
    const kind = pick(random, hiresSought)
    return { query: `territory=${territory}&hires=${kind}&hiresAtLeast=${least}${words}`, least, kind }
  })
  const answers = async (who: Person) => {
    const told: unknown[] = []
    for (const { query, least, kind } of asks) {
      const { total, items, code } = (await house.call(who, 'GET', `/establishments?${query}&total=true`)).body
      const counts = (await house.call(who, 'GET', `/establishments/facets?${query}`)).body
      const classes = kind === 'any' ? {} : { classes: kind === 'durable' ? ['cdi', 'cdd-long'] : [kind] }
      const aimed = (
        await house.call(who, 'POST', `/campaigns/${campaign}/targets/preview`, {
          criteria: { hires: { ...classes, atLeast: least } },
        })
      ).body
      told.push([
        code,
        total,
        items?.map((one: any) => one.siret),
        { ...counts, requestId: '' },
        aimed.count,
        aimed.outcomes,
        aimed.breakdown,
      ])
    }
    return told
  }
  const [mine, others] = [await answers(nadia), await answers(wide)]
  // Whatever those outside hire, nobody inside is answered otherwise.
  for (const outside of [{}, { 7: [1, 1, 0, 0, 0, 0], 8: [99_999, 9, 9, 9, 9, 9], 9: [5, 5, 0, 0, 0, 0] }] as Record<
    number,
    readonly number[]
  >[]) {
    const own = Object.fromEntries(Object.entries(hires).filter(([n]) => inside.includes(Number(n))))
    await layHires({ ...own, ...outside })
    try {
      assert.deepEqual(await answers(nadia), mine)
      assert.notDeepEqual(await answers(wide), others, 'whoever reads these cards sees them change')
    } finally {
      await layHires(hires)
    }
  }
  // Under a policy that lets her read them all, the same questions tell: the test would see it.
  await withPolicyChanged(house.owner, 'hirings_recent', 'read', '(select ctx.ok())', async () =>
    assert.notDeepEqual(await answers(nadia), mine),
  )
})

test('REC-2, SEC-1: of fewer than five establishments no kind is counted: their cards tell it, which the trail keeps', async () => {
  assert.deepEqual(await facets(wide, `q=${siretsOf(7)[0]}`), [])
  assert.deepEqual(await facets(wide, `q=atelier ${siretOf(7)}`), [])
  assert.equal((await facets(wide, 'q=atelier')).length, hiresSought.length)
})
