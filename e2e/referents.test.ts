import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Reply } from '../contract/route.ts'
import { endReferent, listReferents, nameReferent } from '../contract/work-with-employers/referents.ts'
import { closeBrowser } from './browser.ts'
import {
  claire,
  colleague,
  dayFromNow,
  id,
  karim,
  leavePage,
  line,
  mine,
  mission,
  openCard,
  openService,
  type Service,
  soundAtEveryWidth,
} from './employer-stub.ts'

type Known = Reply<typeof listReferents>
type Referent = Known['current'][number]
const { siret } = line()
const referent = (over: Partial<Referent> = {}): Referent => ({
  id: id('e1'),
  organisation: mine,
  person: claire,
  since: dayFromNow(-200),
  namedBy: claire,
  namedAt: new Date(Date.now() - 200 * 86_400_000).toISOString(),
  inPost: true,
  ended: null,
  mayEnd: true,
  ...over,
})
const theirs = referent({ id: id('e2'), organisation: mission, person: karim, namedBy: karim, mayEnd: false })
const none: Known = { current: [theirs], past: [], mayName: true }

let service: Service
before(async () => {
  service = await openService()
})
after(async () => {
  await closeBrowser()
  await service?.stop()
})
const openReferents = (now: Known) => openCard(service, () => service.reply(listReferents, { siret }, now))

test('EST-3: an advisor says in one press that they are the referent; a colleague is named by the keyboard', async () => {
  service.reply(nameReferent, { siret }, { ...none, current: [referent(), theirs], mayName: false })
  const page = await openReferents(none)
  const block = page.locator('#referents')
  await block.getByRole('link', { name: karim.name }).or(block.getByText(karim.name)).first().waitFor()
  await soundAtEveryWidth(page, 'referents-a-nommer')
  await block.getByRole('button', { name: 'Nommer un collègue' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Collègue').selectOption(colleague.id)
  await soundAtEveryWidth(page, 'referents-nommer', { full: false })
  await dialog.getByRole('button', { name: 'Nommer référent' }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  assert.deepEqual(service.calls.findLast(call => call.method === 'POST')!.body, { accountId: colleague.id })
  await leavePage(service)

  const again = await openReferents(none)
  const histories = () => service.calls.filter(({ path }) => path === `/api/establishments/${siret}/history`).length
  await again.locator('#historique').getByText('Aucun').or(again.locator('.cc-entry')).first().waitFor()
  const before = histories()
  await again.locator('#referents').getByRole('button', { name: 'Je suis le référent' }).press('Enter')
  await again
    .locator('#referents')
    .getByRole('button', { name: `Terminer : ${claire.name}` })
    .waitFor()
  const sent = service.calls.findLast(call => call.method === 'POST')!
  assert.deepEqual(sent.body, {})
  assert.ok(sent.headers['idempotency-key'])
  for (const until = Date.now() + 60_000; histories() === before && Date.now() < until; ) await again.waitForTimeout(50)
  assert.ok(histories() > before, 'the history tells it at once')
  await leavePage(service)
})

test('EST-3: who left is shown as no longer in post, who was before too; a role ends with a reason', async () => {
  const by = { by: claire, organisation: mine }
  const past = referent({
    id: id('e0'),
    person: colleague,
    since: dayFromNow(-700),
    mayEnd: false,
    inPost: false,
    ended: { until: dayFromNow(-200), how: 'ended', reason: 'Ne suit plus ce secteur', ...by },
  })
  const gone = referent({ inPost: false })
  const known: Known = { current: [gone, theirs], past: [past], mayName: true }
  service.reply(endReferent, { referentId: gone.id }, { ...known, current: [theirs] })
  const page = await openReferents(known)
  const block = page.locator('#referents')
  await block.getByText('n’est plus en poste').waitFor()
  await block.getByText('Référents précédents (1)').click()
  await block.getByText(/« Ne suit plus ce secteur »/).waitFor()
  const was = block.locator('details li')
  assert.match(
    (await was.textContent())!,
    new RegExp(`nommé par ${claire.name} : « Ne suit plus ce secteur », noté par`),
  )
  assert.equal(await block.getByText(/nommé par/).count(), 1, 'who named themselves is not told twice')
  await soundAtEveryWidth(page, 'referents-parti')
  await block.getByRole('button', { name: /^Terminer/ }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Motif').fill('A changé de poste')
  await soundAtEveryWidth(page, 'referents-terminer', { full: false })
  await dialog.getByRole('button', { name: 'Mettre fin au rôle' }).press('Enter')
  await block.getByText('n’est plus en poste').waitFor({ state: 'detached' })
  assert.deepEqual(service.calls.findLast(call => call.method === 'POST')!.body, { reason: 'A changé de poste' })
  await leavePage(service)
})
