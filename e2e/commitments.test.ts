import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Reply } from '../contract/route.ts'
import { getMe } from '../contract/signing-in/identity.ts'
import { searchEstablishments } from '../contract/territory-and-register/establishments.ts'
import {
  addCommitmentKind,
  correctCommitment,
  endCommitment,
  listCommitmentKinds,
  listCommitments,
  noteCommitment,
  retireCommitmentKind,
} from '../contract/work-with-employers/commitments.ts'
import { until } from '../server/testing/until.ts'
import { closeBrowser } from './browser.ts'
import {
  answerCard,
  answerFacets,
  claire,
  dayFromNow,
  foundLines,
  id,
  leavePage,
  line,
  me,
  mine,
  mission,
  open,
  openCard,
  openService,
  type Service,
  soundAtEveryWidth,
} from './employer-stub.ts'
import { refusal } from './stub-service.ts'

type Known = Reply<typeof listCommitments>
type Commitment = Known['items'][number]
type Kinds = Reply<typeof listCommitmentKinds>
const { siret } = line()
const kind = (n: string, family: Kinds['items'][number]['family'], label: string, retired = false) => ({
  id: id(n),
  family,
  label,
  retired,
  retiredAt: retired ? '2026-11-01T08:00:00Z' : null,
  version: 1,
})
const charter = kind('f0', 'charte', 'Charte de la diversité')
const clause = kind('f1', 'clause', 'Clause sociale d’insertion')
const kinds: Kinds = {
  items: [charter, clause, kind('f2', 'label', 'Label d’une région qui n’existe plus', true)],
  mayKeep: false,
}
const said = { since: '2026-03-02', until: null, evidence: 'https://charte-diversite.example/signataires' }
const by = { organisation: mine, author: claire }
const noted: Commitment = {
  id: id('e1'),
  siret,
  kind: { id: charter.id, family: 'charte', label: charter.label, retired: false },
  ...said,
  state: 'current',
  ...by,
  notedAt: '2026-10-02T09:12:00Z',
  version: 1,
  history: [
    { version: 1, change: 'noted', kindLabel: charter.label, ...said, reason: null, ...by, at: '2026-10-02T09:12:00Z' },
  ],
  allowed: ['correct', 'end', 'withdraw'],
}
const past: Commitment = {
  ...noted,
  id: id('e2'),
  kind: { id: clause.id, family: 'clause', label: clause.label, retired: false },
  since: '2025-01-01',
  until: '2026-06-30',
  evidence: 'Marché de voirie, lot 3 : 800 heures d’insertion',
  state: 'over',
  version: 2,
  history: [
    {
      ...noted.history[0]!,
      version: 2,
      change: 'ended',
      kindLabel: clause.label,
      until: '2026-06-30',
      reason: 'Chantier livré',
      organisation: mission,
      author: null,
    },
    { ...noted.history[0]!, kindLabel: clause.label },
  ],
  allowed: ['correct', 'withdraw'],
}
const known: Known = { items: [noted, past], mayNote: true }

let service: Service
before(async () => {
  service = await openService()
})
after(async () => {
  await closeBrowser()
  await service?.stop()
})
const openCommitments = (now: Known) =>
  openCard(service, () => {
    service.reply(listCommitments, { siret }, now)
    service.reply(listCommitmentKinds, {}, kinds)
  })
const sent = (method: string) => service.calls.findLast(call => call.method === method)!

test('EST-9: an advisor notes a commitment from the card by the keyboard; a retired kind is not offered', async () => {
  const page = await openCommitments({ items: [], mayNote: true })
  await page.getByText('Aucun engagement connu').waitFor()
  await page.getByRole('button', { name: 'Noter un engagement' }).press('Enter')
  const dialog = page.getByRole('dialog')
  const choice = dialog.getByLabel('Engagement', { exact: true })
  await choice.waitFor()
  assert.deepEqual(await choice.locator('option').allTextContents(), [
    'Choisir dans la liste',
    'Charte : Charte de la diversité',
    'Clause : Clause sociale d’insertion',
  ])
  await choice.selectOption(charter.id)
  await dialog.getByLabel('Ce qui l’atteste').fill(said.evidence)
  await soundAtEveryWidth(page, 'engagement-noter', { full: false })
  service.reply(noteCommitment, { siret }, noted)
  service.reply(listCommitments, { siret }, { items: [noted], mayNote: true })
  await dialog.getByRole('button', { name: 'Noter l’engagement' }).press('Enter')
  await page.getByRole('heading', { name: /Charte de la diversité/ }).waitFor()
  const { body, headers } = sent('POST')
  assert.deepEqual(body, { kindId: charter.id, since: dayFromNow(0), until: null, evidence: said.evidence })
  assert.ok(headers['idempotency-key'])
  await leavePage(service)
})

test('EST-9: the card says what holds, since when, what shows it and who noted it; what held stands apart with its history', async () => {
  const page = await openCommitments(known)
  const block = page.locator('#engagements')
  await block.getByText('depuis le 2 mars 2026').first().waitFor()
  await block.getByText('Noté par Claire Dufau (CC Jalle-Eau-Bourde)').first().waitFor()
  const link = block.getByRole('link', { name: /charte-diversite\.example\/signataires/ })
  assert.equal(await link.getAttribute('rel'), 'noopener noreferrer')
  assert.equal(await block.getByText('Marché de voirie').first().isVisible(), false)
  await block.getByText('Engagements passés ou retirés (1)').click()
  await block.getByText('2 versions').click()
  await block.getByText(/Terminé par Mission locale des Graves.*« Chantier livré »/).waitFor()
  await soundAtEveryWidth(page, 'engagements-fiche')
  await leavePage(service)
})

test('EST-9: it is ended at a day and for a reason, as it was read', async () => {
  service.reply(endCommitment, { commitmentId: noted.id }, { ...noted, state: 'over', version: 2 })
  const page = await openCommitments(known)
  await page.getByRole('button', { name: 'Terminer : Charte de la diversité' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Motif').fill('Charte quittée')
  await soundAtEveryWidth(page, 'engagement-terminer', { full: false })
  await dialog.getByRole('button', { name: 'Terminer l’engagement' }).press('Enter')
  await page.getByText('Engagement terminé : Charte de la diversité.').first().waitFor()
  const { body, headers } = sent('PUT')
  assert.deepEqual([body, headers['if-match']], [{ until: dayFromNow(0), reason: 'Charte quittée' }, '"1"'])
  await leavePage(service)
})

test('EST-9: changed by another meanwhile, what they wrote is shown, what is typed stays and may be sent over it', async () => {
  const current = {
    ...noted,
    version: 2,
    evidence: 'Vu sur leur site',
    history: [{ ...noted.history[0]!, version: 2, change: 'corrected' as const, organisation: mission, author: null }],
  }
  service.on(
    `PUT /commitments/${noted.id}`,
    refusal(412, 'request/changed-meanwhile', 'Modifié entre-temps', 'Quelqu’un l’a modifié entre-temps.', { current }),
  )
  const page = await openCommitments(known)
  await page.getByRole('button', { name: 'Corriger : Charte de la diversité' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Ce qui l’atteste').fill('Attestation remise')
  await dialog.getByRole('button', { name: 'Enregistrer la correction' }).click()
  await dialog.getByText(/Corrigé entre-temps par Mission locale des Graves.*Vu sur leur site/).waitFor()
  await soundAtEveryWidth(page, 'engagement-entre-temps', { full: false })
  await dialog.getByRole('button', { name: /Garder ma saisie/ }).click()
  service.reply(correctCommitment, { commitmentId: noted.id }, { ...current, version: 3 })
  await dialog.getByRole('button', { name: 'Enregistrer la correction' }).click()
  await page.getByText('Engagement corrigé.').first().waitFor()
  const { body, headers } = sent('PUT')
  assert.deepEqual([(body as { evidence: string }).evidence, headers['if-match']], ['Attestation remise', '"2"'])
  await leavePage(service)
})

test('EST-9: who only reads the card is offered nothing to change', async () => {
  const page = await openCommitments({ items: [{ ...noted, allowed: [] }], mayNote: false })
  const block = page.locator('#engagements')
  await block.getByText('depuis le 2 mars 2026').waitFor()
  assert.equal(await block.getByRole('button').count(), 0)
  await leavePage(service)
})

test('EST-9: the operator’s administrator adds and retires a kind; another reads who keeps the list', async () => {
  service.reply(getMe, {}, me())
  service.reply(listCommitmentKinds, {}, { ...kinds, mayKeep: true })
  service.reply(addCommitmentKind, {}, kind('f3', 'label', 'Label Empl’itude'))
  const page = await open(service, '/administration/engagements')
  await page.getByRole('button', { name: 'Ajouter un type' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Nom').fill('Label Empl’itude')
  await dialog.getByLabel('Label', { exact: false }).last().check()
  await soundAtEveryWidth(page, 'types-ajouter', { full: false })
  await dialog.getByRole('button', { name: 'Ajouter', exact: true }).press('Enter')
  await page.getByText('Type ajouté : Label Empl’itude.').first().waitFor()
  assert.deepEqual(sent('POST').body, { family: 'label', label: 'Label Empl’itude' })
  service.reply(retireCommitmentKind, { kindId: clause.id }, { ...clause, retired: true, version: 2 })
  await page.getByRole('button', { name: 'Retirer : Clause sociale d’insertion' }).click()
  await page.getByText('Type retiré : Clause sociale d’insertion.').first().waitFor()
  assert.equal(sent('PUT').headers['if-match'], '"1"')
  await soundAtEveryWidth(page, 'types')
  await leavePage(service)
  service.reply(listCommitmentKinds, {}, kinds)
  const reader = await open(service, '/administration/engagements')
  await reader.getByText('Les administrateurs de l’opérateur tiennent cette liste.').waitFor()
  assert.equal(await reader.getByRole('button', { name: /Retirer|Renommer|Ajouter/ }).count(), 0)
  await leavePage(service)
})

test('EST-9, EST-2: a search is narrowed to those that hold to a kind; the address keeps it', async () => {
  answerCard(service)
  answerFacets(service)
  service.reply(listCommitmentKinds, {}, kinds)
  service.reply(
    searchEstablishments,
    {},
    { items: foundLines, next: null, total: foundLines.length, understood: 'garonne' },
  )
  const page = await open(service, '/etablissements?q=garonne')
  const group = page.getByRole('group', { name: 'Engagement en cours' })
  await group.getByRole('button', { name: 'Clause sociale d’insertion' }).press('Enter')
  await page.waitForURL(`**/etablissements?q=garonne&engagement=${clause.id}`)
  await page.locator('.cc-result').first().waitFor()
  // The address changes before it is asked.
  for (const path of ['/api/establishments', '/api/establishments/facets'])
    await until(
      `${path} asked with the commitment`,
      () => service.calls.findLast(call => call.path === path)?.search.get('commitment') === clause.id,
    )
  await soundAtEveryWidth(page, 'engagement-recherche')
  await group.getByRole('button', { name: 'Clause sociale d’insertion' }).press('Enter')
  await page.waitForURL('**/etablissements?q=garonne')
  await leavePage(service)
})
