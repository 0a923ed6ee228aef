/**
 * AGR-16 on the real service: an administrator names a CSSI of a region, who finds their duties, then ends the role; a
 * signatory gives a role to whom annex 2 names; what a rule noticed of the CSSI is lifted by an administrator.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { people } from '../server/demonstration/stand-in/people.ts'
import { journeys, menu, title } from './journey.ts'

const { service, signedIn, sound, soundAtEveryWidth } = journeys('roles')

test('AGR-16: an administrator gives the role of CSSI of a region; its holder finds the deeds of that region; ended, they are refused', async () => {
  const [samir, sylvie] = [await signedIn(people.samir), await signedIn(people.sylvie)]
  const { page } = samir
  await menu(sylvie.page, 'Conventions').waitFor()
  assert.equal(await menu(sylvie.page, 'Sécurité').count(), 0)
  await sylvie.page.goto(`${service.url}/securite/rgc`)
  assert.equal((await sylvie.page.request.get('/api/rgc/oversight')).status(), 403)

  await menu(page, 'Rôles').click()
  await title(page, 'Rôles de l’opérateur')
  const running = page.getByRole('table', { name: 'Rôles en cours et à venir, du dernier donné au premier' })
  await running
    .getByRole('row', { name: /Direction régionale/ })
    .first()
    .waitFor()
  // One's own are shown, and not one's to end.
  assert.equal(
    await running
      .getByRole('row', { name: /Administrateur/ })
      .getByRole('button')
      .count(),
    0,
  )

  await page.getByRole('button', { name: 'Donner un rôle' }).click()
  const dialog = page.getByRole('dialog', { name: 'Donner un rôle' })
  const who = dialog.getByRole('combobox', { name: /^Agent de l’opérateur/ })
  await who.fill(people.sylvie.usualName)
  await page
    .getByRole('option', { name: new RegExp(people.sylvie.usualName) })
    .first()
    .click()
  await dialog.getByLabel(/^Rôle/).selectOption({ label: 'Correspondant sécurité (CSSI)' })
  await dialog.getByLabel('Région', { exact: true }).selectOption({ label: 'Nouvelle-Aquitaine' })
  await dialog.getByLabel('Motif', { exact: false }).fill('Nommée par note de service')
  await sound(samir, 'donner')
  await dialog.getByRole('button', { name: 'Donner le rôle' }).click()
  await dialog.waitFor({ state: 'detached' })
  const row = running.getByRole('row', { name: new RegExp(`${people.sylvie.usualName}.*CSSI`) })
  await row.getByText('Nommée par note de service').first().waitFor()
  await soundAtEveryWidth(samir, 'liste')

  await sylvie.page.goto(service.url)
  await menu(sylvie.page, 'Sécurité').click()
  await title(sylvie.page, 'Sécurité')
  await sylvie.page.getByText('des partenaires de votre région').waitFor()
  assert.equal(await sylvie.page.getByRole('link', { name: 'Courriels non partis', exact: true }).count(), 0)
  await soundAtEveryWidth(sylvie, 'securite-de-la-region')
  await sylvie.page.getByRole('link', { name: 'Anomalies des accès', exact: true }).click()
  await title(sylvie.page, 'Anomalies des accès')
  await sylvie.page.getByRole('table', { name: 'Anomalies ouvertes par structure' }).waitFor()
  assert.equal(await sylvie.page.getByRole('row', { name: /Opérateur/ }).count(), 0)
  await menu(sylvie.page, 'Sécurité').click()
  await sylvie.page.getByRole('link', { name: 'Actes d’engagement et attestations', exact: true }).click()
  await title(sylvie.page, 'Actes d’engagement et attestations')
  await sylvie.page.getByText('des structures de votre région').waitFor()
  await sound(sylvie, 'actes-de-la-region')

  await row.getByRole('button', { name: /^Mettre fin/ }).click()
  const ending = page.getByRole('dialog', { name: 'Mettre fin à un rôle' })
  await ending.getByLabel('Motif', { exact: false }).fill('Fin de mission')
  await sound(samir, 'mettre-fin')
  await ending.getByRole('button', { name: 'Mettre fin au rôle' }).click()
  await ending.waitFor({ state: 'detached' })
  await row.waitFor({ state: 'detached' })
  await page
    .getByRole('table', { name: 'Rôles terminés, du dernier donné au premier' })
    .getByText(/Fin de mission/)
    .first()
    .waitFor()

  assert.equal((await sylvie.page.request.get('/api/rgc/oversight')).status(), 403)
  await sylvie.page.reload()
  await sylvie.page
    .getByRole('main')
    .getByText(/CSSI|rôle/)
    .first()
    .waitFor()
  await sylvie.page.goto(service.url)
  await title(sylvie.page, /^Bonjour/)
  assert.equal(await menu(sylvie.page, 'Sécurité').count(), 0)
  const kept = await service.sql<{ action: string }>(
    `select action from audit_entries where action in ('role.given', 'role.ended') order by at`,
  )
  assert.deepEqual(
    kept.map(k => k.action),
    ['role.given', 'role.ended'],
  )
})

test('SEC-2, ACC-11: an administrator finds the CSSI whom a rule of detection noticed, and lifts it on a verdict', async () => {
  const { odile } = people
  await service.sql(
    `insert into account_blocks (id, account_id, organisation_id, cause, cuts, reason, blocked_at)
      select gen_random_uuid(), id, organisation_id, 'suspect-use', 'none', '201 documents exportés en une journée (seuil : 200).', now()
      from accounts where id = '${odile.accountId}'`,
  )
  const samir = await signedIn(people.samir)
  const { page } = samir
  await menu(page, 'Rôles').click()
  await page.getByRole('link', { name: 'CSSI bloqués', exact: true }).click()
  await title(page, 'CSSI bloqués')
  const row = page.getByRole('table', { name: 'Accès coupés' }).getByRole('row', { name: new RegExp(odile.usualName) })
  await row.getByText('201 documents exportés en une journée').waitFor()
  await soundAtEveryWidth(samir, 'cssi-bloques')
  await row.getByRole('button', { name: /^Lever/ }).click()
  const dialog = page.getByRole('dialog', { name: /^Lever le blocage/ })
  await dialog.getByLabel('Constat', { exact: false }).fill('Journée de déploiement, vérifié par téléphone')
  await soundAtEveryWidth(samir, 'cssi-bloques-lever')
  await dialog.getByRole('button', { name: 'Lever le blocage' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page
    .getByRole('table', { name: 'Blocages levés' })
    .getByRole('row', { name: new RegExp(`${odile.usualName}.*Journée de déploiement`) })
    .waitFor()
  await page.getByText('Aucun accès n’est coupé').waitFor()
  await soundAtEveryWidth(samir, 'cssi-leves')
  const [kept] = await service.sql<{ by: string }>(
    `select actor_id as by from audit_entries where action = 'account.unblocked' and subject_id = '${odile.accountId}'`,
  )
  assert.equal(kept!.by, people.samir.accountId)
})

test('AGR-16, AGR-9: a signatory gives a role to whom annex 2 names, then ends it', async () => {
  const gilles = await signedIn(people.gilles)
  const { page } = gilles
  await menu(page, 'Rôles').click()
  await title(page, 'Rôles de la structure')
  const seat = (role: string) =>
    page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: role, exact: true }) })
  await seat('Responsable opérationnel').getByText('personne ne tient ce rôle').waitFor()
  await soundAtEveryWidth(gilles, 'structure')

  await seat('Responsable opérationnel')
    .getByRole('button', { name: /^Donner ce rôle à Inès Garat/ })
    .click()
  const dialog = page.getByRole('dialog', { name: /^Donner le rôle/ })
  assert.equal(await dialog.getByRole('combobox', { name: /^Personne de la structure/ }).inputValue(), 'Inès Garat')
  await dialog.getByLabel('Motif', { exact: false }).fill('Désignée par délibération')
  await dialog.getByRole('button', { name: 'Donner le rôle' }).click()
  await dialog.waitFor({ state: 'detached' })
  await seat('Responsable opérationnel').getByText('comme à l’annexe 2').waitFor()
  const running = page.getByRole('table', { name: 'Rôles en cours et à venir, du dernier donné au premier' })
  const row = running.getByRole('row', { name: /Inès Garat.*Responsable opérationnel/ })
  await row.getByText('Désignée par délibération').first().waitFor()

  await row.getByRole('button', { name: /^Mettre fin/ }).click()
  const ending = page.getByRole('dialog', { name: 'Mettre fin à un rôle' })
  await ending.getByLabel('Motif', { exact: false }).fill('Changement de poste')
  await soundAtEveryWidth(gilles, 'structure-mettre-fin')
  await ending.getByRole('button', { name: 'Mettre fin au rôle' }).click()
  await ending.waitFor({ state: 'detached' })
  await row.waitFor({ state: 'detached' })
  await soundAtEveryWidth(gilles, 'structure-termine')
})
