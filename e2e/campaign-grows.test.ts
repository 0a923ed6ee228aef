import assert from 'node:assert/strict'
import { test } from 'node:test'
import type pg from 'pg'
import { organisations, people } from '../server/demonstration/stand-in/people.ts'
import { aCampaign, insertCampaign } from '../server/work-with-employers/campaigns/testing.ts'
import { keysOf, send, tell } from './by-keys.ts'
import { journeys, leaveConflicts, title } from './journey.ts'

const { service, sound, soundAtEveryWidth, signedIn, withSession } = journeys('campagne-qui-grandit')
const day = (after: number) =>
  new Date(Date.now() + after * 86_400_000).toLocaleDateString('en-CA', { timeZone: 'Europe/Paris' })
const { jalleEauBourde, missionLocale, plie, montesquieu } = organisations

const query = async (text: string, values?: unknown[]) => ({ rows: await service.sql<any>(text, values) })
const owner = { query } as unknown as pg.Pool
let laid: ReturnType<typeof aCampaign>
/** An open campaign of two structures, on 40 employers that no other campaign holds. */
const layCampaign = async () => {
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
  laid = campaign
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

/** What another structure holds once the campaign is over: three of its targets, and two employers that it has not. */
const layRival = async (sirets: readonly number[]) => {
  const { territory, place } = laid
  const rival = aCampaign({
    name: 'Chantiers de la vallée',
    pilotId: plie.id,
    territoryId: territory.id,
    place,
    status: 'open',
    startsOn: day(62),
    endsOn: day(100),
  })
  await insertCampaign(owner, rival, people.paul.accountId!, [])
  await query(
    `insert into campaign_targets (campaign_id, siret, region_id, departement_id, epci_id, clpe_id)
      select $1, s, $3, $4, $5, $6 from unnest($2::bigint[]) s`,
    [rival.id, sirets, place.regionId, place.departementId, place.epciId, place.clpeId],
  )
  await query(`insert into campaign_holds select $1, unnest($2::bigint[]), daterange($3, $4, '[]')`, [
    rival.id,
    sirets,
    rival.startsOn,
    rival.endsOn,
  ])
}
const pilotsAt = (organisationId: string) =>
  service.sql(
    `insert into grants (id, account_id, organisation_id, tool, profile, territory_id, reason, starts_on, granted_at)
      select gen_random_uuid(), $1, $2, 'campagnes', 'pilote', territory_id, 'Pilotage', current_date, now()
      from grants where account_id = $3 and tool = 'campagnes' and profile = 'pilote' and revoked_at is null limit 1`,
    [people.paul.accountId, organisationId, people.ines.accountId],
  )

test('CAM-15, CAM-3, UX-3: its pilot prolongs it past what another holds once that is decided, keeps a day typed while a colleague changes it, corrects it, puts a target back, says goodbye to a structure, and hands it over', {
  timeout: 1_200_000,
}, async () => {
  const { id } = laid
  const ines = await withSession(people.ines)
  const { page } = ines
  const [first] = await service.sql<{ sirets: string[] }>(
    `select array_agg(siret::text order by siret) as sirets from (select siret from campaign_targets
      where campaign_id = $1 and status = 'a-contacter' order by siret limit 3) t`,
    [id],
  )
  await layRival(first!.sirets.map(Number))
  const settings = `${service.url}/campagnes/${id}?onglet=reglages`
  const dialog = (name: string) => page.getByRole('dialog', { name })
  const act = (name: string) => page.getByRole('button', { name, exact: true }).press('Enter')
  const until = async (last: string) => {
    await act('Prolonger ou raccourcir')
    await page.getByLabel(/^Nouveau dernier jour/).fill(last)
  }
  const lastDay = async () =>
    (await service.sql<{ ends: string }>('select ends_on::text as ends from campaigns where id = $1', [id]))[0]!.ends
  await page.goto(settings)
  await until(day(80))
  await page.keyboard.press('Control+Enter')
  await page.getByText('3 établissements sont retenus').waitFor()
  await soundAtEveryWidth(ines, 'prolonger-conflits')
  await page.getByRole('link', { name: 'Décider de ces établissements' }).press('Enter')
  await leaveConflicts(page)
  await page.getByRole('link', { name: 'Revenir à la campagne pour la prolonger' }).press('Enter')
  await until(day(80))
  await page.keyboard.press('Control+Enter')
  await dialog('Prolonger ou raccourcir la campagne').waitFor({ state: 'detached' })
  assert.equal(await lastDay(), day(80))

  // A colleague writes it meanwhile: the day typed stays, and is sent once theirs is read.
  await until(day(70))
  await page.getByText(/seront libres le lendemain/).waitFor()
  await service.sql(`update campaigns set name = 'Ateliers de la vallée', version = version + 1 where id = $1`, [id])
  await page.keyboard.press('Control+Enter')
  await act('Relire la campagne et garder ma saisie')
  await page.locator('h1', { hasText: 'Ateliers de la vallée' }).waitFor()
  assert.equal(await page.getByLabel(/^Nouveau dernier jour/).inputValue(), day(70))
  await act('Raccourcir')
  await dialog('Prolonger ou raccourcir la campagne').waitFor({ state: 'detached' })
  assert.equal(await lastDay(), day(70))

  await act('Corriger')
  await page.getByLabel(/^Description/).fill('Avant l’été')
  await page.getByLabel('Besoins à détecter').fill('12')
  await soundAtEveryWidth(ines, 'corriger')
  await act('Enregistrer')
  await dialog('Corriger la campagne').waitFor({ state: 'detached' })
  const [corrected] = await service.sql(
    `select c.description, g.value from campaigns c join campaign_goals g on g.campaign_id = c.id and g.kind = 'besoins'
      where c.id = $1`,
    [id],
  )
  assert.deepEqual(corrected, { description: 'Avant l’été', value: 12 })

  // Two targets that a structure leaves are to be taken again.
  await service.sql(
    `update campaign_targets set assigned_organisation = $2 where campaign_id = $1 and siret in (select siret
      from campaign_targets where campaign_id = $1 and status = 'a-contacter' order by siret desc limit 2)`,
    [id, montesquieu.id],
  )
  await act('Changer les structures membres')
  await page.getByRole('button', { name: `Retirer : ${montesquieu.name}` }).press('Enter')
  await page.getByText(/redeviennent à prendre/).waitFor()
  await soundAtEveryWidth(ines, 'membre-part')
  await act('Retirer la structure')
  await page.locator('[role=status]', { hasText: '2 cibles sont à reprendre' }).waitFor({ state: 'attached' })

  await page.goto(`${service.url}/campagnes/${id}?statut=ecarte`)
  await page
    .getByRole('button', { name: /^Remettre parmi les cibles/ })
    .first()
    .press('Enter')
  const back = dialog('Remettre parmi les cibles')
  const put = back.getByRole('button', { name: 'Remettre parmi les cibles' })
  await put.press('Enter')
  await back.getByText(/^Une autre structure le tient/).waitFor()
  await back.getByLabel(/^Motif/).fill('Vu avec le PLIE')
  await soundAtEveryWidth(ines, 'remettre')
  await put.press('Enter')
  await back.waitFor({ state: 'detached' })
  const [again] = await service.sql<{ n: number }>(
    'select count(*)::int as n from campaign_targets where campaign_id = $1 and shared',
    [id],
  )
  assert.equal(again!.n, 1)

  await page.goto(settings)
  await act('Confier le pilotage')
  await page.getByText(/Aucune structure membre n’a de personne habilitée/).waitFor()
  await sound(ines, 'confier-personne')
  await pilotsAt(plie.id)
  await page.reload()
  await act('Confier le pilotage')
  const giving = dialog('Confier le pilotage')
  await giving.getByLabel('Structure qui pilotera').selectOption(plie.id)
  await soundAtEveryWidth(ines, 'confier')
  await giving.getByRole('button', { name: 'Confier le pilotage' }).press('Enter')
  await page.getByText(/Seuls les pilotes du PLIE Portes du Sud/).waitFor()
  for (const name of ['Corriger', 'Prolonger ou raccourcir'])
    assert.equal(await page.getByRole('button', { name }).count(), 0)
  await service.sql(
    `update campaigns set starts_on = $2, ends_on = $3, closes_for = $3, closes_on = $4 where id = $1`,
    [id, day(-60), day(-9), day(6)],
  )
  await page.reload()
  await page.getByText(/elle se clora d’elle-même le/).waitFor()
  await soundAtEveryWidth(ines, 'se-clora')
})
