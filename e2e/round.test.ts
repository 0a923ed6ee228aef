import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import type { Reply } from '../contract/route.ts'
import { listContours } from '../contract/territory-and-register/territories.ts'
import { listTargets } from '../contract/work-with-employers/campaigns.ts'
import { getBeforeContact, getRecording } from '../contract/work-with-employers/exchanges.ts'
import { listPortfolio } from '../contract/work-with-employers/portfolio.ts'
import { listRoundStops } from '../contract/work-with-employers/rounds.ts'
import { dayLine, day as dayReply } from './day-stub.ts'
import { answerCard, dayFromNow, id, line, nextAction } from './employer-stub.ts'
import { pagesUnderTest } from './pages.ts'
import * as stub from './stub-campaigns.ts'

type Stop = Reply<typeof listRoundStops>['items'][number]
const pages = await pagesUnderTest()
const { service, page, open, sound, soundAtEveryWidth } = pages
after(() => pages.stop())
const tuesday = dayFromNow(3)
const stop = (number: number, over: Partial<Stop> = {}): Stop => ({
  establishment: stub.line(number),
  address: `${number} rue des Pins, 33610 Canéjan`,
  position: { lat: 44.7 + number / 50, lon: -0.6 },
  people: [],
  action: null,
  planned: [],
  lastContacts: [],
  contactsThisMonth: 0,
  cautions: [],
  nextDoor: null,
  commitments: [],
  allowed: ['record'],
  ...over,
})
const siret = (number: number) => stub.line(number).siret
const visit = (number: number, dueAt: string | null) =>
  nextAction({
    siret: siret(number),
    establishmentName: stub.line(number).name,
    kind: 'visite',
    dueOn: tuesday,
    dueAt,
  })
const all = [
  stop(2, {
    action: visit(2, '14:30'),
    people: [{ correspondent: 'Ana Sanz', role: 'Gérante', phone: '+33556000001', email: null }],
    lastContacts: [
      {
        organisation: stub.organisations.mission,
        occurredOn: dayFromNow(-4),
        exchangeId: null,
        channel: 'telephone',
        result: 'refus',
        resultLabel: null,
        personMet: 'M. Hourtin',
        correspondentId: null,
        notes: 'Pas avant janvier.',
        author: null,
      },
    ],
    contactsThisMonth: 3,
    cautions: ['refused', 'often-contacted'],
    nextDoor: {
      contact: { establishment: stub.line(5), occurredOn: dayFromNow(-9), organisation: stub.organisations.mission },
      held: {
        establishment: stub.line(6),
        organisation: stub.organisations.mission,
        person: { id: id('c9'), name: 'Karim Benali', organisationId: stub.organisations.mission.id },
        until: null,
      },
    },
  }),
  stop(0, { action: visit(0, null) }),
  stop(3, { action: visit(3, '09:00') }),
  stop(4, { position: null, address: null, lastContacts: null, contactsThisMonth: null, action: visit(4, null) }),
]
const reply = (items: readonly Stop[], over: object = {}) => ({
  items: [...items],
  within: stub.clpe.id,
  unknown: [],
  more: 0,
  ...over,
})
before(() => {
  service.on('GET /me', { body: stub.me('conseiller') })
  service.reply(listRoundStops, {}, ({ search }) => {
    const named = search.get('sirets')?.split(',')
    return reply(named ? all.filter(({ establishment }) => named.includes(establishment.siret)) : all)
  })
  service.reply(
    listContours,
    { territoryId: String(stub.clpe.id) },
    { of: 'commune', items: [], sources: [], places: [] },
  )
  service.reply(listPortfolio, {}, dayReply([0, 2, 3, 4, 5, 6].map(n => dayLine(visit(n, null)))))
})
const stops = () => page().getByRole('list', { name: 'Étapes de la tournée' }).locator('> li')
const names = async () =>
  (await stops().getByRole('heading', { level: 3 }).getByRole('link').allTextContents()).map(words => words.trim())
const ordered = (numbers: readonly number[]) => numbers.map(n => stub.line(n).name)

test('POR-5: the visits of a day in a sensible order, meetings by their hour, what has no place last and said so', async () => {
  await open(`/tournee?jour=${tuesday}`)
  await stops().nth(2).waitFor()
  assert.deepEqual(await names(), ordered([3, 2, 0]))
  const last = page().getByRole('list', { name: 'Étapes sans position connue' })
  await last.getByRole('link', { name: stub.line(4).name! }).waitFor()
  await last.getByText('hors de votre périmètre').waitFor()
  await page()
    .getByText(/1.étape ne peut pas être située/)
    .waitFor()
  await page().locator('.cc-map__frame[data-state="ready"]').waitFor()
  const first = stops().nth(1)
  await first.getByText('A refusé au dernier échange').waitFor()
  await first
    .getByText(
      /^Même entreprise : .+, contacté le .+ par la mission locale .+ ; .+, suivi par Karim Benali, de la mission/,
    )
    .waitFor()
  assert.equal(await first.getByRole('link', { name: /^Appeler Ana Sanz/ }).getAttribute('href'), 'tel:+33556000001')
  assert.match((await first.getByRole('link', { name: /^Itinéraire/ }).getAttribute('href'))!, /to=44\.74%2C-0\.6/)
  for (const target of await first.locator('.cc-stop__acts .fr-btn').all())
    assert.ok((await target.boundingBox())!.height >= 44, 'a finger finds it')
  await soundAtEveryWidth('tournee')
})

test('POR-5, CAM-4: from where one stands, without ever sending it; the address holds numbers and a day alone', async () => {
  await open(`/tournee?jour=${tuesday}&etablissements=${siret(0)},${siret(5)}`, 320)
  await stops().first().waitFor()
  assert.deepEqual(await names(), ordered([0]))
  service.reply(listRoundStops, {}, reply([stop(0), stop(1), stop(2)]))
  await open(`/tournee?etablissements=${siret(0)},${siret(1)},${siret(2)}`, 320)
  await stops().nth(2).waitFor()
  await page().context().grantPermissions(['geolocation'])
  await page().context().setGeolocation({ latitude: 44.751, longitude: -0.6 })
  await page().getByRole('button', { name: 'Partir d’où je suis' }).press('Enter')
  await page().getByText('depuis votre position').waitFor()
  assert.deepEqual(await names(), ordered([2, 1, 0]))
  assert.equal(
    service.calls.some(({ search, body }) => /44\.751/.test(`${search}${JSON.stringify(body)}`)),
    false,
  )
  await stops()
    .nth(1)
    .getByRole('button', { name: /^Retirer/ })
    .press('Enter')
  await page().waitForFunction(() => !location.search.includes('choisir') && location.search.includes('etablissements'))
  const address = new URL(page().url()).searchParams
  assert.deepEqual([...address.keys()], ['etablissements'])
  assert.deepEqual(address.get('etablissements')!.split(','), [siret(2), siret(0)])
})

test('POR-5: stops are chosen by the keyboard in the portfolio, twenty-five at most, and kept in the address', async () => {
  service.reply(listRoundStops, {}, reply([]))
  await open('/tournee')
  await page().getByText('Aucune visite prévue ce jour-là').waitFor()
  await soundAtEveryWidth('tournee-vide')
  await page().getByRole('button', { name: 'Choisir des employeurs' }).press('Enter')
  const dialog = page().getByRole('dialog', { name: 'Choisir les étapes' })
  await dialog.getByLabel(stub.line(2).name!).waitFor()
  await sound('tournee-choisir')
  await dialog.getByLabel('Nom ou commune').fill(stub.line(2).name!.slice(0, 6).toLowerCase())
  assert.equal(await dialog.getByRole('checkbox').count(), 1)
  await dialog.getByRole('checkbox').press('Space')
  await dialog.getByLabel('Nom ou commune').fill('')
  await dialog.getByLabel(stub.line(0).name!).press('Space')
  service.reply(listRoundStops, {}, reply([stop(2), stop(0)]))
  await dialog.getByRole('button', { name: 'Faire la tournée (2)' }).press('Enter')
  await stops().nth(1).waitFor()
  assert.equal(new URL(page().url()).searchParams.get('etablissements'), `${siret(2)},${siret(0)}`)
})

test('POR-5: numbers that the service does not know are said so, be they some of the stops or all', async () => {
  service.reply(listRoundStops, {}, reply([], { within: null, unknown: [siret(0), siret(1)] }))
  await open(`/tournee?etablissements=${siret(0)},${siret(1)}`, 320)
  await page().getByText('Aucun de ces établissements n’est connu').waitFor()
  assert.equal(await page().getByText('Aucune visite prévue').count(), 0)
  await sound('tournee-inconnus-320')
  await page().getByRole('button', { name: 'Choisir des employeurs' }).press('Enter')
  const dialog = page().getByRole('dialog', { name: 'Choisir les étapes' })
  await dialog.getByLabel(stub.line(2).name!).press('Space')
  await dialog.getByRole('button', { name: 'Faire la tournée (1)' }).waitFor()
  service.reply(listRoundStops, {}, reply([stop(0)], { unknown: [siret(1)] }))
  await open(`/tournee?etablissements=${siret(0)},${siret(1)}`)
  await page()
    .getByText(/1.établissement de l’adresse n’est pas connu/)
    .waitFor()
})

test('POR-5: from a campaign, one chooses among the targets that its filters find', async () => {
  const campaign = stub.campaign()
  service.reply(listTargets, { campaignId: campaign.id }, ({ search }) => {
    assert.deepEqual([search.get('status'), search.get('sort')], ['a-contacter', 'town'])
    return { items: [stub.target(1)], next: null, total: 1 }
  })
  await open(`/tournee?campagne=${campaign.id}&statut=a-contacter&choisir=oui`, 320)
  const dialog = page().getByRole('dialog', { name: 'Choisir les étapes' })
  await dialog.getByLabel(stub.target(1).establishment.name!).waitFor()
  await sound('tournee-choisir-campagne-320')
})

test('PRI-5: the sheets ask their purpose before they leave, in the order of the round', async () => {
  service.reply(listRoundStops, {}, reply(all))
  let asked: any
  service.on('POST /rounds/sheets', ({ body }: any) => {
    asked = body
    return {
      status: 503,
      body: {
        type: 'about:blank',
        title: 'Occupé',
        status: 503,
        detail: 'Un document se fait.',
        code: 'document/busy',
        requestId: 'x',
      },
    }
  })
  await open(`/tournee?jour=${tuesday}`)
  await page().getByRole('button', { name: 'Fiches de visite' }).press('Enter')
  const dialog = page().getByRole('dialog', { name: 'Fiches de visite' })
  await dialog.getByText(/4.pages/).waitFor()
  await sound('tournee-fiches')
  await dialog.getByRole('button', { name: 'Télécharger' }).press('Enter')
  await dialog.getByLabel('Pour quoi faire').waitFor()
  assert.equal(asked, undefined, 'not without a purpose')
  await dialog.getByLabel('Pour quoi faire').fill('Visites de mardi')
  await dialog.getByRole('button', { name: 'Télécharger' }).press('Enter')
  await dialog.getByText('Un document se fait.').waitFor()
  assert.deepEqual(asked, { purpose: 'Visites de mardi', sirets: [3, 2, 0, 4].map(siret), day: tuesday })
})

test('POR-5: one press opens the exchange that answers the visit', async () => {
  service.reply(
    getBeforeContact,
    { siret: siret(2) },
    { lastContacts: [], planned: [], contactsThisMonth: 0, mayRecord: true, whyNot: null },
  )
  service.reply(getRecording, { siret: siret(2) }, { campaigns: [], planned: [visit(2, '14:30')] })
  await open(`/tournee?jour=${tuesday}`, 320)
  await stops()
    .nth(1)
    .getByRole('button', { name: /^Échange/ })
    .press('Enter')
  await page().getByRole('dialog', { name: 'Enregistrer un échange' }).getByText(stub.line(2).name!).waitFor()
})

test('POR-5, EST-12, UX-1: a round is printed on one page with its map drawn', async () => {
  service.reply(
    listRoundStops,
    {},
    reply(
      Array.from({ length: 10 }, (_, n) =>
        stop(n, {
          ...all[0],
          establishment: stub.line(n),
          position: { lat: 44.7 + n / 50, lon: -0.6 + (n % 3) / 30 },
          // Of a whole day, two stops whose firm has another shop at work.
          nextDoor: n % 5 ? null : all[0]!.nextDoor!,
        }),
      ),
    ),
  )
  await open(`/tournee?etablissements=${Array.from({ length: 10 }, (_, n) => siret(n)).join()}`)
  await page().locator('.cc-map__frame[data-state="ready"]').waitFor()
  const pdf = await page().pdf({ format: 'A4' })
  if (process.env['SHOTS']) await writeFile(`${process.env['SHOTS']}/tournee.pdf`, pdf)
  const drawn = await page().evaluate(() => {
    const picture = document.querySelector<HTMLCanvasElement>('.cc-map__printed canvas')!
    const { data } = picture.getContext('2d')!.getImageData(0, 0, picture.width, picture.height)
    return new Set(Array.from({ length: data.length / 4 }, (_, i) => data.subarray(4 * i, 4 * i + 3).join())).size
  })
  assert.ok(drawn > 20, `${drawn} colours: the map is not an empty frame`)
  assert.equal(pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length, 1)
})

test('POR-5: the sheet of one employer is asked from its card, with its purpose', async () => {
  const asked: unknown[] = []
  service.on('POST /rounds/sheets', ({ body }: { body: unknown }) => {
    asked.push(body)
    return undefined
  })
  answerCard(service)
  await open(`/etablissements/${line().siret}`, 320)
  await page().getByRole('button', { name: 'Fiche de visite' }).press('Enter')
  const dialog = page().getByRole('dialog', { name: 'Fiche de visite' })
  await dialog.getByLabel('Pour quoi faire').fill('Rendez-vous de jeudi')
  await sound('fiche-de-visite-320')
  await dialog.getByRole('button', { name: 'Télécharger' }).press('Enter')
  await dialog
    .getByText(/Connexion perdue|joindre|réseau/i)
    .first()
    .waitFor()
  assert.deepEqual(asked[0], { purpose: 'Rendez-vous de jeudi', sirets: [line().siret], day: dayFromNow(0) })
})
