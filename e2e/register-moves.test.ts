import assert from 'node:assert/strict'
import { test } from 'node:test'
import { people } from '../server/demonstration/stand-in/people.ts'
import { widths } from './browser.ts'
import { journeys } from './journey.ts'

const { service, soundAtEveryWidth, signedIn } = journeys('repertoire')

/** Two employers that nobody else works, given to Claire in a campaign of her structure. */
const given = `with chosen as (
    select t.siret, t.campaign_id, c.name as campaign, a.id as account_id, a.organisation_id from campaign_targets t
    join campaigns c on c.id = t.campaign_id and c.status = 'open' join campaign_members m on m.campaign_id = c.id
    join accounts a on a.organisation_id = m.organisation_id and a.given_name = 'Claire' and a.family_name = 'Dufau'
    join establishments e on e.siret = t.siret and e.active and e.name is not null
    where t.status = 'a-contacter' and t.taken_by is null and t.assigned_organisation is null
      and (select count(*) from campaign_targets o where o.siret = t.siret) = 1 order by t.campaign_id, t.siret limit 2)
  update campaign_targets t set taken_by = c.account_id, taken_by_organisation = c.organisation_id, taken_at = now(),
    status = 'prise-en-charge' from chosen c where c.campaign_id = t.campaign_id and c.siret = t.siret
  returning lpad(t.siret::text, 14, '0') as siret, t.campaign_id, c.campaign`

test('CAM-14: a target that the register closes says so at once; then it leaves the portfolio, which tells what followed', {
  timeout: 1_200_000,
}, async () => {
  const rows = await service.sql(given)
  assert.equal(rows.length, 2, 'two employers to give')
  const [shut, moved] = rows as { siret: string; campaign_id: string; campaign: string }[]
  const next = `${moved!.siret.slice(0, 9)}99999`
  await service.sql(
    `insert into establishments (siret, siren, nic, usual_name, naf, naf_nomenclature, employer, active, head_office,
      diffusion, commune_code, commune_name, region_id, departement_id, epci_id, clpe_id, row_hash)
    select $1::bigint, siren, 99999, usual_name, naf, naf_nomenclature, employer, true, true, diffusion, commune_code,
      commune_name, region_id, departement_id, epci_id, clpe_id, 0 from establishments where siret = $2::bigint`,
    [next, moved!.siret],
  )
  await service.sql(
    `update establishments set active = false, closed_on = '2026-11-12' where siret = any ($1::bigint[])`,
    [[shut!.siret, moved!.siret]],
  )
  await service.sql(`insert into establishment_successions values ($1, $2, '2026-11-12', true, true)`, [
    moved!.siret,
    next,
  ])

  const claire = await signedIn(people.claire, widths.desktop)
  const { page } = claire
  await page.getByRole('link', { name: 'Mon portefeuille' }).first().press('Enter')
  const line = (siret: string) =>
    page.getByRole('row').filter({ has: page.locator(`a[href="/etablissements/${siret}"]`) })
  await line(shut!.siret).getByText('fermé', { exact: true }).waitFor()
  await soundAtEveryWidth(claire, 'ferme')

  await service.sql(`select graphile_worker.add_job('follow-register')`)
  for (;;) {
    const [told] = await service.sql('select count(*)::int as n from register_moves where told_at is not null')
    if ((told as { n: number }).n >= 2) break
    await new Promise(resolve => setTimeout(resolve, 200))
  }
  await page.reload()
  await line(next).waitFor()
  const news = page.getByRole('region', { name: /établissements que le répertoire a fermés, déplacés ou masqués/ })
  await news.getByText('fermé le 12 novembre 2026').waitFor()
  await news.getByText(`Mis de côté dans « ${shut!.campaign} »`).waitFor()
  await news.getByRole('link', { name: 'son nouvel établissement' }).waitFor()
  assert.equal(await line(shut!.siret).count(), 0)
  await soundAtEveryWidth(claire, 'suivi')

  await page.goto(`/campagnes/${shut!.campaign_id}?onglet=reglages`)
  await page.getByText(/1.établissement fermé selon le répertoire, hors des cibles/).waitFor()

  await page.goto(`/etablissements/${moved!.siret}`)
  await page.getByText(/Ce que le réseau y a noté l’a suivi le/).waitFor()
  await soundAtEveryWidth(claire, 'ancienne-fiche')
})
