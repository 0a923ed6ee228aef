import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { once } from '../../testing/house.ts'
import { insertEstablishments, places, siretOf } from '../campaigns/testing-world.ts'
import { aCommitment, insertCommitments, kindNamed } from '../commitments/testing.ts'
import { aMark, insertMarks } from '../do-not-contact/testing.ts'
import { openWorld, type WatchWorld } from './testing.ts'
import { mostLines, mostWatched } from './watch-rules.ts'

let world: WatchWorld
let { house, people, campaign, view, watch, watched, unwatch, status, morning, told } = {} as WatchWorld
before(async () => {
  world = await openWorld()
  ;({ house, people, campaign, view, watch, watched, unwatch, status, morning, told } = world)
})
after(() => world.end())

const trail = async (subject: string) =>
  (
    await house.owner.query(
      `select e.action, e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where e.subject_id = $1 and e.action like 'view.%watch%' order by e.at, e.id`,
      [subject],
    )
  ).rows

test('CAM-10: a target that comes to match a view is told the next morning, once, without a name', async () => {
  const { paul } = people
  const kept = await view(people.ines, { sharedWith: 'campaign', name: 'Besoins' })
  await status(1, 'besoin')
  const { status: answered, body } = await watch(paul, kept.id)
  assert.equal(answered, 200, JSON.stringify(body))
  assert.deepEqual([body.name, body.view.id, body.news, body.stopped], ['Besoins', kept.id, null, null])
  assert.equal(await morning(0, paul), false, 'read this very day')
  await morning(1, paul)
  assert.deepEqual(await told(paul), [], 'what was there is not new')
  await status(2, 'besoin')
  await status(3, 'besoin')
  assert.equal(await morning(2, paul), true)
  await morning(2, paul)
  assert.deepEqual(await told(paul), [['Du nouveau dans vos vues', '- « Besoins » : 2 employeurs de plus']])
  const [{ news }] = await watched(paul)
  assert.deepEqual([news.count, news.establishments.length, news.at.slice(0, 10)], [2, 2, '2027-01-06'])
  await morning(3, paul)
  assert.deepEqual(await told(paul), [], 'told once')
  await status(2, 'traite')
  await morning(4, paul)
  await status(2, 'besoin')
  await morning(7, paul)
  assert.deepEqual(await told(paul), [['Du nouveau dans vos vues', '- « Besoins » : 1 employeur de plus']])
  assert.equal((await unwatch(paul, body.id)).status, 200)
  assert.equal((await unwatch(paul, body.id)).status, 404)
  await status(4, 'besoin')
  await morning(8, paul)
  assert.deepEqual(await told(paul), [], 'stopped in one press')
  assert.deepEqual(
    (await trail(kept.id)).map(({ action, actor_id }) => [action, actor_id]),
    [
      ['view.watched', paul.id],
      ['view.unwatched', paul.id],
    ],
  )
  for (const n of [1, 2, 3, 4]) await status(n, 'a-contacter')
})

test('EST-10, CAM-14: the mail of the morning leaves out who is not to be contacted, until the mark ends; the page says who closed', async () => {
  const { paul } = people
  const kept = await view(paul, { name: 'Sans marque' })
  const { body } = await watch(paul, kept.id)
  const mark = aMark({ siret: siretOf(1), organisationId: paul.organisationId, authorId: paul.id })
  await insertMarks(house.owner, [mark])
  await status(1, 'besoin')
  assert.equal(await morning(1, paul), false)
  await house.owner.query('update establishments set active = false where siret = $1', [siretOf(2)])
  await status(2, 'besoin')
  await morning(2, paul)
  assert.deepEqual(await told(paul), [['Du nouveau dans vos vues', '- « Sans marque » : 1 employeur de plus']])
  await house.owner.query('delete from do_not_contact_marks where id = $1', [mark.id])
  const namedIn = async () =>
    (await watched(paul))[0].news.establishments.map((one: any) => [Number(one.siret), one.closed])
  assert.deepEqual(await namedIn(), [[siretOf(2), true]])
  await morning(3, paul)
  assert.deepEqual(await told(paul), [['Du nouveau dans vos vues', '- « Sans marque » : 1 employeur de plus']])
  assert.deepEqual(await namedIn(), [[siretOf(1), false]])
  await house.owner.query('update establishments set active = true where siret = $1', [siretOf(2)])
  await unwatch(paul, body.id)
  for (const n of [1, 2]) await status(n, 'a-contacter')
})

test('CAM-10: all that is new for one person is one mail; a list of views says which are followed', async () => {
  const { karim } = people
  const first = await view(karim, { name: 'Un' })
  const second = await view(karim, { name: 'Deux', address: { statut: 'rendez-vous' } })
  for (const { id } of [first, second]) assert.equal((await watch(karim, id)).status, 200)
  const { items } = (await house.call(karim, 'GET', '/views')).body
  assert.deepEqual(
    items.flatMap(({ name, watchId }: any) => (watchId ? [[name, watchId]] : [])).toSorted(),
    (await watched(karim)).map(({ name, id }) => [name, id]).toSorted(),
  )
  await status(1, 'besoin')
  await status(2, 'rendez-vous')
  await morning(1, karim)
  assert.deepEqual(await told(karim), [
    ['Du nouveau dans vos vues', '- « Deux » : 1 employeur de plus', '- « Un » : 1 employeur de plus'],
  ])
  for (const { id } of await watched(karim)) await unwatch(karim, id)
  for (const n of [1, 2]) await status(n, 'a-contacter')
})

test('CAM-10: what came while a person is away waits, and is told on their return', async () => {
  const { paul } = people
  const kept = await view(paul, { name: 'Au retour' })
  const { body } = await watch(paul, kept.id)
  await house.owner.query(
    `insert into absences (id, account_id, organisation_id, starts_on, ends_on, said_by, said_at)
      values (gen_random_uuid(), $1, $2, '2027-01-05', '2027-01-08', $1, now())`,
    [paul.id, paul.organisationId],
  )
  await status(1, 'besoin')
  await morning(1, paul)
  await status(2, 'besoin')
  await morning(3, paul)
  assert.deepEqual(await told(paul), [])
  await morning(7, paul)
  assert.deepEqual(await told(paul), [['Du nouveau dans vos vues', '- « Au retour » : 2 employeurs de plus']])
  await unwatch(paul, body.id)
  await house.owner.query('delete from absences where account_id = $1', [paul.id])
  for (const n of [1, 2]) await status(n, 'a-contacter')
})

test('CAM-10: a view that its reader may open no more, or that is gone, stops with a word and an entry in the trail', async () => {
  const { karim, ines, paul } = people
  const [shared, gone, foreign] = [
    await view(ines, { name: 'Reprise', sharedWith: 'campaign' }),
    await view(ines, { name: 'Ôtée', sharedWith: 'campaign' }),
    await view(karim, { name: 'Perdue' }),
  ]
  for (const one of [shared, gone, foreign]) assert.equal((await watch(karim, one.id)).status, 200)
  await house.owner.query(`update saved_views set shared_with = 'nobody' where id = $1`, [shared.id])
  await house.call(ines, 'DELETE', `/views/${gone.id}`)
  await house.owner.query('delete from campaign_members where campaign_id = $1 and organisation_id = $2', [
    campaign.id,
    karim.organisationId,
  ])
  assert.equal(await morning(1, karim), true)
  assert.deepEqual(await told(karim), [
    [
      'Une vue n’est plus suivie',
      '- « Ôtée » : elle a été supprimée',
      '- « Perdue » : vous ne pouvez plus l’ouvrir',
      '- « Reprise » : vous ne pouvez plus l’ouvrir',
    ],
  ])
  assert.deepEqual(
    (await watched(karim)).map(one => [one.name, one.view, one.stopped.because]).toSorted(),
    [
      ['Perdue', null, 'out-of-reach'],
      ['Reprise', null, 'out-of-reach'],
      ['Ôtée', null, 'removed'],
    ].toSorted(),
  )
  await morning(2, karim)
  assert.deepEqual(await told(karim), [], 'said once')
  assert.deepEqual(
    (await trail(karim.id)).map(({ action, actor_id, detail }) => [action, actor_id, detail.stoppedFor]).toSorted(),
    [
      ['view.watch-stopped', null, 'out-of-reach'],
      ['view.watch-stopped', null, 'out-of-reach'],
      ['view.watch-stopped', null, 'removed'],
    ],
  )
  await house.owner.query('insert into campaign_members (campaign_id, organisation_id) values ($1, $2)', [
    campaign.id,
    karim.organisationId,
  ])
  assert.equal((await watch(karim, foreign.id)).body.stopped, null, 'asked again, it starts anew')
  assert.equal((await watched(paul)).length, 0, 'each their own')
  for (const { id } of await watched(karim)) assert.equal((await unwatch(karim, id)).status, 200)
})

test('CAM-10: who can open nothing for now is neither written to nor stopped; their rights back, it goes on', async () => {
  const { paul } = people
  const kept = await view(paul, { name: 'Suspendu' })
  const { body } = await watch(paul, kept.id)
  await house.owner.query('update grants set starts_on = $2 where account_id = $1', [paul.id, '2027-02-01'])
  await status(1, 'besoin')
  await morning(1, paul)
  assert.deepEqual(await told(paul), [])
  await house.owner.query('update grants set starts_on = $2 where account_id = $1', [paul.id, '2026-01-01'])
  await morning(2, paul)
  assert.deepEqual(await told(paul), [['Du nouveau dans vos vues', '- « Suspendu » : 1 employeur de plus']])
  await unwatch(paul, body.id)
  await status(1, 'a-contacter')
})

test('CAM-10: a portfolio and a search are read as their pages read them', async () => {
  const { paul } = people
  const portfolio = await view(paul, { list: 'portfolio', campaignId: null, name: 'À moi', address: {} })
  const search = await view(paul, {
    list: 'search',
    campaignId: null,
    name: 'Autour',
    address: { territoire: String(places.gironde), tri: 'nom' },
  })
  const words = await view(paul, { list: 'search', campaignId: null, name: 'Mots', address: { q: 'ardoisière' } })
  const kindId = await kindNamed(house.owner, 'Label Diversité')
  const committed = await view(paul, {
    list: 'search',
    campaignId: null,
    name: 'Engagés',
    address: { territoire: String(places.gironde), engagement: kindId },
  })
  for (const { id } of [portfolio, search, words, committed]) {
    const { status: answered, body } = await watch(paul, id)
    assert.equal(answered, 200, JSON.stringify(body))
  }
  const take = await house.call(
    paul,
    'POST',
    `/campaigns/${campaign.id}/targets/${String(siretOf(5)).padStart(14, '0')}/take`,
    undefined,
    once(),
  )
  assert.equal(take.status, 200, JSON.stringify(take.body))
  await insertEstablishments(house.owner, [
    { siret: siretOf(20), name: 'Ardoisière du Bourg' },
    { siret: siretOf(21), name: 'Briqueterie' },
  ])
  await insertCommitments(house.owner, [
    aCommitment({ siret: siretOf(21), kindId, organisationId: paul.organisationId, authorId: paul.id }),
  ])
  await morning(1, paul)
  assert.deepEqual(await told(paul), [
    [
      'Du nouveau dans vos vues',
      '- « À moi » : 1 employeur de plus',
      '- « Autour » : 2 employeurs de plus',
      '- « Engagés » : 1 employeur de plus',
      '- « Mots » : 1 employeur de plus',
    ],
  ])
  for (const { id } of await watched(paul)) await unwatch(paul, id)
})

test('CAM-10: changed meanwhile, a view is read anew and makes no news of its new filters', async () => {
  const { paul } = people
  const kept = await view(paul, { name: 'Change' })
  const { body } = await watch(paul, kept.id)
  await house.owner.query(
    `update saved_views set address = '{"statut": "a-contacter"}', name = 'Changée', version = 2 where id = $1`,
    [kept.id],
  )
  await morning(1, paul)
  assert.deepEqual(await told(paul), [])
  assert.equal((await watched(paul))[0].name, 'Changée')
  await unwatch(paul, body.id)
})

test('CAM-10: neither a list one may not open, nor a view one does not read, nor too long a one, nor a twenty-first', async () => {
  const { ines, cards, reader, bare, karim } = people
  const shared = (over: object) => view(ines, { sharedWith: 'organisation', ...over })
  const targets = await shared({})
  const portfolio = await shared({ list: 'portfolio', campaignId: null, address: {} })
  const search = await shared({ list: 'search', campaignId: null, address: { q: 'garage' } })
  const code = async (who: typeof ines, { id }: { id: string }) => (await watch(who, id)).body.code ?? 'watched'
  assert.deepEqual(
    [
      await code(reader, targets),
      await code(reader, portfolio),
      await code(reader, search),
      await code(cards, search),
      await code(cards, portfolio),
      await code(cards, targets),
      await code(bare, search),
      await code(karim, search),
    ],
    [
      'watched',
      'access/no-grant',
      'access/no-grant',
      'watched',
      'access/no-grant',
      'not-found',
      'access/no-grant',
      'not-found',
    ],
  )
  await insertEstablishments(
    house.owner,
    Array.from({ length: mostLines + 1 }, (_, i) => ({ siret: siretOf(1000 + i), name: 'Verrerie' })),
  )
  const long = await shared({ list: 'search', campaignId: null, address: { q: 'verrerie' }, name: 'Longue' })
  assert.equal(await code(ines, long), 'view/too-long-to-watch')
  await house.owner.query('delete from establishments where siret = $1', [siretOf(1000)])
  assert.equal(await code(ines, long), 'watched')
  await insertEstablishments(house.owner, [{ siret: siretOf(1000), name: 'Verrerie' }])
  await morning(1, ines)
  assert.deepEqual(await told(ines), [
    [
      'Une vue n’est plus suivie',
      '- « Longue » : elle compte maintenant plus de 1 000 employeurs, resserrez ses filtres',
    ],
  ])
  for (let n = 0; n < mostWatched; n++) assert.equal(await code(ines, await view(ines)), 'watched')
  assert.equal(await code(ines, await view(ines)), 'view/too-many-watched')
})

test('CAM-10: a view too slow to read leaves the others of the person their turn, and waits for the next morning', async () => {
  const { paul } = people
  const [slow, other] = [
    await view(paul, { name: 'Lente', list: 'search', campaignId: null, address: { q: 'ardoisière' } }),
    await view(paul, { name: 'Vive' }),
  ]
  for (const { id } of [slow, other]) await watch(paul, id)
  await status(2, 'besoin')
  await house.owner.query(`alter function scoped_query(text, int) rename to scoped_query_kept`)
  await house.owner.query(`create function scoped_query(text, int) returns tsquery language plpgsql as
    $$ begin perform pg_sleep(20); return null; end $$`)
  try {
    await morning(1, paul)
  } finally {
    await house.owner.query('drop function scoped_query(text, int)')
    await house.owner.query('alter function scoped_query_kept(text, int) rename to scoped_query')
  }
  assert.deepEqual(await told(paul), [['Du nouveau dans vos vues', '- « Vive » : 1 employeur de plus']])
  await insertEstablishments(house.owner, [{ siret: siretOf(22), name: 'Ardoisière du Pont' }])
  await morning(2, paul)
  assert.deepEqual(await told(paul), [['Du nouveau dans vos vues', '- « Lente » : 1 employeur de plus']])
  for (const { id } of await watched(paul)) await unwatch(paul, id)
  await status(2, 'a-contacter')
})
