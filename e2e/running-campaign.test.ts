import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addDays, parisDay } from '../server/platform/time.ts'
import { pagesUnderTest } from './pages.ts'
import * as stub from './stub-campaigns.ts'
import { refusal } from './stub-service.ts'

type Pages = Awaited<ReturnType<typeof pagesUnderTest>>
let pages: Pages
let { service, open, sound, soundAtEveryWidth, page } = {} as Pages
const opened = stub.campaign()
const one = `/campaigns/${opened.id}`
const sentTo = (ending: string) =>
  service.calls.findLast(({ method, path }) => method !== 'GET' && path.endsWith(ending))
const dialog = (name: string) => page().getByRole('dialog', { name })
const day = (shift: number) => addDays(parisDay(new Date()), shift)

before(async () => {
  pages = await pagesUnderTest()
  ;({ service, open, sound, soundAtEveryWidth, page } = pages)
  service.on('GET /me', { body: stub.me() })
  service.on(`GET ${one}`, { body: opened })
  service.on(`GET ${one}/results`, { body: { items: [], allowed: [] } })
  service.on(`GET ${one}/events`, { body: stub.events() })
  service.on(`GET ${one}/conflicts`, { body: stub.conflicts() })
})
after(() => pages?.stop())

test('CAM-15: a campaign is prolonged; what others hold meanwhile is said with how many, and where one decides', async () => {
  const later = day(90)
  service.on(
    `PUT ${one}/period`,
    refusal(409, 'campaign/undecided-conflicts', 'Conflits à trancher', 'Des établissements sont déjà suivis.', {
      facts: { count: 3 },
    }),
  )
  await open(`/campagnes/${opened.id}?onglet=reglages`)
  await page().getByText('prolongée jusqu’au').waitFor()
  await page().getByRole('button', { name: 'Prolonger ou raccourcir' }).press('Enter')
  await page()
    .getByLabel(/^Nouveau dernier jour/)
    .fill(later)
  await sound('prolonger-1440')
  await dialog('Prolonger ou raccourcir la campagne').getByRole('button', { name: 'Prolonger' }).press('Enter')
  await page().getByText('3 établissements sont retenus').waitFor()
  await soundAtEveryWidth('prolonger-conflits')
  await page().getByRole('link', { name: 'Décider de ces établissements' }).press('Enter')
  await page().getByRole('link', { name: 'Revenir à la campagne pour la prolonger' }).waitFor()
  assert.ok(
    service.calls.some(({ path, search }) => path.endsWith(`${one}/conflicts`) && search.get('until') === later),
    'weighed until the day wanted',
  )
  service.on(`PUT ${one}/period`, { body: stub.campaign({ endsOn: later, version: 4 }) })
  await page().getByRole('link', { name: 'Revenir à la campagne pour la prolonger' }).press('Enter')
  await page().getByRole('button', { name: 'Prolonger ou raccourcir' }).press('Enter')
  await page()
    .getByLabel(/^Nouveau dernier jour/)
    .fill(later)
  await page().keyboard.press('Control+Enter')
  await dialog('Prolonger ou raccourcir la campagne').waitFor({ state: 'detached' })
  const { body, headers } = sentTo('/period')!
  assert.deepEqual([body, headers['if-match']], [{ endsOn: later }, '"3"'])
})

test('UX-3, CAM-15: the same day typed before its draft is read leaves nothing to choose between', async () => {
  const path = `/drafts/campaign-period/${opened.id}`
  const at = '2026-12-01T09:00:00.000Z'
  const kept = { content: { endsOn: day(90) }, startedAt: at, savedAt: at, version: 1, form: null, sendKey: null }
  const draft = { ...kept, kind: 'campaign-period', subject: opened.id, place: 'here', device: 'Firefox sur Windows' }
  let read = () => {}
  const until = new Promise<void>(resolve => {
    read = resolve
  })
  service.on(`GET ${path}`, { body: { draft }, until })
  service.on(`GET ${one}`, { body: opened })
  service.on(`PUT ${one}/period`, { body: stub.campaign({ endsOn: day(90), version: 4 }) })
  await open(`/campagnes/${opened.id}?onglet=reglages`)
  const asked = page().waitForRequest(request => request.url().endsWith(path))
  await page().getByRole('button', { name: 'Prolonger ou raccourcir' }).press('Enter')
  await page()
    .getByLabel(/^Nouveau dernier jour/)
    .fill(day(90))
  await asked
  const answered = page().waitForResponse(response => response.url().endsWith(path))
  read()
  await answered
  await page().getByText('Brouillon enregistré', { exact: false }).first().waitFor()
  await page().keyboard.press('Control+Enter')
  await dialog('Prolonger ou raccourcir la campagne').waitFor({ state: 'detached' })
  service.on(`GET ${path}`, { body: { draft: null } })
})

test('CAM-15: shortened, the dialog says what it does; another’s change is read, and what was typed is kept', async () => {
  service.on(`GET ${one}`, { body: opened })
  service.on(`PUT ${one}/period`, ({ headers }) =>
    headers['if-match'] === '"3"'
      ? refusal(412, 'request/changed-meanwhile', 'Modifié entre-temps', 'Une autre personne l’a modifiée.', {
          current: stub.campaign({ version: 4, name: 'Nommée par une autre personne' }),
        })
      : { body: stub.campaign({ endsOn: day(3), version: 5 }) },
  )
  await open(`/campagnes/${opened.id}?onglet=reglages`, 320)
  await page().getByRole('button', { name: 'Prolonger ou raccourcir' }).press('Enter')
  await page()
    .getByLabel(/^Nouveau dernier jour/)
    .fill(day(3))
  await page()
    .getByText(/seront libres le lendemain/)
    .waitFor()
  await page().keyboard.press('Control+Enter')
  await page().getByRole('button', { name: 'Relire la campagne et garder ma saisie' }).press('Enter')
  await page().locator('h1', { hasText: 'Nommée par une autre personne' }).waitFor()
  assert.equal(
    await page()
      .getByLabel(/^Nouveau dernier jour/)
      .inputValue(),
    day(3),
  )
  await page().getByRole('button', { name: 'Raccourcir', exact: true }).press('Enter')
  await dialog('Prolonger ou raccourcir la campagne').waitFor({ state: 'detached' })
  assert.equal(sentTo('/period')!.headers['if-match'], '"4"')
})

test('CAM-15: description, goals and leads are corrected; who may not is not offered it', async () => {
  service.on(`GET ${one}`, { body: opened })
  service.on(`GET ${one}/lead-candidates`, { body: { items: [] } })
  service.on(`PUT ${one}/presentation`, { body: stub.campaign({ description: 'Avant l’été', version: 4 }) })
  await open(`/campagnes/${opened.id}?onglet=reglages`)
  await page().getByRole('button', { name: 'Corriger' }).press('Enter')
  await page()
    .getByLabel(/^Description/)
    .fill('Avant l’été')
  await page().getByLabel('Besoins à détecter').fill('12')
  await soundAtEveryWidth('corriger')
  await page().getByRole('button', { name: 'Enregistrer', exact: true }).press('Enter')
  await dialog('Corriger la campagne').waitFor({ state: 'detached' })
  assert.deepEqual(sentTo('/presentation')!.body, {
    description: 'Avant l’été',
    goals: [
      { kind: 'etablissements-contactes', value: 100 },
      { kind: 'besoins', value: 12 },
    ],
    leadIds: [],
  })
  service.on(`GET ${one}`, { body: stub.campaign({ allowed: ['work-targets'] }) })
  await open(`/campagnes/${opened.id}?onglet=reglages`)
  await page()
    .getByText(/Seuls les pilotes de la CC Jalle-Eau-Bourde/)
    .waitFor()
  for (const name of ['Corriger', 'Prolonger ou raccourcir'])
    assert.equal(await page().getByRole('button', { name }).count(), 0)
})

test('CAM-15: a structure joins, another leaves once it was said what becomes of its targets', async () => {
  service.on(`GET ${one}`, { body: opened })
  service.on('GET /organisations', { body: stub.organisationList() })
  service.on(`POST ${one}/members`, {
    body: stub.campaign({ members: [...opened.members, stub.organisations.france], version: 4 }),
  })
  service.on(`POST ${one}/members/${stub.organisations.plie.id}/leave`, {
    body: { campaign: stub.campaign({ members: opened.members.slice(0, 2), version: 5 }), released: 12 },
  })
  await open(`/campagnes/${opened.id}?onglet=reglages`)
  await page().getByRole('button', { name: 'Changer les structures membres' }).press('Enter')
  await soundAtEveryWidth('membres')
  const field = page().getByRole('combobox', { name: /Structure à ajouter/ })
  await field.fill('France')
  await page()
    .getByRole('option', { name: /France Travail/ })
    .click()
  await page().getByRole('button', { name: 'Ajouter la structure' }).press('Enter')
  await dialog('Structures membres').waitFor({ state: 'detached' })
  assert.deepEqual(sentTo('/members')!.body, { organisationId: stub.organisations.france.id })
  await page().getByRole('button', { name: 'Changer les structures membres' }).press('Enter')
  await page().getByRole('button', { name: 'Retirer : PLIE Portes du Sud' }).press('Enter')
  await page()
    .getByText(/redeviennent à prendre/)
    .waitFor()
  await soundAtEveryWidth('membre-part')
  await page().getByRole('button', { name: 'Retirer la structure' }).press('Enter')
  await page().locator('[role=status]', { hasText: '12 cibles sont à reprendre' }).waitFor({ state: 'attached' })
})

test('CAM-15: establishments are added to an open campaign, with what to do of those already followed', async () => {
  service.on(`GET ${one}`, { body: opened })
  service.on('GET /territories', { body: stub.territoryList() })
  service.on('GET /activities', { body: { items: [] } })
  service.on(`POST ${one}/targets/preview`, { body: stub.preview() })
  service.on(`POST ${one}/targets`, ({ body }) => {
    assert.deepEqual(body.decided, { held: 'take', contacted: 'leave', beside: 'leave', reason: 'Accord du PLIE' })
    return { body: { outcomes: stub.preview().outcomes, campaign: opened } }
  })
  await open(`/campagnes/${opened.id}?onglet=reglages`)
  await page().getByRole('link', { name: 'Ajouter des établissements' }).press('Enter')
  await page().getByLabel('Tenus par une autre campagne').selectOption('take')
  await page().getByLabel('Motif', { exact: false }).fill('Accord du PLIE')
  await soundAtEveryWidth('ajouter-ouverte')
  await page()
    .getByRole('button', { name: /^Ajouter/ })
    .press('Enter')
  await page().locator('[role=status]', { hasText: 'ajouté' }).first().waitFor({ state: 'attached' })
})

const answerAside = () => {
  service.on(`GET ${one}`, { body: opened })
  const aside = stub.target(5, { status: 'ecarte', setAsideReason: 'Fermé un mois', allowed: ['put-back'] })
  service.on(`GET ${one}/targets`, { body: { items: [aside], next: null, total: 1 } })
  service.on(`GET ${one}/target-counts`, { body: stub.targetCounts() })
  service.on(`GET ${one}/sharings`, { body: { items: [], next: null, allowed: [] } })
  return aside
}

test('CAM-15: a target set aside is put back; held by another, it says how and why', async () => {
  const aside = answerAside()
  service.on(`GET ${one}`, { body: { ...opened, conflictScope: 'company' } })
  service.on(`POST ${one}/targets/${aside.establishment.siret}/put-back`, ({ body }) =>
    body.held === 'share'
      ? { body: stub.target(5, { shared: true }) }
      : refusal(409, 'campaign/undecided-conflicts', 'Conflits à trancher', 'Déjà suivi.', { facts: { count: 1 } }),
  )
  await open(`/campagnes/${opened.id}?statut=ecarte`)
  await page()
    .getByRole('button', { name: /^Remettre parmi les cibles/ })
    .press('Enter')
  await page().getByText('Fermé un mois', { exact: false }).last().waitFor()
  const box = dialog('Remettre parmi les cibles')
  await box.getByRole('button', { name: 'Remettre parmi les cibles' }).press('Enter')
  await box.getByText('lui ou un autre établissement de l’entreprise').waitFor()
  await box.getByLabel(/^Motif/).fill('Rouvert, vu avec le PLIE')
  await soundAtEveryWidth('remettre')
  await box.getByRole('button', { name: 'Remettre parmi les cibles' }).press('Enter')
  await box.waitFor({ state: 'detached' })
  assert.deepEqual(sentTo('/put-back')!.body, {
    held: 'share',
    contacted: 'take',
    beside: 'take',
    reason: 'Rouvert, vu avec le PLIE',
  })
})

test('EST-10: a target not to be contacted is put back once it is asked again', async () => {
  const aside = answerAside()
  service.on(`POST ${one}/targets/${aside.establishment.siret}/put-back`, ({ body }) =>
    body.despite
      ? { body: stub.target(5) }
      : refusal(409, 'target/do-not-contact', 'À ne pas contacter', 'Cet employeur ne veut pas être contacté.'),
  )
  await open(`/campagnes/${opened.id}?statut=ecarte`)
  await page()
    .getByRole('button', { name: /^Remettre parmi les cibles/ })
    .press('Enter')
  const box = dialog('Remettre parmi les cibles')
  await box.getByRole('button', { name: 'Remettre parmi les cibles' }).press('Enter')
  await box.getByRole('link', { name: 'Sa fiche dit pourquoi' }).waitFor()
  await soundAtEveryWidth('remettre-malgre')
  await box.getByRole('button', { name: 'Remettre malgré tout' }).press('Enter')
  await box.waitFor({ state: 'detached' })
  assert.deepEqual(sentTo('/put-back')!.body, { despite: true })
})

test('CAM-15: the pilot hands the campaign over to a member that can pilot it; when none can, it says so', async () => {
  service.on(`GET ${one}`, { body: opened })
  service.on(`GET ${one}/successors`, { body: { items: [] } })
  await open(`/campagnes/${opened.id}?onglet=reglages`, 320)
  await page().getByRole('button', { name: 'Confier le pilotage' }).press('Enter')
  await page()
    .getByText(/Aucune structure membre n’a de personne habilitée/)
    .waitFor()
  await sound('confier-personne-320')
  service.on(`GET ${one}/successors`, { body: { items: [stub.organisations.plie] } })
  service.on(`POST ${one}/hand-over`, {
    body: stub.campaign({ pilot: stub.organisations.plie, version: 4, allowed: ['work-targets'] }),
  })
  await open(`/campagnes/${opened.id}?onglet=reglages`)
  await page().getByRole('button', { name: 'Confier le pilotage' }).press('Enter')
  const box = dialog('Confier le pilotage')
  await box.getByLabel('Structure qui pilotera').selectOption(stub.organisations.plie.id)
  await soundAtEveryWidth('confier')
  await box.getByRole('button', { name: 'Confier le pilotage' }).press('Enter')
  await page()
    .getByText(/Seuls les pilotes du PLIE Portes du Sud/)
    .waitFor()
  assert.deepEqual(sentTo('/hand-over')!.body, { organisationId: stub.organisations.plie.id })
})

test('CAM-15: a campaign whose period is over says when it will close by itself', async () => {
  service.on(`GET ${one}`, { body: stub.campaign({ startsOn: day(-90), endsOn: day(-9), closesOn: day(6) }) })
  service.on(`GET ${one}/events`, {
    body: { items: stub.events().items.map(event => ({ ...event, kind: 'closed' as const, by: null })) },
  })
  await open(`/campagnes/${opened.id}?onglet=reglages`)
  await page()
    .getByText(/elle se clora d’elle-même le/)
    .waitFor()
  await page().getByText('close d’elle-même').first().waitFor()
  await soundAtEveryWidth('se-clora')
})
