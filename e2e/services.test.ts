import assert from 'node:assert/strict'
import { test } from 'node:test'
import { people } from '../server/demonstration/stand-in/people.ts'
import { journeys, title } from './journey.ts'

const { service, soundAtEveryWidth, withSession } = journeys('services')
/** An employer of which the demonstration tells services, and one of which nothing is. */
const employer = async (told: boolean) =>
  (
    await service.sql<{ siret: string }>(
      `select lpad(t.siret::text, 14, '0') as siret from campaign_targets t join campaigns c on c.id = t.campaign_id
          join establishments e on e.siret = t.siret and e.epci_id = $2
        where c.status = 'open' and exists (select from operator_services s where s.siret = t.siret) = $1
        order by (select count(*) from operator_services s where s.siret = t.siret) desc, t.siret limit 1`,
      [told, 243301165],
    )
  )[0]!.siret

test('REC-3, EST-3: an advisor of the operator enters a service and corrects it; a partner reads it on both cards, in the history, and enters none', {
  timeout: 600_000,
}, async () => {
  const [nadia, claire] = [await withSession(people.nadia), await withSession(people.claire)]
  const siret = await employer(true)
  await nadia.page.goto(`/etablissements/${siret}`)
  const block = nadia.page.locator('#services')
  await block.getByRole('button', { name: 'Saisir un service' }).press('Enter')
  const dialog = nadia.page.getByRole('dialog', { name: 'Saisir un service' })
  assert.ok(!(await dialog.getByLabel('Service', { exact: true }).textContent())!.includes('AFPR'))
  await dialog.getByRole('button', { name: 'Saisir le service' }).press('Enter')
  await dialog
    .getByText(/Résultat/)
    .first()
    .waitFor()
  await soundAtEveryWidth(nadia, 'saisir')
  await dialog.getByLabel('Service', { exact: true }).selectOption('adaptation')
  await dialog.getByLabel('Résultat').selectOption('en-cours')
  await dialog.getByLabel('En quelques mots').fill('Formation au poste de conduite de ligne')
  await dialog.getByRole('button', { name: 'Saisir le service' }).press('Enter')
  // The list is read again before the panel closes.
  await dialog.waitFor({ state: 'detached' })
  await block.getByRole('heading', { name: /^Adaptation au poste/ }).waitFor()
  await block.getByRole('button', { name: /^Corriger : Adaptation au poste/ }).press('Enter')
  const correction = nadia.page.getByRole('dialog', { name: 'Corriger : Adaptation au poste' })
  await correction.getByLabel('Résultat').selectOption('abouti')
  await correction.getByLabel('Motif').fill('La formation est finie')
  await correction.getByRole('button', { name: 'Enregistrer la correction' }).press('Enter')
  await correction.waitFor({ state: 'detached' })
  await block.getByText('2 versions').click()
  await block.getByText(/Corrigé par.*« La formation est finie »/).waitFor()
  await soundAtEveryWidth(nadia, 'fiche-operateur')

  await claire.page.goto(`/etablissements/${siret}?nature=service`)
  await claire.page
    .locator('#services')
    .getByRole('heading', { name: /^Adaptation au poste.*Abouti/i })
    .waitFor()
  await claire.page.locator('#services').getByText('employeur fidèle').waitFor()
  assert.equal(await claire.page.getByRole('button', { name: 'Saisir un service' }).count(), 0)
  await claire.page
    .locator('.cc-history')
    .getByText('Adaptation au poste : Formation au poste de conduite de ligne')
    .waitFor()
  await soundAtEveryWidth(claire, 'fiche-partenaire')
  await claire.page.goto(`/etablissements/${siret}/recrutements`)
  await title(claire.page, /^Recrutements/)
  await claire.page.getByRole('heading', { name: 'Services de l’opérateur utilisés' }).waitFor()
  await claire.page.getByRole('heading', { name: /^Adaptation au poste/ }).waitFor()
  assert.equal(await claire.page.getByRole('button', { name: /^Corriger/ }).count(), 0)
  await soundAtEveryWidth(claire, 'fiche-recrutement')
  const refused = await claire.page.evaluate(
    async of =>
      (
        await fetch(`/api/establishments/${of}/services`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
          body: JSON.stringify({ kind: 'mrs', usedOn: '2026-01-05', result: 'abouti' }),
        })
      ).json(),
    siret,
  )
  assert.equal(refused.code, 'operator-service/operator-only')

  await nadia.page.goto(`/etablissements/${await employer(false)}`)
  await nadia.page.locator('#services').getByText('Aucun service connu').waitFor()
  await nadia.page.goto(`/etablissements/${siret}`)
  await block.getByRole('button', { name: /^Noté par erreur : Adaptation au poste/ }).press('Enter')
  const withdrawal = nadia.page.getByRole('dialog', { name: 'Retirer : Adaptation au poste' })
  await withdrawal.getByLabel('Motif').fill('Saisi pour un autre employeur')
  await withdrawal.getByRole('button', { name: 'Retirer le service' }).press('Enter')
  await withdrawal.waitFor({ state: 'detached' })
  await block.getByText('Services retirés (1)').click()
  await block.getByRole('heading', { name: /^Adaptation au poste.*retiré/i }).waitFor()
  await soundAtEveryWidth(nadia, 'retire')
})
