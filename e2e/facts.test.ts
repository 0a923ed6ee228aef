import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Reply } from '../contract/route.ts'
import {
  chooseFact,
  confirmFact,
  factNames,
  listFacts,
  noteFact,
  readFactHistory,
  setFactAside,
} from '../contract/work-with-employers/facts.ts'
import { closeBrowser } from './browser.ts'
import {
  claire,
  dayFromNow,
  id,
  karim,
  leavePage,
  line,
  mine,
  mission,
  openCard,
  openService,
  type Service,
  soundAtEveryWidth,
} from './employer-stub.ts'
import { refusal } from './stub-service.ts'

type Fact = Reply<typeof listFacts>['items'][number]
const { siret } = line()
const said = (n: string, value: string, over: Partial<Fact['said'][number]> = {}): Fact['said'][number] => ({
  id: id(n),
  value,
  source: 'conseiller',
  organisationName: mine.name,
  author: claire,
  observedOn: '2026-10-02',
  recordedAt: '2026-10-02T09:12:00Z',
  confirmed: null,
  proposed: false,
  ...over,
})
const theirs = { organisationName: mission.name, author: karim }
const fact = (field: Fact['field'], over: Partial<Fact> = {}): Fact => ({
  field,
  said: [],
  toConfirm: false,
  version: 0,
  allowed: ['note'],
  ...over,
})
const headcount = fact('headcount', {
  said: [said('e1', '34', { source: 'personne-concernee', observedOn: '2026-01-12' })],
  toConfirm: true,
  version: 1,
  allowed: ['note', 'confirm'],
})
const sign = fact('sign', {
  said: [said('e2', 'Garonne Bois', theirs), said('e3', 'La Charpenterie')],
  version: 2,
  allowed: ['note', 'choose'],
})
const website = fact('website', {
  said: [said('e4', 'https://www.garonne-bois.example')],
  version: 3,
  allowed: ['note', 'confirm'],
})
const openingHours = fact('openingHours', {
  said: [said('e5', 'Du lundi au jeudi, 8 h – 17 h\nVendredi, 8 h – 12 h')],
  version: 1,
  allowed: ['note', 'confirm'],
})
const all = (...known: readonly Fact[]) => ({
  items: factNames.map(field => known.find(one => one.field === field) ?? fact(field)),
})

let service: Service
before(async () => {
  service = await openService()
})
after(async () => {
  await closeBrowser()
  await service?.stop()
})
const openFacts = (...known: readonly Fact[]) =>
  openCard(service, () => service.reply(listFacts, { siret }, all(...known)))
const sent = () => service.calls.findLast(({ method, path }) => method === 'PUT' && path.includes('/facts/'))!
const ofField = (name: string) => `/api/establishments/${siret}/facts/${name}`

test('EST-6: the card says what partners know, the register beside, who said it, what is old and on what they differ', async () => {
  const page = await openFacts(headcount, sign, website, openingHours)
  const block = page.locator('#terrain')
  const of = (label: string) => block.locator('.cc-terrain-field', { has: page.getByRole('heading', { name: label }) })
  await of('Effectif réel').getByText('à confirmer').waitFor()
  await of('Effectif réel').getByText('SIRENE : 20 à 49 salariés (2024)').waitFor()
  await of('Enseigne').getByText('deux avis').waitFor()
  await of('Enseigne').locator('.cc-terrain-field__by', { hasText: mission.name }).waitFor()
  assert.equal(
    await of('Enseigne')
      .getByRole('button', { name: /Toujours juste/ })
      .count(),
    0,
  )
  const link = of('Site').getByRole('link', { name: /Ouvrir/ })
  assert.equal(await link.getAttribute('rel'), 'noopener noreferrer')
  await of('Effectif réel').getByRole('button', { name: '34 personnes', exact: true }).focus()
  await page.getByRole('tooltip', { name: /dit par l’employeur .*constaté le 12 janvier 2026/ }).waitFor()
  await soundAtEveryWidth(page, 'terrain-fiche')
  service.reply(
    readFactHistory,
    { siret, field: 'website' },
    {
      said: [
        { ...website.said[0]!, replacedAt: null },
        { ...said('e6', 'http://garonne.example', theirs), replacedAt: '2026-10-02T09:12:00Z' },
      ],
    },
  )
  assert.equal(
    await of('Horaires')
      .getByRole('button', { name: /Historique/ })
      .count(),
    0,
  )
  await of('Site')
    .getByRole('button', { name: /Historique/ })
    .click()
  await page.getByRole('dialog').getByText('écarté le 2 octobre 2026').waitFor()
  await soundAtEveryWidth(page, 'terrain-historique', { full: false })
  await leavePage(service)
})

test('EST-6: « toujours juste » in one press; of two values one is retained, and what is only proposed is set aside', async () => {
  const proposed = fact('transport', {
    said: [
      said('e9', 'Ligne 4', { ...theirs, proposed: true }),
      said('ea', 'Ligne 44', { source: 'personne-concernee' }),
    ],
    version: 2,
    allowed: ['note', 'choose', 'confirm'],
  })
  const page = await openFacts(headcount, sign, proposed)
  const block = page.locator('#terrain')
  service.reply(confirmFact, { siret, field: 'headcount' }, { ...headcount, version: 2, toConfirm: false })
  await block.getByRole('button', { name: 'Toujours juste : Effectif réel' }).press('Enter')
  await page.getByText('Toujours juste : Effectif réel.').first().waitFor()
  assert.deepEqual([sent().path, sent().headers['if-match']], [`${ofField('headcount')}/confirmation`, '"1"'])
  service.reply(chooseFact, { siret, field: 'sign' }, { ...sign, said: [sign.said[1]!], version: 4 })
  await block.getByRole('button', { name: 'Retenir La Charpenterie' }).press('Enter')
  await page.getByText('Valeur retenue : La Charpenterie.').first().waitFor()
  assert.deepEqual(
    [sent().path, sent().body, sent().headers['if-match']],
    [`${ofField('sign')}/choice`, { valueId: id('e3') }, '"2"'],
  )
  const transport = block.locator('.cc-terrain-field', { hasText: 'Ligne 44' })
  await transport.getByText(/^Proposé par la mission locale des Graves, 2 octobre 2026/).waitFor()
  assert.equal(await transport.getByText('avis').count(), 0, 'a proposal is no difference')
  service.reply(setFactAside, { siret, field: 'transport' }, { ...proposed, said: [proposed.said[1]!], version: 3 })
  await transport.getByRole('button', { name: 'Écarter Ligne 4', exact: true }).press('Enter')
  await page.getByText('Valeur écartée : Ligne 4.').first().waitFor()
  assert.deepEqual([sent().path, sent().body], [`${ofField('transport')}/set-aside`, { valueId: id('e9') }])
  await leavePage(service)
})

test('EST-6: what is not known is filled in where it stands, by the keyboard, with where it comes from and when it was seen', async () => {
  const page = await openFacts()
  const block = page.locator('#terrain')
  await block.getByText('Rien n’est noté encore').waitFor()
  await block.getByRole('button', { name: 'Standard' }).press('Enter')
  const field = block.getByRole('textbox', { name: /^Standard/ })
  await field.fill('05 56 12 34 56')
  await block.getByLabel('Dit par l’employeur').check({ force: true })
  await soundAtEveryWidth(page, 'terrain-saisie')
  const noted = fact('switchboard', { said: [said('e7', '+33556123456')], version: 1, allowed: ['note', 'confirm'] })
  service.reply(noteFact, { siret, field: 'switchboard' }, noted)
  service.reply(listFacts, { siret }, all(noted))
  await field.press('Enter')
  await block.getByRole('link', { name: /Appeler/ }).waitFor()
  const { path, body, headers } = sent()
  assert.deepEqual(
    [path, body, headers['if-match']],
    [
      ofField('switchboard'),
      { value: '05 56 12 34 56', source: 'personne-concernee', observedOn: dayFromNow(0) },
      '"0"',
    ],
  )
  await leavePage(service)
})

test('EST-6: changed by another meanwhile, what they wrote is shown, what is typed stays and may be sent over it', async () => {
  const current = { ...headcount, version: 2, said: [said('e8', '41', theirs), ...headcount.said] }
  service.on(
    `PUT /establishments/${siret}/facts/headcount`,
    refusal(412, 'request/changed-meanwhile', 'Modifié entre-temps', 'Quelqu’un l’a modifié entre-temps.', { current }),
  )
  const page = await openFacts(headcount)
  const block = page.locator('#terrain')
  await block.getByRole('button', { name: 'Corriger : Effectif réel' }).click()
  await block.getByRole('textbox', { name: /^Effectif réel/ }).fill('38')
  await block.getByRole('button', { name: 'Enregistrer' }).click()
  await block.getByText(/Changé entre-temps : « 41\spersonnes » \(Mission locale des Graves\)/).waitFor()
  await soundAtEveryWidth(page, 'terrain-entre-temps')
  await block.getByRole('button', { name: /Garder ma saisie/ }).click()
  service.reply(noteFact, { siret, field: 'headcount' }, { ...headcount, version: 4 })
  await block.getByRole('button', { name: 'Enregistrer' }).click()
  await page.getByText('Enregistré : Effectif réel.').first().waitFor()
  assert.deepEqual([sent().body.value, sent().headers['if-match']], ['38', '"2"'])
  await leavePage(service)
})

test('EST-6: who only reads the card is offered nothing to change', async () => {
  service.reply(
    listFacts,
    { siret },
    { items: all({ ...headcount, allowed: [] }).items.map(one => ({ ...one, allowed: [] })) },
  )
  const items = all({ ...headcount, allowed: [] }).items.map(one => ({ ...one, allowed: [] }))
  const page = await openCard(service, () => service.reply(listFacts, { siret }, { items }))
  const block = page.locator('#terrain')
  await block.getByText('34 personnes').first().waitFor()
  assert.equal(await block.getByRole('button', { name: /Corriger|exact|Standard|Enseigne/ }).count(), 0)
  await leavePage(service)
})
