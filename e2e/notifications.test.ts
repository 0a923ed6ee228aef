import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe } from 'node:test'
import { people } from '../server/demonstration/stand-in/people.ts'
import { readMail } from '../server/notifications/testing-smtp.ts'
import { until } from '../server/testing/until.ts'
import { openPage, widths } from './browser.ts'
import { journeys, storyOf, title } from './journey.ts'

const { service, picture, sound, soundAtEveryWidth, signedIn } = journeys('notifications')

const claire = async () =>
  (
    await service.sql<{ id: string }>(
      `select a.id from accounts a join account_contacts c on c.account_id = a.id where c.email = $1`,
      [people.claire.email],
    )
  )[0]!.id
/** As the service tells: a mail in the outbox. */
const tell = async (kind: string, subject: string, path: string) =>
  service.sql(
    `insert into mails (id, to_account_id, subject, body, why, path, kind, created_at)
      values ($1, $2, $3, 'La Mission locale des Graves a répondu.', 'vous suivez ce besoin', $4, $5, now())`,
    [crypto.randomUUID(), await claire(), subject, path, kind],
  )
/** The mails of a kind that were kept in a file, as any mail program reads them. */
const received = async (kind: string) => {
  const kept = await service.sql<{ id: string }>(
    'select id from mails where to_account_id = $1 and kind = $2 and kept_at is not null order by created_at',
    [await claire(), kind],
  )
  return Promise.all(
    kept.map(async ({ id }) => readMail(await readFile(join(service.dataDir, 'courriels', `${id}.eml`)))),
  )
}
const choices = async () =>
  (
    await service.sql<{ one: string }>(
      `select kind || ' ' || delivery as one from notification_choices where account_id = $1 order by 1`,
      [await claire()],
    )
  ).map(({ one }) => one)

describe('being told', () => {
  let watched: Awaited<ReturnType<typeof signedIn>>
  const story = storyOf(async () => {
    if (watched) await picture(watched.page, 'echec')
  })

  story(
    'CAM-11: the bell says how many are not read; by keyboard, they are read, followed, and the bell follows',
    async () => {
      watched = await signedIn(people.claire)
      const { page } = watched
      await service.sql('delete from notifications where account_id = $1', [await claire()])
      await tell('need-answered', 'Votre besoin est pris en charge', '/besoins')
      await tell('need-proposed', 'Un besoin d’employeur est proposé à votre structure', '/besoins')
      await page.reload()
      const bell = (name: string) => page.getByRole('button', { name, exact: true })
      await bell('Notifications (2)').press('Enter')
      const panel = page.getByRole('dialog', { name: 'Notifications' })
      await panel.getByRole('link', { name: 'Votre besoin est pris en charge' }).waitFor()
      await soundAtEveryWidth(watched, 'panneau')
      await panel.getByText('Lire : Votre besoin est pris en charge').press('Enter')
      await bell('Notifications (1)').waitFor({ state: 'attached' })
      await page.keyboard.press('Escape')
      await panel.waitFor({ state: 'detached' })
      await until('the focus is back on the bell', () =>
        page.evaluate(() => document.activeElement?.textContent?.startsWith('Notifications')),
      )
      await bell('Notifications (1)').press('Enter')
      await panel.getByRole('link', { name: 'Un besoin d’employeur est proposé à votre structure' }).press('Enter')
      await title(page, /Besoins/)
      await panel.waitFor({ state: 'detached' })
      await bell('Notifications').waitFor()
    },
  )

  story('CAM-11: the page has them all, read or not, and says where what they speak of is closed', async () => {
    const { page } = watched
    await tell('need-answered', 'Votre besoin est décliné', '/besoins')
    await service.sql(
      `update notifications set about_kind = 'need', about_id = gen_random_uuid()::text
        where account_id = $1 and subject = 'Votre besoin est décliné'`,
      [await claire()],
    )
    await page.goto(`${service.url}/mes-notifications`)
    await title(page, 'Mes notifications')
    await page.getByText('Ce dont elle parle ne vous est plus ouvert.').waitFor()
    assert.equal(await page.getByRole('link', { name: 'Votre besoin est décliné' }).count(), 0)
    await soundAtEveryWidth(watched, 'page')
    await page.getByLabel('Non lues seulement').press(' ')
    await page.getByRole('link', { name: 'Votre besoin est pris en charge' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Tout marquer comme lu' }).press('Enter')
    await page.getByText('Tout est lu').waitFor()
    await sound(watched, 'tout-lu')
  })

  story('CAM-11: each kind is switched on the page, where what is imposed says why it is not', async () => {
    const { page } = watched
    await page.getByRole('link', { name: 'Choisir comment les recevoir' }).press('Enter')
    await title(page, 'Recevoir mes notifications')
    const kind = page.getByLabel('Un besoin est proposé à ma structure')
    await kind.waitFor()
    await page.getByText(/imposent de vous prévenir/).waitFor()
    await soundAtEveryWidth(watched, 'reglages')
    await kind.selectOption({ label: 'Dans l’outil seulement' })
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).press('Enter')
    await page.getByText('Vos choix sont enregistrés.').first().waitFor()
    assert.deepEqual(await choices(), ['need-proposed bell'])
    const mails = async () =>
      (await service.sql<{ n: number }>(`select count(*)::int as n from mails where kind = 'need-proposed'`))[0]!.n
    const before = await mails()
    await tell('need-proposed', 'Un besoin d’employeur est proposé à votre structure', '/besoins')
    assert.equal(await mails(), before)
    await page.reload()
    await page.getByRole('button', { name: 'Notifications (1)', exact: true }).waitFor()
    assert.equal(await kind.inputValue(), 'bell')
  })

  story('CAM-11: the digest of the morning comes; its address stops it in one press, without signing in', async () => {
    for (let n = 0; n < 2; n++) await tell('need-answered', 'Votre besoin est décliné', '/besoins')
    await service.sql(`update notifications set at = at - interval '10 days' where account_id = $1`, [await claire()])
    await service.sql(`select graphile_worker.add_job('send-digests')`)
    await until('the digest comes', async () => (await received('digest')).length > 0)
    const [digest, ...more] = await received('digest')
    assert.equal(more.length, 0)
    assert.match(digest!.text, /- Votre besoin est décliné \(2 fois\)/)
    assert.equal(digest!.headers['list-unsubscribe-post'], 'List-Unsubscribe=One-Click')
    const address = /\/desabonnement\/\S+$/m.exec(digest!.text)![0]
    await watched.context.close()

    const stranger = await openPage(service.url, widths.desktop, [])
    const { page } = stranger
    await page.goto(`${service.url}${address}`)
    await title(page, 'Ne plus recevoir ces courriels')
    await page.getByText('« Le résumé de mes notifications »').waitFor()
    await soundAtEveryWidth(stranger, 'desabonnement')
    assert.deepEqual(await choices(), ['need-proposed bell'], 'opened, it stops nothing')
    await page.getByRole('button', { name: 'Ne plus les recevoir' }).press('Enter')
    await page.getByRole('heading', { name: 'C’est fait' }).waitFor()
    await sound(stranger, 'desabonne')
    assert.ok((await choices()).includes('need-answered bell'))
    await page.goto(`${service.url}${address.slice(0, -1)}`)
    await page.getByRole('button', { name: 'Ne plus les recevoir' }).press('Enter')
    await page.getByRole('heading', { name: 'Cette adresse n’arrête rien' }).waitFor()
    await stranger.context.close()
  })
})
