import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Locator } from 'playwright-core'
import { organisations, people } from '../server/demonstration/stand-in/people.ts'
import { readMail } from '../server/notifications/testing-smtp.ts'
import { until } from '../server/testing/until.ts'
import { atEveryWidth, openPage, resize, widths } from './browser.ts'
import { journeys, title } from './journey.ts'

const { service, sound, soundAtEveryWidth, withSession } = journeys('besoins')
type Signed = Awaited<ReturnType<typeof withSession>>
const { missionLocale, plie, franceTravail } = organisations

const stateOf = async (id: string) =>
  (await service.sql<{ state: string; hired: number }>('select state, hired from needs where id = $1', [id]))[0]!
const becomes = (id: string, state: string) =>
  until(`the need is ${state}`, async () => (await stateOf(id)).state === state)
const employer = async () =>
  (
    await service.sql<{ siret: string }>(
      `select lpad(t.siret::text, 14, '0') as siret from campaign_targets t join campaigns c on c.id = t.campaign_id
        where c.status = 'open' and not exists (select from needs n where n.siret = t.siret) order by t.siret limit 1`,
    )
  )[0]!.siret
/** Its line says why it stands there, after its name. */
const offered = (dialog: Locator, name: string) => dialog.getByLabel(new RegExp(`^${name}`))
const propose = async ({ page }: Signed, id: string, names: readonly string[]) => {
  await page.goto(`/besoins/${id}`)
  await page.getByRole('button', { name: 'Proposer à d’autres structures' }).click()
  const dialog = page.getByRole('dialog', { name: 'Proposer ce besoin' })
  await dialog.getByRole('button', { name: 'Proposer', exact: true }).click()
  await dialog.getByText('Cochez au moins une structure.').first().waitFor()
  for (const name of names) await offered(dialog, name).check({ force: true })
  return dialog
}

test('CAM-7: a need said on the phone goes through three partners to two hires; the one who declined is not asked again', {
  timeout: 1_200_000,
}, async () => {
  const [claire, karim, nadia, paul] = [
    await withSession(people.claire),
    await withSession(people.karim),
    await withSession(people.nadia),
    await withSession(people.paul),
  ]
  // Its structure says what it takes: it is offered first, and why.
  await karim.page.goto('/besoins')
  await karim.page.getByRole('link', { name: 'Ce que prend ma structure' }).press('Enter')
  await title(karim.page, 'Ce que prend ma structure')
  await karim.page.getByText('Votre structure n’a rien dit encore').waitFor()
  await sound(karim, 'ma-structure-rien')
  await paul.page.goto('/besoins/ma-structure')
  const field = (label: string) => paul.page.getByLabel(label, { exact: true })
  await field('Recrutement').uncheck({ force: true })
  await field('Immersion (PMSMP)').uncheck({ force: true })
  await field('Contrat aidé').uncheck({ force: true })
  await paul.page.getByRole('button', { name: 'Enregistrer' }).press('Enter')
  await paul.page.getByText('Cochez au moins un type de besoin.').first().waitFor()
  await soundAtEveryWidth(paul, 'ma-structure')
  await field('Recrutement').check({ force: true })
  await field('Commerce, vente, grande distribution').check({ force: true })
  await paul.page.getByRole('button', { name: 'Enregistrer' }).press('Enter')
  await until('what it takes is kept', async () => {
    const rows = await service.sql<{ jobs: string[] }>('select jobs from need_intakes where version = 2')
    return rows.length === 1 && rows[0]!.jobs.includes('D')
  })

  const siret = await employer()
  await resize(claire.page, widths.phone)
  await claire.page.goto(`/etablissements/${siret}`)
  await claire.page.getByRole('button', { name: 'Noter un besoin' }).click()
  const noting = claire.page.getByRole('dialog', { name: 'Noter un besoin' })
  await noting.getByRole('combobox', { name: 'Métier' }).fill('boul')
  await noting
    .getByRole('option', { name: /^Boulanger/ })
    .first()
    .click()
  await noting.getByLabel('Nombre de postes').fill('2')
  await noting.getByLabel(/^Contrat/).selectOption('cdi')
  await noting.getByText('N’écrivez jamais le nom d’un candidat').waitFor()
  await atEveryWidth(claire.page, width => sound(claire, `noter-${width}`, { full: false }))
  await noting.getByRole('button', { name: 'Noter le besoin', exact: true }).click()
  await noting.waitFor({ state: 'detached' })
  await claire.page.getByRole('link', { name: 'Recrutement : 2 × Boulanger / Boulangère' }).first().click()
  await title(claire.page, 'Recrutement : 2 × Boulanger / Boulangère')
  const id = claire.page.url().split('/').at(-1)!
  await soundAtEveryWidth(claire, 'ouvert')

  const dialog = await propose(claire, id, [missionLocale.name, plie.name, franceTravail.name])
  assert.match(
    (await dialog.locator('fieldset label').first().textContent())!,
    /^PLIE Portes du Sud\s*Dit prendre ce métier ; /,
  )
  await dialog.getByLabel(/^Ce qu’il faut leur dire/).fill('Il ouvre une seconde boutique.')
  await soundAtEveryWidth(claire, 'proposer')
  await dialog.getByRole('button', { name: 'Proposer', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })

  await karim.page.goto('/')
  await karim.page.getByRole('link', { name: /besoins? proposés?$/ }).press('Enter')
  await title(karim.page, 'Besoins')
  await karim.page.getByText('« Il ouvre une seconde boutique. »').waitFor()
  await soundAtEveryWidth(karim, 'proposes')
  await karim.page.getByRole('button', { name: /^Décliner….*Boulanger/ }).press('Enter')
  const declining = karim.page.getByRole('dialog', { name: 'Décliner ce besoin' })
  await declining.getByLabel(/^Pourquoi/).fill('Personne en boulangerie')
  await declining.getByRole('button', { name: 'Décliner', exact: true }).press('Enter')
  await declining.waitFor({ state: 'detached' })

  await nadia.page.goto(`/besoins/${id}`)
  await nadia.page.getByRole('button', { name: /^Prendre en charge/ }).press('Enter')
  await becomes(id, 'pris-en-charge')
  await hire(nadia, '1')
  await becomes(id, 'partiellement-pourvu')
  await soundAtEveryWidth(nadia, 'pris')
  await nadia.page.getByRole('button', { name: 'Rendre…' }).press('Enter')
  const back = nadia.page.getByRole('dialog', { name: 'Rendre ce besoin' })
  await back.getByLabel(/^Pourquoi/).fill('Plus personne à proposer')
  await back.getByRole('button', { name: 'Rendre le besoin' }).press('Enter')
  await becomes(id, 'ouvert')

  const again = await propose(claire, id, [plie.name])
  await again.getByText('Personne en boulangerie', { exact: false }).waitFor()
  assert.equal(await offered(again, missionLocale.name).count(), 0, 'who declined is not offered')
  assert.equal(await offered(again, franceTravail.name).count(), 0, 'nor who gave back')
  await sound(claire, 'proposer-encore', { full: false })
  await again.getByRole('button', { name: 'Proposer', exact: true }).click()
  await again.waitFor({ state: 'detached' })

  await paul.page.goto('/besoins?onglet=proposes')
  await paul.page.getByRole('button', { name: /^Prendre en charge.*Boulanger/ }).press('Enter')
  await becomes(id, 'pris-en-charge')
  await paul.page.goto(`/besoins/${id}`)
  await hire(paul, '1')
  await becomes(id, 'pourvu')
  assert.equal((await stateOf(id)).hired, 2)

  await claire.page.goto(`/besoins/${id}`)
  await claire.page.getByText('2 embauches sur 2').first().waitFor()
  await claire.page.getByText('pourvu', { exact: true }).first().waitFor()
  await soundAtEveryWidth(claire, 'pourvu')
  await claire.page.goto(`/etablissements/${siret}?nature=need`)
  await claire.page.getByText('1 besoin.').waitFor()
  await claire.page.locator('.cc-history').getByText('2 embauches sur 2').waitFor()
  await sound(claire, 'historique')
})

const hire = async ({ page }: Signed, number: string) => {
  await page.getByRole('button', { name: 'Noter des embauches' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Noter des embauches' })
  await dialog.getByLabel('Nombre d’embauches').fill(number)
  await dialog.getByRole('button', { name: 'Noter', exact: true }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
}

test('CAM-7: two take a need in the same second: one has it, the other reads by whom; the list is filtered in the address', {
  timeout: 1_200_000,
}, async () => {
  const [claire, karim, nadia] = [
    await withSession(people.claire),
    await withSession(people.karim),
    await withSession(people.nadia),
  ]
  const [open] = await service.sql<{ id: string }>(
    `select n.id from needs n where n.state = 'ouvert' and n.kind = 'conseil' and n.visibility = 'reseau' limit 1`,
  )
  const dialog = await propose(claire, open!.id, [missionLocale.name, franceTravail.name])
  await dialog.getByRole('button', { name: 'Proposer', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
  for (const { page } of [karim, nadia]) await page.goto(`/besoins/${open!.id}`)
  const takes = [karim, nadia].map(({ page }) => page.getByRole('button', { name: /^Prendre en charge/ }))
  for (const take of takes) await take.waitFor()
  await Promise.all(takes.map(take => take.press('Enter')))
  await becomes(open!.id, 'pris-en-charge')
  const [taking] = await service.sql<{ taker: string }>(
    'select o.name as taker from needs n join organisations o on o.id = n.taken_by_organisation where n.id = $1',
    [open!.id],
  )
  const taker = taking!.taker
  const loser = taker === missionLocale.name ? nadia : karim
  await loser.page.getByText(`${taker} vient de prendre ce besoin.`).waitFor()
  await sound(loser, 'deja-pris')

  const [closed] = await service.sql<{ id: string }>(`select id from needs where state = 'pourvu-autrement' limit 1`)
  await karim.page.goto(`/besoins/${closed!.id}`)
  await karim.page.getByText(/^Ce besoin est clos\. Pour le rouvrir, parlez-en à /).waitFor()
  await soundAtEveryWidth(karim, 'clos')
  await karim.page.goto('/besoins/00000000-0000-7000-8000-000000000000')
  await sound(karim, 'inconnu')

  await claire.page.goto('/besoins?etat=pourvu&suivi=moi')
  await claire.page.getByRole('table').waitFor()
  const [counted] = await service.sql<{ total: number }>(
    `select count(*)::int as total from needs where state = 'pourvu' and owner_id = $1`,
    [people.claire.accountId],
  )
  await claire.page.getByText(`${counted!.total} besoins`, { exact: true }).waitFor()
  await soundAtEveryWidth(claire, 'liste')
  // As a file, with the filters of the page, for a purpose (PRI-5).
  await claire.page.getByRole('button', { name: 'Exporter', exact: true }).press('Enter')
  const exporting = claire.page.getByRole('dialog', { name: 'Exporter : Besoins' })
  await exporting.getByLabel(/^Pour quoi faire/).fill('Point avec le PLIE')
  await exporting.getByLabel(/CSV/).press('Space')
  await sound(claire, 'exporter')
  const [file] = await Promise.all([
    claire.page.waitForEvent('download'),
    exporting.getByRole('button', { name: 'Exporter', exact: true }).press('Enter'),
  ])
  const text = await readFile(await file.path(), 'utf8')
  assert.equal(text.match(/;"pourvu";/g)?.length, counted!.total)
  assert.match(text, /Motif : Point avec le PLIE/)
  await exporting.waitFor({ state: 'detached' })
  // The heads of its columns put it in order; the address says so.
  const head = claire.page.getByRole('columnheader', { name: 'Employeur' })
  for (const [search, way] of [
    ['employeur', 'ascending'],
    ['-employeur', 'descending'],
  ]) {
    await head.getByRole('button').press('Enter')
    await claire.page.waitForURL(url => url.searchParams.get('tri') === search)
    await until(`the head says ${way}`, async () => (await head.getAttribute('aria-sort')) === way)
  }
  await claire.page.getByLabel('Trier par').selectOption('Âge, les plus récents d’abord')
  await claire.page.waitForURL(url => !url.searchParams.has('tri'))
  await claire.page.getByLabel(/^Nature/).selectOption('immersion')
  await claire.page.getByText('Aucun besoin ne répond à ces filtres').waitFor()
  assert.match(claire.page.url(), /nature=immersion/)
  await sound(claire, 'liste-vide')
  const job = claire.page.getByLabel(/^Métier/)
  await job.pressSequentially('soudeur')
  await claire.page.waitForURL(/metier=soudeur/)
  await claire.page.getByRole('button', { name: 'Tout afficher' }).click()
  await until('no filter is left', async () => !claire.page.url().includes('metier') && (await job.inputValue()) === '')
})

test('IND-7: once a need is closed, its employer answers the question of a mail, without an account; the advisor reads the answer', {
  timeout: 1_200_000,
}, async () => {
  const claire = await withSession(people.claire)
  const [met] = await service.sql<{ siret: string; id: string; email: string }>(
    `select lpad(c.siret::text, 14, '0') as siret, c.id, v.value as email from correspondents c
        join correspondent_values v on v.correspondent_id = c.id and v.field = 'email' and v.replaced_at is null
        join campaign_targets t on t.siret = c.siret join campaigns g on g.id = t.campaign_id and g.status = 'open'
      where c.retired_at is null and c.merged_into is null
        and not exists (select from do_not_contact_marks m where m.siret = c.siret) order by c.siret, c.id limit 1`,
  )
  await claire.page.goto(`/etablissements/${met!.siret}`)
  await claire.page.getByRole('button', { name: 'Noter un besoin' }).click()
  const noting = claire.page.getByRole('dialog', { name: 'Noter un besoin' })
  await noting.getByLabel('Nature du besoin').selectOption('formation')
  await noting.getByLabel(/^Interlocuteur/).selectOption(met!.id)
  await noting.getByRole('button', { name: 'Noter le besoin', exact: true }).click()
  await noting.waitFor({ state: 'detached' })
  const [{ id }] = (await service.sql<{ id: string }>(
    `select id from needs where siret = $1::bigint and kind = 'formation' order by noted_at desc limit 1`,
    [met!.siret],
  )) as [{ id: string }]
  await claire.page.goto(`/besoins/${id}`)
  await claire.page.getByRole('button', { name: /^Prendre en charge/ }).press('Enter')
  await claire.page.getByRole('button', { name: 'Dire répondu' }).press('Enter')
  await claire.page.getByRole('dialog').getByRole('button', { name: 'Dire répondu' }).press('Enter')
  await claire.page.getByText(/^Une question sera envoyée par courriel/).waitFor()
  await soundAtEveryWidth(claire, 'avis-a-demander')

  await service.sql(`update needs set closed_at = closed_at - interval '4 days' where id = $1`, [id])
  await service.sql(`select graphile_worker.add_job('ask-employers')`)
  const kept = () =>
    service.sql<{ id: string }>(
      `select id from mails where kind = 'satisfaction-asked' and about_id = $1 and kept_at is not null`,
      [id],
    )
  await until('the mail to the employer leaves', async () => (await kept()).length > 0)
  const [mail] = await kept()
  const { text } = readMail(await readFile(join(service.dataDir, 'courriels', `${mail!.id}.eml`)))
  const address = /\/avis#[\w-]{43}$/m.exec(text)![0]

  const employer = await openPage(service.url, widths.phone, [])
  const { page } = employer
  await page.goto(`${service.url}${address}`)
  await title(page, 'Votre avis, en une question')
  await page.getByRole('button', { name: 'Envoyer mon avis' }).waitFor()
  assert.equal(new URL(page.url()).hash, '', 'the token leaves the address')
  await soundAtEveryWidth(employer, 'avis')
  await resize(page, widths.phone)
  await page.getByText(/^Vous pouvez répondre une fois, jusqu’au/).waitFor()
  await page.getByRole('button', { name: 'Envoyer mon avis' }).press('Enter')
  await sound(employer, 'avis-sans-choix')
  await page.getByRole('radio', { name: 'Plutôt satisfait', exact: true }).check({ force: true })
  await page.getByLabel(/^Ce que vous voulez ajouter/).fill('Formation courte, et près de chez nous.')
  await page.getByRole('button', { name: 'Envoyer mon avis' }).press('Enter')
  await page.getByRole('heading', { name: 'Merci, votre réponse est enregistrée' }).waitFor()
  assert.equal(await page.getByText(/^Vous pouvez répondre/).count(), 0)
  await sound(employer, 'avis-donne')
  await page.getByRole('button', { name: 'Ne plus me demander' }).press('Enter')
  await page.getByRole('heading', { name: 'C’est noté' }).waitFor()
  await page.goto(`${service.url}/connexion`)
  await page.goto(`${service.url}${address}`)
  await page.getByText('Votre réponse est déjà enregistrée. Merci.').waitFor()
  // Another link in the same tab is another question.
  await page.goto(`${service.url}${address.slice(0, -1)}`)
  await page.getByText('Ouvrez le lien en entier', { exact: false }).waitFor()
  await sound(employer, 'avis-incomplet')
  await employer.context.close()

  await claire.page.reload()
  await claire.page.getByText(/^Plutôt satisfait, dit l’employeur le /).waitFor()
  await claire.page.getByText('« Formation courte, et près de chez nous. »').waitFor()
  await soundAtEveryWidth(claire, 'avis-lu')
  await claire.page.goto('/besoins')
  await claire.page.getByRole('button', { name: 'Avis des employeurs' }).press('Enter')
  await claire.page.getByText('1 avis demandé, 1 réponse, 100 % plutôt ou tout à fait satisfaits').waitFor()
  await sound(claire, 'avis-comptes')
  // As if nothing had been asked: the reason is the button.
  await service.sql('delete from need_surveys where need_id = $1', [id])
  await claire.page.goto(`/besoins/${id}`)
  await claire.page.getByRole('button', { name: /^Le moment est délicat/ }).press('Enter')
  await claire.page.getByText('L’avis de l’employeur n’est pas demandé : le moment est délicat.').waitFor()
})
