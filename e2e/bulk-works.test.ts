import assert from 'node:assert/strict'
import { test } from 'node:test'
import { people } from '../server/demonstration/stand-in/people.ts'
import { atEveryWidth, widths } from './browser.ts'
import { journeys, title } from './journey.ts'

const { service, sound, signedIn } = journeys('travaux-longs')
const name = 'Apprentissage dans le bâtiment'

test('CAM-9: a pilot sets thousands of targets aside but one, leaves, finds the work again, and undoes it; gives back with a reason what others took, and undoes it', {
  timeout: 1_200_000,
}, async () => {
  const [{ id } = { id: '' }] = await service.sql<{ id: string }>('select id from campaigns where name = $1', [name])
  // The register of the demonstration is small: targets that it does not know yet are worked all the same.
  await service.sql(
    `insert into campaign_targets (campaign_id, siret, region_id, departement_id, epci_id, clpe_id)
      select t.campaign_id, 91000000000000 + i * 100000 + 10, t.region_id, t.departement_id, t.epci_id, t.clpe_id
      from generate_series(1, 3000) i cross join (select * from campaign_targets where campaign_id = $1 limit 1) t`,
    [id],
  )
  const standing = () =>
    service.sql<{ status: string; n: number }>(
      'select status, count(*)::int as n from campaign_targets where campaign_id = $1 group by 1 order by 1',
      [id],
    )
  const before = await standing()
  const ines = await signedIn(people.ines, widths.desktop)
  const { page } = ines
  await page.getByRole('link', { name }).first().click()
  await page.getByRole('link', { name: /^Actions groupées/ }).press('Enter')
  await title(page, 'Actions groupées')
  await page.getByText(/\d\scibles à mettre de côté/).waitFor()
  await page.getByRole('button', { name: 'Choisir dans la liste' }).press('Enter')
  const first = page.getByRole('checkbox', { name: /^Sélectionner (?!toutes)/ }).first()
  await first.waitFor()
  await first.press('Space')
  await page.getByRole('button', { name: 'Masquer la liste' }).press('Enter')
  await page.getByRole('button', { name: 'Compter ce qui changerait' }).press('Enter')
  await page.getByText('Dites le motif').waitFor()
  await page.getByLabel(/^Motif/).fill('Filière suspendue')
  await page.getByText(/^Brouillon enregistré/).waitFor()
  await page.getByRole('button', { name: 'Compter ce qui changerait' }).press('Enter')
  await page.getByRole('heading', { name: 'Ce qui changerait' }).waitFor()
  const drafts = () => service.sql<{ content: unknown }>(`select content from drafts where kind = 'bulk-aside'`)
  assert.deepEqual(await drafts(), [{ content: { reason: 'Filière suspendue' } }])
  await atEveryWidth(page, width => sound(ines, `compte-${width}`))
  assert.deepEqual(await standing(), before, 'nothing is done yet')

  // Someone works on these targets for a while: the work waits its turn.
  const held = service.sql(
    `with held as materialized (select siret from campaign_targets where campaign_id = $1 order by siret for update)
      select pg_sleep(9)::text from (select count(*) from held) x`,
    [id],
  )
  await page.getByRole('button', { name: /^Mettre de côté \d/ }).press('Enter')
  await title(page, 'Mettre de côté')
  await page.getByText('Vous pouvez quitter cette page').waitFor()
  await page.getByRole('button', { name: 'Arrêter' }).waitFor()
  for (let tries = 0; (await drafts()).length; tries++) {
    assert.ok(tries < 300, 'asked for, its draft goes')
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  await sound(ines, 'en-cours')
  await page.getByRole('link', { name: 'Accueil' }).first().click()
  await page.getByRole('heading', { name: 'Travail en cours' }).waitFor()
  await held
  await page.getByRole('link', { name: 'Mes travaux longs' }).click()
  await title(page, 'Mes travaux longs')
  await page.getByText('terminé').waitFor({ timeout: 120_000 })
  await atEveryWidth(page, width => sound(ines, `liste-${width}`))
  const live = before.reduce((sum, { status, n }) => (status === 'ecarte' ? sum : sum + n), 0)
  const after = await standing()
  assert.equal(
    after.reduce((sum, { status, n }) => (status === 'ecarte' ? sum : sum + n), 0),
    1,
    `of ${live}`,
  )

  await page.getByRole('link', { name: 'Mettre de côté' }).click()
  await title(page, 'Mettre de côté')
  await atEveryWidth(page, width => sound(ines, `rapport-${width}`))
  await page.getByRole('button', { name: 'Annuler ce travail' }).press('Enter')
  await page
    .getByRole('dialog', { name: 'Annuler ce travail ?' })
    .getByRole('button', { name: 'Annuler le travail' })
    .press('Enter')
  await page.getByText('annulé', { exact: true }).waitFor({ timeout: 120_000 })
  await sound(ines, 'annule')
  assert.deepEqual(await standing(), before, 'each target is where it was')

  // Those that others took are given back with a reason, which their history keeps; then taken again.
  await service.sql(
    `update campaign_targets t set taken_by = a.id, taken_by_organisation = a.organisation_id, taken_at = now(),
        status = 'prise-en-charge', assigned_organisation = null
      from accounts a where a.id = $2 and t.campaign_id = $1 and t.siret in (select siret from campaign_targets
        where campaign_id = $1 and status = 'a-contacter' and taken_by is null order by siret desc limit 2)`,
    [id, people.claire.accountId],
  )
  const holders = () =>
    service.sql<{ siret: string; holder: string; status: string }>(
      `select siret::text, taken_by as holder, status from campaign_targets
        where campaign_id = $1 and taken_by is not null order by siret`,
      [id],
    )
  const taken = await holders()
  await page.goto(`/campagnes/${id}/en-nombre`)
  await page.getByRole('radio', { name: /^Rendre/ }).check({ force: true })
  await page.getByRole('button', { name: 'Compter ce qui changerait' }).press('Enter')
  await page.getByText(/prises par d’autres : dites le motif pour les rendre/).waitFor()
  await page.getByRole('textbox', { name: /^Motif/ }).fill('Secteurs revus')
  await page.getByRole('button', { name: 'Compter ce qui changerait' }).press('Enter')
  const give = page.getByRole('button', { name: /^Rendre \d/ })
  await give.waitFor()
  await sound(ines, 'rendre-compte')
  await give.press('Enter')
  await title(page, 'Rendre')
  await page.getByText('terminé').waitFor({ timeout: 120_000 })
  const kept = new Set((await holders()).map(({ holder }) => holder))
  assert.ok(!kept.has(people.claire.accountId!), 'a colleague has none of them any more')
  const [told] = await service.sql<{ n: number }>(
    `select count(*)::int as n from target_assignments where campaign_id = $1 and reason = 'Secteurs revus'
      and from_account = $2 and to_account is null`,
    [id, people.claire.accountId],
  )
  assert.ok(told!.n >= 2)
  await page.getByRole('button', { name: 'Annuler ce travail' }).press('Enter')
  await page
    .getByRole('dialog', { name: 'Annuler ce travail ?' })
    .getByRole('button', { name: 'Annuler le travail' })
    .press('Enter')
  await page.getByText('annulé', { exact: true }).waitFor({ timeout: 120_000 })
  assert.deepEqual(await holders(), taken, 'each is again with who had it')
})
