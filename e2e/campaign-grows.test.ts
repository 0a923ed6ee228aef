import assert from 'node:assert/strict'
import { test } from 'node:test'
import type pg from 'pg'
import { organisations, people } from '../server/demonstration/stand-in/people.ts'
import { aCampaign, insertCampaign } from '../server/work-with-employers/campaigns/testing.ts'
import { keysOf, send, tell } from './by-keys.ts'
import { journeys, title } from './journey.ts'

const { service, sound, signedIn } = journeys('campagne-qui-grandit')
const day = (after: number) =>
  new Date(Date.now() + after * 86_400_000).toLocaleDateString('en-CA', { timeZone: 'Europe/Paris' })
const { jalleEauBourde, missionLocale, plie, montesquieu } = organisations

/** An open campaign of two structures, on 40 employers that no other campaign holds. */
const layCampaign = async () => {
  const query = async (text: string, values?: unknown[]) => ({ rows: await service.sql<any>(text, values) })
  const owner = { query } as unknown as pg.Pool
  const { rows } = await query(
    `select e.siret::float8 as siret, t.id as territory, e.region_id as "regionId", e.departement_id as "departementId",
        e.epci_id as "epciId", e.clpe_id as "clpeId"
      from establishments e join territories t on t.id = e.clpe_id where e.active and e.diffusion = 'O' and not exists
        (select from campaign_holds h where h.siret = e.siret) and e.naf !~ '^4[13]' and e.commune_code = '33122'
        and not exists (select from exchanges x where x.siret = e.siret) order by e.siret limit 40`,
  )
  const { siret: _, territory, ...place } = rows[0]
  const campaign = aCampaign({
    name: 'Ateliers des Graves',
    pilotId: jalleEauBourde.id,
    memberIds: [missionLocale.id],
    territoryId: territory,
    place,
    status: 'open',
    startsOn: day(-10),
    endsOn: day(20),
    openedAt: new Date(Date.now() - 10 * 86_400_000).toISOString(),
  })
  const sirets: number[] = rows.map((row: { siret: number }) => row.siret)
  await insertCampaign(owner, campaign, people.ines.accountId!, sirets)
  await query(`insert into campaign_holds select $1, unnest($2::bigint[]), daterange($3, $4, '[]')`, [
    campaign.id,
    sirets,
    campaign.startsOn,
    campaign.endsOn,
  ])
  // As many workshops more as a whole valley has.
  await query(`insert into establishments (siret, siren, nic, usual_name, naf, naf_nomenclature, headcount_band,
      employer, active, head_office, diffusion, legal_unit_diffusion, natural_person, commune_code, commune_name,
      region_id, departement_id, epci_id, clpe_id, row_hash)
    select 91000000000000 + i * 100000 + 10, 910000000 + i, 10, 'ATELIER INVENTÉ ' || i, '43.32A', 'NAFRev2', '03',
      true, true, true, 'O', 'O', false, e.commune_code, e.commune_name, e.region_id, e.departement_id, e.epci_id,
      e.clpe_id, 0
    from generate_series(1, 500) i cross join (select * from establishments where commune_code = '33122' limit 1) e`)
  return { id: campaign.id, sirets }
}

test('CAM-15, CAM-5: a campaign is prolonged, two structures join and five hundred targets are added while an advisor records in it', {
  timeout: 1_200_000,
}, async () => {
  const { id, sirets } = await layCampaign()
  const [ines, claire] = [await signedIn(people.ines), await signedIn(people.claire)]
  const settings = `${service.url}/campagnes/${id}?onglet=reglages`

  /** Inès, settings after settings. */
  const grow = async () => {
    const { page } = ines
    await page.goto(settings)
    await page.getByRole('button', { name: 'Prolonger ou raccourcir' }).press('Enter')
    await page.getByLabel(/^Nouveau dernier jour/).fill(day(60))
    await page.keyboard.press('Control+Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    for (const { name } of [plie, montesquieu]) {
      await page.getByRole('button', { name: 'Changer les structures membres' }).press('Enter')
      const dialog = page.getByRole('dialog', { name: 'Structures membres' })
      await dialog.getByRole('combobox', { name: /Structure à ajouter/ }).fill(name.split(' ').at(-1)!)
      await dialog.getByRole('option', { name }).click()
      await dialog.getByRole('button', { name: 'Ajouter la structure' }).press('Enter')
      await dialog.waitFor({ state: 'detached' })
    }
    await sound(ines, 'reglages')
    await page.getByRole('link', { name: 'Ajouter des établissements' }).press('Enter')
    await page.getByText('Choisir dans la nomenclature').press('Enter')
    await page.getByLabel(/^Filtrer la nomenclature/).fill('43')
    await page.getByLabel(/^43 /).press('Space')
    const add = page.getByRole('button', { name: /^Ajouter ces \d/ })
    await add.waitFor()
    await sound(ines, 'ajouter')
    await add.press('Enter')
    await page.locator('[role=status]', { hasText: 'ajouté' }).first().waitFor({ state: 'attached' })
  }
  /** Claire, one employer after another, from its card. */
  const work = async () => {
    const { page } = claire
    for (const [n, siret] of sirets.slice(0, 6).entries()) {
      await page.goto(`${service.url}/etablissements/${String(siret).padStart(14, '0')}`)
      await page.getByRole('heading', { name: 'Avant de contacter' }).waitFor()
      const panel = await tell(page, { channel: '1', result: '3', notes: `Appel numéro ${n + 1}` })
      await send(panel, keysOf(page))
      await page.locator('.cc-toast', { hasText: 'Échange enregistré.' }).first().waitFor()
    }
  }
  await Promise.all([grow(), work()])

  const [counted] = await service.sql<Record<string, number>>(
    `select (select count(*)::int from exchanges where campaign_id = c.id and status = 'recorded') as exchanges,
      (select count(*)::int from campaign_members where campaign_id = c.id) as members,
      (select count(*)::int from campaign_holds where campaign_id = c.id and upper(period) = c.ends_on + 1) as held,
      (select count(*)::int from campaign_targets where campaign_id = c.id and siret = any ($2)
        and status = 'en-cours') as contacted,
      (c.ends_on = $3)::int as prolonged
    from campaigns c where c.id = $1`,
    [id, sirets, day(60)],
  )
  const { held, ...rest } = counted!
  assert.deepEqual(rest, { exchanges: 6, members: 4, contacted: 6, prolonged: 1 })
  assert.ok(held! >= 540, `${held} are held until the new last day`)

  // Whoever joined finds the campaign, and what was said in it since.
  const paul = await signedIn(people.paul)
  await paul.page.goto(`${service.url}/campagnes/${id}?statut=en-cours`)
  await title(paul.page, 'Ateliers des Graves')
  const contacted = paul.page.locator('a[data-row-stop]')
  await contacted.nth(5).waitFor()
  assert.equal(await contacted.count(), 6)
  await sound(paul, 'membre-nouveau')
})
