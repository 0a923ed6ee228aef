import assert from 'node:assert/strict'
import { test } from 'node:test'
import { organisations, people } from '../server/demonstration/stand-in/people.ts'
import { atEveryWidth, resize, widths } from './browser.ts'
import { journeys, title } from './journey.ts'

const { service, sound, soundAtEveryWidth, picture, withSession } = journeys('passer-la-main')

const ownersOf = async (ids: readonly string[]) =>
  new Set(
    (
      await service.sql<{ owner: string }>('select distinct owner_id as owner from next_actions where id = any ($1)', [
        ids,
      ])
    ).map(({ owner }) => owner),
  )
const planned = () =>
  service.sql<{ id: string; siret: string }>(
    `select n.id, lpad(n.siret::text, 14, '0') as siret from next_actions n where n.owner_id = $1 and n.done_at is null
      and n.cancelled_at is null order by n.due_on, n.id`,
    [people.claire.accountId],
  )

test('CAM-5: an action is handed to another structure: proposed, seen at home there, accepted; another is declined, and stays', {
  timeout: 1_200_000,
}, async () => {
  const [claire, karim] = [await withSession(people.claire), await withSession(people.karim)]
  const propose = async (words: string) => {
    await claire.page.goto('/portefeuille')
    await claire.page
      .getByRole('button', { name: /^Reporter…/ })
      .first()
      .press('Enter')
    await claire.page.getByRole('button', { name: 'Proposer à une autre structure…' }).press('Enter')
    const dialog = claire.page.getByRole('dialog', { name: 'Proposer à une autre structure' })
    await dialog.getByLabel('Structure', { exact: true }).selectOption(organisations.missionLocale.id)
    await dialog.getByLabel(/^Ce qu’il faut savoir/).fill(words)
    return dialog
  }
  const first = await propose('Il cherche un apprenti pour la rentrée.')
  await atEveryWidth(claire.page, width => sound(claire, `proposer-${width}`, { full: false }))
  await resize(claire.page, widths.desktop)
  await first.getByRole('button', { name: 'Proposer', exact: true }).press('Enter')
  await claire.page.locator('.cc-toast', { hasText: 'Proposée à la mission locale des Graves.' }).first().waitFor()
  const [offered] = await service.sql<{ action: string }>(
    `select next_action_id as action from action_proposals where state = 'waiting'`,
  )

  await karim.page.goto('/')
  await karim.page.getByText('À accepter').first().waitFor()
  await picture(karim.page, 'accueil')
  await karim.page.getByRole('link', { name: '1 action proposée' }).press('Enter')
  await title(karim.page, 'Actions proposées')
  await karim.page.getByText('« Il cherche un apprenti pour la rentrée. »').waitFor()
  await karim.page.getByText('Claire Dufau').first().waitFor()
  await soundAtEveryWidth(karim, 'a-accepter')
  await karim.page.getByRole('button', { name: /^Accepter/ }).press('Enter')
  await karim.page.locator('.cc-toast', { hasText: 'Acceptée' }).first().waitFor()
  assert.deepEqual(await ownersOf([offered!.action]), new Set([people.karim.accountId]))
  await karim.page.getByText('Aucune action proposée').waitFor()

  // Another is declined: its sender reads why, and withdraws a third.
  const second = await propose('Un stage ?')
  await second.getByRole('button', { name: 'Proposer', exact: true }).press('Enter')
  await second.waitFor({ state: 'detached' })
  await karim.page.goto('/actions-proposees')
  await karim.page.getByRole('button', { name: /^Décliner…/ }).press('Enter')
  const declining = karim.page.getByRole('dialog', { name: 'Décliner cette action' })
  await declining.getByLabel(/^Pourquoi/).fill('Nous ne suivons pas ce métier')
  await sound(karim, 'decliner', { full: false })
  await declining.getByRole('button', { name: 'Décliner', exact: true }).press('Enter')
  await declining.waitFor({ state: 'detached' })
  const third = await propose('Une visite ?')
  await third.getByRole('button', { name: 'Proposer', exact: true }).press('Enter')
  await third.waitFor({ state: 'detached' })
  await claire.page.goto('/')
  await claire.page.getByRole('link', { name: 'Actions proposées' }).press('Enter')
  await title(claire.page, 'Actions proposées')
  await claire.page.getByText('« Nous ne suivons pas ce métier »').waitFor()
  await claire.page.getByText('Karim Belkacem s’en charge.').waitFor()
  await soundAtEveryWidth(claire, 'proposees')
  await claire.page.getByRole('button', { name: /^Retirer la proposition/ }).press('Enter')
  await claire.page.getByText('retirée', { exact: true }).waitFor()
  const states = await service.sql<{ state: string }>('select state from action_proposals order by proposed_at')
  assert.deepEqual(
    states.map(({ state }) => state),
    ['accepted', 'declined', 'withdrawn'],
  )
})

test('CAM-5: one action handed to a colleague by error is taken back by « Annuler »; once they worked on it, it stays theirs, and it is said', {
  timeout: 1_200_000,
}, async () => {
  const claire = await withSession(people.claire)
  const { page } = claire
  const toast = page.locator('.cc-toast')
  const standing = async (id: string) =>
    (
      await service.sql<{ owner: string; due: string }>(
        'select owner_id as owner, due_on::text as due from next_actions where id = $1',
        [id],
      )
    )[0]!
  const handOver = async () => {
    const before = await planned()
    await page.goto('/portefeuille')
    await page
      .getByRole('button', { name: /^Reporter…/ })
      .first()
      .press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Reporter ou confier' })
    await dialog.getByRole('combobox', { name: 'Qui s’en charge' }).selectOption({ label: 'Inès Garat' })
    await dialog.getByRole('button', { name: '+2 sem.' }).press('Enter')
    await dialog.getByRole('button', { name: 'Enregistrer' }).press('Enter')
    await toast.getByText(/^Confié à Inès Garat : /).waitFor()
    const kept = new Set((await planned()).map(({ id }) => id))
    const [gone, ...others] = before.filter(({ id }) => !kept.has(id))
    assert.deepEqual(others, [])
    return gone!.id
  }
  const before = new Map(
    (await service.sql<{ id: string; due: string }>('select id, due_on::text as due from next_actions')).map(
      ({ id, due }) => [id, due],
    ),
  )
  const action = await handOver()
  assert.equal((await standing(action)).owner, people.ines.accountId)
  // It stays while one stands in it.
  const undo = toast.getByRole('button', { name: 'Annuler' })
  await undo.focus()
  await atEveryWidth(page, width => sound(claire, `confiee-${width}`, { full: false }))
  await resize(page, widths.desktop)
  await undo.press('Enter')
  await toast.getByText(/^De nouveau à Claire Dufau : /).waitFor()
  assert.deepEqual(await standing(action), { owner: people.claire.accountId, due: before.get(action) })

  const second = await handOver()
  await service.sql('update next_actions set version = version + 1 where id = $1', [second])
  await undo.press('Enter')
  await toast.getByText(/^Rien n’a été annulé\. /).waitFor()
  assert.equal((await standing(second)).owner, people.ines.accountId)
  // The next story finds them all with Claire.
  await service.sql('update next_actions set owner_id = $2 where id = $1', [second, people.claire.accountId])
})

test('CAM-9: an advisor hands all her actions to a colleague, counted first, then takes them back', {
  timeout: 1_200_000,
}, async () => {
  const claire = await withSession(people.claire)
  const { page } = claire
  const ids = (await planned()).map(({ id }) => id)
  assert.ok(ids.length > 5, `${ids.length}`)
  await page.goto('/portefeuille')
  await page.getByRole('link', { name: 'Confier des actions' }).press('Enter')
  await title(page, 'Confier des actions')
  await page.getByText(`${ids.length} actions à confier`).waitFor()
  await page.getByRole('button', { name: 'Compter ce qui changerait' }).press('Enter')
  await page.getByText('Dites à qui les confier.').waitFor()
  await page.getByLabel('Collègue').selectOption(people.ines.accountId)
  await page.getByRole('button', { name: 'Compter ce qui changerait' }).press('Enter')
  await page.getByText(`${ids.length} actions seraient confiées`).waitFor()
  assert.deepEqual(await ownersOf(ids), new Set([people.claire.accountId]))
  await soundAtEveryWidth(claire, 'confier')
  await page.getByRole('button', { name: /^Confier \d/ }).press('Enter')
  await title(page, 'Confier des actions')
  await page.getByText('terminé', { exact: true }).waitFor()
  await page.getByText('Inès Garat').waitFor()
  assert.deepEqual(await ownersOf(ids), new Set([people.ines.accountId]))
  await sound(claire, 'confiees')
  await page.getByRole('button', { name: 'Annuler ce travail' }).press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Annuler le travail' }).press('Enter')
  await page.getByText('annulé', { exact: true }).waitFor()
  assert.deepEqual(await ownersOf(ids), new Set([people.claire.accountId]))
})

test('CAM-9: a pilot closes the targets of a campaign with a result, reads it in the list, and opens them again', {
  timeout: 1_200_000,
}, async () => {
  const ines = await withSession(people.ines)
  const { page } = ines
  const [{ id } = { id: '' }] = await service.sql<{ id: string }>('select id from campaigns where name = $1', [
    'Apprentissage dans le bâtiment',
  ])
  const standing = () =>
    service.sql<{ status: string; result: string | null; n: number }>(
      `select status, closed_result as result, count(*)::int as n from campaign_targets where campaign_id = $1
        group by 1, 2 order by 1, 2`,
      [id],
    )
  const before = await standing()
  await page.goto(`/campagnes/${id}/en-nombre`)
  await title(page, 'Actions groupées')
  await page.getByRole('radio', { name: /^\d?Clore/ }).press('Space')
  await page.getByRole('button', { name: 'Compter ce qui changerait' }).press('Enter')
  await page.getByText('Dites avec quel résultat').waitFor()
  await page.getByRole('radio', { name: /Déjà suivi/ }).press('Space')
  await page.getByRole('button', { name: 'Compter ce qui changerait' }).press('Enter')
  await page.getByRole('heading', { name: 'Ce qui changerait' }).waitFor()
  await soundAtEveryWidth(ines, 'clore')
  assert.deepEqual(await standing(), before)
  await page.getByRole('button', { name: /^Clore \d/ }).press('Enter')
  await title(page, 'Clore')
  await page.getByText('terminé', { exact: true }).waitFor({ timeout: 120_000 })
  await page.getByText('Déjà suivi par un partenaire').waitFor()
  await sound(ines, 'closes')
  const report = page.url()
  assert.deepEqual(
    (await standing()).filter(({ status }) => status !== 'ecarte').map(({ status }) => status),
    (await standing()).filter(({ status }) => status === 'traite').map(({ status }) => status),
  )
  await page.goto(`/campagnes/${id}?statut=traite`)
  await page.getByText('déjà suivi par un partenaire, selon le pilote').first().waitFor()
  await soundAtEveryWidth(ines, 'liste-closes')
  await page.goto(report)
  await page.getByRole('button', { name: 'Annuler ce travail' }).press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Annuler le travail' }).press('Enter')
  await page.getByText('annulé', { exact: true }).waitFor({ timeout: 120_000 })
  assert.deepEqual(await standing(), before)
})
