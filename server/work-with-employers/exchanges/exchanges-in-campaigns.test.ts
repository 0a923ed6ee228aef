import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { exchanges } from './index.ts'

const bakery = '31000000000001'
const garage = '31000000000002'
const inLandes = '31000000000003'
let house: House
let claire: Person
let lead: Person
let karim: Person
let outsider: Person
let open: string

const advisor = (profile: 'conseiller' | 'responsable' = 'conseiller') =>
  [
    { tool: 'campagnes', profile, territoryId: 2033 },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 2033 },
  ] as const
const campaign = async (over: Parameters<typeof aCampaign>[0] = {}, sirets = [bakery]) =>
  (
    await insertCampaign(
      house.owner,
      aCampaign({
        status: 'open',
        startsOn: '2026-10-01',
        endsOn: '2026-12-15',
        pilotId: claire.organisationId,
        memberIds: [karim.organisationId],
        ...over,
      }),
      claire.id,
      sirets.map(Number),
    )
  ).id

before(async () => {
  house = await openHouse(exchanges, { clock: () => new Date('2026-11-25T11:00:00Z') })
  await house.owner.query(
    `insert into territories (id, kind, code, name)
      values (2033, 'departement', '33', 'Gironde'), (2040, 'departement', '40', 'Landes')`,
  )
  await house.owner.query(
    'insert into territory_overlaps values (0, 2033), (2033, 0), (2033, 2033), (0, 2040), (2040, 0), (2040, 2040)',
  )
  for (const [siret, departement] of [
    [bakery, 2033],
    [garage, 2033],
    [inLandes, 2040],
  ] as const) {
    await house.owner.query(
      `insert into establishments (siret, siren, nic, usual_name, active, head_office, diffusion, region_id,
        departement_id, row_hash) values ($1::bigint, $1::bigint / 100000, $1::bigint % 100000, 'ESSAI', true, true,
        'O', 1075, $2, 0)`,
      [siret, departement],
    )
  }
  const [cc, mission, other] = [await house.organisation(), await house.organisation(), await house.organisation()]
  claire = await house.person(cc.id, [...advisor()])
  lead = await house.person(cc.id, [...advisor('responsable')])
  karim = await house.person(mission.id, [...advisor()])
  outsider = await house.person(other.id, [...advisor()])
  open = await campaign({ name: 'Boulangeries' }, [bakery, inLandes])
})
after(() => house.close())

const record = (who: Person, campaignId: string, over: object = {}) =>
  house.call(
    who,
    'POST',
    '/exchanges',
    {
      siret: bakery,
      campaignId,
      occurredOn: '2026-11-25',
      channel: 'telephone',
      result: 'besoin-detecte',
      notes: 'Deux postes',
      ...over,
    },
    once(),
  )
const marks = async (campaignId: string) => ({
  status: (
    await house.owner.query('select status from campaign_targets where campaign_id = $1 and siret = $2', [
      campaignId,
      bakery,
    ])
  ).rows[0].status,
  contacts: (
    await house.owner.query(
      'select contacts, needs, last_on from campaign_contacts where campaign_id = $1 and siret = $2 order by last_on desc, contacts desc, needs desc',
      [campaignId, bakery],
    )
  ).rows.map(r => [r.contacts, r.needs, r.last_on]),
})

test('CAM-5: an exchange in a campaign names it, and the target shows the contact', async () => {
  const { body } = await record(claire, open)
  assert.deepEqual(body.campaign, { id: open, name: 'Boulangeries' })
  assert.deepEqual(await marks(open), { status: 'besoin', contacts: [[1, 1, '2026-11-25']] })
  assert.equal((await house.call(karim, 'GET', `/exchanges?campaign=${open}`)).body.items.length, 1)
  const seen = (await house.call(outsider, 'GET', `/exchanges/${body.id}`)).body
  assert.deepEqual(
    [seen.content.notes, seen.campaign],
    ['Deux postes', { id: open, name: null }],
    'what was said is for the network, the campaign for its members',
  )
})

test('CAM-5: correcting and cancelling give the target back what is still recorded', async () => {
  const id = await campaign()
  const first = (await record(claire, id)).body
  await record(karim, id, { result: 'absent', occurredOn: '2026-11-20' })
  assert.deepEqual(await marks(id), {
    status: 'besoin',
    contacts: [
      [1, 1, '2026-11-25'],
      [1, 0, '2026-11-20'],
    ],
  })
  await house.call(
    claire,
    'PUT',
    `/exchanges/${first.id}`,
    { occurredOn: '2026-11-24', channel: 'telephone', result: 'rendez-vous-pris' },
    { 'if-match': '"1"' },
  )
  assert.deepEqual(await marks(id), {
    status: 'rendez-vous',
    contacts: [
      [1, 0, '2026-11-24'],
      [1, 0, '2026-11-20'],
    ],
  })
  await house.call(claire, 'POST', `/exchanges/${first.id}/cancel`, { reason: 'Saisi deux fois' })
  assert.deepEqual(await marks(id), { status: 'en-cours', contacts: [[1, 0, '2026-11-20']] })
})

test('EST-11: what is kept to an organisation shows the campaign’s members a contact, not its result', async () => {
  const id = await campaign()
  const { body } = await record(claire, id, { visibility: 'organisation' })
  assert.deepEqual(await marks(id), { status: 'en-cours', contacts: [[1, 0, '2026-11-25']] })
  assert.equal((await house.call(karim, 'GET', `/exchanges/${body.id}`)).body.campaign, null)
  const opened = await house.call(
    claire,
    'PUT',
    `/exchanges/${body.id}`,
    { occurredOn: '2026-11-25', channel: 'telephone', result: 'besoin-detecte', visibility: 'reseau' },
    { 'if-match': '"1"' },
  )
  assert.equal(opened.status, 200)
  assert.deepEqual(await marks(id), { status: 'besoin', contacts: [[1, 1, '2026-11-25']] })
})

test('CAM-5: ten contacts at once are all counted', async () => {
  const id = await campaign()
  const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => record(i % 2 ? claire : karim, id)))
  assert.deepEqual(
    answers.map(a => a.status),
    Array(10).fill(200),
  )
  assert.deepEqual((await marks(id)).contacts, [
    [5, 5, '2026-11-25'],
    [5, 5, '2026-11-25'],
  ])
})

test('CAM-5: recording and correcting at once on one target never wait for each other in a ring', async () => {
  const id = await campaign()
  const made = await Promise.all(Array.from({ length: 6 }, () => record(claire, id)))
  const answers = await Promise.all(
    made.flatMap(({ body }) => [
      record(karim, id),
      house.call(
        claire,
        'PUT',
        `/exchanges/${body.id}`,
        { occurredOn: '2026-11-25', channel: 'visite', result: 'absent' },
        { 'if-match': '"1"' },
      ),
      house.call(lead, 'POST', `/exchanges/${body.id}/cancel`, { reason: 'Erreur' }),
    ]),
  )
  assert.deepEqual(
    answers.filter(a => ![200, 409, 412].includes(a.status)),
    [],
  )
  assert.deepEqual((await marks(id)).contacts, [[6, 6, '2026-11-25']])
})

test('CAM-5: recording in a campaign is refused', async () => {
  for (const [code, id, over] of [
    ['not-found', await campaign({ pilotId: outsider.organisationId, memberIds: [outsider.organisationId] }), {}],
    ['campaign/not-open', await campaign({ status: 'draft' }), {}],
    ['campaign/not-open', await campaign({ status: 'closed' }), {}],
    ['target/not-in-campaign', open, { siret: garage }],
    ['access/outside-perimeter', open, { siret: inLandes }],
  ] as const)
    assert.equal((await record(claire, id, over)).body.code, code)
  assert.equal((await record(outsider, open)).status, 404, 'a campaign one does not see')
})

const correct = (who: Person, { id, version }: { id: string; version: number }, occurredOn: string) =>
  house.call(
    who,
    'PUT',
    `/exchanges/${id}`,
    { occurredOn, channel: 'telephone', result: 'besoin-detecte' },
    { 'if-match': `"${version}"` },
  )
const countedIn = async (campaignId: string) =>
  (await house.call(claire, 'GET', `/exchanges?campaign=${campaignId}`)).body.items.length

test('CAM-5: what took place outside a campaign’s days is recorded all the same, told so, and counted in none of its figures', async () => {
  const id = await campaign({ name: 'Automne' })
  const { status, body } = await record(claire, id, {
    occurredOn: '2026-09-30',
    nextAction: { kind: 'rappel', dueOn: '2026-12-01' },
  })
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual([body.campaign, body.leftOut], [null, { campaign: { id, name: 'Automne' }, why: 'days' }])
  assert.deepEqual(body.nextAction.campaign, { id, name: 'Automne' }, 'what follows still comes from there')
  assert.deepEqual(await marks(id), { status: 'a-contacter', contacts: [] })
  assert.equal(await countedIn(id), 0)
  const { detail } = (
    await house.owner.query(
      `select d.detail from audit_entries e join audit_details d on d.entry_id = e.id where e.subject_id = $1`,
      [body.id],
    )
  ).rows[0]
  assert.deepEqual(
    [detail.after.campaignId, detail.after.leftOutCampaignId, detail.after.leftOut],
    [null, id, 'days'],
    'the trail says it',
  )
})

test('CAM-5: an exchange on a target set aside is recorded beside the campaign, and the target stays aside', async () => {
  const id = await campaign()
  await house.owner.query(
    `update campaign_targets set status = 'ecarte', set_aside_reason = 'Fermeture' where campaign_id = $1`,
    [id],
  )
  const { body } = await record(claire, id)
  assert.deepEqual([body.campaign, body.leftOut.why], [null, 'set-aside'])
  assert.deepEqual(await marks(id), { status: 'ecarte', contacts: [] })
})

test('CAM-5: corrected to a day within or without, an exchange comes into its campaign and goes out of it, marks included', async () => {
  const id = await campaign()
  const first = (await record(claire, id)).body
  const out = (await correct(claire, first, '2026-09-30')).body
  assert.deepEqual([out.campaign, out.leftOut.why], [null, 'days'])
  assert.deepEqual(await marks(id), { status: 'a-contacter', contacts: [] })
  const back = (await correct(lead, out, '2026-11-24')).body
  assert.deepEqual([back.campaign.id, back.leftOut], [id, null])
  assert.deepEqual(await marks(id), { status: 'besoin', contacts: [[1, 1, '2026-11-24']] })
})

test('EST-11: who may not read what was said does not read of which campaign, counted or not', async () => {
  const id = await campaign()
  const { body } = await record(claire, id, { occurredOn: '2026-09-30', visibility: 'organisation' })
  const seen = (await house.call(karim, 'GET', `/exchanges/${body.id}`)).body
  assert.deepEqual([seen.campaign, seen.leftOut, seen.content], [null, null, null])
})

test('CAM-5: the database too: an exchange is in a campaign or beside one, never both, and beside one with its reason', async () => {
  const id = await campaign()
  const { body } = await record(claire, id)
  for (const change of [
    `left_out_campaign_id = campaign_id, left_out = 'days'`,
    `left_out = 'days'`,
    `campaign_id = null, left_out_campaign_id = campaign_id`,
  ])
    await assert.rejects(
      house.owner.query(`update exchanges set ${change} where id = $1`, [body.id]),
      /exchanges_left_out/,
      change,
    )
})

test('CAM-5: the form is told the open campaigns of one’s structure, and where the target is set aside', async () => {
  const siret = '31000000000004'
  await house.owner.query(
    `insert into establishments (siret, siren, nic, usual_name, active, head_office, diffusion, region_id,
      departement_id, row_hash) values ($1::bigint, $1::bigint / 100000, $1::bigint % 100000, 'ESSAI', true, true, 'O',
      1075, 2033, 0)`,
    [siret],
  )
  const over = await campaign({ name: 'Finie', startsOn: '2026-09-01', endsOn: '2026-11-01' }, [siret])
  const aside = await campaign({ name: 'Écartée', startsOn: '2026-10-01' }, [siret])
  await campaign({ status: 'draft' }, [siret])
  await campaign({ status: 'closed' }, [siret])
  await campaign({ pilotId: outsider.organisationId, memberIds: [outsider.organisationId] }, [siret])
  await house.owner.query(
    `update campaign_targets set status = 'ecarte', set_aside_reason = 'Fermeture' where campaign_id = $1`,
    [aside],
  )
  const asked = (who: Person) => house.call(who, 'GET', `/establishments/${siret}/recording`)
  assert.deepEqual((await asked(claire)).body.campaigns, [
    { id: aside, name: 'Écartée', startsOn: '2026-10-01', endsOn: '2026-12-15', setAside: true },
    { id: over, name: 'Finie', startsOn: '2026-09-01', endsOn: '2026-11-01', setAside: false },
  ])
  assert.equal((await asked(outsider)).body.campaigns.length, 1, 'each their own')
  const elsewhere = await house.call(claire, 'GET', `/establishments/${inLandes}/recording`)
  assert.deepEqual([elsewhere.status, elsewhere.body.code], [403, 'access/outside-perimeter'])
  assert.equal((await house.call(claire, 'GET', '/establishments/31000000099999/recording')).status, 404)
})
