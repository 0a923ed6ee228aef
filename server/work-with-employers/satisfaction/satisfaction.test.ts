import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { deliverMails } from '../../notifications/testing-smtp.ts'
import { within } from '../../platform/job.ts'
import { allBut, forgetVersions, openCategories } from '../../testing/texts.ts'
import { aMark, insertMarks } from '../do-not-contact/testing.ts'
import { here } from '../taking-over/testing.ts'
import { purgeSurveys } from './satisfaction.queries.ts'
import { daysOfLink, monthsOfComment } from './satisfaction-rules.ts'
import { digests, openWorld, type SatisfactionWorld } from './testing.ts'

let world: SatisfactionWorld
let { house, people, act, someone, closed, run, read, post, asked, row, trail } = {} as SatisfactionWorld
before(async () => {
  world = await openWorld()
  ;({ house, people, act, someone, closed, run, read, post, asked, row, trail } = world)
})
after(() => world.close())

const aged = (id: string, days: number) =>
  house.owner.query(
    `update need_surveys set settled_at = settled_at - make_interval(days => $2),
      expires_at = expires_at - make_interval(days => $2), answered_at = answered_at - make_interval(days => $2)
      where need_id = $1`,
    [id, days],
  )
const digestOf = (email: string) => digests.made({ kind: 'email', what: email }).digest

test('IND-7: three days after a need is closed, its correspondent is asked once by mail, and answers without an account; who follows it and who took it read the answer', async () => {
  const id = await closed(await someone('paye@essai.example'), { taker: people.karim, daysAgo: 2 })
  assert.deepEqual(await run(), { settled: 0, asked: 0 }, 'too early')
  assert.deepEqual([(await read(id)).state, (await read(id)).allowed], ['to-ask', ['withhold']])
  await house.owner.query(`update needs set closed_at = closed_at - interval '1 day' where id = $1`, [id])
  assert.deepEqual(await run(), { settled: 1, asked: 1 })
  assert.deepEqual(await run(), { settled: 0, asked: 0 }, 'once a need')

  const [mail, ...more] = (await deliverMails(house, world.mailbox)).filter(
    ({ subject }) => subject === 'Votre avis, en une question',
  )
  assert.deepEqual([more.length, mail!.to], [0, ['paye@essai.example']])
  const token = /http:\/\/localhost\/avis#([\w-]{43})$/m.exec(mail!.text)![1]!
  assert.match(mail!.text, /à la CC des Essais/)
  assert.doesNotMatch(
    mail!.text + mail!.subject,
    /caces|caristes|formation|Essai,|List-Unsubscribe/i,
    'nothing of the need',
  )
  assert.doesNotMatch(
    JSON.stringify(await row(id)),
    new RegExp(`${token}|paye`),
    'neither the token nor the address is kept',
  )

  const written = async () => JSON.stringify([await row(id), (await trail(id)).length])
  const before = await written()
  for (let n = 0; n < 2; n++) {
    const { status, body } = await post('/avis/lien', { token })
    assert.deepEqual([status, Object.keys(body).sort()], [200, ['expiresAt', 'notedOn', 'organisation', 'state']])
    assert.deepEqual([body.state, body.organisation], ['open', 'CC des Essais'])
  }
  assert.equal(await written(), before, 'reading the link writes nothing')
  assert.equal((await read(id)).state, 'asked')

  const comment = ' Réponse rapide, et juste. '
  assert.equal((await post('/avis/reponse', { token, rating: 'plutot', comment })).status, 200)
  for (const who of [people.claire, people.peer, people.karim]) {
    const said = await read(id, who)
    assert.deepEqual(
      [said.state, said.rating, said.comment, said.allowed],
      ['answered', 'plutot', 'Réponse rapide, et juste.', []],
    )
  }
  assert.equal(await read(id, people.zoe), null, 'who reads the need and neither follows nor took it reads no answer')
  assert.deepEqual(
    (await trail(id)).map(({ action, by, detail }) => [action, by, detail.rating ?? null]),
    [
      ['satisfaction.asked', null, null],
      ['satisfaction.answered', null, 'plutot'],
    ],
  )
  assert.doesNotMatch(
    JSON.stringify(await trail(id)),
    /rapide|essai\.example/,
    'neither words nor address in the trail',
  )
})

test('IND-7: a link answers once, for thirty days: tampered, late, answered or badly said, it is refused, and nothing is written', async () => {
  const { id, token } = await asked('une-fois@essai.example')
  const other = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BA' : 'AA'}`
  const refusals: readonly (readonly [string, object, number, string, Record<string, string>?])[] = [
    ['/avis/lien', { token: other }, 404, 'satisfaction/link-unknown'],
    ['/avis/reponse', { token: other, rating: 'plutot' }, 404, 'satisfaction/link-unknown'],
    ['/avis/refus', { token: other }, 404, 'satisfaction/link-unknown'],
    ['/avis/reponse', { token, rating: '4' }, 400, 'request/malformed'],
    ['/avis/reponse', { token }, 400, 'request/malformed'],
    ['/avis/reponse', { token, rating: 'plutot', comment: 'x'.repeat(501) }, 400, 'request/malformed'],
    ['/avis/reponse', { token, rating: 'plutot', comment: 'x'.repeat(5000) }, 413, 'request/too-large'],
    ['/avis/reponse', { token: `${token}x`, rating: 'plutot' }, 400, 'request/malformed'],
    ['/avis/reponse', { token, rating: 'plutot' }, 403, 'request/other-origin', { origin: 'http://ailleurs.example' }],
    ['/avis/refus', { token }, 403, 'request/other-origin', { 'sec-fetch-site': 'cross-site' }],
  ]
  for (const [path, payload, status, code, headers] of refusals) {
    const answer = await post(path, payload, headers)
    assert.deepEqual([answer.status, answer.body.code], [status, code], `${path} ${JSON.stringify(payload).slice(-40)}`)
  }
  assert.deepEqual([(await row(id)).answered_at, (await trail(id)).length], [null, 1])

  await aged(id, 30)
  assert.equal((await post('/avis/lien', { token })).body.state, 'expired')
  assert.equal((await post('/avis/reponse', { token, rating: 'plutot' })).body.code, 'satisfaction/link-over')
  assert.equal((await read(id)).state, 'expired')
  await aged(id, -1)
  const twice = await Promise.all(
    (['plutot', 'pas-du-tout', 'tout-a-fait'] as const).map(rating => post('/avis/reponse', { token, rating })),
  )
  assert.deepEqual(twice.map(({ status }) => status).toSorted(), [200, 409, 409], 'at once, one answer is taken')
  const first = await row(id)
  assert.equal((await post('/avis/reponse', { token, rating: 'plutot-pas' })).body.code, 'satisfaction/link-over')
  assert.deepEqual(await row(id), first)
  assert.equal((await trail(id)).length, 2)
})

test('IND-7: « ne plus me demander » holds for every structure and card with that address, after the answer or its day too', async () => {
  const { id, token } = await asked('Assez@essai.example')
  await aged(id, 40)
  for (let n = 0; n < 2; n++) assert.deepEqual((await post('/avis/refus', { token })).body, { refused: true })
  assert.equal((await post('/avis/lien', { token })).body.state, 'refused')
  await aged(id, -40)
  assert.equal((await post('/avis/reponse', { token, rating: 'plutot' })).body.code, 'satisfaction/link-over')
  assert.deepEqual(
    (await trail(id)).map(({ action }) => action),
    ['satisfaction.asked', 'satisfaction.refused'],
    'pressed twice, said once',
  )
  await aged(id, 200)
  const next = await closed(await someone('assez@ESSAI.example'))
  assert.deepEqual(await run(), { settled: 1, asked: 0 })
  assert.deepEqual([(await read(next)).state, (await read(next)).reason], ['not-asked', 'opposition'])
})

test('IND-7: who objects (article 21) is not asked, by another card either; one who objects once asked answers no more, and their words go', async () => {
  const object = (correspondentId: string, email: string) =>
    house.owner.query(
      `with o as (insert into correspondent_objections (id, correspondent_id, objected_on, how, organisation_id, author_id, recorded_at)
          values (gen_random_uuid(), $1, '2026-10-01', 'oral', $2, $3, now()) returning id)
        insert into objection_digests (digest, objection_id, key_number, kind) select $4, id, 1, 'email' from o`,
      [correspondentId, people.claire.organisationId, people.claire.id, digestOf(email)],
    )
  const gone = await someone('non@essai.example')
  await object(gone.id, 'non@essai.example')
  const id = await closed(await someone('non@essai.example'))
  assert.deepEqual(await run(), { settled: 1, asked: 0 })
  assert.equal((await read(id)).reason, 'opposition')

  const waiting = await asked('puis-non@essai.example')
  await object(waiting.who.id, 'puis-non@essai.example')
  assert.equal((await post('/avis/lien', { token: waiting.token })).body.state, 'refused')
  const late = await post('/avis/reponse', { token: waiting.token, rating: 'plutot' })
  assert.equal(late.body.code, 'satisfaction/link-over')

  const answered = await asked('apres@essai.example')
  await post('/avis/reponse', { token: answered.token, rating: 'plutot-pas', comment: 'Trop long' })
  await object(answered.who.id, 'apres@essai.example')
  assert.deepEqual([(await read(answered.id)).rating, (await read(answered.id)).comment], ['plutot-pas', null])
})

test('IND-7: nobody is asked twice within ninety days, whatever their needs; nor where nobody can be, nor what is open or closed long ago', async () => {
  const often = await someone('souvent@essai.example')
  const [first, second] = [await closed(often, { daysAgo: 6 }), await closed(often, { daysAgo: 5 })]
  assert.deepEqual(await run(), { settled: 2, asked: 1 })
  assert.deepEqual([(await read(first)).state, (await read(second)).reason], ['asked', 'recente'])
  await aged(first, 91)
  const third = await closed(often)
  assert.deepEqual(await run(), { settled: 1, asked: 1 })
  assert.equal((await read(third)).state, 'asked')

  const mute = await someone(null)
  const left = await someone('parti@essai.example')
  await house.owner.query('update correspondents set retired_at = now() where id = $1', [left.id])
  const leftNeed = await closed({ ...left, id: null })
  await house.owner.query('update needs set correspondent_id = $2 where id = $1', [leftNeed, left.id])
  const open = await closed(await someone('rouvert@essai.example'))
  await act(open, 'reopening', { reason: 'Il en faut un de plus' })
  const marked = await someone('stop@essai.example')
  await insertMarks(house.owner, [
    aMark({ siret: marked.siret, ...here, organisationId: people.claire.organisationId, authorId: people.claire.id }),
  ])
  const states = {
    nobody: [await closed(mute), await closed({ ...mute, id: null }), leftNeed],
    lapsed: [await closed(await someone('vieux@essai.example'), { daysAgo: 32 })],
    'not-asked': [await closed(marked)],
  }
  assert.deepEqual(await run(), { settled: 1, asked: 0 })
  for (const [state, ids] of Object.entries(states))
    for (const id of ids) assert.equal((await read(id)).state, state, state)
  assert.equal((await read(states['not-asked'][0]!)).reason, 'ne-pas-contacter')
  assert.equal(await read(open), null)
})

test('IND-7: a person who answers for this employer by a link is asked; two workers at once write one mail', async () => {
  const [elsewhere, ours] = [await someone('multi@essai.example'), await someone(null)]
  await house.owner.query(
    `insert into correspondent_links (id, correspondent_id, siret, region_id, departement_id, epci_id, clpe_id, organisation_id, author_id, linked_at)
      values (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7, $8, now())`,
    [
      elsewhere.id,
      ours.siret,
      ...[here.regionId, here.departementId, here.epciId, here.clpeId],
      ...[people.claire.organisationId, people.claire.id],
    ],
  )
  const id = await closed({ siret: ours.siret, id: elsewhere.id })
  const second = new pg.Client(house.urls.workerUrl)
  await second.connect()
  try {
    const both = await Promise.all([run(), run(second)])
    assert.equal(both[0].asked + both[1].asked, 1)
  } finally {
    await second.end()
  }
  const { rows } = await house.owner.query('select to_address from mails where about_id = $1', [id])
  assert.deepEqual(rows, [{ to_address: 'multi@essai.example' }])
})

test('IND-7: whoever closes the need has nothing asked, in one act, for a reason; others may not, nor once it is asked', async () => {
  const withhold = (id: string, who = people.claire, reason = 'delicat') =>
    act(id, 'satisfaction/withholding', { reason }, who)
  const id = await closed(await someone('delicat@essai.example'), { taker: people.karim })
  assert.deepEqual((await read(id, people.peer)).allowed, [])
  for (const [who, code] of [
    [people.peer, 'need/follower-only'],
    [people.zoe, 'need/follower-only'],
  ] as const) {
    const refused = await withhold(id, who)
    assert.deepEqual([refused.status, refused.body.code], [403, code])
  }
  assert.equal(
    (await withhold(id, people.claire, 'opposition')).status,
    400,
    'what only the service finds is nobody’s to say',
  )
  const at = await Promise.all([withhold(id, people.karim), withhold(id)])
  assert.deepEqual(at.map(({ status }) => status).toSorted(), [200, 409])
  assert.equal(at.find(({ status }) => status === 409)!.body.code, 'satisfaction/settled')
  const said = await read(id)
  assert.deepEqual([said.state, said.reason, said.allowed], ['not-asked', 'delicat', []])
  assert.deepEqual(await run(), { settled: 0, asked: 0 })
  const [entry, ...more] = await trail(id)
  assert.deepEqual([entry.action, entry.detail.reason, more.length], ['satisfaction.withheld', 'delicat', 0])
  assert.ok([people.claire.id, people.karim.id].includes(entry.by))

  const waiting = await asked('demande@essai.example')
  assert.equal((await withhold(waiting.id)).body.code, 'satisfaction/settled')
  const open = await closed(await someone('ouvert@essai.example'))
  await act(open, 'reopening', { reason: 'Encore un poste' })
  assert.equal((await withhold(open)).body.code, 'satisfaction/need-open')
})

test('IND-7: answers are counted by structure and territory: those of one’s structure; where one pilots, those of the network, told apart from five on', async () => {
  const counts = async (who = people.claire, query = '') =>
    (await house.call(who, 'GET', `/satisfaction${query}`)).body.items.map((item: any) => [
      item.organisation.name,
      item.asked,
      item.answered,
      item.ratings,
    ])
  // Too long ago to be asked about again.
  await house.owner.query(`update needs set closed_at = closed_at - interval '60 days' where closed_at is not null`)
  await house.owner.query('delete from need_surveys')
  const said = async (rating: string, over: Parameters<typeof closed>[1] = {}) => {
    const { token } = await asked(`${rating}-${Math.random()}@essai.example`, over)
    await post('/avis/reponse', { token, rating })
  }
  await said('tout-a-fait', { taker: people.karim })
  await said('plutot')
  await said('plutot', { visibility: 'organisation' })
  await said('pas-du-tout')
  await asked('muet@essai.example')
  const all = ['CC des Essais', 5, 4, [1, 0, 2, 1]]
  assert.deepEqual(await counts(), [all])
  assert.deepEqual(await counts(people.claire, `?territory=${here.clpeId}`), [all])
  assert.deepEqual(await counts(people.claire, '?territory=1'), [])
  assert.deepEqual(await counts(people.karim), [['CC des Essais', 1, 1, [0, 0, 0, 1]]], 'those that it took')
  assert.deepEqual(await counts(people.zoe), [])
  assert.deepEqual(await counts(people.pilot), [['CC des Essais', 4, 3, null]], 'three would be told apart')
  await said('plutot-pas')
  await said('plutot')
  assert.deepEqual(await counts(people.pilot), [['CC des Essais', 6, 5, [1, 1, 2, 1]]])
})

test('IND-7: after ninety days neither the link nor the digest of the address is kept, after twelve months no words; the answer stays counted', async () => {
  const { id, token } = await asked('garde@essai.example')
  await post('/avis/reponse', { token, rating: 'plutot', comment: 'Bien' })
  const purge = () => within(world.worker)(({ db }) => purgeSurveys(db, daysOfLink, monthsOfComment))
  const kept = async () => {
    const { token_digest, address_digest, key_number, comment, rating } = await row(id)
    return [token_digest, address_digest, key_number, comment, rating].map(value => value !== null)
  }
  await aged(id, 89)
  await purge()
  assert.deepEqual(await kept(), [true, true, true, true, true])
  await aged(id, 2)
  await purge()
  assert.deepEqual(await kept(), [false, false, false, true, true])
  assert.equal((await post('/avis/refus', { token })).status, 404)
  await aged(id, 280)
  await purge()
  assert.deepEqual(await kept(), [false, false, false, false, true])
  assert.deepEqual([(await read(id)).rating, (await read(id)).comment], ['plutot', null])
})

test('AGR-12, IND-7: no employer is asked while annex 4 closes needs, or correspondents; once they are open again, it is', async () => {
  await closed(await someone('fermee@essai.example'))
  for (const category of ['besoins', 'interlocuteurs'] as const) {
    await openCategories(house.owner, allBut(category))
    assert.deepEqual(await run(), { settled: 0, asked: 0 }, category)
    await forgetVersions(house.owner)
  }
  assert.deepEqual(await run(), { settled: 1, asked: 1 })
})
