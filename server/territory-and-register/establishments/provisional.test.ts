import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { jobsOf } from '../../jobs.ts'
import { readConfig } from '../../platform/config.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { exchanges } from '../../work-with-employers/exchanges/index.ts'
import { lookUpProvisional } from '../register/look-up-provisional.job.ts'
import { refreshTerritories } from '../register/refresh-territories.queries.ts'
import { sireneApi } from '../register/sirene-api.ts'
import { insertEstablishments } from '../register/testing.ts'
import { anEstablishment, aPerson, aUnit, inventedSiren, inventedSiret } from '../register/testing-official-layout.ts'
import { establishmentRecord, openSireneApi, unitRecord } from '../register/testing-sirene-api.ts'
import { updateRegister } from '../register/update-register.ts'
import { importTerritories } from '../territories/import-territories.ts'
import { territories } from '../territories/index.ts'
import { aCog } from '../territories/testing.ts'
import { establishments } from './index.ts'
import { moveProvisional, settleProvisional } from './provisional.queries.ts'

const today = '2026-11-25'
let house: House
let owner: pg.Client
let worker: pg.Client
let api: Awaited<ReturnType<typeof openSireneApi>>
let claire: Person
let network: string
let serial = 700
const unheard = () => inventedSiret(inventedSiren(serial++))
before(async () => {
  house = await openHouse([...establishments, ...exchanges, ...territories], {
    clock: () => new Date(`${today}T10:00:00Z`),
  })
  ;[owner, worker] = [new pg.Client(house.urls.ownerUrl), new pg.Client(house.urls.workerUrl)]
  await Promise.all([owner.connect(), worker.connect()])
  await importTerritories(owner, aCog(), today)
  network = (await house.organisation()).id
  claire = await advisor(2033)
  api = await openSireneApi()
})
after(async () => {
  api.close()
  await Promise.all([owner.end(), worker.end()])
  await house.close()
})
const advisor = (
  territoryId: number,
  profile: 'responsable' | 'conseiller' | 'consultation' = 'conseiller',
  organisation = network,
) =>
  house.person(organisation, [
    { tool: 'fiche-etablissement', profile, territoryId },
    { tool: 'campagnes', profile, territoryId },
  ])
const create = (who: Person, siret: string, over: object = {}) =>
  house.call(who, 'POST', '/establishments', { siret, name: 'Fournil du Port', communeCode: '33122', ...over }, once())
const card = async (siret: string, who = claire) => await house.call(who, 'GET', `/establishments/${siret}`)
const created = async (siret = unheard(), over: object = {}) => {
  const answer = await create(claire, siret, over)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}
const at = (instant: string) => ({ pace: { now: () => Date.parse(instant), sleep: async () => {} } })
const sirene = () => sireneApi({ url: api.url, key: 'la-cle' }, at('2026-11-25T04:30:00Z'))
const serve = (siret: string, over: Record<string, string> = {}, unit = aUnit(siret.slice(0, 9))) => {
  api.records.siret.push(
    establishmentRecord(
      anEstablishment(siret, { dateDernierTraitementEtablissement: '2026-11-24T10:20:30.255', ...over }),
      unit,
    ),
  )
  api.records.siren.push(unitRecord(unit))
}

test('EST-1: a SIRET that the register lacks gets a provisional card, which says who typed what, and when', async () => {
  const siret = unheard()
  assert.equal((await card(siret)).status, 404)
  const body = await created(siret, { name: '  Fournil du Port ', activity: '10.71C' })
  assert.deepEqual(
    [
      body.siret,
      body.provisional,
      body.name,
      body.town,
      body.activity.code,
      body.active,
      body.legalName,
      body.importedAt,
    ],
    [siret, true, 'Fournil du Port', 'Cestas', '10.71C', true, null, null],
  )
  assert.deepEqual(
    body.territories.map((t: { kind: string }) => t.kind),
    ['region', 'departement', 'epci'],
  )
  assert.deepEqual(
    { ...body.typed, activity: body.typed.activity.code, organisation: body.typed.organisation.id },
    {
      name: 'Fournil du Port',
      activity: '10.71C',
      communeCode: '33122',
      town: 'Cestas',
      organisation: network,
      author: { id: claire.id, name: claire.name },
      createdAt: `${today}T10:00:00.000Z`,
      confirmed: false,
      confirmedAt: null,
      lookedUpAt: null,
      corrected: null,
      allowed: ['correct', 'withdraw'],
    },
  )
  assert.deepEqual((await card(siret)).body, body)
  const { rows } = await house.owner.query(
    `select e.action, e.actor_id, d.detail from audit_entries e left join audit_details d on d.entry_id = e.id
      where e.subject_id = $1`,
    [siret],
  )
  assert.deepEqual(rows, [
    {
      action: 'establishment.provisional-created',
      actor_id: claire.id,
      detail: { before: null, after: { name: 'Fournil du Port', activity: '10.71C', communeCode: '33122' } },
    },
  ])
})

test('EST-1: the search offers a card for an unknown SIRET of right key, and finds it once created', async () => {
  const siret = unheard()
  const search = async (q: string) => (await house.call(claire, 'GET', `/establishments?total=true&q=${q}`)).body
  assert.deepEqual([(await search(siret)).items, (await search(siret)).unknownSiret], [[], siret])
  const wrong = `${siret.slice(0, 13)}${(Number(siret[13]) + 1) % 10}`
  assert.equal((await search(wrong)).unknownSiret, undefined, 'a wrong key is no SIRET')
  assert.equal((await search(siret.slice(0, 9))).unknownSiret, undefined)
  await created(siret)
  const found = await search(siret)
  assert.deepEqual(
    [
      found.items.map((i: { siret: string; provisional: boolean }) => [i.siret, i.provisional]),
      found.total,
      found.unknownSiret,
    ],
    [[[siret, true]], 1, undefined],
  )
})

test('EST-1: no card for a wrong key (La Poste has its own), for what the register holds, diffused or not, for an unknown commune, nor twice', async () => {
  const [held, hidden] = [unheard(), unheard()]
  await insertEstablishments(
    house.owner,
    [anEstablishment(held), anEstablishment(hidden)],
    [aUnit(held.slice(0, 9)), aUnit(hidden.slice(0, 9))],
  )
  await house.owner.query(`update establishments set diffusion = 'N' where siret = $1`, [hidden])
  const said = async (siret: string, over?: object) => {
    const { status, body } = await create(claire, siret, over)
    return [status, body.code]
  }
  assert.deepEqual(await said('91234567800012'), [422, 'establishment/wrong-key'])
  assert.deepEqual(await said('35600000000002'), [422, 'establishment/wrong-key'])
  assert.equal((await create(claire, '35600000000001')).status, 200, 'digits that add up to a multiple of five')
  assert.deepEqual(await said(held), [409, 'establishment/already-known'])
  assert.deepEqual(await said(hidden), [409, 'establishment/no-provisional'])
  assert.deepEqual(
    await said(unheard(), { communeCode: '33999' }),
    [200, undefined],
    'a retired code means what it became',
  )
  assert.deepEqual(await said(unheard(), { communeCode: '33000' }), [422, 'commune/unknown'])
  const siret = unheard()
  await created(siret)
  assert.deepEqual(await said(siret), [409, 'establishment/already-provisional'])
  for (const over of [
    { name: '' },
    { name: '   ' },
    { name: 'x'.repeat(201) },
    { communeCode: 'Cestas' },
    { activity: '<b>' },
    { siret: '123' },
    { diffusion: 'N' },
  ])
    assert.equal((await create(claire, unheard(), over)).status, 400, JSON.stringify(over))
})

test('EST-1, SEC-6: only an advisor, over the commune that is typed; another perimeter neither sees the card nor makes a second', async () => {
  const [reader, dax] = [await advisor(2033, 'consultation'), await advisor(2040)]
  const siret = unheard()
  assert.deepEqual((await create(dax, siret)).body.code, 'access/outside-perimeter')
  assert.deepEqual((await create(reader, siret)).status, 403)
  assert.equal(
    (await house.call(null, 'POST', '/establishments', { siret, name: 'X', communeCode: '33122' }, once())).status,
    401,
  )
  await created(siret)
  assert.deepEqual([(await card(siret, reader)).status, (await card(siret, dax)).status], [200, 404])
  const [hidden, taken] = [unheard(), await create(dax, siret, { communeCode: '40088' })]
  await insertEstablishments(house.owner, [anEstablishment(hidden)], [aUnit(hidden.slice(0, 9))])
  await house.owner.query(`update establishments set diffusion = 'N' where siret = $1`, [hidden])
  const { requestId: _1, ...said } = taken.body
  const { requestId: _2, ...unseen } = (await create(dax, hidden, { communeCode: '40088' })).body
  assert.deepEqual(
    [said, said.code],
    [unseen, 'establishment/no-provisional'],
    'T5: what another made out of one’s sight is not told from what the register keeps to itself',
  )
})

test('EST-1: two people who create the same card at once: one is written, the other is told', async () => {
  const colleague = await advisor(2033)
  for (let round = 0; round < 8; round++) {
    const siret = unheard()
    const answers = await Promise.all([
      create(claire, siret, { name: 'UN' }),
      create(colleague, siret, { name: 'DEUX' }),
    ])
    assert.deepEqual(answers.map(a => a.status).sort(), [200, 409], JSON.stringify(answers.map(a => a.body)))
    assert.equal((await card(siret)).body.name, answers[0]!.status === 200 ? 'UN' : 'DEUX')
    assert.equal((await house.owner.query('select from audit_entries where subject_id = $1', [siret])).rowCount, 1)
  }
})

const correct = (who: Person, siret: string, over: object = {}) =>
  house.call(
    who,
    'PUT',
    `/establishments/${siret}/provisional`,
    { name: 'Fournil du Vieux Port', communeCode: '33122', seen: null, ...over },
    once(),
  )
const withdraw = (who: Person, siret: string) =>
  house.call(who, 'POST', `/establishments/${siret}/provisional/withdraw`, undefined, once())
const record = (who: Person, siret: string) =>
  house.call(
    who,
    'POST',
    '/exchanges',
    { siret, campaignId: null, occurredOn: today, channel: 'telephone', result: 'absent' },
    once(),
  )
const trail = async (siret: string) =>
  (
    await house.owner.query(
      `select e.action, e.actor_id, d.detail from audit_entries e left join audit_details d on d.entry_id = e.id
        where e.subject_id = $1 order by e.at, e.id`,
      [siret],
    )
  ).rows.map(r => [r.action, r.actor_id, r.detail])

test('EST-1, EST-6: the author corrects the card: its place and rights follow, it says who corrected it, the trail keeps what was; a correction seen too late is refused', async () => {
  const siret = unheard()
  await created(siret, { activity: '10.71C' })
  const { status, body } = await correct(claire, siret, { communeCode: '33238', name: ' Fournil du Vieux Port ' })
  assert.deepEqual(
    [status, body.name, body.town, body.activity, body.typed.author.id, body.typed.corrected],
    [
      200,
      'Fournil du Vieux Port',
      'Léognan',
      null,
      claire.id,
      { by: { id: claire.id, name: claire.name }, at: `${today}T10:00:00.000Z` },
    ],
    JSON.stringify(body),
  )
  assert.deepEqual((await card(siret)).body, body)
  const late = await correct(claire, siret)
  assert.deepEqual(
    [late.status, late.body.code, late.body.current.name],
    [412, 'request/changed-meanwhile', 'Fournil du Vieux Port'],
  )
  assert.equal((await correct(claire, siret, { seen: body.typed.corrected.at })).status, 200)
  assert.deepEqual(
    (await trail(siret))
      .slice(1)
      .map(([action, who, detail]) => [
        action,
        who,
        (detail as { before: object }).before,
        (detail as { after: { name: string } }).after.name,
      ]),
    [
      [
        'establishment.provisional-corrected',
        claire.id,
        { name: 'Fournil du Port', activity: '10.71C', communeCode: '33122' },
        'Fournil du Vieux Port',
      ],
      [
        'establishment.provisional-corrected',
        claire.id,
        { name: 'Fournil du Vieux Port', activity: null, communeCode: '33238' },
        'Fournil du Vieux Port',
      ],
    ],
  )
  assert.deepEqual(
    [
      (await correct(claire, siret, { seen: null, communeCode: '99999' })).body.code,
      (await correct(claire, siret, { communeCode: '3312' })).status,
      (await correct(claire, siret, { name: ' ' })).status,
      (await correct(claire, unheard())).status,
    ],
    ['commune/unknown', 400, 400, 404],
  )
})

test('EST-1, SEC-6: a responsable of the author’s structure corrects and withdraws too; a colleague, another structure, a reader do not, and are told; nobody moves it out of their perimeter', async () => {
  const siret = unheard()
  await created(siret)
  const [colleague, lead, leadElsewhere, other, reader, far] = [
    await advisor(2033),
    await advisor(2033, 'responsable'),
    await advisor(2040, 'responsable'),
    await advisor(2033, 'responsable', (await house.organisation()).id),
    await advisor(2033, 'consultation'),
    await advisor(2040),
  ]
  for (const act of [correct, withdraw]) {
    for (const who of [colleague, other])
      assert.deepEqual(
        [(await act(who, siret)).status, (await act(who, siret)).body.code],
        [403, 'establishment/author-or-lead-only'],
      )
    assert.deepEqual(
      [
        (await act(reader, siret)).status,
        (await act(leadElsewhere, siret)).status,
        (await act(far, siret)).status,
        (await house.call(null, 'POST', `/establishments/${siret}/provisional/withdraw`, undefined, once())).status,
      ],
      [403, 404, 404, 401],
    )
  }
  assert.deepEqual(
    [
      (await card(siret, colleague)).body.typed.allowed,
      (await card(siret, lead)).body.typed.allowed,
      (await card(siret, other)).body.typed.allowed,
    ],
    [[], ['correct', 'withdraw'], []],
  )
  assert.deepEqual(
    [(await correct(lead, siret, { communeCode: '40088' })).body.code, (await card(siret)).body.town],
    ['access/outside-perimeter', 'Cestas'],
  )
  const corrected = await correct(lead, siret)
  assert.deepEqual(
    [corrected.status, corrected.body.typed.author.id, corrected.body.typed.corrected.by.id],
    [200, claire.id, lead.id],
  )
  assert.deepEqual(
    [(await withdraw(lead, siret)).status, (await card(siret)).status, (await withdraw(lead, siret)).status],
    [200, 404, 404],
  )
})

test('EST-1, EST-6: two who correct the same card at once: one is written, the other is shown it', async () => {
  const lead = await advisor(2033, 'responsable')
  for (let round = 0; round < 8; round++) {
    const { siret } = await created()
    const answers = await Promise.all([
      correct(claire, siret, { name: 'De Claire' }),
      correct(lead, siret, { name: 'Du responsable' }),
    ])
    assert.deepEqual(answers.map(a => a.status).sort(), [200, 412])
    assert.equal((await card(siret)).body.name, answers.find(a => a.status === 200)!.body.name)
    assert.equal((await trail(siret)).length, 2)
  }
})

test('EST-1: withdrawn, the SIRET may be typed again by anyone; the trail keeps both', async () => {
  const siret = unheard()
  await created(siret)
  assert.deepEqual((await withdraw(claire, siret)).body, { siret })
  assert.equal((await create(await advisor(2033), siret, { name: 'Autre' })).status, 200)
  assert.deepEqual(
    (await trail(siret)).map(([action, , detail]) => [
      action,
      (detail as { before: { name: string } | null }).before?.name,
      (detail as { after: { name: string } | null }).after?.name,
    ]),
    [
      ['establishment.provisional-created', undefined, 'Fournil du Port'],
      ['establishment.provisional-withdrawn', 'Fournil du Port', undefined],
      ['establishment.provisional-created', undefined, 'Autre'],
    ],
  )
})

test('EST-1: once something was recorded with it, or the register knows it, the card is neither corrected nor withdrawn, even when whoever asks cannot read what was recorded', async () => {
  const [used, known] = [await created(), await created()].map(c => c.siret)
  const stranger = await advisor(2033, 'conseiller', (await house.organisation()).id)
  assert.equal(
    (
      await house.call(
        stranger,
        'POST',
        '/exchanges',
        {
          siret: used,
          campaignId: null,
          occurredOn: today,
          channel: 'telephone',
          result: 'absent',
          visibility: 'organisation',
        },
        once(),
      )
    ).status,
    200,
  )
  await insertEstablishments(house.owner, [anEstablishment(known)], [aUnit(known.slice(0, 9))])
  for (const [siret, code] of [
    [used, 'establishment/provisional-in-use'],
    [known, 'establishment/confirmed'],
  ] as const) {
    assert.deepEqual(
      [
        (await card(siret)).body.typed.allowed,
        (await correct(claire, siret)).body.code,
        (await withdraw(claire, siret)).body.code,
      ],
      [[], code, code],
    )
  }
})

test('EST-1: withdrawn at the moment an exchange is recorded with it: the one or the other, never an exchange without its card', async () => {
  const colleague = await advisor(2033)
  const outcomes = new Set<string>()
  for (let round = 0; round < 12; round++) {
    const { siret } = await created()
    const [gone, recorded] = await Promise.all(
      round % 2
        ? [withdraw(claire, siret), record(colleague, siret)]
        : await Promise.all([record(colleague, siret), withdraw(claire, siret)]).then(([r, w]) => [w, r] as const),
    )
    const [cards, held] = [
      (await house.owner.query('select from provisional_establishments where siret = $1', [siret])).rowCount,
      (await house.owner.query('select from exchanges where siret = $1', [siret])).rowCount,
    ]
    outcomes.add(`${gone!.status} ${recorded!.status} ${cards} ${held}`)
  }
  for (const outcome of outcomes) assert.ok(['200 422 0 0', '409 200 1 1'].includes(outcome), outcome)
})

test('EST-1, EST-2: a provisional card is found by words of its name and town, within the perimeter, after what the register finds; not with a filter it knows nothing of', async () => {
  const siret = unheard()
  await created(siret, { name: 'Chapellerie Zéphirine' })
  const find = async (q: string, who = claire, more = '') =>
    (await house.call(who, 'GET', `/establishments?total=true&q=${encodeURIComponent(q)}${more}`)).body
  for (const words of ['chapellerie zephirine', 'zephirine cestas', 'Chapel', 'ZÉPHIRINE'])
    assert.deepEqual(
      (await find(words)).items.map((i: { siret: string; provisional?: boolean }) => [i.siret, i.provisional]),
      [[siret, true]],
      words,
    )
  assert.deepEqual(
    [(await find('zephirine')).total, (await find('zephirine', claire, '&territory=2033')).total],
    [1, 1],
  )
  for (const [who, more, why] of [
    [await advisor(2040), '', 'outside the perimeter'],
    [claire, '&territory=2040', 'another territory'],
    [claire, '&employer=true', 'employers'],
    [claire, '&active=false', 'closed ones'],
    [claire, '&activity=10', 'an activity'],
    [claire, '&size=10-49', 'a headcount'],
    [claire, '&legalNature=company', 'a nature'],
    [claire, '&companySize=tpe', 'a size of company'],
  ] as const)
    assert.deepEqual((await find('zephirine', who, more)).items, [], why)
  assert.deepEqual((await find('chapellerie ailleurs')).items, [])
  await withdraw(claire, siret)
  assert.deepEqual((await find('zephirine')).items, [])
})

test('EST-1: an import that brings the SIRET confirms the card; what was typed stays beside, and what was recorded follows the register’s commune', async () => {
  const [siret, still] = [unheard(), unheard()]
  await created(siret, { activity: 'NAF25:10.71Y' })
  await created(still)
  const dax = await advisor(2040)
  const exchange = await house.call(
    claire,
    'POST',
    '/exchanges',
    {
      siret,
      campaignId: null,
      occurredOn: today,
      channel: 'telephone',
      result: 'besoin-detecte',
      notes: 'Deux postes',
      need: 'Boulanger',
      nextAction: { kind: 'rappel', dueOn: today, dueAt: null, ownerId: claire.id },
    },
    once(),
  )
  assert.deepEqual(
    [exchange.status, exchange.body.establishment?.name ?? exchange.body.establishmentName],
    [200, 'Fournil du Port'],
    JSON.stringify(exchange.body),
  )
  const seen = async (who: Person) => (await house.call(who, 'GET', `/exchanges/${exchange.body.id}`)).status
  assert.deepEqual([await seen(claire), await seen(dax)], [200, 404])

  await insertEstablishments(
    house.owner,
    [anEstablishment(siret, { codeCommuneEtablissement: '40088', libelleCommuneEtablissement: 'DAX' })],
    [aUnit(siret.slice(0, 9))],
  )
  const { body } = await card(siret, dax)
  assert.deepEqual(
    [
      body.provisional,
      body.name,
      body.town,
      body.typed.name,
      body.typed.town,
      body.typed.author.name,
      body.typed.confirmed,
    ],
    [undefined, 'TONNELLERIE DES GRAVES', 'DAX', 'Fournil du Port', 'Cestas', claire.name, true],
  )
  assert.ok(body.typed.confirmedAt)
  assert.deepEqual([await seen(claire), await seen(dax)], [404, 200])
  for (const table of ['exchange_contents', 'exchange_versions', 'next_actions'])
    assert.deepEqual(
      (
        await house.owner.query(`select distinct departement_id from ${table} where exchange_id = $1`, [
          exchange.body.id,
        ])
      ).rows,
      [{ departement_id: 2040 }],
      table,
    )
  const out = (await card(siret)).body
  assert.deepEqual(
    [out.name, out.typed],
    ['TONNELLERIE DES GRAVES', null],
    'outside the perimeter, the public register only',
  )
  assert.equal((await card(still)).body.typed.confirmed, false)
  assert.equal(await settleProvisional(owner), 0, 'once')
})

test('EST-1: the next update confirms it, and a masked name is not told by what was typed', async () => {
  const [siret, masked] = [unheard(), unheard()]
  for (const one of [siret, masked]) await created(one, { activity: '10.71C' })
  serve(siret)
  serve(masked, { statutDiffusionEtablissement: 'P' }, aPerson(masked.slice(0, 9), { statutDiffusionUniteLegale: 'P' }))
  await updateRegister(owner, sirene(), { today, since: '2026-11-24' })
  await owner.query('select pg_advisory_unlock_all()')
  const [known, hidden] = [(await card(siret)).body, (await card(masked)).body]
  assert.deepEqual([known.provisional, known.typed.confirmed, known.typed.name], [undefined, true, 'Fournil du Port'])
  assert.deepEqual(
    [hidden.name, hidden.typed.confirmed, hidden.typed.name, hidden.typed.activity],
    [null, true, null, null],
    'EST-4',
  )
})

test('EST-1: the worker, with its role alone, asks INSEE once about what waits, one that fails holding nobody up; then once a day', async () => {
  await house.owner.query('delete from provisional_establishments where confirmed_at is null')
  const [failing, found, absent] = [await created(), await created(), await created()].map(c => c.siret)
  await house.owner.query(
    `update provisional_establishments set created_at = created_at + case siret when $1 then '0 s' when $2 then '1 s'
      else '2 s' end::interval where confirmed_at is null`,
    [failing, found],
  )
  serve(found)
  api.faults.push(r => {
    r.writeHead(301, { location: '/x' }).end()
  })
  api.asked.length = 0
  assert.deepEqual(await lookUpProvisional(worker, sirene(), today), { asked: 3, found: 1 })
  const { body } = await card(found)
  assert.deepEqual(
    [body.provisional, body.name, body.typed.confirmed, body.typed.name],
    [undefined, 'TONNELLERIE DES GRAVES', true, 'Fournil du Port'],
  )
  const waiting = (await card(absent)).body
  assert.deepEqual(
    [waiting.provisional, waiting.typed.confirmed, typeof waiting.typed.lookedUpAt],
    [true, false, 'string'],
  )
  assert.deepEqual(await lookUpProvisional(worker, sirene(), today), { asked: 0, found: 0 })
  await house.owner.query(
    `update provisional_establishments set looked_up_at = now() - interval '25 hours' where siret = $1`,
    [absent],
  )
  api.faults.push(
    ...Array.from({ length: 8 }, () => (r: import('node:http').ServerResponse) => {
      r.writeHead(500).end()
    }),
  )
  await assert.rejects(lookUpProvisional(worker, sirene(), today), /code 500/)
  assert.deepEqual(
    await lookUpProvisional(worker, sirene(), today),
    { asked: 0, found: 0 },
    'the one that failed lets the others pass',
  )

  const real = {
    DATABASE_WORKER_URL: house.urls.workerUrl,
    PUBLIC_URL: 'https://campagnes.example/',
    PROCONNECT_ISSUER: 'https://proconnect.example/api/v2',
    PROCONNECT_CLIENT_ID: 'id',
    PROCONNECT_CLIENT_SECRET: 'secret',
    AUDIT_SIGNING_KEY: Buffer.alloc(32, 7).toString('base64'),
    AUDIT_WITNESS_FILE: '/w',
    SMTP_URL: 'smtps://mail.example',
    MAIL_FROM: 'ne-pas-repondre@campagnes.example',
  }
  const jobs = (env: Record<string, string>) =>
    jobsOf(readConfig({ ...real, ...env }, { sealing: true, web: false })).filter(j => j.name === 'look-up-provisional')
  assert.deepEqual([jobs({}).length, jobs({ SIRENE_API_KEY: 'la-cle' })[0]?.cron], [0, '* * * * *'])
  const said: string[] = []
  await house.owner.query('update provisional_establishments set looked_up_at = null where siret = $1', [absent])
  await jobs({ SIRENE_API_KEY: 'la-cle', SIRENE_API_URL: api.url })[0]!.run({}, {
    logger: { info: (text: string) => said.push(text) },
    abortSignal: new AbortController().signal,
  } as never)
  assert.match(said.join(), /looked up: 1, found: 0/)
})

test('EST-1, TER-1: a register built anew without it makes the card wait again; a change of communes moves it', async () => {
  const siret = unheard()
  await created(siret)
  await insertEstablishments(house.owner, [anEstablishment(siret)], [aUnit(siret.slice(0, 9))])
  assert.equal((await card(siret)).body.typed.confirmed, true)
  await house.owner.query('delete from establishments where siret = $1', [siret])
  await settleProvisional(owner)
  const { body } = await card(siret)
  assert.deepEqual([body.provisional, body.name, body.typed.confirmedAt], [true, 'Fournil du Port', null])
  const cog = aCog()
  await importTerritories(
    owner,
    {
      ...cog,
      epcis: cog.epcis.map(e =>
        e.code === '243301165'
          ? { ...e, membres: e.membres.filter(m => m.code !== '33122') }
          : e.code === '243301264'
            ? { ...e, membres: [...e.membres, { code: '33122' }] }
            : e,
      ),
    },
    today,
  )
  await refreshTerritories(owner, today)
  assert.ok((await moveProvisional(owner, today)) > 0)
  await settleProvisional(owner)
  assert.equal(await moveProvisional(owner, today), 0)
  assert.equal((await card(siret)).body.territories.at(-1).name, 'CC de Montesquieu')
})

test('TER-1: communes are found by the beginning of their name without accents, by postal code and by official code, for whoever is signed in', async () => {
  const find = async (q: string) =>
    (await house.call(claire, 'GET', `/communes?q=${encodeURIComponent(q)}`)).body.items.map(
      (c: { code: string }) => c.code,
    )
  assert.deepEqual(
    [
      await find('leog'),
      await find('Saint Jean'),
      await find('33122'),
      await find('2a004'),
      await find('zzz'),
      (await find('33000')).length > 3,
    ],
    [['33238'], ['33422'], ['33122'], ['2A004'], [], true],
  )
  assert.equal((await house.call(null, 'GET', '/communes?q=leog')).status, 401)
})
