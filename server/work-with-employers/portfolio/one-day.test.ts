import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { legalNatures } from '../../../contract/territory-and-register/employer-kinds.ts'
import { targetStatuses } from '../../../contract/work-with-employers/campaigns/targets.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { siretText } from '../../platform/siret.ts'
import { type House, once, type Person } from '../../testing/house.ts'
import { places, siretOf } from '../campaigns/testing-world.ts'
import { openDesk } from './testing.ts'

/* The home page and the portfolio read one list: what one counts, the other shows. */

const today = '2027-01-15'
const { aquitaine, gironde } = places
let house: House
let claire: Person
let omar: Person
let wood: string
let food: string
let over: string
before(async () => {
  const desk = await openDesk(today, 9)
  ;({ house, claire, omar } = desk)
  wood = await desk.open('Bois', [1, 2, 3])
  food = await desk.open('Alimentation', [4, 5])
  over = await desk.open('Automne', [6, 7])
  for (const [campaign, n] of [
    [wood, 1],
    [wood, 2],
    [wood, 3],
    [food, 4],
    [food, 5],
    [over, 6],
    [over, 7],
  ] as const)
    await answered(claire, 'POST', `/campaigns/${campaign}/targets/${siretText(siretOf(n))}/take`)
  // Two actions on one target; one outside any campaign; one of a campaign that closes; one that a colleague hands over.
  await record(claire, 1, wood, { kind: 'rappel', dueOn: today, dueAt: '14:30' })
  await record(claire, 1, wood, { kind: 'visite', dueOn: '2027-01-18' })
  await record(claire, 8, null, { kind: 'rappel', dueOn: today })
  await record(claire, 4, null, { kind: 'envoi-information', dueOn: '2027-01-21' })
  await record(claire, 6, over, { kind: 'rendez-vous', dueOn: today, dueAt: '16:00' })
  await record(omar, 9, null, { kind: 'transmission', dueOn: '2027-02-01', ownerId: claire.id })
  await record(omar, 9, null, { kind: 'rappel', dueOn: today })
  await house.owner.query(`update next_actions set due_on = '2027-01-12' where siret = $1`, [siretOf(8)])
  await house.owner.query(`update campaigns set status = 'closed', closed_at = now() where id = $1`, [over])
})
after(() => house.close())

const answered = async (who: Person, method: 'GET' | 'POST', path: string, body?: object) => {
  const answer = await house.call(who, method, path, body, body ? once() : undefined)
  assert.equal(answer.status, 200, `${method} ${path}: ${JSON.stringify(answer.body)}`)
  return answer.body
}
const record = (who: Person, n: number, campaignId: string | null, nextAction: object) =>
  answered(who, 'POST', '/exchanges', {
    siret: siretText(siretOf(n)),
    campaignId,
    occurredOn: today,
    channel: 'telephone',
    result: 'a-rappeler',
    personMet: `Gérante ${n}`,
    notes: `Rappeler ${n}`,
    nextAction,
  })
const numberOf = ({ establishment }: { establishment: { siret: string } }) =>
  Array.from({ length: 9 }, (_, i) => siretText(siretOf(i + 1))).indexOf(establishment.siret) + 1

test('POR-5: the home page and the portfolio have one list: the same actions, the same counts, each once', async () => {
  for (const who of [claire, omar]) {
    const actions = await answered(who, 'GET', '/next-actions?limit=100&total=true')
    const desk = await answered(who, 'GET', '/portfolio?part=planned&limit=100&total=true')
    const { late, today: due, week, planned } = desk.counts
    assert.deepEqual({ late, today: due, week }, actions.counts)
    assert.equal(planned, actions.total)
    assert.deepEqual(
      desk.items.map((line: any) => line.nextAction).toSorted((a: any, b: any) => (a.id < b.id ? -1 : 1)),
      actions.items.toSorted((a: any, b: any) => (a.id < b.id ? -1 : 1)),
    )
    for (const part of ['planned', 'late', 'today', 'week', 'new'])
      assert.equal(
        (await answered(who, 'GET', `/portfolio?part=${part}&limit=100`)).items.length,
        desk.counts[part],
        `${part}: as many lines as it counts`,
      )
    assert.equal((await answered(who, 'GET', '/portfolio?limit=100')).items.length, desk.counts.all)
  }
})

test('POR-5: what is late comes first, whatever campaign it is of; a target with nothing planned comes after', async () => {
  const { items, counts } = await answered(claire, 'GET', '/portfolio?limit=100')
  assert.deepEqual(counts, { all: 9, planned: 6, late: 1, today: 2, week: 4, new: 3 })
  assert.deepEqual(items.map(numberOf), [8, 1, 6, 1, 4, 9, 2, 3, 5])
  assert.deepEqual(
    items.map((line: any) => [line.campaign?.name ?? null, line.status !== null]),
    [
      [null, false],
      ['Bois', true],
      ['Automne', false],
      ['Bois', true],
      ['Alimentation', true],
      [null, false],
      ['Bois', true],
      ['Bois', true],
      ['Alimentation', true],
    ],
  )
})

test('POR-5: a line says whom to call, on which number, and the last words', async () => {
  const correspondent = uuidv7()
  await house.owner.query(
    'insert into correspondents (id, siret, region_id, departement_id, created_at) values ($1, $2, $3, $4, now())',
    [correspondent, siretOf(8), aquitaine, gironde],
  )
  for (const [field, value] of [
    ['phone', '+33556000008'],
    ['familyName', 'Pons'],
    ['givenName', 'Anne'],
  ])
    await house.owner.query(
      `insert into correspondent_values (id, correspondent_id, region_id, departement_id, field, value, source,
        organisation_id, author_id, recorded_at) values ($1, $2, $3, $4, $5, $6, 'conseiller', $7, $8, now())`,
      [uuidv7(), correspondent, aquitaine, gironde, field, value, claire.organisationId, claire.id],
    )
  const [line, other] = (await answered(claire, 'GET', '/portfolio')).items
  assert.deepEqual([line.phone, line.correspondent], ['+33556000008', 'Anne Pons'])
  assert.deepEqual(
    [line.said.personMet, line.said.notes, line.said.result, line.said.occurredOn],
    ['Gérante 8', 'Rappeler 8', 'a-rappeler', today],
  )
  assert.deepEqual([other.phone, other.correspondent], [null, null])
})

test('POR-5: page after page, each line once, two of one employer among them', async () => {
  const seen: number[] = []
  for (let after = ''; ; ) {
    const page = await answered(claire, 'GET', `/portfolio?limit=1${after}`)
    seen.push(...page.items.map(numberOf))
    if (!page.next) break
    after = `&after=${page.next}`
  }
  assert.deepEqual(seen, [8, 1, 6, 1, 4, 9, 2, 3, 5])
})

test('CAM-10, CAM-4: in the order asked, by name, town, campaign, state, last contact, last words, taking, activity, SIRET, headcount, size or nature, either way, page after page, each line once', async () => {
  const read = async (sort: string, limit: number) => {
    const lines: any[] = []
    for (let after = ''; ; ) {
      const page = await answered(claire, 'GET', `/portfolio?sort=${sort}&limit=${limit}${after}`)
      lines.push(...page.items)
      if (!page.next) return lines
      after = `&after=${page.next}`
    }
  }
  for (const [i, name] of ['Éclair', 'abeille', 'Zinc', 'Bois', 'dune', 'Cuir', 'Eau', 'Fer', 'Ébène'].entries())
    await house.owner.query(
      `update establishments set usual_name = $2, commune_name = $3, headcount_band = $4, company_size = $5,
        legal_category = $6, naf = $7 where siret = $1`,
      [
        siretOf(i + 1),
        name,
        i % 2 ? 'Pessac' : 'Bègles',
        ['12', '53', 'NN', '00'][i % 4],
        ['pme', null, 'large'][i % 3],
        ['9220', '5499', null, '7210'][i % 4],
        ['47.11D', null, '10.71C'][i % 3],
      ],
    )
  await house.owner.query(`update exchanges set occurred_on = occurred_on - 3 where siret = $1`, [siretOf(8)])
  await house.owner.query(`update campaign_targets set taken_at = taken_at - interval '1 day' where siret = $1`, [
    siretOf(4),
  ])
  const french = new Intl.Collator('fr').compare
  const values: Record<string, (line: any) => string> = {
    name: line => line.establishment.name,
    town: line => line.establishment.town,
    campaign: line => line.campaign?.name ?? '',
    status: line => (line.status ? String(targetStatuses.indexOf(line.status) + 1) : ''),
    contact: line => line.lastContact?.occurredOn ?? '',
    words: line => line.said?.occurredOn ?? '9999',
    taken: line => line.takenAt ?? '9999',
    activity: line => line.establishment.activity?.code ?? '9999',
    siret: line => line.establishment.siret,
    size: line => String((['large', 'eti', 'pme', 'tpe'].indexOf(line.establishment.companySize) + 10) % 10),
    nature: line => String(legalNatures.indexOf(line.establishment.legalNature)),
    headcount: ({ establishment: { headcount } }) =>
      headcount && /^\d\d$/.test(headcount.band) ? String(60 - Number(headcount.band)).padStart(2, '0') : '61',
  }
  const day = await read('day', 50)
  assert.deepEqual(day.map(numberOf), [8, 1, 6, 1, 4, 9, 2, 3, 5])
  for (const [sort, partOf] of Object.entries(values)) {
    const lines = await read(sort, 50)
    const compared = lines.map(partOf)
    assert.deepEqual(compared, compared.toSorted(french), sort)
    assert.ok(new Set(compared).size > 1, `${sort} tells lines apart`)
    assert.deepEqual(lines.map(numberOf).toSorted(), day.map(numberOf).toSorted(), sort)
    assert.deepEqual((await read(sort, 2)).map(numberOf), lines.map(numberOf), `${sort}, two by two`)
    // Among equals the day's order stays.
    for (const value of new Set(compared)) {
      const these = (all: any[]) => all.filter(line => partOf(line) === value).map(numberOf)
      assert.deepEqual(these(lines), these(day), `${sort} ${value}`)
    }
  }
  // Turned round, the order alone is: what has nothing to compare still comes last, and equals keep the day's order.
  const absent: Record<string, string> = {
    size: '9',
    nature: '4',
    headcount: '61',
    words: '9999',
    taken: '9999',
    activity: '9999',
  }
  for (const [sort, partOf] of Object.entries(values)) {
    const lines = await read(`-${sort}`, 50)
    const known = lines.map(partOf).filter(value => value !== absent[sort])
    assert.deepEqual(known, known.toSorted(french).toReversed(), `-${sort}`)
    assert.deepEqual(
      lines.slice(known.length).map(partOf),
      Array(lines.length - known.length).fill(absent[sort]),
      `-${sort}`,
    )
    for (const limit of [1, 2, 4])
      assert.deepEqual(
        (await read(`-${sort}`, limit)).map(numberOf),
        lines.map(numberOf),
        `-${sort}, ${limit} by ${limit}`,
      )
    for (const value of new Set(lines.map(partOf))) {
      const these = (all: any[]) => all.filter(line => partOf(line) === value).map(numberOf)
      assert.deepEqual(these(lines), these(day), `-${sort} ${value}`)
    }
  }
  const planned = (lines: any[]) => lines.flatMap(({ nextAction }) => nextAction?.dueOn ?? [])
  const farFirst = await read('-day', 3)
  assert.deepEqual(planned(farFirst), planned(day).toReversed())
  assert.deepEqual(
    farFirst.filter(({ nextAction }) => !nextAction).map(numberOf),
    day.filter(({ nextAction }) => !nextAction).map(numberOf),
  )
  assert.ok(
    farFirst.slice(0, planned(day).length).every(({ nextAction }) => nextAction),
    'those planned first',
  )
  for (const sort of ['phone', '-phone', '-', '--name'])
    assert.equal((await house.call(claire, 'GET', `/portfolio?sort=${sort}`)).status, 400, sort)
})

test('POR-5: within one campaign, its actions and its targets; the choice of campaigns has them all', async () => {
  const { campaigns: named } = await answered(claire, 'GET', '/portfolio')
  assert.deepEqual(
    named.map((c: any) => [c.name, c.count]),
    [
      ['Alimentation', 2],
      ['Automne', 1],
      ['Bois', 4],
    ],
  )
  const { items, counts, campaigns: still } = await answered(claire, 'GET', `/portfolio?campaign=${wood}`)
  assert.deepEqual([items.map(numberOf), counts.all], [[1, 1, 2, 3], 4])
  assert.deepEqual(still, named)
})

test('CAM-10: the portfolio is folded by state, town or campaign: each group has as many lines as it counts, each line once', async () => {
  for (const group of ['status', 'town', 'campaign'])
    for (const filter of ['', '&part=planned', `&campaign=${wood}`]) {
      const seen: number[] = []
      const { items: groups } = await answered(claire, 'GET', `/portfolio/groups?group=${group}${filter}`)
      for (const { of, count } of groups) {
        const query = `group=${group}${of === null ? '' : `&of=${encodeURIComponent(of)}`}&limit=100${filter}`
        const { items } = await answered(claire, 'GET', `/portfolio?${query}`)
        assert.equal(items.length, count, `${group} ${of} ${filter}`)
        seen.push(...items.map(numberOf))
      }
      const all = (await answered(claire, 'GET', `/portfolio?limit=100${filter}`)).items.map(numberOf)
      assert.deepEqual(seen.toSorted(), all.toSorted(), `${group} ${filter}`)
    }
  const { items } = await answered(claire, 'GET', '/portfolio/groups?group=campaign')
  assert.deepEqual(
    items.map((one: any) => [one.name, one.count]),
    [
      ['Bois', 4],
      ['Alimentation', 2],
      ['Automne', 1],
      [null, 2],
    ],
  )
  assert.equal((await house.call(claire, 'GET', '/portfolio/groups?group=phone')).status, 400)
})
