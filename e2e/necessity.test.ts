import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { findPeople } from '../contract/oversight/security.ts'
import {
  decideLinkInPlace,
  getFile,
  listLinksInPlace,
  openFile,
  sendPasswordLinkInPlace,
  standIn,
} from '../contract/people-and-rights/necessity.ts'
import { refusals } from '../contract/people-and-rights/necessity.words.ts'
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

const { jalle } = organisations
const person = { id: '0193a000-0000-7000-80a0-000000000001', name: 'Claire Dufau', organisationId: jalle.id }
const odile = { id: '0193a000-0000-7000-80a0-000000000003', name: 'Odile Marchand', organisationId: jalle.id }
const told = { mails: 2, emptyRoles: [] }
type File = Reply<typeof getFile>
const act = (n: number, over: Partial<File['acts'][number]> = {}): File['acts'][number] => ({
  id: `0193a000-0000-7000-80e0-00000000000${n}`,
  act: 'read',
  ground: 'incident',
  reason: 'Alerte du centre de supervision',
  incident: 'INC-2026-120',
  doneAt: '2026-11-28T09:00:00Z',
  by: odile,
  ...over,
})
const file = (over: Partial<File> = {}): File => ({
  id: person.id,
  givenName: 'Claire',
  familyName: 'Dufau',
  function: 'Conseillère entreprises',
  email: 'claire.dufau@jalle-eau-bourde.example',
  organisation: jalle,
  status: 'active',
  statusReason: null,
  roles: [],
  inactive: false,
  lastActAt: '2026-11-25T09:00:00Z',
  factors: 1,
  grants: [
    {
      id: '0193a000-0000-7000-80b1-000000000001',
      tool: 'campagnes',
      profile: 'conseiller',
      territory: { id: 2033, kind: 'departement', code: '33', name: 'Gironde' },
      agency: null,
      reason: 'Prospection du territoire',
      purpose: 'prospection',
      duties: null,
      startsOn: '2026-03-01',
      endsOn: null,
      grantedAt: '2026-03-01T09:00:00Z',
      beyondFunction: false,
    },
  ],
  acts: [act(1)],
  allowed: ['suspend', 'reset-second-factors', 'send-password-link', 'end-grant', 'depart'],
  managed: false,
  ...over,
})

test('ACC-10, RGC-5, UX-1: the screens of the security officer tell homonyms apart, ask the reason before anything is read, then for each act; all by keyboard alone', {
  timeout: 1_200_000,
}, async () => {
  pages.service.reply(getMe, {}, { ...me(), roles: ['cssi'] })
  const found: Reply<typeof findPeople>['items'][number] = {
    person,
    function: 'Conseillère entreprises',
    email: 'claire.dufau@jalle-eau-bourde.example',
    status: 'active',
    organisation: jalle,
    grants: [],
    manages: false,
  }
  const homonym = { ...person, id: '0193a000-0000-7000-80a0-000000000002' }
  pages.service.reply(
    findPeople,
    {},
    {
      items: [
        found,
        { ...found, person: homonym, function: 'Directrice', email: 'c.dufau@jalle-eau-bourde.example', manages: true },
      ],
      more: true,
    },
  )
  let opened: File | null = null
  pages.service.on(`GET /exceptional/people/${person.id}`, () =>
    opened === null
      ? refusal(403, 'necessity/open-first', 'Dossier à ouvrir', 'Ouvrez le dossier de cette personne.')
      : { body: opened },
  )
  pages.service.reply(openFile, { accountId: person.id }, () => {
    opened = file()
    return { ...file(), told }
  })
  pages.service.reply(standIn, { accountId: person.id }, () => {
    opened = file({
      status: 'suspended',
      statusReason: 'Absence que personne n’explique',
      acts: [
        act(2, {
          act: 'suspend',
          ground: 'necessity',
          reason: 'Absence que personne n’explique',
          incident: null,
        }),
        act(1),
      ],
      allowed: ['resume', 'end-grant', 'depart'],
    })
    return { told, pseudonym: null }
  })
  const link = {
    id: '0193a000-0000-7000-80f0-000000000001',
    name: 'Claire Dufau',
    email: 'c.dufau@nouveau.example',
    siret: '99000000000001',
    provider: 'fournisseur',
    reason: 'unknown-provider' as const,
    askedAt: '2026-11-28T08:00:00Z',
  }
  let waits = true
  pages.service.reply(listLinksInPlace, { accountId: person.id }, () => ({ items: waits ? [link] : [] }))
  const sent: unknown[] = []
  pages.service.reply(decideLinkInPlace, { accountId: person.id, linkId: link.id }, ({ body }) => {
    sent.push(body)
    waits = false
    return { decision: 'confirmed' as const, told }
  })
  const given: unknown[] = []
  pages.service.reply(sendPasswordLinkInPlace, { accountId: person.id }, ({ body }) => {
    given.push(body)
    return { told, code: '1234 5678', endsAt: '2026-11-29T09:00:00Z' }
  })
  const page = await pages.open('/securite/comptes')
  await page.getByLabel(/^Nom ou fonction/).fill('dufau')
  await page.getByText('c.dufau@jalle-eau-bourde.example').waitFor()
  await page.getByText('Directrice').waitFor()
  await pages.soundAtEveryWidth('comptes-trouves')
  await page.getByRole('link', { name: 'Claire Dufau' }).first().press('Enter')
  await page.getByText('Les accès d’un partenaire se lisent par exception').waitFor()
  assert.equal(await page.getByText('Prospection du territoire').count(), 0)
  await page.getByRole('radio', { name: 'Incident de sécurité' }).press('Space')
  await page.getByLabel(/^Référence de l’incident/).fill('INC-2026-120')
  await page.getByLabel(/^Motif/).fill('court')
  await page.getByRole('button', { name: 'Ouvrir le dossier' }).press('Enter')
  await page.getByText('Dix caractères au moins.').first().waitFor()
  await page.getByLabel(/^Motif/).fill('Alerte du centre de supervision')
  await pages.soundAtEveryWidth('dossier-a-ouvrir')
  await page.getByRole('button', { name: 'Ouvrir le dossier' }).press('Enter')
  await page.getByRole('heading', { name: 'Aucun RGC ne peut agir pour cette personne' }).waitFor()
  await page.getByText('Prospection du territoire').waitFor()
  await page.getByRole('heading', { name: 'Connexion à confirmer : Claire Dufau' }).waitFor()
  await pages.soundAtEveryWidth('dossier-connexion')
  await page.getByRole('button', { name: /^Confirmer la connexion/ }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'Nécessité' }).press('Space')
  await dialog.getByLabel(/^Motif/).fill('Rappelée au standard, elle a changé de poste')
  await pages.sound('dossier-connexion-confirmer-1440')
  await dialog.getByRole('button', { name: 'Confirmer la connexion', exact: true }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('heading', { name: /^Connexion à confirmer/ }).waitFor({ state: 'detached' })
  const reason = 'Rappelée au standard, elle a changé de poste'
  assert.deepEqual(sent, [{ decision: 'confirmed', ground: 'necessity', reason }])
  await page.getByRole('button', { name: 'Envoyer un lien de mot de passe' }).press('Enter')
  await dialog.getByRole('radio', { name: 'Nécessité' }).press('Space')
  await dialog.getByLabel(/^Motif/).fill('Mot de passe oublié, rappelée au standard')
  await pages.sound('dossier-lien-mot-de-passe-1440')
  await dialog.getByRole('button', { name: 'Envoyer un lien de mot de passe' }).press('Enter')
  await dialog.getByText('1234 5678').waitFor()
  await pages.sound('dossier-code-remis-1440')
  await dialog.getByRole('button', { name: 'J’ai remis le code' }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  assert.deepEqual(given, [{ ground: 'necessity', reason: 'Mot de passe oublié, rappelée au standard' }])
  await page.getByRole('button', { name: 'Suspendre', exact: true }).press('Enter')
  await dialog.getByRole('radio', { name: 'Nécessité' }).press('Space')
  await dialog.getByLabel(/^Motif/).fill('Absence que personne n’explique')
  await pages.sound('dossier-acte-1440')
  await dialog.getByRole('button', { name: 'Suspendre', exact: true }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Rétablir', exact: true }).waitFor()
  await pages.soundAtEveryWidth('dossier-ouvert')
})

test('ACC-10, RGC-5, UX-1: nobody found, one’s own colleague, a lost service and a structure that an RGC manages are said as they are', async () => {
  pages.service.reply(getMe, {}, { ...me(), roles: ['cssi'] })
  pages.service.reply(findPeople, {}, { items: [], more: false })
  const page = await pages.open('/securite/comptes?q=personne')
  await page.getByText('Aucun compte ne répond à ces critères').waitFor()
  await pages.soundAtEveryWidth('comptes-aucun')
  pages.service.on(
    'GET /security/people',
    refusal(500, 'service/bug', 'Erreur du service', 'Le service n’a pas pu répondre.'),
  )
  await pages.open('/securite/comptes?q=dufau')
  await page.getByRole('button', { name: 'Réessayer' }).waitFor({ timeout: 150_000 })
  await pages.sound('comptes-erreur')

  const { title, detail } = refusals['necessity/own-structure']
  pages.service.on(`GET /exceptional/people/${person.id}`, refusal(403, 'necessity/own-structure', title, detail))
  await pages.open(`/securite/comptes/${person.id}`)
  await page.getByText(detail).waitFor()
  assert.equal(await page.getByRole('button', { name: 'Ouvrir le dossier' }).count(), 0)
  await pages.soundAtEveryWidth('dossier-refuse')
  pages.service.on(`GET /exceptional/people/${person.id}`, refusal(404, 'not-found', 'Introuvable', 'Aucun compte.'))
  await pages.open(`/securite/comptes/${person.id}`)
  await page.getByText('Aucun compte.').waitFor()
  await pages.sound('dossier-introuvable')

  pages.service.reply(getFile, { accountId: person.id }, file({ managed: true, allowed: [], grants: [], factors: 0 }))
  await pages.open(`/securite/comptes/${person.id}`)
  await page.getByText('Un RGC de cette structure peut agir').waitFor()
  assert.equal(await page.getByRole('button', { name: 'Suspendre', exact: true }).count(), 0)
  await pages.soundAtEveryWidth('dossier-gere')
})
