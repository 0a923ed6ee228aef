import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { organisations, people } from '../server/demonstration/stand-in/people.ts'
import { aGrant, anAccount } from '../server/people-and-rights/accounts/testing.ts'
import { journeys, storyOf, title } from './journey.ts'

const { service, picture, sound, soundAtEveryWidth, signedIn } = journeys('reprise')
const structure = organisations.jalleEauBourde.id

/** A colleague of Inès with targets of an open campaign of the demonstration. */
const layColleague = async (familyName: string, targets: number) => {
  const account = anAccount(structure, { givenName: 'Rémi', familyName })
  await service.sql(
    `insert into accounts (id, organisation_id, given_name, family_name, function, created_at)
      values ($1, $2, $3, $4, 'Conseiller entreprises', now())`,
    [account.id, structure, account.givenName, familyName],
  )
  for (const tool of ['campagnes', 'fiche-etablissement'] as const)
    await service.sql(
      `insert into grants (id, account_id, organisation_id, tool, profile, territory_id, reason, starts_on, granted_at)
        select $1, $2, $3, $4, $5, territory_id, 'Prospection', current_date, now() from grants
          where account_id = $6 and tool = 'campagnes'`,
      [aGrant().id, account.id, structure, tool, 'conseiller', people.ines.accountId],
    )
  await service.sql(
    `insert into acceptances (account_id, document_id, organisation_id, body_hash, accepted_at)
      select $1, d.id, $2, d.body_hash, now() from documents d`,
    [account.id, structure],
  )
  const [campaign] = (await service.sql(
    `select c.id, c.name from campaigns c where c.status = 'open' and c.pilot_id = $1 order by c.id limit 1`,
    [structure],
  )) as { id: string; name: string }[]
  const taken = (await service.sql(
    `update campaign_targets set taken_by = $2, taken_by_organisation = $3, taken_at = now(),
      status = 'prise-en-charge', assigned_organisation = null
      where campaign_id = $1 and siret in (select siret from campaign_targets where campaign_id = $1
        and status = 'a-contacter' and taken_by is null and assigned_organisation is null order by siret limit $4)
      returning siret`,
    [campaign!.id, account.id, structure, targets],
  )) as { siret: string }[]
  assert.equal(taken.length, targets)
  return { ...account, campaign: campaign!, sirets: taken.map(({ siret }) => siret) }
}

/** A training that the employer of their first target asks for. */
const layNeed = ({ id, campaign, sirets }: Awaited<ReturnType<typeof layColleague>>) =>
  service.sql(
    `with n as (insert into needs (id, siret, region_id, departement_id, epci_id, clpe_id, visibility, kind,
          organisation_id, owner_id, noted_on, noted_at)
        select gen_random_uuid(), siret, region_id, departement_id, epci_id, clpe_id, 'reseau', 'formation', $3, $4,
          current_date, now() from campaign_targets where campaign_id = $1 and siret = $2 returning id)
      insert into need_versions (need_id, version, change, visibility, state, said, organisation_id, author_id, at)
        select id, 1, 'noted', 'reseau', 'ouvert', '{}', $3, $4, now() from n`,
    [campaign.id, sirets[0], structure, id],
  )

describe('nobody’s work is somebody’s again', () => {
  let watched: Awaited<ReturnType<typeof signedIn>>
  let leaver: Awaited<ReturnType<typeof layColleague>>
  const story = storyOf(async () => {
    if (watched) await picture(watched.page, 'echec')
  })

  story('CAM-16: an advisor leaves on Friday: the lead reads it at home, and takes all over in one press', async () => {
    leaver = await layColleague('Soulac', 3)
    await layNeed(leaver)
    await service.sql(
      `update accounts set status = 'deleted', given_name = 'Ancien compte', family_name = 'n° 4F2A10' where id = $1`,
      [leaver.id],
    )
    watched = await signedIn(people.ines)
    const { page } = watched
    await page.getByText('Du travail est à reprendre').waitFor()
    await picture(page, 'accueil')
    await page.getByRole('link', { name: /^\d+ personnes?/ }).press('Enter')
    await title(page, 'Travail à reprendre')
    const card = page.locator('.cc-card', { hasText: 'Ancien compte n° 4F2A10' })
    await card.getByText('Compte supprimé').waitFor()
    await card.getByText(`3 cibles de « ${leaver.campaign.name} »`).waitFor()
    await card.getByText('1 besoin d’employeur', { exact: true }).waitFor()
    await soundAtEveryWidth(watched, 'liste')
    await card.getByRole('button', { name: 'Tout reprendre du travail d’Ancien compte n° 4F2A10' }).press('Enter')
    await page.getByText('Repris : 3 cibles et 1 besoin d’employeur.').first().waitFor()
    await card.waitFor({ state: 'detached' })
    const rows = await service.sql(
      'select distinct taken_by from campaign_targets where campaign_id = $1 and siret = any ($2)',
      [leaver.campaign.id, leaver.sirets],
    )
    assert.deepEqual(rows, [{ taken_by: people.ines.accountId }])
    const [need] = await service.sql<{ id: string; owner_id: string }>(
      'select id, owner_id from needs where siret = $1',
      [leaver.sirets[0]],
    )
    assert.equal(need!.owner_id, people.ines.accountId)
  })

  story(
    'CAM-16: chosen parts go to a colleague; no part chosen is said; « Annuler » gives them back, not what was worked since',
    async () => {
      const { page } = watched
      const [gone, there] = [await layColleague('Bazas', 2), await layColleague('Captieux', 1)]
      await service.sql(`update accounts set status = 'suspended', status_reason = 'Essai' where id = $1`, [gone.id])
      await service.sql(`insert into account_contacts (account_id, organisation_id, email) values ($1, $2, $3)`, [
        there.id,
        structure,
        there.email,
      ])
      await page.reload()
      const card = page.locator('.cc-card', { hasText: 'Rémi Bazas' })
      await card.getByText('N’a plus accès').waitFor()
      await card.getByRole('button', { name: 'Choisir ou confier le travail de Rémi Bazas' }).press('Enter')
      const dialog = page.getByRole('dialog', { name: 'Reprendre le travail de Rémi Bazas' })
      const part = dialog.getByLabel(`2 cibles de « ${gone.campaign.name} »`)
      await part.press('Space')
      await dialog.getByRole('button', { name: 'Reprendre ou confier' }).press('Enter')
      await dialog.getByRole('group').getByText('Choisissez au moins une partie.').waitFor()
      await soundAtEveryWidth(watched, 'choisir')
      await part.press('Space')
      await dialog.getByLabel(/^À qui/).selectOption({ label: 'Rémi Captieux' })
      await dialog.getByRole('button', { name: 'Reprendre ou confier' }).press('Enter')
      await page.getByText('Confié à Rémi Captieux : 2 cibles.').first().waitFor()
      await dialog.waitFor({ state: 'detached' })
      await card.waitFor({ state: 'detached' })
      const holders = () =>
        service.sql<{ taken_by: string }>(
          'select distinct taken_by from campaign_targets where campaign_id = $1 and siret = any ($2)',
          [gone.campaign.id, gone.sirets],
        )
      assert.deepEqual(await holders(), [{ taken_by: there.id }])
      const toast = page.locator('.cc-toast')
      const undo = toast.getByRole('button', { name: 'Annuler' })
      await undo.focus() // it stays while one stands in it
      await sound(watched, 'confie')
      await undo.press('Enter')
      await toast.getByText('Rendu à Rémi Bazas : 2 cibles.').waitFor()
      await card.waitFor()
      assert.deepEqual(await holders(), [{ taken_by: gone.id }])
      await card.getByRole('button', { name: 'Tout reprendre du travail de Rémi Bazas' }).press('Enter')
      await toast.getByText('Repris : 2 cibles.').waitFor()
      const work = (sirets: readonly string[]) =>
        service.sql(`update campaign_targets set status = 'en-cours' where campaign_id = $1 and siret = any ($2)`, [
          gone.campaign.id,
          sirets,
        ])
      await work(gone.sirets.slice(1))
      await undo.press('Enter')
      await toast.getByText('Rendu à Rémi Bazas : 1 cible. Un élément, travaillé depuis, n’est pas rendu.').waitFor()
      await sound(watched, 'rendu')
      await card.getByRole('button', { name: 'Tout reprendre du travail de Rémi Bazas' }).press('Enter')
      await toast.getByText('Repris : 1 cible.').waitFor()
      await work(gone.sirets)
      await undo.press('Enter')
      await toast.getByText(/^Rien n’a été annulé\. Ce travail a déjà été rendu, ou repris en main depuis/).waitFor()
      assert.deepEqual(await holders(), [{ taken_by: people.ines.accountId }])
    },
  )

  story('CAM-13: an absence is said for a colleague, shown with its last day, and withdrawn', async () => {
    const { page } = watched
    await layColleague('Lesparre', 1)
    await page.goto('/absences')
    await title(page, 'Absences')
    await sound(watched, 'absences-vide')
    await page.getByRole('button', { name: 'Signaler une absence' }).press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Signaler une absence' })
    await dialog.getByLabel(/^Personne absente/).selectOption({ label: 'Rémi Lesparre' })
    await soundAtEveryWidth(watched, 'dire-absence')
    await dialog.getByRole('button', { name: 'Signaler l’absence' }).press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await soundAtEveryWidth(watched, 'absences')
    await page.goto('/travail-a-reprendre')
    await page
      .locator('.cc-card', { hasText: 'Rémi Lesparre' })
      .getByText(/^En absence jusqu’au /)
      .waitFor()
    await page.goto('/absences')
    await page.getByRole('button', { name: 'Retirer l’absence de Rémi Lesparre' }).press('Enter')
    await page.getByText('L’absence de Rémi Lesparre est retirée.').first().waitFor()
    await page.goto('/travail-a-reprendre')
    await title(page, 'Travail à reprendre')
    await page.locator('.cc-skeleton').first().waitFor({ state: 'detached' })
    assert.equal(await page.getByText('Rémi Lesparre').count(), 0)
  })
  story('CAM-13: the pilot sets the delays of recalls of a campaign, and reads them again', async () => {
    const { page } = watched
    await page.goto(`/campagnes/${leaver.campaign.id}?onglet=reglages`)
    await page.getByRole('button', { name: 'Fixer les délais de relance' }).press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Délais de relance' })
    const [owner, pilot] = [dialog.getByLabel(/^Relancer la personne/), dialog.getByLabel(/^Puis le pilote/)]
    await owner.waitFor()
    assert.deepEqual([await owner.inputValue(), await pilot.inputValue()], ['15', '29'])
    await pilot.fill('20')
    await dialog.getByRole('button', { name: 'Fixer ces délais' }).press('Enter')
    await dialog.getByText(/trois délais croissants/).waitFor()
    await soundAtEveryWidth(watched, 'delais')
    await owner.fill('10')
    await dialog.getByLabel(/^Puis les responsables/).fill('15')
    await dialog.getByRole('button', { name: 'Fixer ces délais' }).press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Fixer les délais de relance' }).press('Enter')
    await owner.waitFor()
    assert.deepEqual([await owner.inputValue(), await pilot.inputValue()], ['10', '20'])
  })

  story(
    'CAM-16: a partner whose convention ends: the pilot reads what it held, and takes it over in one press',
    async () => {
      const { page } = watched
      const partner = organisations.missionLocale.id
      const held = async () =>
        (
          await service.sql<{ targets: number; secret: number }>(
            `select (select count(*)::int from campaign_targets t join campaigns c on c.id = t.campaign_id
              where c.status = 'open' and c.pilot_id = $1 and (t.taken_by_organisation = $2 or t.assigned_organisation = $2)
                and t.status <> 'ecarte') as targets,
            (select count(*)::int from next_actions where organisation_id = $2 and visibility = 'organisation'
              and done_at is null and cancelled_at is null) as secret`,
            [structure, partner],
          )
        )[0]!
      const before = await held()
      assert.ok(before.targets > 0, 'the demonstration gives them targets')
      await page.goto('/travail-a-reprendre')
      await title(page, 'Travail à reprendre')
      const card = page.locator('.cc-card', { hasText: organisations.missionLocale.name })
      assert.equal(await card.count(), 0, 'its convention is in force')
      await service.sql(`update conventions set ends_at = now() - interval '1 day' where organisation_id = $1`, [
        partner,
      ])
      await page.reload()
      await card.getByText('Convention terminée').waitFor()
      await sound(watched, 'partenaire')
      await card.getByRole('button', { name: /^Tout reprendre/ }).press('Enter')
      await card.waitFor({ state: 'detached' })
      assert.deepEqual(await held(), { targets: 0, secret: before.secret }, 'what it kept for itself stays its own')
    },
  )

  story('CAM-16: a campaign left by its pilot is taken, with what that structure held in it, by a member', async () => {
    const { page } = watched
    const partner = organisations.missionLocale.id
    const { id, name } = leaver.campaign
    await service.sql(
      `insert into campaign_members (campaign_id, organisation_id) values ($1, $2), ($1, $3) on conflict do nothing`,
      [id, structure, partner],
    )
    await service.sql('update campaigns set pilot_id = $2 where id = $1', [id, partner])
    await service.sql(
      `update campaign_targets set assigned_organisation = $2, taken_by = null, taken_by_organisation = null,
        taken_at = null, status = 'a-contacter' where campaign_id = $1 and siret = any ($3)`,
      [id, partner, leaver.sirets],
    )
    await page.goto('/travail-a-reprendre')
    await title(page, 'Travail à reprendre')
    const card = page.locator('.cc-card', { hasText: organisations.missionLocale.name })
    await card.getByText(`Le pilotage de la campagne « ${name} », et ce que cette structure y tient`).waitFor()
    await soundAtEveryWidth(watched, 'pilotage')
    await card.getByRole('button', { name: /^Tout reprendre/ }).press('Enter')
    await page.getByText('Repris : 3 cibles et 1 campagne.').first().waitFor()
    await card.waitFor({ state: 'detached' })
    const rows = await service.sql(
      `select distinct c.pilot_id, t.taken_by from campaigns c join campaign_targets t on t.campaign_id = c.id
        where c.id = $1 and t.siret = any ($2)`,
      [id, leaver.sirets],
    )
    assert.deepEqual(rows, [{ pilot_id: structure, taken_by: people.ines.accountId }])
  })

  story('CAM-16: a task force left by its pilot is taken by a member, and its members read by whom', async () => {
    const { page } = watched
    const partner = organisations.missionLocale
    const [force] = await service.sql<{ id: number }>('select clpe_id as id from task_forces')
    await service.sql(
      `insert into task_force_members (clpe_id, organisation_id) select $1, unnest($2::uuid[]) on conflict do nothing`,
      [force!.id, [structure, partner.id, organisations.plie.id]],
    )
    await service.sql('update task_forces set pilot_id = $2 where clpe_id = $1', [force!.id, partner.id])
    await page.goto(`/territoires/${force!.id}`)
    await page.getByText('Cette task force n’a plus de pilote').waitFor()
    await soundAtEveryWidth(watched, 'task-force-sans-pilote')
    await page.getByRole('link', { name: 'Reprendre son pilotage', exact: true }).press('Enter')
    await title(page, 'Travail à reprendre')
    const card = page.locator('.cc-card', { hasText: partner.name })
    const taking = card.getByText(/^Le pilotage de la task force /)
    await taking.waitFor()
    await soundAtEveryWidth(watched, 'task-force')
    const rival = organisations.plie
    // Another structure takes it while the page is open.
    const passes = async (formerId: string, pilotId: string, version: number) => {
      await service.sql(
        `insert into task_force_handovers (clpe_id, version, at, kind, former_id, pilot_id, by_account, by_organisation)
          select $1, $4, now(), 'taken-over', $2, $3, a.id, a.organisation_id from accounts a
            where a.organisation_id = $3 limit 1`,
        [force!.id, formerId, pilotId, version],
      )
      await service.sql('update task_forces set pilot_id = $2, version = $3 where clpe_id = $1', [
        force!.id,
        pilotId,
        version,
      ])
    }
    await passes(partner.id, rival.id, 50)
    await card.getByRole('button', { name: /^Tout reprendre/ }).press('Enter')
    await page.getByText('Déjà repris').waitFor()
    await page.getByText(/^La task force .* est désormais pilotée par le PLIE Portes du Sud\.$/).waitFor()
    await soundAtEveryWidth(watched, 'task-force-deja-reprise')
    await service.sql('update task_forces set pilot_id = $2, version = 51 where clpe_id = $1', [force!.id, partner.id])
    await page.reload()
    await card.getByRole('button', { name: /^Tout reprendre/ }).press('Enter')
    await page.getByText('Repris : 1 task force.').first().waitFor()
    await card.waitFor({ state: 'detached' })
    await page.goto(`/territoires/${force!.id}`)
    await page
      .getByText(/repris par la communauté de communes Jalle-Eau-Bourde, la convention de la mission locale/)
      .waitFor()
    await page
      .getByRole('button', { name: /^Modifier/ })
      .first()
      .waitFor()
    await soundAtEveryWidth(watched, 'task-force-reprise')
    const mails = await service.sql<{ subject: string }>(
      `select distinct subject from notifications where kind = 'task-force-taken-over'`,
    )
    assert.deepEqual(mails, [{ subject: 'Une task force change de pilote' }])
  })

  story(
    'CAM-15, CAM-16: a campaign that nobody of its pilot can pilot any more is taken by a member, given back by « Annuler », and taken for good; the structure stays a member',
    async () => {
      const { page } = watched
      const { plie } = organisations
      const { id, name } = leaver.campaign
      await service.sql(
        `insert into campaign_members (campaign_id, organisation_id) values ($1, $2) on conflict do nothing`,
        [id, plie.id],
      )
      await service.sql('update campaigns set pilot_id = $2 where id = $1', [id, plie.id])
      await service.sql(
        `update grants set revoked_at = now() where organisation_id = $1 and profile = 'pilote' and revoked_at is null`,
        [plie.id],
      )
      const piloted = async () =>
        (await service.sql<{ pilot_id: string }>('select pilot_id from campaigns where id = $1', [id]))[0]!.pilot_id
      await page.goto('/travail-a-reprendre')
      await title(page, 'Travail à reprendre')
      const card = page.locator('.cc-card', { hasText: plie.name })
      await card.getByText('Plus personne dans cette structure ne peut piloter ce qui suit').waitFor()
      await card.getByText(`Le pilotage de la campagne « ${name} » : la structure en reste membre`).waitFor()
      await soundAtEveryWidth(watched, 'sans-pilote')
      const take = card.getByRole('button', { name: /^Tout reprendre/ })
      await take.press('Enter')
      const toast = page.locator('.cc-toast')
      await toast.getByText('Repris : 1 campagne.').waitFor()
      await card.waitFor({ state: 'detached' })
      assert.equal(await piloted(), structure)
      const undo = toast.getByRole('button', { name: 'Annuler' })
      await undo.focus() // it stays while one stands in it
      await undo.press('Enter')
      await toast.getByText('Rendu au PLIE Portes du Sud : le pilotage de 1 campagne.').waitFor()
      await card.waitFor()
      assert.equal(await piloted(), plie.id)
      await sound(watched, 'pilotage-rendu')
      await take.press('Enter')
      await card.waitFor({ state: 'detached' })
      assert.equal(await piloted(), structure)
      await page.goto(`/campagnes/${id}?onglet=reglages`)
      await page.getByText(/pilotage confié au PLIE Portes du Sud/).waitFor()
    },
  )
})
