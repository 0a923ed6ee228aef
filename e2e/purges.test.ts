import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import type pg from 'pg'
import { organisations, people } from '../server/demonstration/stand-in/people.ts'
import { giveRole } from '../server/people-and-rights/accounts/testing.ts'
import { journeys } from './journey.ts'

const { service, soundAtEveryWidth: sound, signedIn } = journeys('purges')
const owner = {
  query: async (text: string, values?: unknown[]) => ({ rows: await service.sql(text, values) }),
} as unknown as pg.Pool

test('PRI-4: a data protection officer reads what was erased of their structure, by period, and exports it', {
  timeout: 600_000,
}, async () => {
  await giveRole(owner, { id: people.claire.accountId!, organisationId: organisations.jalleEauBourde.id }, 'dpd')
  const claire = await signedIn(people.claire)
  const { page } = claire
  await service.sql('delete from purges')
  await page.getByRole('link', { name: 'Effacements', exact: true }).first().press('Enter')
  await page.getByText('Rien n’a encore été effacé', { exact: true }).waitFor()
  await sound(claire, 'aucun')

  await service.sql(
    `insert into absences (id, account_id, organisation_id, starts_on, ends_on, said_by, said_at)
      select gen_random_uuid(), a.id, a.organisation_id, current_date - 400, current_date - 390, a.id, now()
        from accounts a where a.status = 'active'`,
  )
  const [own] = await service.sql<{ n: number }>(
    `select count(*)::int as n from accounts where status = 'active' and organisation_id =
      (select organisation_id from accounts where id = $1)`,
    [people.claire.accountId],
  )
  await service.sql('select ctx.purge_absences()')
  await page.reload()
  const rows = page.locator('tbody tr')
  await page.getByText('Absences déclarées').first().waitFor()
  assert.equal(await rows.count(), 1, 'the absences of other structures are theirs to read')
  const row = await rows.first().innerText()
  assert.match(row, /1 an/)
  assert.match(row, new RegExp(`\\b${own!.n}\\b`))
  await sound(claire, 'lignes')

  await page.getByRole('button', { name: 'Exporter', exact: true }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/^Pour quoi faire/).fill('Bilan annuel')
  await dialog.getByLabel(/CSV/).press('Space')
  await sound(claire, 'exporter')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Exporter', exact: true }).press('Enter'),
  ])
  assert.match(await readFile(await file.path(), 'utf8'), /"Absences déclarées".*"1 an"/)

  await page.getByLabel(/^Du/).fill('2020-01-01')
  await page.getByLabel(/^Au/).fill('2020-01-31')
  await page.getByText('Rien n’a été effacé sur cette période', { exact: true }).waitFor()
  await sound(claire, 'periode')
  await page.getByRole('button', { name: 'Retirer les filtres', exact: true }).press('Enter')
  await page.getByText('Absences déclarées').first().waitFor()
})
