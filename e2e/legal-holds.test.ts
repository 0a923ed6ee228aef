import assert from 'node:assert/strict'
import { test } from 'node:test'
import type pg from 'pg'
import { organisations, people } from '../server/demonstration/stand-in/people.ts'
import { giveRole } from '../server/people-and-rights/accounts/testing.ts'
import { buttonsOf } from './by-keys.ts'
import { journeys } from './journey.ts'

const { service, soundAtEveryWidth: sound, signedIn } = journeys('legal-holds')
const owner = {
  query: async (text: string, values?: unknown[]) => ({ rows: await service.sql(text, values) }),
} as unknown as pg.Pool

test('PRI-4: a data protection officer suspends the erasing of a kind of data and of what is kept of a person, reads what is held, and lifts it', {
  timeout: 900_000,
}, async () => {
  const odile = await signedIn(people.odile)
  const { page } = odile
  const { dialog, press, confirm, settle } = buttonsOf(page)
  await service.sql('delete from purges')
  await page.goto('/effacements')
  await page.getByRole('link', { name: 'Suspensions d’effacement', exact: true }).press('Enter')
  await page.getByText('Aucun effacement n’est suspendu', { exact: true }).waitFor()
  await sound(odile, 'aucune')

  await press('Suspendre un effacement')
  await confirm('Suspendre l’effacement')
  await dialog.getByText('Renseignez « Motif ».').first().waitFor()
  await dialog.getByText(/^Les DPD de toutes les structures le lisent/).waitFor()
  await dialog.getByLabel(/^Données/).selectOption('absences')
  await dialog.getByLabel(/^Motif/).fill('Recours d’un agent contre sa structure.')
  await sound(odile, 'suspendre')
  await settle('Suspendre l’effacement')
  await page.getByText('Recours d’un agent contre sa structure.', { exact: true }).waitFor()

  await press('Suspendre un effacement')
  await dialog.getByLabel(/Ce qui est gardé d’une personne/).press('Space')
  await dialog.getByText(/^Les DPD de la structure concernée et de l’opérateur le lisent/).waitFor()
  await dialog.getByLabel(/^Adresse de messagerie/).fill('personne@exemple.fr')
  await dialog.getByLabel(/^Motif/).fill('Enquête interne.')
  await confirm('Suspendre l’effacement')
  await dialog
    .getByText(/^Aucun compte n’a cette adresse/)
    .first()
    .waitFor()
  await sound(odile, 'personne')
  const [own] = await service.sql<{ email: string }>('select email from account_contacts where account_id = $1', [
    people.odile.accountId,
  ])
  await dialog.getByLabel(/^Adresse de messagerie/).fill(own!.email)
  await settle('Suspendre l’effacement')
  await page.getByText('Enquête interne.', { exact: true }).waitFor()
  await sound(odile, 'en-cours')

  await service.sql(
    `insert into absences (id, account_id, organisation_id, starts_on, ends_on, said_by, said_at)
      select gen_random_uuid(), a.id, a.organisation_id, current_date - 400, current_date - 390, a.id, now()
        from accounts a where a.id = $1`,
    [people.odile.accountId],
  )
  await service.sql('select ctx.purge_absences()')
  await page.goto('/effacements')
  await page.getByText('1 gardée par une suspension', { exact: true }).waitFor()
  await sound(odile, 'gardees')

  // A partner's officer reads what holds their structure's data, and does not lift it.
  await giveRole(owner, { id: people.claire.accountId!, organisationId: organisations.jalleEauBourde.id }, 'dpd')
  const claire = await signedIn(people.claire)
  await claire.page.goto('/effacements/suspensions')
  await claire.page.getByText('Recours d’un agent contre sa structure.', { exact: true }).waitFor()
  assert.equal(await claire.page.getByText('Enquête interne.').count(), 0)
  assert.equal(await claire.page.getByRole('button', { name: /^Lever/ }).count(), 0)
  await sound(claire, 'partenaire')

  await page.goto('/effacements/suspensions')
  await page.getByRole('button', { name: /^Lever : Absences déclarées/ }).press('Enter')
  await dialog.getByText('Absences déclarées (Toutes les structures)', { exact: true }).waitFor()
  await dialog.getByLabel(/^Motif/).fill('Recours rejeté.')
  await sound(odile, 'lever')
  await settle('Lever la suspension')
  await page.getByText(/^Levée le .* : Recours rejeté\.$/).waitFor()
  await sound(odile, 'levee')
  const held = await service.sql('select from legal_holds where lifted_at is null')
  assert.equal(held.length, 1)
})
