import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import pg from 'pg'
import { categoriesOf, type DataCategory, type Tool } from '../../../contract/route.ts'
import { tellNextPartners } from '../../notifications/tell-partners.job.ts'
import { deliverMails, type Mailbox, openMailbox } from '../../notifications/testing-smtp.ts'
import { within } from '../../platform/job.ts'
import { addDays } from '../../platform/time.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { announceTexts } from '../texts/announce-texts.job.ts'
import { texts } from '../texts/index.ts'
import { castOf, emptied, published, today } from '../texts/testing.ts'
import { announceAnnexes, tellClosings } from './announce-annex-4.job.ts'
import { tools } from './index.ts'

const days = 15
let house: House
let mailbox: Mailbox
let worker: pg.Client
let partner: string
let admin: Person
let claire: Person
let rgc: Person
before(async () => {
  house = await openHouse([...texts, ...tools])
  mailbox = await openMailbox()
  worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  ;({ partner, admin, claire, rgc } = await castOf(house))
})
after(async () => {
  await worker.end()
  await mailbox.close()
  await house.close()
})
const everyTool = ['campagnes', 'fiche-etablissement', 'fiche-recrutement']
afterEach(async () => {
  await emptied(house, 'mails', 'announcements', 'annex_4_entries', 'annex_4_versions', 'annex_4_tools')
  await house.owner.query(`delete from documents where version > 1`)
  await house.owner.query(
    `insert into annex_4_tools (tool, in_force_from) select t, '2020-01-01' from unnest($1::text[]) t`,
    [everyTool],
  )
})

const entry = (tool: string) => ({
  tool,
  purpose: 'Coordonner les démarches auprès des employeurs.',
  dataCategories: ['Identité de l’établissement'],
  categories: categoriesOf[tool as Tool] as readonly DataCategory[],
  commitments: 'Ouvert tous les jours.',
  documentationUrl: null,
})
const publishAnnex = async (kept: readonly string[], inDays: number, closes: readonly DataCategory[] = []) => {
  const entries = kept.map(tool => {
    const { categories, ...said } = entry(tool)
    return { ...said, categories: categories.filter(category => !closes.includes(category)) }
  })
  const { status, body } = await house.call(
    admin,
    'POST',
    '/annex-4',
    { inForceOn: addDays(today(), inDays), note: 'Nouvelle liste', entries, withdraws: everyTool, closes },
    once(),
  )
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
/** As if it had been published that many days ago. */
const since = (table: 'documents' | 'annex_4_versions', ago: number) =>
  house.owner.query(`update ${table} set published_at = published_at - make_interval(days => $1)`, [ago])
const cancel = async (path: string) => {
  const { status, body } = await house.call(admin, 'POST', `${path}/cancellation`, { reason: 'Une erreur' }, once())
  assert.equal(status, 200, JSON.stringify(body))
}
const run = (most?: number) => within(worker)(work => announceTexts(work, days, most))
const closings = () => within(worker)(work => tellClosings(work, days))
const annexes = () => within(worker)(work => announceAnnexes(work, days))
const mails = async (): Promise<{ who: string; kind: string }[]> =>
  (await house.owner.query('select to_account_id as who, kind from mails order by created_at, id')).rows
const told = async () => (await mails()).map(({ who }) => who).sort()
const people = (...those: Person[]) => those.map(({ id }) => id).sort()

test('ACC-7: a text to come is announced by mail fifteen days before, once, to whoever it will be asked of: a grant or a role, under a convention', async () => {
  const elsewhere = (await house.organisation()).id
  const grant = { tool: 'campagnes', profile: 'conseiller', territoryId: 0 } as const
  const gone = await house.person(partner, [grant])
  await house.person(partner)
  await house.person(elsewhere, [grant])
  await house.owner.query(`update accounts set status = 'suspended' where id = $1`, [gone.id])
  await house.owner.query('update conventions set ends_at = now() where organisation_id = $1', [elsewhere])
  const text = await published(house, admin, { title: 'CGU du service', inForceOn: addDays(today(), days + 1) })
  assert.equal(await run(), 0, 'sixteen days before')
  await house.owner.query(`update documents set in_force_from = in_force_from - interval '1 day' where id = $1`, [
    text.id,
  ])
  assert.equal(await run(), 3)
  assert.deepEqual(await told(), people(admin, claire, rgc), 'neither idle, nor suspended, nor of another convention')
  assert.equal(await run(), 0, 'once')
  const [mail] = await deliverMails(house, mailbox)
  assert.match(mail!.subject, /^Un texte à accepter à partir du \d{1,2}(er)? \S+ \d{4}$/)
  assert.match(mail!.text, /« CGU du service » prend effet le .*n’ouvrent rien/s)
  assert.ok(mail!.text.includes(`/textes/${text.id}`))
  // Who joins meanwhile is told too.
  const late = await house.person(partner, [grant])
  assert.equal(await run(), 1)
  assert.ok((await told()).includes(late.id))
  await house.owner.query('update accounts set status = $2 where id = any ($1)', [[gone.id, late.id], 'blocked'])
})

test('ACC-7: the conditions of a tool are announced to who holds a grant of it that lasts until then, and to nobody else', async () => {
  const ends = (inDays: number) =>
    house.person(partner, [
      { tool: 'fiche-recrutement', profile: 'consultation', territoryId: 0, endsOn: addDays(today(), inDays) },
    ])
  const [before_, until] = [await ends(2), await ends(3)]
  const text = await published(house, admin, { kind: 'cpu', tool: 'fiche-recrutement', inForceOn: addDays(today(), 3) })
  assert.equal(await run(), 1)
  assert.deepEqual(await told(), people(until))
  assert.match((await deliverMails(house, mailbox))[0]!.text, /propre à l’outil « Fiche pratique de recrutement »/)
  // Given up, it is told to who was told, once.
  await cancel(`/documents/${text.id}`)
  assert.equal(await run(), 1)
  assert.equal(await run(), 0)
  assert.deepEqual(
    (await mails()).map(({ who, kind }) => [who, kind]),
    [
      [until.id, 'text-to-come'],
      [until.id, 'text-cancelled'],
    ],
  )
  assert.match((await deliverMails(house, mailbox))[0]!.text, /est annulé : il ne sera pas à accepter/)
  await house.owner.query('update accounts set status = $2 where id = any ($1)', [[before_.id, until.id], 'blocked'])
})

test('ACC-7: in force today, cancelled before it was announced, or told by parts and by two runs at once: nobody is told twice, nor for nothing', async () => {
  await published(house, admin, { kind: 'securite', title: 'Règles' })
  assert.equal(await run(), 0, 'in force: asked at the next request')
  const given = await published(house, admin, { kind: 'confidentialite', inForceOn: addDays(today(), 1) })
  await cancel(`/documents/${given.id}`)
  assert.equal(await run(), 0)
  await published(house, admin, { inForceOn: addDays(today(), 1) })
  assert.equal(await run(1), 1, 'killed after its first part')
  const other = new pg.Client(house.urls.workerUrl)
  await other.connect()
  const both = await Promise.all([run(), within(other)(work => announceTexts(work, days))])
  await other.end()
  assert.deepEqual(both.sort(), [0, 2])
  assert.deepEqual(await told(), people(admin, claire, rgc))
})

test('AGR-6: a version of annex 4 is announced again to every partner fifteen days before, once, unless it was published since; not once cancelled', async () => {
  const version = await publishAnnex(['campagnes', 'fiche-etablissement'], days)
  while (await within(worker)(tellNextPartners));
  assert.match((await deliverMails(house, mailbox))[0]!.subject, /version 1 publiée/)
  assert.equal(await annexes(), 0, 'published that very day: its partners were just told')
  await since('annex_4_versions', 1)
  assert.equal(await annexes(), 1)
  assert.equal(await annexes(), 0, 'once')
  while (await within(worker)(tellNextPartners));
  const [mail] = await deliverMails(house, mailbox)
  assert.match(mail!.subject, /version 1 à venir/)
  assert.match(mail!.text, /prend effet le .*Outils retirés : « Fiche pratique de recrutement »/s)
  await cancel(`/annex-4/${version.id}`)
  await house.owner.query(`delete from announcements where kind = 'annex-4-to-come'`)
  assert.equal(await annexes(), 0)
})

test('AGR-6, AGR-12: whoever holds a grant of a tool that closes is told fifteen days before, once; and once more if it does not close', async () => {
  const version = await publishAnnex(['fiche-recrutement'], days + 1)
  assert.equal(await closings(), 0)
  for (const change of ['annex_4_versions set in_force_from', 'annex_4_tools set in_force_until'])
    await house.owner.query(
      `update ${change} = ${change.split(' ').at(-1)} - interval '1 day' where ${change.split(' ').at(-1)} > now()`,
    )
  assert.deepEqual([await closings(), await closings()], [1, 0], 'one mail for two tools')
  assert.deepEqual(await told(), people(claire), 'not the account manager, who holds no grant')
  const [mail] = await deliverMails(house, mailbox)
  assert.match(mail!.subject, /^Des outils communs ferment le /)
  assert.match(mail!.text, /« Campagnes coordonnées » et « Fiche établissement » ne feront plus partie/)
  await cancel(`/annex-4/${version.id}`)
  assert.deepEqual([await closings(), await closings()], [1, 0])
  assert.match((await deliverMails(house, mailbox))[0]!.text, /est annulée : vos habilitations continuent/)
})

test('AGR-6, AGR-12: a category of data that closes is told to partners again, and to whoever holds a grant of its tool, as a tool is', async () => {
  const version = await publishAnnex(everyTool, days, ['notes', 'besoins'])
  await since('annex_4_versions', 1)
  while (await within(worker)(tellNextPartners));
  const fermees = /Catégories de données fermées : « Besoins des employeurs » et « Notes »/
  assert.match((await deliverMails(house, mailbox))[0]!.text, fermees)
  assert.equal(await annexes(), 1)
  while (await within(worker)(tellNextPartners));
  assert.match((await deliverMails(house, mailbox))[0]!.text, fermees)
  await emptied(house, 'mails')
  assert.deepEqual([await closings(), await closings()], [1, 0])
  assert.deepEqual(await told(), people(claire))
  const [mail] = await deliverMails(house, mailbox)
  assert.match(mail!.subject, /^Des données communes ferment le /)
  assert.match(mail!.text, /n’ouvrira plus ces données à partir du .* : « Besoins des employeurs » et « Notes »/)
  assert.doesNotMatch(mail!.text, /prendront fin/)
  await cancel(`/annex-4/${version.id}`)
  assert.deepEqual([await closings(), await closings()], [1, 0])
})

test('SEC-6: only the worker asks whom to announce to', async () => {
  for (const asked of [
    'ctx.texts_to_announce(15, 10)',
    'ctx.annexes_to_announce(15)',
    'ctx.tool_closings_to_tell(15, 10)',
    `ctx.announce_annex(gen_random_uuid(), gen_random_uuid(), 'a', 'b', '/c')`,
  ]) {
    const web = new pg.Client(house.urls.webUrl)
    await web.connect()
    await assert.rejects(web.query(`select ${asked}`), /permission denied/)
    await web.end()
  }
})
