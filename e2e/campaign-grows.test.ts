import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type pg from 'pg'
import { organisations, people } from '../server/demonstration/stand-in/people.ts'
import { addDays, parisDay } from '../server/platform/time.ts'
import { aCampaign, insertCampaign } from '../server/work-with-employers/campaigns/testing.ts'
import { aMark, insertMarks } from '../server/work-with-employers/do-not-contact/testing.ts'
import { onScreen, resize, type Watched, widths } from './browser.ts'
import { keysOf, send, tell } from './by-keys.ts'
import { journeys, leaveConflicts, storyOf, title } from './journey.ts'

const { service, sound, withSession } = journeys('campagne-qui-grandit')
const day = (shift: number) => addDays(parisDay(new Date()), shift)
const { jalleEauBourde, missionLocale, plie, montesquieu } = organisations
const owner = {
  query: async (text: string, values?: unknown[]) => ({ rows: await service.sql<any>(text, values) }),
} as unknown as pg.Pool
const campaignHolds = `insert into campaign_holds select $1, unnest($2::bigint[]), daterange($3, $4, '[]')`
const workshop = (rank: number) => 91000000000000 + rank * 100000 + 10
const workshops = 500
/** What another structure holds from the thirtieth day on: targets of the campaign, and workshops to be added. */
const rivalTargets = 3
const rivalWorkshops = 5

/** An open campaign of two structures on 40 employers, 500 workshops around it, and a rival that meets both. */
const lay = async () => {
  const { rows } = await owner.query(
    `select e.siret::float8 as siret, e.clpe_id as territory, e.region_id as "regionId",
        e.departement_id as "departementId", e.epci_id as "epciId", e.clpe_id as "clpeId"
      from establishments e where e.active and e.diffusion = 'O' and e.clpe_id is not null and e.naf !~ '^30'
        and e.commune_code = '33122' and not exists (select from campaign_holds h where h.siret = e.siret)
        and not exists (select from exchanges x where x.siret = e.siret) order by e.siret limit 40`,
  )
  const { siret: _, territory, ...place } = rows[0]
  const sirets: number[] = rows.map((row: { siret: number }) => row.siret)
  await service.sql(
    `insert into establishments (siret, siren, nic, usual_name, naf, naf_nomenclature, headcount_band,
      employer, active, head_office, diffusion, legal_unit_diffusion, natural_person, commune_code, commune_name,
      region_id, departement_id, epci_id, clpe_id, row_hash)
    select 91000000000000 + i * 100000 + 10, 910000000 + i, 10, 'CHANTIER NAVAL INVENTÉ ' || i, '30.12Z', 'NAFRev2', '03',
      true, true, true, 'O', 'O', false, e.commune_code, e.commune_name, e.region_id, e.departement_id, e.epci_id,
      e.clpe_id, 0
    from generate_series(1, $1::int) i cross join (select * from establishments where siret = $2) e`,
    [workshops, sirets[0]],
  )
  const common = { territoryId: territory, place, status: 'open', openedAt: `${day(-10)}T08:00:00.000Z` } as const
  const campaign = aCampaign({
    ...common,
    name: 'Ateliers des Graves',
    pilotId: jalleEauBourde.id,
    memberIds: [missionLocale.id],
    startsOn: day(-10),
    endsOn: day(20),
  })
  const rival = aCampaign({
    ...common,
    name: 'Chantiers de la vallée',
    pilotId: plie.id,
    startsOn: day(30),
    endsOn: day(100),
  })
  const met = [
    ...sirets.slice(-rivalTargets),
    ...Array.from({ length: rivalWorkshops }, (_unused, rank) => workshop(rank + 1)),
  ]
  await insertCampaign(owner, campaign, people.ines.accountId!, sirets)
  await insertCampaign(owner, rival, people.paul.accountId!, met)
  await owner.query(campaignHolds, [campaign.id, sirets, campaign.startsOn, campaign.endsOn])
  await owner.query(campaignHolds, [rival.id, met, rival.startsOn, rival.endsOn])
  return { id: campaign.id, rivalId: rival.id, sirets }
}

let laid: Awaited<ReturnType<typeof lay>>
let [ines, claire, paul]: Watched[] = []
const settings = () => `/campagnes/${laid.id}?onglet=reglages`
const dialog = (name: string) => ines!.page.getByRole('dialog', { name })
const act = (name: string) => ines!.page.getByRole('button', { name, exact: true }).press('Enter')
const period = 'Prolonger ou raccourcir la campagne'
const lastDay = () => dialog(period).getByLabel(/^Nouveau dernier jour/)
/** Opens the dialog of the period and types a day. */
const until = async (last: string) => {
  await act('Prolonger ou raccourcir')
  await lastDay().fill(last)
}
const endsOn = async () =>
  (await service.sql<{ ends: string }>('select ends_on::text as ends from campaigns where id = $1', [laid.id]))[0]!.ends

/** Claire records on one target, from its card, and reads that it is recorded. */
const record = async (rank: number) => {
  const { page } = claire!
  await page.goto(`/etablissements/${String(laid.sirets[rank]).padStart(14, '0')}`)
  await page.getByRole('heading', { name: 'Avant de contacter' }).waitFor()
  const panel = await tell(page, { channel: '1', result: '3', notes: `Appel numéro ${rank + 1}` })
  await send(panel, keysOf(page))
  await page.locator('.cc-toast', { hasText: 'Échange enregistré.' }).first().waitFor()
}
const join = async (name: string) => {
  await act('Changer les structures membres')
  const members = dialog('Structures membres')
  await members.getByRole('combobox', { name: /Structure à ajouter/ }).fill(name.split(' ').at(-1)!)
  await members.getByRole('option', { name }).click()
  await members.getByRole('button', { name: 'Ajouter la structure' }).press('Enter')
  await members.waitFor({ state: 'detached' })
}

/* One campaign of the real service, as its pilot changes it while its members work. */
describe('a campaign grows', { timeout: 1_200_000 }, () => {
  const step = storyOf(async () => ines && onScreen(ines.page))

  step(
    'CAM-15, CAM-3, UX-3: prolonged over what another holds, it says how many and where one decides, and is prolonged once that is decided, while an advisor records in it',
    async () => {
      laid = await lay()
      ;[ines, claire] = await Promise.all([withSession(people.ines), withSession(people.claire)])
      const { page } = ines
      const prolong = async () => {
        await page.goto(settings())
        await until(day(60))
        await page.keyboard.press('Control+Enter')
        await page.getByText(`${rivalTargets} établissements sont retenus`).waitFor()
        await sound(ines!, 'prolonger-conflits')
        assert.equal(await endsOn(), day(20), 'nothing has changed yet')
        await page.getByRole('link', { name: 'Décider de ces établissements' }).press('Enter')
        await page.getByRole('heading', { name: /^3 établissements sur \d+ sont déjà suivis/ }).waitFor()
        await leaveConflicts(page)
        // The day that its draft kept is typed before the draft is read: nothing to choose between.
        const draft = `**/drafts/campaign-period/${laid.id}`
        let read = () => {}
        const typed = new Promise<void>(resolve => {
          read = resolve
        })
        await page.route(draft, async route => {
          await typed
          await route.continue()
        })
        await page.getByRole('link', { name: 'Revenir à la campagne pour la prolonger' }).press('Enter')
        await until(day(60))
        const answered = page.waitForResponse(response => response.url().includes('/drafts/campaign-period/'))
        read()
        await answered
        await page.unroute(draft)
        await page
          .getByText(/^Brouillon enregistré/)
          .first()
          .waitFor()
        await page.keyboard.press('Control+Enter')
        await dialog(period).waitFor({ state: 'detached' })
        assert.equal(await endsOn(), day(60))
      }
      await Promise.all([prolong(), record(0)])
    },
  )

  step('CAM-15: with no member that can pilot it, it says so; two structures join while she records', async () => {
    const { page } = ines!
    const grow = async () => {
      await act('Confier le pilotage')
      await page.getByText(/Aucune structure membre n’a de personne habilitée/).waitFor()
      await sound(ines!, 'confier-personne')
      await page.keyboard.press('Escape')
      await dialog('Confier le pilotage').waitFor({ state: 'detached' })
      for (const { name } of [plie, montesquieu]) await join(name)
    }
    await Promise.all([grow(), record(1)])
  })

  step(
    'CAM-15, CAM-3, CAM-5: five hundred establishments join it while she records, taken from another where it is said why; whoever joined reads what was recorded',
    async () => {
      const { page } = ines!
      const grow = async () => {
        await page.getByRole('link', { name: 'Ajouter des établissements' }).press('Enter')
        await page.getByText('Choisir dans la nomenclature').press('Enter')
        await page.getByRole('button', { name: 'NAF rév. 2', exact: true }).press('Enter')
        await page.getByLabel(/^Filtrer la nomenclature/).fill('30')
        await page.getByLabel(/^30 /).press('Space')
        await page.getByLabel('Tenus par une autre campagne').selectOption('take')
        await page.getByLabel('Motif', { exact: false }).fill('Accord du PLIE')
        const add = page.getByRole('button', { name: /^Ajouter ces 500\s/ })
        await add.waitFor()
        await page.getByText(/^dont 5\stenus par une autre campagne/).waitFor()
        await sound(ines!, 'ajouter')
        await add.press('Enter')
        await page.locator('[role=status]', { hasText: 'ajouté' }).first().waitFor({ state: 'attached' })
      }
      await Promise.all([grow(), record(2)])
      const [counted] = await service.sql<Record<string, number>>(
        `select (select count(*)::int from exchanges where campaign_id = c.id and status = 'recorded') as exchanges,
          (select count(*)::int from campaign_members where campaign_id = c.id) as members,
          (select count(*)::int from campaign_targets where campaign_id = c.id and siret = any ($2)
            and status = 'en-cours') as contacted,
          (select count(*)::int from campaign_targets where campaign_id = c.id and status = 'ecarte') as aside,
          (select count(*)::int from campaign_holds where campaign_id = c.id and siret = any ($3)) as held,
          (select count(*)::int from campaign_holds where campaign_id = c.id and upper(period) <> c.ends_on + 1) as short,
          (select count(*)::int from campaign_holds where campaign_id = $4) as "rivalHolds"
        from campaigns c where c.id = $1`,
        [laid.id, laid.sirets, Array.from({ length: workshops }, (_unused, rank) => workshop(rank + 1)), laid.rivalId],
      )
      assert.deepEqual(counted, {
        exchanges: 3,
        members: 4,
        contacted: 3,
        aside: rivalTargets,
        held: workshops,
        short: 0,
        rivalHolds: rivalTargets,
      })
      paul = await withSession(people.paul)
      await paul.page.goto(`/campagnes/${laid.id}?statut=en-cours`)
      await title(paul.page, 'Ateliers des Graves')
      const contacted = paul.page.locator('a[data-row-stop]')
      await contacted.nth(2).waitFor()
      assert.equal(await contacted.count(), 3)
      await sound(paul, 'membre-nouveau')
    },
  )

  step(
    'CAM-15, API-4, UX-3: shortened on a phone, it says what it does; another’s change is read, and the day typed is kept; then it is corrected',
    async () => {
      const { page } = ines!
      await resize(page, widths.phone)
      await page.goto(settings())
      await until(day(50))
      await page.getByText(/seront libres le lendemain/).waitFor()
      await service.sql(`update campaigns set name = 'Ateliers de la vallée', version = version + 1 where id = $1`, [
        laid.id,
      ])
      await page.keyboard.press('Control+Enter')
      await act('Relire la campagne et garder ma saisie')
      await page.locator('h1', { hasText: 'Ateliers de la vallée' }).waitFor()
      assert.equal(await lastDay().inputValue(), day(50))
      await act('Raccourcir')
      await dialog(period).waitFor({ state: 'detached' })
      assert.equal(await endsOn(), day(50))

      await act('Corriger')
      const correcting = dialog('Corriger la campagne')
      await correcting.getByLabel(/^Description/).fill('Avant l’été')
      await correcting.getByLabel('Besoins à détecter').fill('12')
      await sound(ines!, 'corriger')
      await correcting.getByRole('button', { name: 'Enregistrer', exact: true }).press('Enter')
      await correcting.waitFor({ state: 'detached' })
      const [corrected] = await service.sql(
        `select c.description, g.value from campaigns c join campaign_goals g on g.campaign_id = c.id
          and g.kind = 'besoins' where c.id = $1`,
        [laid.id],
      )
      assert.deepEqual(corrected, { description: 'Avant l’été', value: 12 })
    },
  )

  step('CAM-15: a structure leaves once it was said what becomes of its targets', async () => {
    const { page } = ines!
    await service.sql(
      `update campaign_targets set assigned_organisation = $2 where campaign_id = $1 and siret in (select siret
        from campaign_targets where campaign_id = $1 and status = 'a-contacter' order by siret desc limit 2)`,
      [laid.id, montesquieu.id],
    )
    await act('Changer les structures membres')
    await page.getByRole('button', { name: `Retirer : ${montesquieu.name}` }).press('Enter')
    await page.getByText(/redeviennent à prendre/).waitFor()
    await sound(ines!, 'membre-part')
    await act('Retirer la structure')
    await page.locator('[role=status]', { hasText: '2 cibles sont à reprendre' }).waitFor({ state: 'attached' })
  })

  step(
    'CAM-15, EST-10: a target set aside is put back: not to be contacted, it is asked again; held by another, it says how and why',
    async () => {
      const { page } = ines!
      await insertMarks(
        owner,
        laid.sirets.slice(-rivalTargets).map(siret =>
          aMark({
            siret,
            organisationId: jalleEauBourde.id,
            authorId: people.claire.accountId!,
            startsOn: day(-1),
            until: day(90),
          }),
        ),
      )
      await service.sql(`update campaigns set conflict_scope = 'company' where id = $1`, [laid.id])
      await page.goto(`/campagnes/${laid.id}?statut=ecarte`)
      await page
        .getByRole('button', { name: /^Remettre parmi les cibles/ })
        .first()
        .press('Enter')
      const back = dialog('Remettre parmi les cibles')
      await back.getByRole('button', { name: 'Remettre parmi les cibles' }).press('Enter')
      await back.getByRole('link', { name: 'Sa fiche dit pourquoi' }).waitFor()
      const despite = back.getByRole('button', { name: 'Remettre malgré tout' })
      await despite.press('Enter')
      await back
        .getByText(/^Une autre structure le tient .*, lui ou un autre établissement de l’entreprise\./)
        .waitFor()
      await back.getByLabel(/^Motif/).fill('Vu avec le PLIE')
      await sound(ines!, 'remettre')
      await despite.press('Enter')
      await back.waitFor({ state: 'detached' })
      const shared = await service.sql<{ n: number }>(
        'select count(*)::int as n from campaign_targets where campaign_id = $1 and shared',
        [laid.id],
      )
      assert.deepEqual(shared, [{ n: 1 }])
    },
  )

  step(
    'CAM-15: the pilot hands it over to a member that can pilot it, may change it no more, and who takes it over may',
    async () => {
      const { page } = ines!
      await page.goto(settings())
      await act('Confier le pilotage')
      const giving = dialog('Confier le pilotage')
      await giving.getByLabel('Structure qui pilotera').selectOption(plie.id)
      await sound(ines!, 'confier')
      await giving.getByRole('button', { name: 'Confier le pilotage' }).press('Enter')
      await page.getByText(/Seuls les pilotes du PLIE Portes du Sud/).waitFor()
      for (const name of ['Corriger', 'Prolonger ou raccourcir'])
        assert.equal(await page.getByRole('button', { name }).count(), 0)
      await paul!.page.goto(settings())
      await paul!.page.getByRole('button', { name: 'Prolonger ou raccourcir' }).waitFor()
    },
  )

  step('CAM-15: its period over, it says when it will close by itself, then that it did', async () => {
    const { page } = paul!
    /** As every night; the service's own worker does it. */
    const night = async (done: string) => {
      await service.sql(`select graphile_worker.add_job('close-ended-campaigns')`)
      for (let tries = 0; ; tries++) {
        if ((await service.sql(`select from campaigns where id = $1 and ${done}`, [laid.id])).length) return
        assert.ok(tries < 600, done)
        await new Promise(resolve => setTimeout(resolve, 100))
      }
    }
    await service.sql('delete from campaign_holds where campaign_id = $1', [laid.id])
    await service.sql('update campaigns set starts_on = $2, ends_on = $3 where id = $1', [laid.id, day(-60), day(-9)])
    await night('closes_on is not null')
    await page.reload()
    await page.getByText(/elle se clora d’elle-même le/).waitFor()
    await service.sql('update campaigns set closes_on = $2 where id = $1', [laid.id, day(0)])
    await night(`status = 'closed'`)
    await page.reload()
    await page.getByText(/close d’elle-même/).waitFor()
    await sound(paul!, 'close')
  })
})
