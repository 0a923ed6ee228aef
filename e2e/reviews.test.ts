import assert from 'node:assert/strict'
import { test } from 'node:test'
import { people } from '../server/demonstration/stand-in/people.ts'
import { journeys, menu, title } from './journey.ts'

const { service, soundAtEveryWidth: sound, signedIn } = journeys('revue')

test('ACC-8, ACC-4, IDN-5: an account manager reviews her structure by keyboard; her own line waits for the signatory; closed, signed, its report taken, her identity confirmed again', {
  timeout: 1_200_000,
}, async () => {
  const maite = await signedIn(people.maite)
  const { page } = maite
  await menu(page, 'Revue des accès').press('Enter')
  await title(page, 'Revue des accès')
  await page.getByText(/Ce sera la première/).waitFor()
  await sound(maite, 'accueil')
  await page.getByRole('button', { name: 'Commencer la revue' }).press('Enter')
  await title(page, /^Revue des accès du/)
  await page.getByRole('table').waitFor()
  await sound(maite, 'commencee')

  // An anomaly is decided with a reason: without one, the form says so.
  await page.getByRole('button', { name: /^Décider : Inès Garat, Campagnes coordonnées/ }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: /^Réduire/ }).check()
  await dialog.getByLabel('Nouveau profil').selectOption('responsable')
  await sound(maite, 'decider')
  await dialog.getByRole('button', { name: 'Décider' }).press('Enter')
  await dialog.getByText(/motif/i).first().waitFor()
  assert.equal(await dialog.isVisible(), true)
  await dialog.getByLabel('Motif').fill('Ne pilote plus de campagne cette année')
  await dialog.getByLabel('Nouveau profil').selectOption('')
  await dialog.getByRole('button', { name: 'Décider' }).press('Enter')
  await dialog.getByText('Choisissez un profil plus petit').first().waitFor()
  await sound(maite, 'decider-reduire')
  await dialog.getByLabel('Nouveau profil').selectOption('responsable')
  await dialog.getByRole('button', { name: 'Décider' }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  assert.deepEqual(
    await service.sql(
      `select profile from grants where account_id = $1 and tool = 'campagnes' and revoked_at is null`,
      [people.ines.accountId],
    ),
    [{ profile: 'responsable' }],
  )

  await page.getByRole('button', { name: /^Maintenir ce qui est sans anomalie/ }).press('Enter')
  await page.getByRole('button', { name: /^Maintenir ce qui est sans anomalie/ }).waitFor({ state: 'detached' })
  // A line without anomaly is kept in one press: none is left once the list was read again.
  const kept = page.getByRole('button', { name: /^Maintenir (?!ce qui)/ })
  for (const until = Date.now() + 30_000; (await kept.count()) > 0 && Date.now() < until; )
    await page.waitForTimeout(50)
  assert.equal(await kept.count(), 0, 'what was kept leaves the list')
  // What is left has an anomaly: kept together, in spite of it, with one reason.
  const boxes = page.getByRole('checkbox', { name: /^Sélectionner (?!toutes)/ })
  for (let left = await boxes.count(); left > 0; left = await boxes.count()) {
    const some = await boxes.all()
    for (const box of some) if (!(await box.isChecked())) await box.press('Space')
    const toDecide = page.getByRole('button', { name: /^Décider : / })
    const before = await toDecide.count()
    const act = page.getByRole('button', { name: /^Décider de/ })
    if (!(await act.isVisible())) break // only her own line
    await act.press('Enter')
    await dialog.getByRole('radio', { name: /^Maintenir/ }).check()
    await dialog.getByLabel('Motif').fill('Usage saisonnier')
    await dialog.getByRole('button', { name: 'Décider' }).press('Enter')
    await dialog.waitFor({ state: 'detached' })
    for (const until = Date.now() + 30_000; (await toDecide.count()) >= before && Date.now() < until; )
      await page.waitForTimeout(50)
    assert.ok((await toDecide.count()) < before, 'what was decided leaves the list')
  }
  await page.getByText('le signataire de votre structure décide').waitFor()
  assert.equal(await page.getByRole('button', { name: 'Clore et signer la revue' }).count(), 0)
  await sound(maite, 'reste-la-sienne')

  const gilles = await signedIn(people.gilles)
  await menu(gilles.page, 'Revue des accès').click()
  await gilles.page.getByRole('link', { name: 'Reprendre la revue' }).click()
  await gilles.page.getByRole('button', { name: /^Décider : Maïté Harispe, compte/ }).click()
  const his = gilles.page.getByRole('dialog')
  await his.getByRole('radio', { name: /^Maintenir/ }).check()
  await his.getByLabel('Motif').fill('Gère les comptes de la structure')
  await his.getByRole('button', { name: 'Décider' }).click()
  await his.waitFor({ state: 'detached' })
  await gilles.context.close()

  await page.reload()
  await page.getByRole('button', { name: 'Clore et signer la revue' }).press('Enter')
  await page.getByText(/^Communauté de communes.*Close et signée le/).waitFor()
  await sound(maite, 'close')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Rapport (PDF)' }).press('Enter'),
  ])
  assert.match(file.suggestedFilename(), /^revue-des-acces-\d{4}-\d{2}-\d{2}\.pdf$/)

  // IDN-5: with an older proof the page asks again, over itself, and the download goes on from there.
  await service.sql(`update sessions set proven_at = now() - interval '1 hour' where account_id = $1`, [
    people.maite.accountId,
  ])
  await page.getByRole('button', { name: 'Rapport détaillé (CSV)' }).press('Enter')
  await page.getByRole('dialog', { name: 'Confirmez votre identité' }).waitFor()
  await sound(maite, 'confirmer')
  const downloading = page.waitForEvent('download')
  const [elsewhere] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('link', { name: /Se reconnecter avec ProConnect/ }).press('Enter'),
  ])
  await elsewhere.getByLabel('Personne').selectOption(people.maite.id)
  await elsewhere.getByText(/^Options :/).click()
  await elsewhere.getByLabel(/^Niveau/).selectOption('eidas2')
  await elsewhere.getByLabel(/^Méthodes/).fill('pwd,otp,mfa')
  await elsewhere.getByRole('button', { name: 'Se connecter' }).click()
  assert.match((await downloading).suggestedFilename(), /^revue-des-acces-\d{4}-\d{2}-\d{2}\.csv$/)
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await maite.context.close()

  const odile = await signedIn(people.odile)
  await menu(odile.page, 'Revue des accès').click()
  await odile.page.getByRole('table').waitFor()
  await sound(odile, 'operateur')
  await odile.page.getByRole('button', { name: 'En retard' }).click()
  await odile.page.getByText('Aucune structure n’est en retard.').waitFor()
  await odile.context.close()
})
