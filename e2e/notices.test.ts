import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { getConvention, listTemplates, nameContact, publishTemplate } from '../contract/conventions.ts'
import { getMe } from '../contract/identity.ts'
import { listAnnex4, listDocuments } from '../contract/portal.ts'
import type { Reply } from '../contract/route.ts'
import { listAssessments, recordAssessment } from '../contract/security.ts'
import { pagesUnderTest, type Width, widths } from './pages.ts'
import { me, organisations } from './stub-campaigns.ts'

let pages: Awaited<ReturnType<typeof pagesUnderTest>>
before(async () => { pages = await pagesUnderTest() })
after(() => pages?.stop())

const { jalle } = organisations
const everywhere = async (path: string, name: string) => {
  for (const width of Object.keys(widths).map(Number) as Width[]) {
    await pages.open(path, width)
    await pages.page().locator('.fr-skeleton, .cc-skeleton').first().waitFor({ state: 'detached' }).catch(() => {})
    await pages.sound(`${name}-${width}`)
  }
}
type Convention = Reply<typeof getConvention>
const id = '0193a000-0000-7000-80e0-000000000001'
const contact = { id: '0193a000-0000-7000-80e0-000000000002', party: 'partenaire', role: 'rssi', name: 'Référent sécurité', email: 'rssi@jalle-eau-bourde.example', telephone: null, startsAt: '2026-02-05T09:00:00Z', endsAt: null, regionId: null } as const
const convention = (over: Partial<Convention> = {}): Convention => ({
  id, version: 1, number: '75-2026-031', organisation: jalle, region: { id: 1075, name: 'Nouvelle-Aquitaine' }, state: 'in-force', createdAt: '2026-01-12T09:00:00Z', sentAt: '2026-02-02T09:00:00Z', firstTermOn: '2026-12-31', effectiveFrom: '2026-02-05T15:30:00Z', endsAt: null, endCause: null,
  term: { endsOn: '2026-12-31', renewal: 0, nextEndsOn: '2027-03-31' }, terms: ['2026-12-31', '2027-03-31'], next: { what: 'renewal', at: '2026-12-31T23:00:00Z' }, documentId: null, templateVersion: 2, signatories: [], signatures: [], notices: [], breaches: [], amendments: [], documents: [],
  contacts: [contact], missingContacts: [], unheard: [{ party: 'partenaire', role: 'dpd' }, { party: 'operateur', role: 'gouvernance' }, { party: 'operateur', role: 'support' }], actsFor: 'partenaire', allowed: ['name-contacts', 'read-assessments'], ...over,
})
const version = (kind: 'cgu' | 'cpu', n: number, over: object = {}) => ({ id: `0193a000-0000-7000-80f0-00000000${kind === 'cgu' ? '00' : '01'}0${n}`, kind, tool: kind === 'cpu' ? 'campagnes' as const : null, version: n, title: 'Conditions', hash: 'a'.repeat(64), inForceFrom: '2026-02-01T00:00:00Z', inForceUntil: null, state: 'in-force' as const, publishedAt: '2026-01-15T09:00:00Z', ...over })

test('AGR-8, AGR-9, AGR-10, UX-1: the convention’s page says which roles nobody would hear, who was told, what prevails with its dates, and the security assessment', async () => {
  pages.service.reply(getMe, {}, me())
  pages.service.reply(getConvention, { conventionId: id }, convention())
  pages.service.reply(listAssessments, {}, { items: [], dueOn: '2026-11-05', late: true, allowed: [] })
  pages.service.reply(listDocuments, {}, { items: [version('cgu', 2), version('cgu', 1, { state: 'replaced', inForceFrom: '2025-03-01T00:00:00Z', inForceUntil: '2026-02-01T00:00:00Z' }), version('cpu', 1)], allowed: [] })
  pages.service.reply(listAnnex4, {}, { items: [], allowed: [] })
  await everywhere(`/conventions/${id}`, 'convention-avis')
  const page = await pages.open(`/conventions/${id}`)
  await page.getByText('Du côté de l’opérateur, personne ne tient aujourd’hui les rôles « Gouvernance » et « Assistance »').waitFor()
  assert.deepEqual(await page.locator('.cc-clock__days time').evaluateAll(all => all.map(one => one.getAttribute('datetime'))).then(days => days.length - new Set(days).size), 0, 'one line a date')
  await page.getByText('La première est due le 5 novembre 2026.').waitFor()
  assert.equal(await page.getByRole('button', { name: 'Enregistrer une évaluation' }).count(), 0)
  assert.equal(await page.getByRole('link', { name: 'Version 2' }).getAttribute('href'), `/textes/${version('cgu', 2).id}`)
  await page.getByText('1 version remplacée').click()
  await page.getByRole('link', { name: 'Version 1', exact: true }).waitFor()
  pages.service.reply(nameContact, { role: 'dpd' }, { contact: { ...contact, role: 'dpd' }, told: { mails: 2, emptyRoles: [{ party: 'operateur', role: 'gouvernance' }] } })
  await page.getByRole('button', { name: 'Nommer : Délégué à la protection des données' }).press('Enter')
  await page.getByLabel(/^Nom/).fill('Référent')
  await page.getByLabel(/^Adresse électronique/).fill('dpd@jalle-eau-bourde.example')
  await page.getByRole('dialog').getByRole('button', { name: 'Nommer' }).press('Enter')
  await page.locator('.cc-notice').getByText('2 courriels partent. Du côté de l’opérateur, personne ne tient le rôle « Gouvernance ».').waitFor()
  await pages.sound('convention-dit-1440')
  await page.getByRole('button', { name: 'Masquer ce message' }).press('Enter')
  await page.getByText('2 courriels partent.', { exact: false }).and(page.locator('.cc-notice p')).waitFor({ state: 'detached' })

  pages.service.reply(listAssessments, {}, { items: [], dueOn: '2027-02-05', late: false, allowed: ['record'] })
  const assessment = { id, assessedOn: '2026-11-20', outcome: '14 sur 20.', reference: 'SEC-2026-031', nextDueOn: '2027-11-20', recordedAt: '2026-11-25T10:00:00Z', by: { id, name: 'Odile Marchand', organisationId: id } }
  pages.service.reply(recordAssessment, {}, { items: [assessment], dueOn: '2027-11-20', late: false, allowed: ['record'], told: { mails: 1, emptyRoles: [{ party: 'partenaire', role: 'rgc' }] } })
  await pages.open(`/conventions/${id}`, 320)
  await pages.page().getByRole('button', { name: 'Enregistrer une évaluation' }).press('Enter')
  for (const [label, value] of [['Faite le', '2026-11-20'], ['Constat', '14 sur 20.'], ['Référence de la pièce', 'SEC-2026-031'], ['Prochaine due le', '2027-11-20']] as const) await pages.page().getByLabel(new RegExp(`^${label}`)).fill(value)
  await pages.sound('evaluation-320')
  await pages.page().getByRole('dialog').getByRole('button', { name: 'Enregistrer' }).press('Enter')
  await pages.page().getByText('L’évaluation est enregistrée. 1 courriel part.').first().waitFor()
})

test('AGR-1, UX-1: an administrator prepares a version of the template: an unknown field is named with its line, an absent annex too, missing fields are marked in the preview', async () => {
  pages.service.reply(getMe, {}, me())
  const annexes = ['1', '1 bis', '2', '2 bis', '3', '4', '5'].map(n => `## Annexe ${n}\nTexte.`).join('\n')
  const shipped = { title: 'Convention', body: `# Convention n° {{convention.numero}}\nEntre l’opérateur et {{partenaire.nom}}.\n${annexes}` }
  const placeholders = [{ name: 'convention.numero', kind: 'text' as const, says: 'Le numéro de la convention' }, { name: 'outils', kind: 'list' as const, says: 'Les outils communs en vigueur (annexe 4)' }]
  let items: Reply<typeof listTemplates>['items'] = []
  let allowed: 'publish'[] = []
  pages.service.reply(listTemplates, {}, () => ({ items, shipped, placeholders, allowed }))
  await everywhere('/conventions/modele', 'modele-lu')
  await pages.page().getByText('Les administrateurs de l’opérateur le publient.').waitFor()
  allowed = ['publish']
  pages.service.reply(publishTemplate, {}, () => {
    items = [{ id, version: 1, ...shipped, publishedAt: '2026-11-25T10:00:00Z' }]
    return items[0]!
  })
  const page = await pages.open('/conventions/modele')
  await page.getByRole('button', { name: 'Préparer la version 1' }).press('Enter')
  await page.getByLabel(/^Texte, en Markdown/).fill(`${shipped.body.replace('## Annexe 5', '## Autre')}\n{{partenaire.age}}`)
  await page.getByText('Ligne 17 : le champ « partenaire.age » n’existe pas.').waitFor()
  await page.getByText('Il manque l’annexe 5').waitFor()
  await pages.sound('modele-fautes-1440')
  await page.getByRole('button', { name: 'Publier la version 1' }).press('Enter')
  await page.getByText('Corrigez les champs inconnus.').first().waitFor()
  assert.equal(pages.service.calls.filter(c => c.path.endsWith('/convention-templates') && c.method === 'POST').length, 0)
  await page.getByLabel(/^Texte, en Markdown/).fill(shipped.body)
  await page.locator('mark', { hasText: 'Le numéro de la convention' }).waitFor()
  for (const width of [768, 320] as const) {
    await page.setViewportSize(widths[width])
    await pages.sound(`modele-ecrit-${width}`)
  }
  await page.getByRole('button', { name: 'Publier la version 1' }).press('Enter')
  await page.getByText('Texte de la version 1').waitFor()
  await pages.sound('modele-publie-320')
})
