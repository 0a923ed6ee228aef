import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Reply } from '../contract/route.ts'
import { getMe } from '../contract/signing-in/identity.ts'
import {
  correctProvisional,
  countFacets,
  createProvisional,
  getEstablishment,
  searchEstablishments,
  withdrawProvisional,
} from '../contract/territory-and-register/establishments.ts'
import { listCommunes } from '../contract/territory-and-register/territories.ts'
import { closeBrowser } from './browser.ts'
import {
  answerCard,
  claire,
  clpe,
  establishment,
  facets,
  line,
  me,
  mine,
  open,
  openService,
  type Service,
  sound,
  soundAtEveryWidth,
} from './employer-stub.ts'
import { activityToday, refusal } from './stub-service.ts'

let service: Service
before(async () => {
  service = await openService()
})
after(async () => {
  await closeBrowser()
  await service?.stop()
})

const siret = '91000700100018'
const typed = {
  name: 'Fournil du Port',
  activity: { code: '10', nomenclature: 'NAFRev2', label: 'Industries alimentaires' },
  communeCode: '33122',
  town: 'Cestas',
  organisation: mine,
  author: { id: claire.id, name: claire.name },
  createdAt: '2026-11-25T10:00:00Z',
  confirmed: false,
  confirmedAt: null,
  lookedUpAt: null,
  corrected: null,
  allowed: [],
} satisfies NonNullable<Reply<typeof getEstablishment>['typed']>
const provisional = establishment({
  ...line({
    siret,
    siren: siret.slice(0, 9),
    name: typed.name,
    sign: null,
    activity: typed.activity,
    headcount: null,
    legalNature: 'unknown',
    companySize: 'unknown',
    employer: null,
    headOffice: false,
    provisional: true,
  }),
  activities: [typed.activity],
  legalName: null,
  acronym: null,
  legalCategory: null,
  address: null,
  postalCode: null,
  position: null,
  createdOn: null,
  registerUpdatedAt: null,
  importedAt: null,
  company: null,
  siblings: { open: 0, closed: 0, items: [] },
  typed,
})

test('EST-1, UX-5: a SIRET that the register lacks: the search says so and offers a provisional card, made by keyboard; the card says what it is, then what was typed once confirmed', async () => {
  answerCard(service, siret)
  service.reply(
    getMe,
    {},
    me({
      rights: [
        {
          tool: 'fiche-etablissement',
          profile: 'conseiller',
          territory: clpe,
          reason: 'prospection',
          since: '2026-03-03',
          until: null,
        },
      ],
    }),
  )
  service.reply(
    searchEstablishments,
    {},
    { items: [], next: null, total: 0, understood: `SIRET ${siret}`, unknownSiret: siret },
  )
  service.reply(
    listCommunes,
    {},
    { items: [{ code: '33122', name: 'Cestas', postalCodes: ['33610'], departement: 'Gironde' }], next: null },
  )
  service.reply(countFacets, {}, facets)
  service.reply(createProvisional, {}, provisional)
  service.reply(getEstablishment, { siret }, provisional)
  const narrow = await open(service, `/etablissements?q=${siret}`, 320)
  await narrow.getByText('Ce SIRET n’est pas au répertoire').waitFor()
  await sound(narrow, 'siret-inconnu-320')
  await narrow.getByRole('link', { name: 'Créer une fiche provisoire' }).click()
  await narrow.getByRole('textbox', { name: /Nom de l’entreprise/ }).waitFor()
  await sound(narrow, 'fiche-provisoire-saisie-320')
  const page = await open(service, `/etablissements?q=${siret}`)
  await page.getByRole('link', { name: 'Créer une fiche provisoire' }).press('Enter')
  await page.waitForURL(`**/etablissements/fiche-provisoire?siret=${siret}`)
  await page.getByRole('textbox', { name: /Nom de l’entreprise/ }).focus()
  await page.keyboard.type('Fournil du Port')
  await page.keyboard.press('Enter')
  await page.getByText('Renseignez « Commune ».').first().waitFor()
  await page.getByRole('combobox', { name: /Commune/ }).focus()
  await page.keyboard.type('cest')
  await page.getByRole('option', { name: /Cestas/ }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('combobox', { name: /Activité/ }).focus()
  await page.keyboard.type('alimentaires')
  await page
    .getByRole('option', { name: /Industries alimentaires/ })
    .first()
    .waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Créer la fiche' }).press('Enter')
  await page.waitForURL(`**/etablissements/${siret}`)
  await page.getByText('saisie par Claire Dufau (CC Jalle-Eau-Bourde) le 25 novembre 2026').waitFor()
  const sent = service.calls.findLast(({ method, path }) => method === 'POST' && path === '/api/establishments')!
  assert.deepEqual(sent.body, { siret, name: 'Fournil du Port', communeCode: '33122', activity: activityToday('10') })
  await sound(page, 'fiche-provisoire-1440')

  service.reply(
    getEstablishment,
    { siret },
    establishment({ siret, typed: { ...typed, confirmed: true, confirmedAt: '2026-12-01T05:00:00Z' } }),
  )
  const confirmed = await open(service, `/etablissements/${siret}`, 320)
  await confirmed.getByText('confirmée par le répertoire le 1er décembre 2026').waitFor()
  assert.equal(await confirmed.getByRole('heading', { name: 'Fiche provisoire' }).count(), 0)
  await confirmed.getByRole('button', { name: 'Fournil du Port' }).focus()
  await confirmed.getByRole('tooltip', { name: /saisi par Claire Dufau/ }).waitFor()
  await sound(confirmed, 'fiche-confirmee-320')
})

test('EST-1, EST-6: whoever may corrects the card and withdraws it, by keyboard; two at once are told', async () => {
  const mine = { ...provisional, typed: { ...typed, allowed: ['correct', 'withdraw'] as ('correct' | 'withdraw')[] } }
  answerCard(service, siret)
  service.reply(getEstablishment, { siret }, mine)
  const narrow = await open(service, `/etablissements/${siret}`, 320)
  await narrow.getByRole('button', { name: 'Corriger la fiche' }).click()
  await narrow
    .getByRole('dialog')
    .getByRole('textbox', { name: /Nom de l’entreprise/ })
    .waitFor()
  await sound(narrow, 'fiche-provisoire-corriger-320')
  await soundAtEveryWidth(await open(service, `/etablissements/${siret}`), 'fiche-provisoire-a-moi')

  const page = await open(service, `/etablissements/${siret}`)
  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: 'Corriger la fiche' }).press('Enter')
  const name = dialog.getByRole('textbox', { name: /Nom de l’entreprise/ })
  assert.deepEqual(
    [
      await name.inputValue(),
      await dialog.getByRole('combobox', { name: /Commune/ }).inputValue(),
      await dialog.getByRole('combobox', { name: /Activité/ }).inputValue(),
    ],
    ['Fournil du Port', 'Cestas', 'Industries alimentaires'],
  )
  await name.fill('Fournil du Vieux Port')
  const path = `/establishments/${siret}/provisional`
  service.on(
    `PUT ${path}`,
    refusal(
      412,
      'request/changed-meanwhile',
      'Modifié entre-temps',
      'Une autre personne a modifié cette fiche depuis que vous l’avez ouverte.',
    ),
  )
  await dialog.getByRole('button', { name: 'Enregistrer la correction' }).press('Enter')
  await dialog.getByText('Une autre personne a corrigé cette fiche').waitFor()
  await sound(page, 'fiche-provisoire-corrigee-entre-temps-1440')
  const corrected = { by: { id: claire.id, name: 'Nadia Serres' }, at: '2026-11-25T11:00:00Z' }
  service.reply(getEstablishment, { siret }, { ...mine, typed: { ...mine.typed, corrected } })
  service.reply(
    correctProvisional,
    { siret },
    {
      ...mine,
      name: 'Fournil du Vieux Port',
      typed: {
        ...mine.typed,
        name: 'Fournil du Vieux Port',
        corrected: { ...corrected, by: { id: claire.id, name: claire.name } },
      },
    },
  )
  await dialog.getByRole('button', { name: 'Relire la fiche et garder ma saisie' }).press('Enter')
  await page.getByText('corrigée par Nadia Serres le 25 novembre 2026').waitFor()
  assert.equal(await name.inputValue(), 'Fournil du Vieux Port')
  await dialog.getByRole('button', { name: 'Enregistrer la correction' }).press('Enter')
  await page.getByText('corrigée par Claire Dufau le 25 novembre 2026').waitFor()
  assert.deepEqual(service.calls.findLast(({ method }) => method === 'PUT')!.body, {
    name: 'Fournil du Vieux Port',
    communeCode: '33122',
    activity: '10',
    seen: corrected.at,
  })

  service.reply(withdrawProvisional, { siret }, { siret })
  service.reply(searchEstablishments, {}, { items: [], next: null, understood: '' })
  service.reply(countFacets, {}, facets)
  await page.getByRole('button', { name: 'Retirer la fiche' }).press('Enter')
  await dialog.getByRole('button', { name: 'Retirer la fiche' }).waitFor()
  await sound(page, 'fiche-provisoire-retirer-1440')
  await dialog.getByRole('button', { name: 'Garder la fiche' }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  assert.equal(
    service.calls.some(({ path: asked }) => asked.endsWith('/withdraw')),
    false,
  )
  await page.getByRole('button', { name: 'Retirer la fiche' }).press('Enter')
  await dialog.getByRole('button', { name: 'Retirer la fiche' }).press('Enter')
  await page.waitForURL('**/etablissements')
  assert.ok(
    service.calls.some(
      ({ method, path: asked }) => method === 'POST' && asked === `/api/establishments/${siret}/provisional/withdraw`,
    ),
  )
})
