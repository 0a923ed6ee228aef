import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { people } from '../server/demonstration/stand-in/people.ts'
import { until } from '../server/testing/until.ts'
import { atEveryWidth, resize, widths } from './browser.ts'
import { journeys, title } from './journey.ts'

const { service, sound, signedIn } = journeys('brouillons')

const drafts = () =>
  service.sql<{ kind: string; subject: string; content: Record<string, string> }>(
    'select kind, subject, content from drafts order by kind, subject',
  )
const saved = async () => (await drafts())[0]?.content ?? {}
/** Says so on screen, with the last of what was typed: an earlier writing has the same words. */
const kept = async (page: Page, last: Record<string, string>) => {
  await page.getByText(/^Brouillon enregistré/).waitFor()
  await until(`kept with ${JSON.stringify(last)}`, async () =>
    (await drafts()).some(({ content }) => Object.entries(last).every(([name, words]) => content[name] === words)),
  )
}
const actOf = (page: Page) => page.getByLabel(/^Acte qui l’habilite/).first()
const dateOf = (page: Page) => page.getByLabel(/^Date de cet acte/).first()

test('UX-3: what is typed in a draft convention is found on another device, continued there, kept while the network is away, and goes once saved', {
  timeout: 1_200_000,
}, async () => {
  const desk = await signedIn(people.sylvie)
  const { page } = desk
  const [{ id }] = (await service.sql<{ id: string }>(
    `select c.id from conventions c join organisations o on o.id = c.organisation_id where o.name like '%Montesquieu'
        and c.effective_from is null and c.sent_at is null`,
  )) as [{ id: string }]
  await page.goto(`/conventions/${id}/projet`)
  await title(page, /./)
  const before = await actOf(page).inputValue()
  await actOf(page).fill('Délibération n° 2026-301')
  await dateOf(page).fill('2026-11-02')
  // A field that an answer hides is kept as the answer is.
  const authority = page.getByLabel('C’est une collectivité territoriale ou un groupement').first()
  await authority.press('Space')
  await kept(page, { 'partenaire.act': 'Délibération n° 2026-301', 'partenaire.localAuthority': '' })
  await sound(desk, 'projet-1440')
  const [draft] = await drafts()
  assert.deepEqual([draft!.kind, draft!.subject], ['convention', id])
  assert.deepEqual(draft!.content, {
    'partenaire.act': 'Délibération n° 2026-301',
    'partenaire.actOn': '2026-11-02',
    'partenaire.localAuthority': '',
  })

  const phone = await signedIn(people.sylvie, widths.phone)
  await phone.page.getByText('Mes saisies en cours').waitFor()
  await sound(phone, 'accueil-320')
  await phone.page.getByRole('link', { name: /^Reprendre la saisie/ }).press('Enter')
  await phone.page.getByText(/^Brouillon commencé à .*, dans une autre session\. Il est repris/).waitFor()
  assert.deepEqual(
    [
      await actOf(phone.page).inputValue(),
      await dateOf(phone.page).inputValue(),
      await phone.page.getByLabel('C’est une collectivité territoriale ou un groupement').first().isChecked(),
    ],
    ['Délibération n° 2026-301', '2026-11-02', false],
  )
  await atEveryWidth(phone.page, width => sound(phone, `repris-${width}`))
  await resize(phone.page, widths.phone)
  await actOf(phone.page).fill('Délibération n° 2026-302')
  await phone.page.getByText(/^Brouillon enregistré/).waitFor()
  await until('continued on the phone', async () => (await saved())['partenaire.act'] === 'Délibération n° 2026-302')

  // The first screen goes on with older words: both stand side by side, and one chooses.
  await dateOf(page).fill('2026-11-03')
  await page.getByText('Une autre version de cette saisie').waitFor()
  await atEveryWidth(page, width => sound(desk, `deux-versions-${width}`))
  await page.getByRole('button', { name: 'Enregistrer le projet' }).press('Enter')
  await page.getByText('Choisissez d’abord').waitFor()
  await page.getByRole('button', { name: 'Reprendre toute l’autre version' }).press('Enter')
  await page.getByRole('button', { name: 'Reprendre l’autre version' }).waitFor()
  assert.deepEqual(
    [await actOf(page).inputValue(), await dateOf(page).inputValue()],
    ['Délibération n° 2026-302', '2026-11-02'],
  )
  await phone.page.context().close()

  await page.context().setOffline(true)
  await actOf(page).fill('Délibération n° 2026-303')
  await page.getByText('Le réseau ne répond pas : brouillon en attente', { exact: true }).waitFor()
  await page.context().setOffline(false)
  await until('the network is back', async () => (await saved())['partenaire.act'] === 'Délibération n° 2026-303')

  // What the form changes moved meanwhile: only what was typed comes back, and it is said.
  await service.sql(`update conventions set version = version + 1 where id = $1`, [id])
  await page.reload()
  await page.getByText('Ce que vous modifiez a changé depuis ce brouillon.').waitFor()
  await sound(desk, 'change-entre-temps', { full: false })
  assert.equal(await actOf(page).inputValue(), 'Délibération n° 2026-303')
  await page.getByRole('button', { name: 'Effacer le brouillon' }).press('Enter')
  await page.getByText('Brouillon effacé.', { exact: true }).first().waitFor()
  assert.deepEqual([await actOf(page).inputValue(), await drafts()], [before, []])
  await page.getByRole('button', { name: 'Reprendre', exact: true }).press('Enter')
  await kept(page, { 'partenaire.act': 'Délibération n° 2026-303' })
  assert.equal(await actOf(page).inputValue(), 'Délibération n° 2026-303')
  await page.getByRole('button', { name: 'Enregistrer le projet' }).press('Enter')
  await page.getByText('Délibération n° 2026-303').waitFor()
  await until('saved, its draft goes', async () => (await drafts()).length === 0)
})

test('UX-3: the draft of a new convention keeps the partner chosen, that of a deed its persons; another person finds neither', {
  timeout: 1_200_000,
}, async () => {
  const sylvie = await signedIn(people.sylvie)
  const { page } = sylvie
  await page.goto('/conventions/nouvelle')
  const partner = page.getByRole('combobox', { name: /^Partenaire/ })
  await partner.fill('communes')
  await page.getByRole('option').first().click()
  const chosen = await partner.inputValue()
  await page.getByLabel('Numéro de la convention').fill('75-2026-900')
  await kept(page, { number: '75-2026-900' })
  await page.reload()
  await page.getByText(/Il est repris ci-dessous/).waitFor()
  assert.deepEqual(
    [await partner.inputValue(), await page.getByLabel('Numéro de la convention').inputValue()],
    [chosen, '75-2026-900'],
  )

  const gilles = await signedIn(people.gilles)
  // The part that keeps comes late, as in a car park: what was typed before it is kept too.
  const late = Promise.withResolvers<void>()
  await gilles.page.route(/\/form-keeping-[^/]+\.js$/, async route => {
    await late.promise
    await route.continue()
  })
  await gilles.page.goto('/responsables-de-comptes/proposer')
  await gilles.page.getByRole('button', { name: 'Ajouter une personne' }).press('Enter')
  await gilles.page
    .getByLabel(/^Prénom/)
    .nth(1)
    .fill('Noé')
  await gilles.page.getByLabel(/ont été remises à chaque personne désignée/).press('Space')
  assert.equal(await gilles.page.getByText(/^Brouillon/).count(), 0)
  late.resolve()
  await kept(gilles.page, { people: '2', givenName1: 'Noé', 'conditionsGiven.remises': 'on' })
  await gilles.page.reload()
  await gilles.page.getByText(/Il est repris ci-dessous/).waitFor()
  assert.equal(
    await gilles.page
      .getByLabel(/^Prénom/)
      .nth(1)
      .inputValue(),
    'Noé',
  )
  assert.ok(await gilles.page.getByLabel(/ont été remises à chaque personne désignée/).isChecked())
  await atEveryWidth(gilles.page, width => sound(gilles, `acte-${width}`))

  await gilles.page.goto('/')
  await gilles.page.getByText('Mes saisies en cours').waitFor()
  assert.deepEqual(await gilles.page.getByRole('link', { name: /^Reprendre la saisie/ }).count(), 1)
})

/** An open establishment where Claire works, that nobody met. */
const quietShop = async () => {
  const [shop] = await service.sql<{ siret: string }>(
    `select lpad(a.siret::text, 14, '0') as siret from establishments a
      where a.active and a.diffusion = 'O' and a.clpe_id is not null
        and not exists (select from exchanges x where x.siret / 100000 = a.siren)
        and not exists (select from do_not_contact_marks m where m.siret = a.siret)
        and not exists (select from campaign_targets t where t.siret = a.siret)
      order by a.siret limit 1`,
  )
  return shop!.siret
}
const acts = async (siret: string) => {
  const [{ marks, lifted, traces }] = (await service.sql<{ marks: number; lifted: number; traces: number }>(
    `select count(*)::int as marks, count(ended_at)::int as lifted, (select count(*)::int from audit_entries
      where action like 'do-not-contact.%' and at > now() - interval '1 hour') as traces
      from do_not_contact_marks where siret = $1::bigint`,
    [siret],
  )) as [{ marks: number; lifted: number; traces: number }]
  return { marks, lifted, traces }
}

test('UX-3: a short reason whose answer is lost goes again by itself and is written once; found again after a crash, it is sent under the same key', {
  timeout: 1_200_000,
}, async () => {
  await service.sql('delete from drafts')
  const siret = await quietShop()
  const claire = await signedIn(people.claire)
  const { page } = claire
  await page.goto(`/etablissements/${siret}`)
  await page.getByRole('button', { name: 'Marquer « ne pas contacter »' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Motif').fill('Ne recrute plus cette année')
  await kept(page, { reason: 'Ne recrute plus cette année' })
  assert.deepEqual((await drafts())[0], {
    kind: 'do-not-contact',
    subject: `${siret}-mark`,
    content: { reason: 'Ne recrute plus cette année' },
  })
  const before = await acts(siret)
  const keys: (string | undefined)[] = []
  // The service writes it, and its answer never comes.
  await page.route(`**/api/establishments/${siret}/do-not-contact`, async route => {
    if (route.request().method() !== 'POST') return route.fallback()
    keys.push(route.request().headers()['idempotency-key'])
    if (keys.length > 1) return route.continue()
    await route.fetch()
    await route.abort('connectionreset')
  })
  await dialog.getByRole('button', { name: 'Marquer', exact: true }).press('Enter')
  await until('written, its draft is gone before any answer', async () => (await drafts()).length === 0)
  await page.getByRole('heading', { name: /^Ne pas contacter jusqu’au/ }).waitFor()
  await dialog.waitFor({ state: 'detached' })
  assert.ok(keys.length >= 2, 'sent again by itself')
  assert.equal(new Set(keys).size, 1)
  const marked = await acts(siret)
  assert.deepEqual(marked, { marks: 1, lifted: 0, traces: before.traces + 1 })

  // The page dies before its answer comes: another finds the reason and its key.
  await page.getByRole('button', { name: 'Lever la marque' }).press('Enter')
  await dialog.getByLabel('Motif').fill('Recrute de nouveau')
  await kept(page, { reason: 'Recrute de nouveau' })
  const [{ send_key: key }] = (await service.sql<{ send_key: string }>('select send_key from drafts')) as [
    { send_key: string },
  ]
  await page.route('**/api/do-not-contact/*/lift', route => route.fulfill({ status: 502, body: 'Bad Gateway' }))
  await dialog.getByRole('button', { name: 'Lever la marque' }).press('Enter')
  await dialog.getByText('Elle sera envoyée d’elle-même au retour du réseau').waitFor()
  await sound(claire, 'renvoi-1440', { full: false })
  await page.context().close()

  const phone = await signedIn(people.claire, widths.phone)
  await phone.page.getByText('Mes saisies en cours').waitFor()
  await phone.page.getByRole('link', { name: /Lever la marque/ }).press('Enter')
  await phone.page.getByRole('button', { name: 'Lever la marque' }).press('Enter')
  const again = phone.page.getByRole('dialog')
  await again.getByText(/Il est repris ci-dessous/).waitFor()
  assert.equal(await again.getByLabel('Motif').inputValue(), 'Recrute de nouveau')
  await sound(phone, 'motif-repris-320', { full: false })
  const lifting = phone.page.waitForRequest(/do-not-contact\/[^/]+\/lift$/)
  await again.getByRole('button', { name: 'Lever la marque' }).press('Enter')
  assert.equal((await lifting).headers()['idempotency-key'], key)
  await again.waitFor({ state: 'detached' })
  assert.deepEqual(await acts(siret), { marks: 1, lifted: 1, traces: before.traces + 2 })
  assert.deepEqual(await drafts(), [])
})

test('UX-3: a file is no draft: found again, the form asks to attach it again', { timeout: 1_200_000 }, async () => {
  const gilles = await signedIn(people.gilles)
  const { page } = gilles
  const [{ id }] = (await service.sql<{ id: string }>(`select id from conventions where number = '75-2026-001'`)) as [
    { id: string },
  ]
  const begin = async () => {
    await page.goto(`/conventions/${id}`)
    await page.getByRole('button', { name: 'Donner congé' }).press('Enter')
  }
  await begin()
  const dialog = page.getByRole('dialog')
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'congé.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') })
  await dialog.getByLabel(/^Reçu le/).fill('2026-11-20')
  await kept(page, { receivedOn: '2026-11-20', 'fichier.la-lettre-ou-le-courriel': 'congé.pdf' })
  assert.deepEqual(await saved(), {
    receivedOn: '2026-11-20',
    'fichier.la-lettre-ou-le-courriel': 'congé.pdf',
  })
  await begin()
  await dialog
    .getByText('Un fichier ne se garde pas dans un brouillon. À joindre de nouveau : « congé.pdf ».')
    .waitFor()
  assert.equal(await dialog.getByLabel(/^Reçu le/).inputValue(), '2026-11-20')
  await atEveryWidth(page, width => sound(gilles, `fichier-a-joindre-${width}`, { full: false }))
})
