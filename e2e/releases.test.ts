import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { getStructure } from '../contract/people-and-rights/organisations.ts'
import { createPerson } from '../contract/people-and-rights/people.ts'
import {
  askAddressRelease,
  contestAddressRelease,
  listAddressReleases,
  settleAddressRelease,
} from '../contract/people-and-rights/releases.ts'
import type { Reply } from '../contract/route.ts'
import { getMe } from '../contract/signing-in/identity.ts'
import { pagesUnderTest } from './pages.ts'
import { me, organisations } from './stub-campaigns.ts'
import { refusal } from './stub-service.ts'

let pages: Awaited<ReturnType<typeof pagesUnderTest>>
before(async () => {
  pages = await pagesUnderTest()
})
after(() => pages?.stop())

type Release = Reply<typeof listAddressReleases>['items'][number]
const { jalle } = organisations
const person = { id: '0193a000-0000-7000-80a0-000000000001', name: 'Maïté Harispe', organisationId: jalle.id }
const other = { id: '0193a000-0000-7000-80a0-000000000002', name: 'Odile Etcheverry', organisationId: jalle.id }
const release = (over: Partial<Release>): Release => ({
  id: '0193a000-0000-7000-80d0-000000000001',
  side: 'officer',
  email: 'maite.harispe@partenaire.example',
  askedAt: '2026-11-30T09:00:00Z',
  askedFor: 'Maïté Harispe',
  reason: 'Elle prend son poste lundi',
  asker: { ...jalle, name: 'Mission locale des Graves' },
  askedBy: other,
  former: jalle,
  person,
  function: 'Conseillère entreprises',
  contest: null,
  toldAt: '2026-11-30T09:05:00Z',
  releasableFrom: '2026-12-03T09:05:00Z',
  settled: null,
  allowed: ['refuse'],
  ...over,
})
const everywhere = async (path: string, name: string, seen: string) => {
  await pages.open(path)
  await pages.page().getByText(seen).first().waitFor()
  await pages.soundAtEveryWidth(name)
  return pages.page()
}
const lists = (open: Release[], settled: Release[] = []) =>
  pages.service.reply(listAddressReleases, {}, ({ search }) => ({
    items: search.get('settled') === 'true' ? settled : open,
    next: null,
  }))
const role = (one: 'rgc' | 'cssi') => pages.service.reply(getMe, {}, { ...me(), rights: [], roles: [one] })

test('ACC-16: an opening refused for its address leads in one step to asking for its release, and tells nothing of where it is', async () => {
  role('rgc')
  pages.service.on(
    `POST ${createPerson.path}`,
    refusal(409, 'person/address-taken', 'Adresse déjà employée', 'Un compte est déjà ouvert avec cette adresse.'),
  )
  pages.service.reply(getStructure, {}, { territories: [], agencies: [], thirdParties: [], allowed: [] })
  await pages.open('/habilitations/personnes/nouvelle')
  const page = pages.page()
  await page.getByLabel(/^Courriel nominatif/).fill('maite.harispe@partenaire.example')
  await page.getByLabel(/^Prénom/).fill('Maïté')
  await page.getByLabel(/^Nom/).fill('Harispe')
  await page.getByLabel(/^Fonction/).fill('Conseillère')
  await page.getByRole('button', { name: 'Créer le compte' }).click()
  const step = page.getByRole('button', { name: 'Demander la libération de l’adresse' })
  await step.waitFor()
  await pages.soundAtEveryWidth('liberation-refus')
  await step.click()
  const dialog = page.getByRole('dialog')
  await pages.sound('liberation-demander')
  let sent: unknown
  pages.service.reply(askAddressRelease, {}, ({ body }) => {
    sent = body
    return { id: release({}).id }
  })
  lists([
    release({
      side: 'asker',
      former: null,
      person: null,
      function: null,
      toldAt: null,
      releasableFrom: null,
      allowed: ['withdraw'],
    }),
  ])
  await dialog.getByLabel(/^Motif/).fill('Elle prend son poste lundi')
  await dialog.getByRole('button', { name: 'Demander la libération' }).click()
  await page.getByText('La libération est demandée. Suivez-la').waitFor()
  await pages.soundAtEveryWidth('liberation-demandee')
  await everywhere('/habilitations/liberations', 'liberations-demandeur', 'Adresse demandée pour Maïté Harispe')
  assert.deepEqual(sent, {
    email: 'maite.harispe@partenaire.example',
    givenName: 'Maïté',
    familyName: 'Harispe',
    reason: 'Elle prend son poste lundi',
  })
})

test('ACC-16, UX-5: the releases of an address as each side reads them, empty, refused and settled', async () => {
  role('cssi')
  lists([
    release({}),
    release({
      id: '0193a000-0000-7000-80d0-000000000002',
      asker: { ...jalle, name: 'PLIE des Graves' },
      askedAt: '2026-11-30T14:20:00Z',
      contest: { at: '2026-12-01T08:00:00Z', reason: 'Elle est en congé' },
      allowed: ['release', 'refuse'],
    }),
  ])
  const page = await everywhere('/securite/liberations', 'liberations-cssi', 'travaille toujours là')
  await page.getByText('L’ancienne structure peut répondre jusqu’au').waitFor()
  // Two structures ask for one address: the hour, and the name of each button, tell them apart.
  for (const hour of ['10 h', '15 h 20']) await page.getByText(`30 novembre 2026 à ${hour}`, { exact: true }).waitFor()
  const refusals = page.getByRole('button', { name: /^Refuser/ })
  assert.deepEqual(
    (await refusals.allTextContents()).map(text => text.replaceAll('\u00A0', ' ')),
    ['Mission locale des Graves', 'PLIE des Graves'].map(
      name => `Refuser : ${release({}).email}, demandée par ${name}`,
    ),
  )
  for (const button of await refusals.all()) assert.match((await button.getAttribute('class'))!, /fr-btn--secondary/)
  pages.service.on(
    `POST ${settleAddressRelease.path.replace(':releaseId', '0193a000-0000-7000-80d0-000000000002')}`,
    refusal(409, 'person/still-manager', 'Encore RGC ou signataire', 'Cette personne tient encore un rôle.'),
  )
  await page.getByRole('button', { name: /^Libérer/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('prend fin aussitôt, comme à un départ').waitFor()
  await dialog.getByLabel(/^Motif/).fill('Vu avec les deux structures')
  await dialog.getByRole('button', { name: 'Libérer l’adresse' }).click()
  await dialog.getByText('Encore RGC ou signataire').waitFor()
  await pages.sound('liberation-refusee')
  await dialog.getByRole('button', { name: 'Annuler' }).click()

  role('rgc')
  lists(
    [
      release({
        side: 'former',
        askedFor: null,
        reason: null,
        asker: null,
        askedBy: null,
        releasableFrom: null,
        allowed: ['contest'],
      }),
    ],
    [
      release({
        id: '0193a000-0000-7000-80d0-000000000003',
        side: 'asker',
        person: null,
        former: null,
        function: null,
        toldAt: null,
        releasableFrom: null,
        allowed: [],
        settled: { at: '2026-12-01T10:00:00Z', outcome: 'released', reason: 'Vu avec les deux structures' },
      }),
    ],
  )
  await everywhere('/habilitations/liberations', 'liberations-rgc', 'Enregistrez son départ')
  await page.getByRole('link', { name: 'Créez le compte' }).waitFor()
  let sent: unknown
  pages.service.reply(contestAddressRelease, { releaseId: release({}).id }, ({ body }) => {
    sent = body
    return { told: { mails: 1, emptyRoles: [] } }
  })
  await page.getByRole('button', { name: /^Répondre qu’elle travaille ici/ }).click()
  await dialog.getByLabel(/^Motif/).fill('Elle est en congé')
  await pages.sound('liberation-repondre')
  await dialog.getByRole('button', { name: 'Répondre que la personne travaille toujours ici' }).click()
  await dialog.waitFor({ state: 'detached' })
  assert.deepEqual(sent, { reason: 'Elle est en congé' })
  lists([])
  await everywhere('/habilitations/liberations', 'liberations-rien', 'Aucune demande n’attend')
  pages.service.lose('GET /habilitations/releases')
  await everywhere('/habilitations/liberations', 'liberations-hors-ligne', 'Connexion perdue')
})
