import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Reply } from '../contract/route.ts'
import {
  addNote,
  correctNote,
  listHistory,
  listNoteVersions,
  withdrawNote,
} from '../contract/work-with-employers/notes.ts'
import { closeBrowser } from './browser.ts'
import {
  claire,
  dayFromNow,
  exchange,
  id,
  karim,
  leavePage,
  line,
  mine,
  mission,
  open,
  openCard,
  openService,
  type Service,
  soundAtEveryWidth,
} from './employer-stub.ts'
import { refusal } from './stub-service.ts'

type Line = Reply<typeof listHistory>['items'][number]
type Note = NonNullable<Line['note']>
const { siret } = line()
const words = 'Le dépôt ouvre un second quai en mars : une équipe de nuit à prévoir.'
const own: Note = {
  id: id('e1'),
  siret,
  establishmentName: 'GARONNE BOIS',
  notes: words,
  visibility: 'reseau',
  organisation: mine,
  author: claire,
  notedOn: dayFromNow(-2),
  notedAt: '2026-11-25T09:12:00Z',
  correctedAt: null,
  withdrawnAt: null,
  version: 1,
  allowed: ['correct', 'withdraw'],
}
const kept: Note = {
  ...own,
  id: id('e2'),
  notes: 'Cherche un repreneur, discrètement.',
  visibility: 'organisation',
  notedOn: dayFromNow(-5),
  correctedAt: '2026-11-26T09:12:00Z',
  version: 2,
}
const theirs: Note = {
  ...own,
  id: id('e3'),
  notes: 'Recrute par le bouche-à-oreille.',
  organisation: mission,
  author: karim,
  notedOn: dayFromNow(-40),
  withdrawnAt: '2026-11-20T09:12:00Z',
  allowed: [],
}
const of = (...notes: readonly Note[]): Line[] =>
  notes.map(note => ({ exchange: null, note, need: null, service: null, campaign: null, referent: null }))
const told = (...items: readonly Line[]) => ({ items: [...items], next: null, total: items.length })

let service: Service
before(async () => {
  service = await openService()
})
after(async () => {
  await closeBrowser()
  await service?.stop()
})
const openHistory = (...items: readonly Line[]) =>
  openCard(service, () => service.reply(listHistory, { siret }, told(...items)))
const sent = (method: string, path: RegExp) =>
  service.calls.findLast(call => call.method === method && path.test(call.path))!

test('EST-11: a note is added from the card by the keyboard, for the network unless said; the page says who will read it', async () => {
  const page = await openHistory()
  await page.getByText('Aucun échange pour l’instant').waitFor()
  await page.getByRole('button', { name: 'Ajouter une note' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Les conseillers du réseau habilités sur ce territoire liront la note.').waitFor()
  await dialog.getByRole('textbox', { name: 'Note' }).fill(words)
  await soundAtEveryWidth(page, 'note-ajouter', { full: false })
  await dialog.getByLabel('Ma structure').check({ force: true })
  await dialog.getByText('Les autres ne sauront pas qu’elle existe').waitFor()
  service.reply(addNote, { siret }, { ...own, visibility: 'organisation' })
  service.reply(listHistory, { siret }, told(...of({ ...own, visibility: 'organisation' })))
  await dialog.getByRole('button', { name: 'Enregistrer la note' }).press('Enter')
  await page.locator('.cc-entry', { hasText: words }).waitFor()
  const { body, headers } = sent('POST', /\/notes$/)
  assert.deepEqual(body, { notes: words, visibility: 'organisation' })
  assert.ok(headers['idempotency-key'])
  await leavePage(service)
})

test('UX-3, EST-11: a note left unfinished is found again, as an exchange is', async () => {
  const page = await openHistory()
  await page.getByRole('button', { name: 'Ajouter une note' }).click()
  await page.getByRole('textbox', { name: 'Note' }).fill('À moitié')
  await page.getByText(/^Brouillon enregistré/).waitFor()
  await leavePage(service)
  const again = await open(service, `/etablissements/${siret}`)
  await again.getByRole('button', { name: 'Ajouter une note' }).click()
  const note = again.getByRole('textbox', { name: 'Note' })
  for (const until = Date.now() + 60_000; (await note.inputValue()) === '' && Date.now() < until; )
    await again.waitForTimeout(50)
  assert.equal(await note.inputValue(), 'À moitié')
  await leavePage(service)
})

test('EST-8, EST-11: notes and exchanges stand on one line, each says what it is; filtered by kind in the address', async () => {
  const turn: Line['campaign'] = {
    id: id('e5'),
    siret,
    establishmentName: null,
    campaign: { id: id('e6'), name: 'Apprentissage BTP' },
    day: dayFromNow(-50),
    at: `${dayFromNow(-50)}T09:00:00.000Z`,
    turn: 'assigned',
    organisation: mission,
    assignment: { by: karim, how: null, from: null, to: { organisation: mission, person: karim } },
  }
  const lines: Line[] = [
    { exchange: exchange(), note: null, need: null, service: null, campaign: null, referent: null },
    { exchange: null, note: null, need: null, service: null, campaign: turn, referent: null },
  ]
  const page = await openHistory(...of(own), ...lines, ...of(kept, theirs))
  const entry = (text: string) => page.locator('.cc-entry', { hasText: text })
  await entry(words).getByText('note', { exact: true }).waitFor()
  await entry('Cherche un repreneur').getByText('Réservée à la CC Jalle-Eau-Bourde').waitFor()
  await entry('bouche-à-oreille').getByText('retirée', { exact: true }).waitFor()
  assert.equal(
    await entry('bouche-à-oreille')
      .getByRole('button', { name: /Corriger|Retirer/ })
      .count(),
    0,
  )
  await entry(`Prise en charge par ${karim.name}`).getByRole('link', { name: 'Apprentissage BTP' }).waitFor()
  await page.getByText('5 échanges, notes, besoins, services, étapes de campagne et changements de référent.').waitFor()
  await soundAtEveryWidth(page, 'notes-historique')
  const kind = () => sent('GET', /\/history$/).search.get('kind')
  for (const [label, nature] of [
    ['Campagnes', 'campaign'],
    ['Notes', 'note'],
  ] as const) {
    await page.getByRole('combobox', { name: 'Nature' }).selectOption({ label })
    await page.waitForURL(`**?nature=${nature}`)
    for (const until = Date.now() + 60_000; kind() !== nature && Date.now() < until; ) await page.waitForTimeout(50)
    assert.equal(kind(), nature)
  }
  assert.equal(await page.getByRole('button', { name: /Exporter/ }).count(), 0)
  service.reply(
    listNoteVersions,
    { noteId: kept.id },
    {
      items: [
        {
          version: 2,
          change: 'corrected',
          notes: kept.notes,
          visibility: 'organisation',
          reason: null,
          author: claire,
          at: '2026-11-26T09:12:00Z',
        },
        {
          version: 1,
          change: 'noted',
          notes: 'Cherche un repreneur.',
          visibility: 'organisation',
          reason: null,
          author: claire,
          at: '2026-11-22T09:12:00Z',
        },
      ],
    },
  )
  await entry('Cherche un repreneur')
    .getByRole('button', { name: /^Versions/ })
    .click()
  await page.getByRole('dialog').getByText('Écrite par Claire Dufau').waitFor()
  await soundAtEveryWidth(page, 'notes-versions', { full: false })
  await leavePage(service)
})

test('EST-11: a note corrected by another meanwhile is shown, what is typed stays and may be sent over it', async () => {
  const current = { ...own, version: 2, notes: 'Un seul quai, en juin.', correctedAt: '2026-11-27T09:12:00Z' }
  service.on(
    `PUT /notes/${own.id}`,
    refusal(412, 'request/changed-meanwhile', 'Modifié entre-temps', 'Quelqu’un l’a modifié entre-temps.', { current }),
  )
  const page = await openHistory(...of(own))
  await page.getByRole('button', { name: /^Corriger : note/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Note' }).fill('Un quai en mai.')
  await dialog.getByRole('button', { name: 'Enregistrer la correction' }).click()
  await dialog.getByText(/Corrigée entre-temps.*Un seul quai, en juin/).waitFor()
  await soundAtEveryWidth(page, 'note-entre-temps', { full: false })
  await dialog.getByRole('button', { name: /Garder ma saisie/ }).click()
  service.reply(correctNote, { noteId: own.id }, { ...current, version: 3 })
  await dialog.getByRole('button', { name: 'Enregistrer la correction' }).click()
  await page.getByText('Note corrigée.').first().waitFor()
  const { body, headers } = sent('PUT', /\/notes\//)
  assert.deepEqual([body, headers['if-match']], [{ notes: 'Un quai en mai.', visibility: 'reseau' }, '"2"'])
  await leavePage(service)
})

test('EST-11: a note is withdrawn for a reason, as it was read', async () => {
  service.reply(withdrawNote, { noteId: own.id }, { ...own, version: 2, withdrawnAt: '2026-11-27T09:12:00Z' })
  const page = await openHistory(...of(own))
  await page.getByRole('button', { name: /^Retirer : note/ }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Motif').fill('Autre employeur')
  await soundAtEveryWidth(page, 'note-retirer', { full: false })
  await dialog.getByRole('button', { name: 'Retirer la note' }).press('Enter')
  await page.getByText('Note retirée.').first().waitFor()
  const { body, headers } = sent('PUT', /withdrawal$/)
  assert.deepEqual([body, headers['if-match']], [{ reason: 'Autre employeur' }, '"1"'])
  await leavePage(service)
})
