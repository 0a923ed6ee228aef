import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listAddressChanges } from '../contract/people-and-rights/addresses.ts'
import { getStructure } from '../contract/people-and-rights/organisations.ts'
import { createPerson } from '../contract/people-and-rights/people.ts'
import {
  askSecondAccount,
  listSecondAccounts,
  settleSecondAccount,
} from '../contract/people-and-rights/second-accounts.ts'
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

type Share = Reply<typeof listSecondAccounts>['items'][number]
const { jalle } = organisations
const mission = { ...jalle, id: '0193a000-0000-7000-80b0-000000000009', name: 'Mission locale des Graves' }
const share = (over: Partial<Share>): Share => ({
  id: '0193a000-0000-7000-80d0-000000000011',
  side: 'person',
  email: 'maite.harispe@partenaire.example',
  askedAt: '2026-11-30T09:00:00Z',
  askedFor: 'Maïté Harispe',
  reason: 'Elle travaille à mi-temps chez nous',
  asker: mission,
  former: jalle,
  person: { id: me().account.id, name: 'Maïté Harispe', organisationId: jalle.id },
  settled: null,
  openUntil: null,
  opened: false,
  endedAt: null,
  allowed: ['accept', 'refuse'],
  ...over,
})
const list = (items: Share[]) => pages.service.reply(listSecondAccounts, {}, { items, next: null })
const role = (one: 'rgc' | 'cssi') => pages.service.reply(getMe, {}, { ...me(), rights: [], roles: [one] })

test('ACC-16: an opening refused for its address leads in one step to asking the person for a second account', async () => {
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
  await page.getByRole('button', { name: 'Demander un second compte' }).waitFor()
  await pages.soundAtEveryWidth('second-compte-refus')
  await page.getByRole('button', { name: 'Demander un second compte' }).click()
  const dialog = page.getByRole('dialog')
  let sent: unknown
  pages.service.reply(askSecondAccount, {}, ({ body }) => {
    sent = body
    return { id: share({}).id }
  })
  list([share({ side: 'asker', former: null, person: null, allowed: ['withdraw'] })])
  await dialog.getByLabel(/^Motif/).fill('Elle travaille à mi-temps chez nous')
  await pages.sound('second-compte-demander')
  await dialog.getByRole('button', { name: 'Demander son accord' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('L’accord de la personne est demandé').waitFor()
  await page.getByRole('link', { name: 'Seconds comptes' }).first().click()
  await page.getByText('La personne a trente jours pour répondre').waitFor()
  await pages.soundAtEveryWidth('seconds-comptes-demandeur')
  assert.deepEqual(sent, {
    email: 'maite.harispe@partenaire.example',
    givenName: 'Maïté',
    familyName: 'Harispe',
    reason: 'Elle travaille à mi-temps chez nous',
  })
})

test('ACC-16: the person reads in « Mon compte » which structure asks, and accepts', async () => {
  pages.service.reply(getMe, {}, me())
  pages.service.reply(listAddressChanges, {}, { items: [], next: null })
  list([share({})])
  await pages.open('/mon-compte')
  const page = pages.page()
  await page.getByText('Une seconde structure demande à vous ouvrir un compte').waitFor()
  await pages.soundAtEveryWidth('second-compte-personne')
  let sent: unknown
  pages.service.reply(settleSecondAccount, { shareId: share({}).id }, ({ body }) => {
    sent = body
    list([share({ settled: { at: '2026-12-01T09:00:00Z', outcome: 'accepted' }, allowed: [] })])
    return { settled: true }
  })
  await page.getByRole('button', { name: /^Accepter/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('sans savoir où').waitFor()
  await pages.sound('second-compte-accepter')
  await dialog.getByRole('button', { name: 'Accepter le second compte' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('Une seconde structure demande à vous ouvrir un compte').waitFor({ state: 'detached' })
  assert.deepEqual(sent, { outcome: 'accepted' })
})

test('ACC-16, UX-5: second accounts as a first structure and a security officer read them, and empty', async () => {
  const accepted = { settled: { at: '2026-12-01T09:00:00Z', outcome: 'accepted' as const }, allowed: [] }
  role('rgc')
  list([share({ side: 'first', asker: null, askedFor: null, reason: null, opened: true, ...accepted })])
  await pages.open('/habilitations/seconds-comptes')
  const page = pages.page()
  await page.getByText('accepté par la personne').waitFor()
  assert.equal(await page.getByText(mission.name).count(), 0)
  role('cssi')
  list([share({ side: 'officer', opened: true, ...accepted })])
  await pages.open('/securite/seconds-comptes')
  await page.getByText(mission.name).waitFor()
  await pages.soundAtEveryWidth('seconds-comptes-cssi')
  list([])
  await pages.open('/securite/seconds-comptes')
  await page.getByText('Aucun second compte').waitFor()
})

test('ACC-16: after the first factor, who has two accounts chooses a structure; too late, the page says to begin again', async () => {
  pages.service.on(`GET ${getMe.path}`, refusal(401, 'session/required', 'Connexion nécessaire', 'Connectez-vous.'))
  const structures = [jalle, mission].map(({ id, name }) => ({ id, name }))
  const page = pages.page()
  let chosen: unknown
  pages.service.on('POST /auth/structures', { body: { structures } })
  pages.service.on('POST /auth/structures/choose', ({ body }) => {
    chosen = body
    pages.service.reply(getMe, {}, { ...me(), organisation: mission })
    return { body: { to: '/mon-compte' } }
  })
  await pages.open('/connexion/structure')
  await page.getByLabel(mission.name).waitFor()
  await pages.soundAtEveryWidth('connexion-structure')
  await page.getByLabel(mission.name).check()
  await page.getByRole('button', { name: 'Continuer' }).click()
  await page.getByRole('heading', { name: 'Mon compte' }).waitFor()
  assert.deepEqual(chosen, { organisationId: mission.id })
  pages.service.on(`GET ${getMe.path}`, refusal(401, 'session/required', 'Connexion nécessaire', 'Connectez-vous.'))
  pages.service.on('POST /auth/structures', { body: { structures: [] } })
  await pages.open('/connexion/structure')
  await page.getByText('Rien à choisir').waitFor()
})
